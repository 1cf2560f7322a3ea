"""Who writes a claim that is nearly there already is told so, and it is written all the same."""

from typing import Final

import psycopg
import pytest

from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, put, revise

SAID: Final = "The Kakhovka dam was blown up by its own guards on the sixth of June"
NEARLY: Final = "The Kakhovka dam was blown up by its guards on the sixth of July"
OTHER: Final = "Bus fares rose by a third in March, says the mayor of the capital"
A_LINK: Final = '</v1/claims/first>; rel="similar"'


def write(http: Newsroom, text: str, name: str = "second", **members: object) -> str | None:
    """Create a claim and return its link, if there is one."""
    body = {"text": text, "status": "published", **members}
    answer = http.put(f"/v1/claims/{name}", json=body, key=http.editor)
    assert answer.status == 201, answer.text
    return answer.headers.get("Link")


@pytest.mark.parametrize("counted", [False, True])
def test_a_claim_that_says_nearly_the_same_is_named(
    http: Newsroom, owner: psycopg.Connection, *, counted: bool
) -> None:
    assert write(http, SAID, "first") is None
    for number in range(20):
        put(http, f"/v1/claims/bus{number}", {"text": f"{OTHER} {number}", "status": "published"})
    if counted:
        owner.execute("SELECT fold_wording(1000)")
    assert write(http, NEARLY) == A_LINK
    assert write(http, "Guards of a dam slept on duty in June", "third") is None


def test_it_is_so_by_post_too_and_of_drafts(http: Newsroom) -> None:
    put(http, "/v1/claims/first", {"text": SAID})
    answer = http.post("/v1/claims", json={"text": SAID}, key=http.editor)
    assert (answer.status, answer.headers["Link"]) == (201, A_LINK)


def test_words_common_to_many_are_looked_for_two_at_once(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    for number in range(15):
        text = f"{SAID} {OTHER} {number}"
        put(http, f"/v1/claims/both{number}", {"text": text, "status": "published"})
    write(http, SAID, "first")
    owner.execute("SELECT fold_wording(1000)")
    assert write(http, NEARLY) == A_LINK


def test_what_is_gone_or_says_something_else_now_is_not_named(http: Newsroom) -> None:
    write(http, SAID, "first")
    revise(http, "/v1/claims/first", text=OTHER, **WHY)
    assert write(http, SAID) is None
    delete(http, "/v1/claims/second")
    assert write(http, SAID, "third") is None


def test_only_new_claims_are_compared(http: Newsroom) -> None:
    write(http, SAID, "first")
    write(http, OTHER)
    body = {"text": SAID, "status": "published", "note": "x", "reason": "clarification"}
    answer = http.put("/v1/claims/second", json=body, key=http.editor, headers={"If-Match": "*"})
    assert (answer.status, answer.headers.get("Link")) == (200, None)
    source = {"title": SAID, "status": "published"}
    assert http.put("/v1/sources/s", json=source, key=http.editor).headers.get("Link") is None


def test_a_claim_without_words_is_like_none(http: Newsroom) -> None:
    assert write(http, "?", "first") is None
    assert write(http, "?") is None


def test_a_claim_is_written_whatever_becomes_of_the_hint(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    write(http, SAID, "first")
    with owner.transaction():
        owner.execute("LOCK TABLE word")
        assert write(http, SAID) is None
    assert write(http, SAID, "third") is not None
