"""API keys over HTTP: made, shown without their secrets, revoked."""

import hashlib
from itertools import pairwise
from typing import Any, Final
from uuid import uuid4

import pytest

from tests.newsroom import Answer, Newsroom
from tests.routes.acts import put, refused

SHOWN: Final = {
    "id",
    "name",
    "scopes",
    "vouches",
    "created_at",
    "expires_at",
    "revoked_at",
    "last_used_at",
    "self",
}
NOBODY: Final = "/v1/keys/7c1f0a52-3d0e-4c55-9a41-0d8a2f6f1b7e"
OPERATIONS: Final = [
    ("GET", "/v1/keys"),
    ("POST", "/v1/keys"),
    ("GET", NOBODY),
    ("DELETE", NOBODY),
]


def make(http: Newsroom, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Make a key of a name of its own and return what was answered."""
    sent = {"name": f"key {uuid4()}", **members}
    answer = http.post("/v1/keys", json=sent, key=http.admin)
    assert answer.status == 201, answer.text
    return answer.json()


def own(http: Newsroom, secret: str) -> Answer:
    """Ask about the key that asks."""
    return http.get("/v1/keys/self", key=secret)


def test_a_key_is_made_and_works(http: Newsroom) -> None:
    name = f"key {uuid4()}"
    sent = {"name": name, "scopes": ["write"]}
    answer = http.post("/v1/keys", json=sent, key=http.admin)
    made = answer.json()
    assert answer.status == 201
    assert answer.headers["Location"] == made["self"] == f"/v1/keys/{made['id']}"
    assert answer.headers["Cache-Control"] == "no-store"
    draft = http.post("/v1/claims", json={"text": "x"}, key=made["key"]).json()
    assert draft["recorded_by"] == {"key": name}


def test_a_key_is_shown_without_its_secret(http: Newsroom) -> None:
    made = make(http, scopes=["read"])
    answers = [
        own(http, made["key"]),
        http.get(made["self"], key=http.admin),
        http.get("/v1/keys?limit=200", key=http.admin),
    ]
    assert answers[0].json().keys() == answers[1].json().keys() == SHOWN
    digest = hashlib.sha256(made["key"].encode())
    for answer in answers:
        assert made["name"] in answer.text or answer.json()["next"]
        assert made["key"] not in answer.text
        assert digest.hexdigest() not in answer.text


def test_what_was_asked_for_is_kept(http: Newsroom) -> None:
    asked = {"scopes": ["read", "publish"], "vouches": True}
    made = make(http, **asked, expires_at="2999-01-01T01:00:00.123456789+01:00")
    kept = http.get(made["self"], key=http.admin).json()
    assert kept == {name: value for name, value in made.items() if name != "key"}
    assert kept == kept | asked | {"expires_at": "2999-01-01T00:00:00.123456Z"}


def test_a_key_of_which_nothing_was_said_is_the_publics(http: Newsroom) -> None:
    made = make(http)
    assert (made["scopes"], made["vouches"], made["expires_at"]) == ([], False, None)
    put(http, "/v1/claims/c", {"text": "x"})
    assert http.get("/v1/claims/c", key=made["key"]).status == 404


def test_a_key_knows_when_it_was_used(http: Newsroom) -> None:
    made = make(http)
    assert made["last_used_at"] is None
    assert own(http, made["key"]).json()["last_used_at"] > made["created_at"]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_only_an_admin_keeps_the_keys(
    http: Newsroom, method: str, path: str, reader: str, visitor: str
) -> None:
    for secret in (visitor, reader, http.desk, http.editor):
        assert refused(http.request(method, path, key=secret)) == (403, "forbidden")


@pytest.mark.parametrize(("method", "path"), [*OPERATIONS, ("GET", "/v1/keys/self")])
def test_without_a_key_nothing_is_told_of_keys(http: Newsroom, method: str, path: str) -> None:
    answer = http.request(method, path)
    assert refused(answer) == (401, "unauthorized")
    assert "curl -u" in answer.json()["detail"]


def test_every_key_can_read_about_itself(http: Newsroom, reader: str, visitor: str) -> None:
    names = [own(http, key).json()["name"] for key in (visitor, reader, http.desk, http.admin)]
    assert names == ["visitor", "reader", "desk", "admin"]


def test_the_list_has_every_key_once_oldest_first(http: Newsroom) -> None:
    made = [make(http)["id"] for _ in range(3)]
    path, pages = "/v1/keys?limit=2", []
    while path:
        pages.append(http.get(path, key=http.admin))
        path = pages[-1].json()["next"]
    items = [key for page in pages for key in page.json()["items"]]
    assert [key["id"] for key in items][-3:] == made
    assert len({key["id"] for key in items}) == len(items)
    assert all(one["created_at"] < other["created_at"] for one, other in pairwise(items))
    assert [len(page.json()["items"]) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert [page.headers.get("Link", "")[-10:] for page in pages[-2:]] == ['rel="next"', ""]


def test_a_page_that_is_full_and_the_last_leads_nowhere(http: Newsroom) -> None:
    everyone = len(http.get("/v1/keys?limit=200", key=http.admin).json()["items"])
    last = http.get(f"/v1/keys?limit=1&cursor={everyone - 1}", key=http.admin).json()
    assert (len(last["items"]), last["next"]) == (1, None)


def test_a_revoked_key_is_refused_at_once_where_it_was_revoked(http: Newsroom) -> None:
    made = make(http, scopes=["read"])
    assert own(http, made["key"]).status == 200
    answer = http.delete(made["self"], key=http.admin)
    assert (answer.status, answer.body) == (204, b"")
    assert refused(own(http, made["key"])) == (401, "unauthorized")


def test_a_key_is_revoked_once_however_often_it_is_asked_for(http: Newsroom) -> None:
    made = make(http)
    statuses = [http.delete(made["self"], key=http.admin).status]
    first = http.get(made["self"], key=http.admin).json()["revoked_at"]
    statuses.append(http.delete(made["self"], key=http.admin).status)
    assert statuses == [204, 204]
    assert first == http.get(made["self"], key=http.admin).json()["revoked_at"]
    assert first > made["created_at"]


@pytest.mark.parametrize("path", [NOBODY, NOBODY.upper().replace("/V1/KEYS", "/v1/keys"),
                                  "/v1/keys/nonsense", "/v1/keys/SELF"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_key_that_is_not_there_is_not_found(http: Newsroom, method: str, path: str) -> None:
    assert refused(http.request(method, path, key=http.admin)) == (404, "not-found")


@pytest.mark.parametrize("path", ["/v1/keys/self", "/v1/keys/self/"])
@pytest.mark.parametrize("method", ["DELETE", "POST", "PUT", "PATCH"])
def test_what_a_key_tells_of_itself_is_only_read(http: Newsroom, method: str, path: str) -> None:
    answer = http.request(method, path, key=http.admin)
    assert refused(answer) == (405, "method-not-allowed")
    assert http.get(path, key=http.admin).json()["name"] == "admin"
    allow = http.request("OPTIONS", path).headers["Allow"]
    assert set(allow.split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_key_does_not_revoke_itself(http: Newsroom) -> None:
    made = make(http, scopes=["admin"])
    answer = http.delete(made["self"], key=made["key"])
    assert refused(answer) == (409, "own-key")
    assert "Make another key" in answer.json()["detail"]
    assert own(http, made["key"]).json()["revoked_at"] is None


def test_the_name_of_a_key_is_given_once(http: Newsroom) -> None:
    made = make(http)
    http.delete(made["self"], key=http.admin)
    answer = http.post("/v1/keys", json={"name": made["name"]}, key=http.admin)
    assert refused(answer) == (409, "key-name-taken")
    assert made["name"] in answer.json()["detail"]


def test_everything_wrong_with_a_key_is_told_at_once(http: Newsroom) -> None:
    sent = {
        "nmae": "wire",
        "scopes": ["write", "root", "write"],
        "expires_at": "2022-02-16T00:00:00Z",
        "vouches": 1,
    }
    answer = http.post("/v1/keys", json=sent, key=http.admin)
    assert refused(answer) == (422, "invalid-body")
    assert answer.codes == {
        "#/nmae": "unknown-field",
        "#/name": "required",
        "#/scopes/1": "not-a-choice",
        "#/scopes/2": "invalid",
        "#/expires_at": "in-the-past",
        "#/vouches": "invalid",
    }
    assert 'did you mean \\"name\\"?' in answer.text


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_idempotency_key_is_not_taken(http: Newsroom, method: str) -> None:
    made, sent = make(http), {"name": f"key {uuid4()}"}
    path = "/v1/keys" if method == "POST" else made["self"]
    headers = {"Idempotency-Key": "one"}
    answer = http.request(method, path, json=sent, key=http.admin, headers=headers)
    assert refused(answer) == (400, "idempotency-key-not-taken")
    assert answer.codes == {"Idempotency-Key": "invalid"}
    assert own(http, made["key"]).status == 200
    assert make(http, **sent)


def test_a_bad_order_is_told_the_first_of_its_faults(http: Newsroom) -> None:
    taken = make(http)["name"]
    asked: dict[str, Any] = {"data": b"{", "headers": {"Accept": "text/html"}}
    path, told = "/v1/keys?nonsense=1", list[tuple[int, str]]()
    for mend in (
        {"key": http.desk},
        {"key": http.admin},
        {},
        {"headers": {}},
        {"headers": {"Content-Type": "application/json"}},
        {"data": b'{"name": ""}'},
        {"json": {"name": taken}},
    ):
        told.append(refused(http.post(path, **asked)))
        path = path if told[-1][1] != "invalid-query" else "/v1/keys"
        asked |= mend
    told.append(refused(http.post(path, **asked)))
    assert [status for status, _ in told] == [401, 403, 400, 406, 415, 400, 422, 409]
