"""Verdicts as news items, over HTTP: to whom, of which moment, and that they are valid."""

import orjson
import pytest

from tests.interop.ninjs.test_news import VALID
from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, put, refused, revise

VERDICT = "/v1/verdicts/rain"
ITEM = f"{VERDICT}?format=ninjs"
NINJS = "application/x.ninjs+json"
PRIVATE = "never to be told"
FINDING: Json = {
    "claim_id": "rain",
    "scale_id": "truth",
    "rating": "false",
    "title": "No, it did not rain",
    "explanation": "We **looked** out.",
    "authors": ["O. K."],
    "evidence": [{"source_id": "window", "stance": "refutes"}],
    "internal": {"note": PRIVATE},
}


@pytest.fixture
def finding(http: Newsroom) -> Json:
    """Publish a verdict, its claim and its source, each with what the public does not see."""
    hidden = {"internal": {"note": PRIVATE}, "origin": {"raw": {"a": PRIVATE}}}
    put(http, "/v1/sources/window", hidden | {"title": "The window", "status": "published"})
    claimant = {"name": "A. B.", "kind": "person"}
    said = {"text": "It rained", "claimant": claimant, "status": "published"}
    put(http, "/v1/claims/rain", hidden | said)
    return put(http, VERDICT, FINDING | {"status": "published"})


def item(answer: Answer) -> Json:
    """Return the news item of an answer, which is a valid one and tells no secret."""
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"].startswith(NINJS)
    assert PRIVATE not in answer.text
    found = answer.json()
    assert [error.message for error in VALID.iter_errors(found)] == []
    return found


def test_a_verdict_is_a_news_item_with_all_around_it(http: Newsroom, finding: Json) -> None:
    found = item(http.get(ITEM))
    assert found["uri"].endswith(VERDICT)
    assert (found["version"], found["pubStatus"]) == ("1", "usable")
    assert found["versionCreated"] == finding["updated_at"]
    assert found["subjects"][0]["name"] == "False"
    assert found["people"] == [{"rel": "claimant", "name": "A. B."}]
    assert [one["name"] for one in found["associations"]] == ["claim", "The window"]


def test_accept_asks_for_a_news_item_too(http: Newsroom, finding: Json) -> None:
    answer = http.get(VERDICT, headers={"Accept": NINJS})
    assert item(answer) == item(http.get(ITEM))
    assert http.get(VERDICT).json()["title"] == finding["title"]
    known = {"If-None-Match": answer.headers["ETag"]}
    assert http.get(ITEM, headers=known).status == 304


def test_a_key_that_reads_gets_no_secret_in_it(http: Newsroom, finding: Json) -> None:
    revise(http, VERDICT, title="A draft", status="draft")
    found = item(http.get(ITEM, key=http.desk))
    assert (found["title"], found["pubStatus"]) == ("A draft", "withheld")
    assert item(http.get(ITEM))["title"] == finding["title"]


def test_a_correction_is_told_to_editors(http: Newsroom, finding: Json) -> None:
    revise(http, VERDICT, rating="true", **WHY)
    found = item(http.get(ITEM))
    assert found["edNote"] == f"Correction, {found['versionCreated']}: {WHY['note']}"
    before = item(http.get(f"{ITEM}&as_of={finding['updated_at']}"))
    assert (before["version"], "edNote" in before) == ("1", False)


def test_a_retracted_verdict_is_canceled_and_gives_no_rating(http: Newsroom, finding: Json) -> None:
    revise(http, VERDICT, status="retracted", **WHY)
    found = item(http.get(ITEM))
    assert (found["pubStatus"], "subjects" in found) == ("canceled", False)


def test_what_readers_do_not_have_is_no_news(http: Newsroom, finding: Json) -> None:
    put(http, "/v1/verdicts/draft", FINDING)
    assert refused(http.get("/v1/verdicts/draft?format=ninjs")) == (404, "not-found")
    revise(http, VERDICT, status="withheld", **WHY)
    assert http.get(ITEM).status == 451
    delete(http, VERDICT)
    assert http.get(ITEM).status == 410


def test_a_draft_around_a_verdict_is_not_spoken_of(http: Newsroom, finding: Json) -> None:
    revise(http, "/v1/claims/rain", text="It poured, they whisper", status="draft")
    revise(http, "/v1/sources/window", status="withheld", **WHY)
    found = item(http.get(ITEM))
    assert "whisper" not in orjson.dumps(found).decode()
    assert [one["name"] for one in found["associations"]] == ["claim"]


@pytest.mark.parametrize("path", ["/v1/claims/rain", "/v1/sources/window"])
def test_other_records_are_no_news_items(http: Newsroom, finding: Json, path: str) -> None:
    assert http.get(f"{path}?format=ninjs").status == 400
    assert refused(http.get(path, headers={"Accept": NINJS})) == (406, "not-acceptable")
