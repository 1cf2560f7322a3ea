"""`publish=references`: what a record refers to becomes public with it, or nothing does."""

import pytest

from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, delete, fault_codes, put, refused, revise
from tests.routes.moving import take

VERDICT: Json = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}


def drafted(http: Newsroom) -> None:
    """Draft a claim, the source that reported it, and the one which that source leans on."""
    put(http, "/v1/sources/origin", {"title": "A recording"})
    put(http, "/v1/sources/report", {"title": "A report", "derived_from": ["origin"]})
    chain = [{"source_id": "report", "verb": "reported"}]
    put(http, "/v1/claims/c", {"text": "It rained", "attribution": chain})


def publish(http: Newsroom, path: str = "/v1/verdicts/v", **members: object) -> Answer:
    """Publish the verdict with all that it refers to."""
    sent = VERDICT | members
    return http.put(f"{path}?publish=references", json=sent, key=http.editor)


def test_drafts_are_published_along_and_theirs_in_turn(http: Newsroom) -> None:
    drafted(http)
    verdict = publish(http)
    assert verdict.status == 201, verdict.text
    for path in ("/v1/sources/origin", "/v1/sources/report", "/v1/claims/c"):
        found = http.get(path).json()
        assert (found["revision"], found["status"]) == (2, "published")
        assert found["updated_at"] == verdict.json()["updated_at"]


def test_what_was_published_along_keeps_its_hash_and_author(http: Newsroom) -> None:
    drafted(http)
    put(http, "/v1/claims/d", {"text": "x", "relations": [{"type": "supports", "claim_id": "c"}]})
    query = "publish=references&note=At+last.&reason=clarification&actor=Ann"
    sent = {"json": {"status": "published"}, "key": http.editor, "headers": ANY}
    assert http.patch(f"/v1/claims/d?{query}", **sent).status == 200
    line = http.get("/v1/claims/c/revisions", key=http.desk).json()["items"][1]
    assert line["recorded_by"] == {"key": "editor", "actor": "Ann"}
    assert (line["note"], line["reason"]) == ("At last.", "clarification")


def test_a_later_draft_stays_one(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "It rained", "status": "published"})
    revise(http, "/v1/claims/c", text="It hailed", status="draft")
    assert publish(http).status == 201
    assert http.get("/v1/claims/c").json()["text"] == "It rained"


def test_drafts_that_refer_to_each_other_are_published_together(http: Newsroom) -> None:
    put(http, "/v1/claims/a", {"text": "a"})
    put(http, "/v1/claims/b", {"text": "b", "relations": [{"type": "supports", "claim_id": "a"}]})
    back = [{"type": "contradicts", "claim_id": "b"}]
    sent = {"json": {"relations": back, "status": "published"}, "key": http.editor}
    answer = http.patch("/v1/claims/a?publish=references", headers=ANY, **sent)
    assert answer.status == 200, answer.text
    assert [http.get(f"/v1/claims/{name}").status for name in "ab"] == [200, 200]


def test_nothing_is_published_if_the_record_itself_is_refused(http: Newsroom) -> None:
    drafted(http)
    assert fault_codes(publish(http, rating="sunny")) == {"unknown-rating"}
    assert fault_codes(publish(http, evidence=[{"source_id": "none"}])) >= {"unknown-reference"}
    assert http.get("/v1/claims/c").status == 404
    assert http.get("/v1/claims/c", key=http.desk).json()["revision"] == 1


def test_a_draft_that_cannot_be_public_is_named(http: Newsroom) -> None:
    drafted(http)
    put(http, "/v1/verdicts/old", {"claim_id": "c", "title": "Unrated"})
    answer = publish(http, supersedes="old")
    assert refused(answer) == (422, "invalid-record")
    assert fault_codes(answer) == {"rating-required"}
    assert 'the verdict "old"' in answer.json()["errors"][0]["detail"]
    assert http.get("/v1/claims/c").status == 404


def test_what_was_deleted_as_a_draft_is_not_published(http: Newsroom) -> None:
    drafted(http)
    delete(http, "/v1/sources/origin")
    answer = publish(http)
    assert fault_codes(answer) == {"gone-reference"}
    assert 'the source "report"' in answer.json()["errors"][0]["detail"]


def test_restoring_publishes_along_too(http: Newsroom) -> None:
    drafted(http)
    put(http, "/v1/verdicts/v", VERDICT | {"status": "draft"})
    sent = {"json": {"restore": 1, "status": "published"}, "key": http.editor, "headers": ANY}
    assert http.post("/v1/verdicts/v/revisions?publish=references", **sent).status == 201
    assert http.get("/v1/claims/c").status == 200


def test_a_retry_publishes_nothing_twice(http: Newsroom) -> None:
    drafted(http)
    sent = {"json": VERDICT, "key": http.editor, "headers": {"Idempotency-Key": "along"}}
    first, again = (http.post("/v1/verdicts?publish=references", **sent) for _ in range(2))
    assert (first.status, again.body) == (201, first.body)
    assert http.get("/v1/claims/c").json()["revision"] == 2


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_draft_takes_nothing_along(http: Newsroom, status: str) -> None:
    drafted(http)
    answer = publish(http, status=status)
    assert answer.codes == {"publish": "invalid"}
    assert "status=published" in answer.json()["errors"][0]["detail"]


def test_what_is_withheld_takes_nothing_along(http: Newsroom) -> None:
    drafted(http)
    put(http, "/v1/claims/d", {"text": "x", "status": "published"})
    change = {"attribution": [{"source_id": "report"}], "status": "withheld", **WHY}
    sent = {"json": change, "key": http.editor, "headers": ANY}
    answer = http.patch("/v1/claims/d?publish=references", **sent)
    assert answer.codes["publish"] == "invalid"
    assert http.get("/v1/sources/report").status == 404


def test_who_may_not_publish_does_not_publish_along(http: Newsroom) -> None:
    drafted(http)
    sent = {"json": VERDICT, "key": http.desk}
    answer = http.put("/v1/verdicts/v?publish=references", **sent)
    assert refused(answer) == (403, "publish-required")
    assert refused(http.put("/v1/verdicts/v?publish=all", **sent)) == (400, "invalid-query")


def leaning(number: int) -> Json:
    """Return a draft that leans on the next, as a line of a history."""
    line = {"type": "source", "id": f"s{number}", "revision": 1, "status": "draft"}
    body = {"title": "x", "derived_from": [f"s{number + 1}"] if number < 501 else []}
    return line | {"recorded_at": "2022-02-16T18:00:00Z", "body": body}


def test_there_is_an_end_to_what_one_request_publishes(http: Newsroom) -> None:
    assert take(http, *map(leaning, range(502))).status == 200
    answers = [
        http.put(
            "/v1/sources/t?publish=references",
            json={"title": "y", "derived_from": [first], "status": "published"},
            key=http.editor,
        )
        for first in ("s0", "s2")
    ]
    assert fault_codes(answers[0]) == {"unpublished-reference"}
    assert "more than 500" in answers[0].json()["errors"][0]["detail"]
    assert answers[1].status == 201, answers[1].text
