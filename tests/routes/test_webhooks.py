"""Webhooks over HTTP: made, shown without their secrets, changed, deleted."""

import base64
from typing import Any, Final

import psycopg
import pytest

from service.webhooks.signing import PREFIX, SIZE
from tests.newsroom import Newsroom
from tests.routes.acts import put, refused
from tests.routes.conftest import Variant
from tests.webhooks.spellings import ODD, PRIVATE

URL: Final = "https://cms.example/hooks"
NOWHERE: Final = "/v1/webhooks/019018c2-55c8-7a3e-9f5c-2b1d7e0a4c11"
OPERATIONS: Final = [
    ("GET", "/v1/webhooks"),
    ("POST", "/v1/webhooks"),
    ("GET", NOWHERE),
    ("PATCH", NOWHERE),
    ("DELETE", NOWHERE),
    ("GET", f"{NOWHERE}/deliveries"),
]


def make(http: Newsroom, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Make a webhook and return what was answered."""
    answer = http.post("/v1/webhooks", json={"url": URL, **members}, key=http.admin)
    assert answer.status == 201, answer.text
    return answer.json()


def change(http: Newsroom, webhook: Any, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Change a webhook and return what was answered."""
    answer = http.patch(webhook["self"], json=members, key=http.admin)
    assert answer.status == 200, answer.text
    return answer.json()


def test_a_webhook_is_made_and_shown_without_its_secret(http: Newsroom) -> None:
    answer = http.post("/v1/webhooks", json={"url": URL}, key=http.admin)
    made = answer.json()
    assert answer.headers["Location"] == made["self"] == f"/v1/webhooks/{made['id']}"
    assert len(base64.b64decode(made["secret"].removeprefix(PREFIX))) == SIZE
    shown = http.get(made["self"], key=http.admin)
    assert shown.json() == {name: value for name, value in made.items() if name != "secret"}
    assert made["secret"] not in http.get("/v1/webhooks", key=http.admin).text
    assert (answer.status, shown.headers["Cache-Control"]) == (201, "no-store")


def test_a_webhook_of_which_nothing_was_said_takes_all_that_is_public(http: Newsroom) -> None:
    made = make(http)
    assert (made["types"], made["reasons"], made["reads"]) == ([], [], "public")
    assert (made["active"], made["failures"], made["description"]) == (True, 0, None)


def test_what_was_asked_for_is_kept(http: Newsroom) -> None:
    asked = {"types": ["verdict.*", "*.corrected"], "reasons": ["correction"]}
    asked |= {"description": "The CMS", "reads": "drafts"}
    made = make(http, **asked)
    assert made == made | asked


def test_a_webhook_begins_where_it_is_told(http: Newsroom) -> None:
    early = make(http)
    put(http, "/v1/claims/c", {"text": "x"})
    now, again = make(http), make(http, since=early["since"])
    assert early["since"] == again["since"] != now["since"]
    assert make(http, since="2999-01-01T00:00:00Z")["since"] == now["since"]
    assert make(http, since="2022-01-01T00:00:00Z")["since"] not in {now["since"], early["since"]}


@pytest.mark.parametrize("since", ["later", "2022-02-30T00:00:00Z", "AAAA", "2022"])
def test_a_start_that_is_no_place_in_the_feed_is_refused(http: Newsroom, since: str) -> None:
    answer = http.post("/v1/webhooks", json={"url": URL, "since": since}, key=http.admin)
    assert refused(answer) == (422, "invalid-body")
    assert answer.codes == {"#/since": "invalid"}


def test_everything_wrong_with_a_webhook_is_told_at_once(http: Newsroom) -> None:
    sent = {"types": ["verdict.gone", "*"], "reasons": ["why"], "reads": "all", "secret": "mine"}
    answer = http.post("/v1/webhooks", json=sent | {"since": 1}, key=http.admin)
    assert refused(answer) == (422, "invalid-body")
    assert answer.codes == {
        "#/url": "required",
        "#/types/0": "invalid",
        "#/types/1": "invalid",
        "#/reasons/0": "not-a-choice",
        "#/reads": "not-a-choice",
        "#/since": "invalid",
        "#/secret": "unknown-field",
    }


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_no_private_address_is_kept(variant: Variant, method: str) -> None:
    http = variant(private_webhooks=False)
    path = make(http)["self"] if method == "PATCH" else "/v1/webhooks"
    for url in PRIVATE:
        answer = http.request(method, path, json={"url": url}, key=http.admin)
        assert refused(answer) == (422, "invalid-body"), url
        assert answer.codes == {"#/url": "private-target"}, url


@pytest.mark.parametrize("url", [url for url in ODD if "\0" not in url])
def test_no_odd_spelling_is_kept_even_where_private_ones_are(http: Newsroom, url: str) -> None:
    answer = http.post("/v1/webhooks", json={"url": url}, key=http.admin)
    assert refused(answer) == (422, "invalid-body")
    assert answer.codes == {"#/url": "invalid"}


def test_members_that_are_left_out_stay(http: Newsroom) -> None:
    made = make(http, types=["claim.*"], description="The CMS")
    changed = change(http, made, reasons=["typo"])
    assert made == changed | {"reasons": [], "secret": made["secret"]}
    assert change(http, made, description=None, types=[])["description"] is None


def test_a_webhook_is_changed_by_a_merge_patch_too(http: Newsroom) -> None:
    made, headers = make(http), {"Content-Type": "application/merge-patch+json"}
    data = b'{"url": "https://other.example/"}'
    answer = http.patch(made["self"], data=data, headers=headers, key=http.admin)
    assert answer.json()["url"] == "https://other.example/"


def test_the_bookmark_goes_back_to_any_change(http: Newsroom) -> None:
    made = make(http)
    put(http, "/v1/claims/c", {"text": "x"})
    later = change(http, made, since="now")["since"]
    assert later != made["since"] == change(http, made, since=made["since"])["since"]


def test_a_webhook_pauses_and_goes_on(http: Newsroom) -> None:
    made = make(http)
    paused = change(http, made, active=False)
    assert (paused["active"], paused["disabled_because"]) == (False, "paused")
    assert paused["disabled_at"] == change(http, made, active=False)["disabled_at"]
    active = change(http, made, active=True)
    assert (active["active"], active["disabled_at"], active["disabled_because"]) == (
        True,
        None,
        None,
    )


def test_a_new_secret_is_shown_once_and_the_former_one_stays_for_a_day(http: Newsroom) -> None:
    made = make(http)
    rotated = change(http, made, rotate=True)
    assert rotated["secret"] != made["secret"]
    kept = http.get(made["self"], key=http.admin).json()
    assert kept["former_secret_until"] > kept["created_at"]
    assert "secret" not in kept
    assert "secret" not in change(http, made, rotate=False)


def test_a_deleted_webhook_is_gone(http: Newsroom) -> None:
    made = make(http)
    answer = http.delete(made["self"], key=http.admin)
    assert (answer.status, answer.body) == (204, b"")
    for method, path in OPERATIONS[2:]:
        there = path.replace(NOWHERE, made["self"])
        answer = http.request(method, there, json={}, key=http.admin)
        assert refused(answer) == (404, "not-found")


def test_the_list_has_every_webhook_once_oldest_first(http: Newsroom) -> None:
    made = [make(http)["id"] for _ in range(5)]
    path, pages = "/v1/webhooks?limit=2", list[Any]()
    while path:
        pages.append(http.get(path, key=http.admin).json())
        path = pages[-1]["next"]
    assert [one["id"] for page in pages for one in page["items"]] == made
    assert [len(page["items"]) for page in pages] == [2, 2, 1]


def test_a_list_goes_on_after_an_id_only(http: Newsroom) -> None:
    answer = http.get("/v1/webhooks?cursor=12", key=http.admin)
    assert refused(answer) == (400, "invalid-query")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_only_an_admin_keeps_the_webhooks(
    http: Newsroom, method: str, path: str, reader: str, visitor: str
) -> None:
    assert refused(http.request(method, path)) == (401, "unauthorized")
    for secret in (visitor, reader, http.desk, http.editor):
        assert refused(http.request(method, path, key=secret)) == (403, "forbidden")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_an_idempotency_key_is_not_taken(http: Newsroom, method: str, path: str) -> None:
    headers = {"Idempotency-Key": "one"}
    answer = http.request(method, path, json={"url": URL}, key=http.admin, headers=headers)
    if method != "GET":
        assert refused(answer) == (400, "idempotency-key-not-taken")
        assert answer.codes == {"Idempotency-Key": "invalid"}
        assert "GET /v1/webhooks" in answer.text


def test_a_bad_order_is_told_the_first_of_its_faults(http: Newsroom) -> None:
    asked: dict[str, Any] = {"data": b"{", "headers": {"Accept": "text/html"}}
    path, told = "/v1/webhooks?nonsense=1", list[tuple[int, str]]()
    for mend in (
        {"key": http.desk},
        {"key": http.admin},
        {},
        {"headers": {}},
        {"headers": {"Content-Type": "application/json"}},
        {"data": b'{"url": ""}'},
    ):
        told.append(refused(http.post(path, **asked)))
        path = path if told[-1][1] != "invalid-query" else "/v1/webhooks"
        asked |= mend
    told.append(refused(http.post(path, **asked)))
    assert [status for status, _ in told] == [401, 403, 400, 406, 415, 400, 422]


def test_metrics_tell_how_long_a_webhook_has_waited_for_a_change(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    def lag() -> float:
        text = http.get("/metrics").text
        return float(text.partition("\nfactcheck_webhook_lag_seconds ")[2].split()[0])

    make(http)
    assert lag() == 0
    put(http, "/v1/claims/late", {"text": "It rained", "status": "published"})
    assert lag() > 0
    owner.execute("UPDATE webhook SET failures = 1")
    assert lag() == 0
