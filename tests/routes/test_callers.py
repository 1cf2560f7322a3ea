"""Who calls: keys, how they are sent, what they imply."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from service.records import keys
from service.storage.database import Database
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import put, refused


def basic(user: str, password: str = "") -> str:
    """Return the Authorization of a user of Basic."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def ask(http: Newsroom, authorization: str) -> Answer:
    """Read a draft."""
    return http.get("/v1/claims/c", headers={"Authorization": authorization})


@pytest.fixture(autouse=True)
def secret_draft(http: Newsroom) -> None:
    """Write the draft that only keys may read."""
    put(http, "/v1/claims/c", {"text": "x"})


@pytest.mark.parametrize("scheme", ["Bearer {}", "bearer {}", "BEARER  {} "])
def test_a_key_is_borne(http: Newsroom, scheme: str) -> None:
    assert ask(http, scheme.format(http.desk)).status == 200


def test_a_key_is_the_user_of_basic(http: Newsroom) -> None:
    assert ask(http, basic(http.desk)).status == 200
    assert ask(http, basic(http.desk, "whatever:more")).status == 200


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Token x",
        "Basic !!!",
        "Basic \xe9",
        "Basic /w==",
        "Basic",
        "Digest username=x",
    ],
)
def test_what_is_no_key_is_refused(http: Newsroom, authorization: str) -> None:
    answer = ask(http, authorization)
    assert refused(answer) == (401, "unauthorized")
    assert "WWW-Authenticate" in answer.headers


@pytest.mark.parametrize("secret", ["fck_unknown", "é", "x" * 5000])
def test_an_unknown_key_is_refused_even_where_none_is_needed(http: Newsroom, secret: str) -> None:
    for path in ("/v1/scales/truth", "/v1/claims", "/v1/export"):
        answer = http.get(path, headers={"Authorization": basic(secret)})
        assert refused(answer) == (401, "unauthorized")


def test_a_write_without_key_is_told_how_to_send_one(http: Newsroom) -> None:
    answer = http.post("/v1/claims", json={"text": "x"})
    assert refused(answer) == (401, "unauthorized")
    assert "curl -u" in answer.json()["detail"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")


def test_a_key_that_has_expired_is_refused(http: Newsroom, database: Database) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    past = datetime.now(UTC) - timedelta(seconds=1)
    answers = [
        ask(http, f"Bearer {keys.create(database, f'until {until}', ['read'], until)}").status
        for until in (soon, past)
    ]
    assert answers == [200, 401]


def test_a_key_without_scopes_writes_nothing(http: Newsroom, visitor: str) -> None:
    answer = http.post("/v1/claims", json={"text": "x"}, key=visitor)
    assert refused(answer) == (403, "forbidden")
    assert "the scopes of this one: none" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["editor", "desk"])
def test_only_an_admin_imports(http: Newsroom, name: str) -> None:
    headers = {"Content-Type": "application/x-ndjson"}
    path = "/v1/import?history=true"
    answer = http.post(path, data=b"", key=getattr(http, name), headers=headers)
    assert refused(answer) == (403, "forbidden")
