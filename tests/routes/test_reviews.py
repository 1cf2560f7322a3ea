"""ClaimReview in over HTTP: records with all that imports promise, and a report on each item."""

import json
from typing import Any, Final

import orjson
import pytest

from tests.interop.claimreview.reader import REVIEW, Members, review
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import delete, purge, revise
from tests.routes.bulk import counted, send
from tests.routes.conftest import Variant

LD: Final = "application/ld+json"
APPEARED: Final = {
    "@type": "Claim",
    "author": {"name": "A. Farmer"},
    "appearance": [{"url": "https://posts.example/1"}],
}
WILD: Final = review(
    itemReviewed=APPEARED | {"@type": "CreativeWork"},
    reviewRating={"alternateName": "Falso.", "ratingValue": "1", "bestRating": "5"},
)
HIDDEN: Final = "nobody-outside-may-read-this"
PUBLISHED: Final = "?status=published"
SAID: Final = REVIEW["itemReviewed"] | {"appearance": ["https://posts.example/1"]}


def bring(
    http: Newsroom,
    *items: object,
    query: str = "",
    key: str | None = None,
    media: str = LD,
    **fields: str,
) -> Answer:
    """Import reviews, one a line, as the editor; those that are bytes as they are."""
    lines = [one if isinstance(one, bytes) else orjson.dumps(one) for one in items]
    headers = {"Content-Type": media} | {n.replace("_", "-"): v for n, v in fields.items()}
    path = f"/v1/import{query}"
    return http.post(path, data=b"\n".join(lines), key=key or http.editor, headers=headers)


def came(answer: Answer) -> Members:
    """Return how many records came to what, but for none."""
    told = counted(answer)
    return {name: told[name] for name in ("created", "revised", "unchanged") if name in told}


def expect(answer: Answer, status: int, code: str) -> None:
    """Fail unless a request was refused so."""
    assert (answer.status, answer.json()["code"]) == (status, code), answer.text


def verdict_of(http: Newsroom, answer: Answer, item: int = 0) -> Any:  # noqa: ANN401 -- JSON
    """Return the verdict that an item became."""
    name = answer.json()["report"][item]["records"]["verdict"]
    return http.get(f"/v1/verdicts/{name}", key=http.editor).json()


def of_others(**members: object) -> Members:
    """Return a review of the same claim by another publisher."""
    publisher = {"@type": "Organization", "name": "Others"}
    return review(url="https://others.example/1", author=publisher, **members)


def claim_of(http: Newsroom, answer: Answer) -> str:
    """Return the path of the claim of the first item."""
    return f"/v1/claims/{verdict_of(http, answer)['claim_id']}"


def public(http: Newsroom, *items: object, key: str | None = None) -> int:
    """Publish reviews as far as may be, and return how many verdicts are public then."""
    assert bring(http, *items, query=f"{PUBLISHED}&partial=true", key=key).status == 207
    return len(http.get("/v1/verdicts").json()["items"])


def results(answer: Answer) -> list[Members]:
    """Return what came of each record of an import in part."""
    assert answer.status == 207, answer.text
    lines = [orjson.loads(line) for line in answer.body.splitlines()]
    return [one for one in lines if "outcome" in one]


def fault_of(answer: Answer) -> tuple[str, str]:
    """Return code and pointer of the first fault of a refused import."""
    expect(answer, 422, "invalid-record")
    return answer.json()["errors"][0]["code"], answer.json()["errors"][0]["pointer"]


def test_a_review_becomes_a_verdict_a_claim_and_a_source(http: Newsroom) -> None:
    answer = bring(http, WILD)
    assert came(answer) == {"created": 3}
    verdict = verdict_of(http, answer)
    assert (verdict["status"], verdict["rating"]) == ("draft", "false")
    assert verdict["original_rating"]["label"] == "Falso."
    assert verdict["origin"]["raw"] == WILD
    claim = http.get(f"/v1/claims/{verdict['claim_id']}", key=http.editor).json()
    (appearance,) = claim["appearances"]
    source = http.get(f"/v1/sources/{appearance['source_id']}", key=http.editor).json()
    assert (source["url"], source["title"]) == ("https://posts.example/1", "posts.example/1")


def test_the_answer_says_what_was_found_and_what_was_made_of_it(http: Newsroom) -> None:
    answer = bring(http, WILD)
    assert [answer.json()[name] for name in ("items", "understood", "repeated")] == [1, 1, 0]
    (entry,) = answer.json()["report"]
    told = {(one["code"], one["pointer"], one.get("made")) for one in entry["findings"]}
    assert ("not-a-claim", "#/itemReviewed", "Claim") in told
    assert ("label-decorated", "#/reviewRating/alternateName", "Falso") in told
    assert (entry["rating"], entry["rule"]) == ("false", 'label: "Falso" (es)')


def test_a_second_import_leaves_all_unchanged(http: Newsroom) -> None:
    assert came(bring(http, WILD, review(url="https://c.example/2"))) == {"created": 4}
    assert came(bring(http, WILD, review(url="https://c.example/2"))) == {"unchanged": 4}
    assert came(bring(http, WILD, query="?overwrite=true")) == {"unchanged": 3}


def test_a_dry_run_writes_nothing_and_reports_all(http: Newsroom) -> None:
    answer = bring(http, WILD, query="?dry_run=true")
    assert (came(answer), answer.json()["dry_run"]) == ({"created": 3}, True)
    assert answer.json()["report"] == bring(http, WILD).json()["report"]


def test_a_page_is_read(http: Newsroom) -> None:
    page = f'<html><script type="application/ld+json">{json.dumps(REVIEW)}</script></html>'
    assert came(bring(http, page.encode(), media="text/html; charset=utf-8")) == {"created": 2}


def test_a_file_without_a_review_is_answered(http: Newsroom) -> None:
    for data in (b"", b"<html></html>", b"{", b'{"@type": "WebPage"}'):
        assert came(bring(http, data)) == {}


def test_an_item_that_is_not_understood_stops_no_other(http: Newsroom) -> None:
    answer = bring(http, {"@type": "ClaimReview"}, b"{broken", REVIEW)
    assert came(answer) == {"created": 2}
    told = [(one["item"], one["line"]) for one in answer.json()["report"]]
    assert told == [(1, 1), (None, 2), (2, 3)]


def test_in_part_each_record_is_told_by_its_item(http: Newsroom) -> None:
    answer = bring(http, {"@type": "WebPage"}, WILD, query="?partial=true")
    assert answer.status == 207
    _, report, *results, end = [orjson.loads(line) for line in answer.body.splitlines()]
    assert (report["type"], report["item"], report["line"]) == ("report", 1, 2)
    assert {(one["item"], one["line"], one["outcome"]) for one in results} == {(1, 2, "created")}
    assert (end["created"], end["items"], end["refused"]) == (3, 1, 0)


def test_a_review_that_changed_is_refused_and_named_by_its_item(http: Newsroom) -> None:
    changed = review(name="Another title")
    assert came(bring(http, REVIEW)) == {"created": 2}
    answer = bring(http, {"@type": "WebPage"}, changed)
    expect(answer, 422, "invalid-record")
    (fault,) = answer.json()["errors"]
    assert (fault["code"], fault["line"]) == ("precondition-required", 2)
    assert fault["detail"].startswith("the verdict cr-")
    assert "made of item 1: it is there with other content" in fault["detail"]
    assert came(bring(http, changed, query="?overwrite=true")) == {"revised": 1, "unchanged": 1}


def test_in_part_a_refused_record_is_named_by_its_item(http: Newsroom) -> None:
    _ = bring(http, REVIEW)
    other = review(url="https://c.example/2")
    answer = bring(http, review(name="Another title"), other, query="?partial=true")
    lines = [orjson.loads(line) for line in answer.body.splitlines()]
    told = {(one["item"], one["type"], one["outcome"]) for one in lines if "outcome" in one}
    assert told == {(1, "verdict", "refused"), (2, "verdict", "created"), (1, "claim", "unchanged")}


def test_a_claim_of_a_later_import_gains_appearances_and_keeps_what_people_wrote(
    http: Newsroom,
) -> None:
    answer = bring(http, review(itemReviewed=APPEARED))
    name = answer.json()["report"][0]["records"]["claim"]
    path = f"/v1/claims/{name}"
    held = http.get(path, key=http.editor).json()
    assert held["revision"] == 1
    _ = revise(http, path, context="At the market.")
    publisher = {"@type": "Organization", "name": "Others"}
    work = APPEARED | {"appearance": ["http://www.posts.example/1/", "https://posts.example/2"]}
    other = review(url="https://others.example/1", author=publisher, itemReviewed=work)
    assert came(bring(http, other)) == {"created": 2, "revised": 1, "unchanged": 1}
    claim = http.get(path, key=http.editor).json()
    assert [one["url"][-1] for one in claim["appearances"]] == ["1", "2"]
    assert claim["context"] == "At the market."
    assert came(bring(http, other)) == {"unchanged": 4}


def test_what_was_published_since_stays_so(http: Newsroom) -> None:
    answer = bring(http, WILD)
    verdict = verdict_of(http, answer)
    path = f"/v1/verdicts/{verdict['id']}"
    _ = revise(http, f"{path}?publish=references", status="published")
    assert came(bring(http, WILD)) == {"unchanged": 3}
    assert http.get(path).json()["status"] == "published"


def test_reviews_may_be_published_as_they_come(http: Newsroom) -> None:
    unrated = review(url="https://c.example/2", claimReviewed="It snowed", reviewRating=None)
    answer = bring(http, WILD, unrated, query="?status=published")
    assert came(answer) == {"created": 5}
    assert http.get(f"/v1/verdicts/{verdict_of(http, answer)['id']}").status == 200
    assert verdict_of(http, answer, 1)["status"] == "draft"
    assert came(bring(http, WILD, unrated, query="?status=published")) == {"unchanged": 5}


def test_drafts_of_an_import_are_published_by_the_next(http: Newsroom) -> None:
    assert came(bring(http, WILD)) == {"created": 3}
    assert came(bring(http, WILD, query="?status=published")) == {"revised": 3}
    assert http.get("/v1/verdicts").json()["items"][0]["rating"] == "false"


def test_a_key_that_may_not_publish_does_not(http: Newsroom) -> None:
    answer = bring(http, WILD, query=PUBLISHED, key=http.desk)
    expect(answer, 403, "publish-required")
    assert came(bring(http, WILD, key=http.desk)) == {"created": 3}
    assert bring(http, WILD, key="fck_" + "x" * 43).status == 401


def test_a_retry_is_answered_as_the_first_was_and_done_once(http: Newsroom) -> None:
    for query, key in (("", '"a"'), ("?partial=true", '"b"')):
        first = bring(http, WILD, query=query, Idempotency_Key=key)
        again = bring(http, WILD, query=query, Idempotency_Key=key)
        assert again.body == first.body
        assert again.headers["Idempotency-Replayed"] == "true"
    expect(bring(http, REVIEW, Idempotency_Key='"a"'), 422, "idempotency-key-reused")


@pytest.mark.parametrize(
    "query", ["type=claim", "status=withheld", "status=", "history=true&status=draft"]
)
def test_a_query_that_does_not_fit_is_refused(http: Newsroom, query: str) -> None:
    answer = bring(http, WILD, query=f"?{query}", key=http.admin)
    expect(answer, 400, "invalid-query")


def test_other_lines_say_their_status_themselves(http: Newsroom) -> None:
    expect(send(http, query="?status=draft"), 400, "invalid-query")


def test_no_publisher_is_filled_in_for_others(http: Newsroom) -> None:
    assert verdict_of(http, bring(http, review(author=None, url=None))).get("publisher") is None


def test_the_public_never_sees_the_raw_item(http: Newsroom) -> None:
    answer = bring(http, WILD | {"note": HIDDEN}, query="?status=published")
    verdict = verdict_of(http, answer)
    assert verdict["origin"]["raw"]["note"] == HIDDEN
    path = f"/v1/verdicts/{verdict['id']}"
    places = [
        *(path, f"{path}/revisions", f"{path}/revisions/1", f"{path}?expand=claims,sources"),
        *("/v1/verdicts", "/v1/export", "/v1/export?history=true", "/v1/changes"),
        *("/v1/match?text=It+rained", f"/v1/claims/{verdict['claim_id']}?expand=verdicts"),
    ]
    for place in places:
        found = http.get(place)
        assert found.status == 200, found.text
        assert HIDDEN not in found.text
        assert '"raw"' not in found.text


def test_purging_an_imported_verdict_takes_the_raw_item_and_no_retry_tells_it(
    http: Newsroom,
) -> None:
    item = WILD | {"note": HIDDEN}
    answer = bring(http, item, Idempotency_Key='"a"')
    path = f"/v1/verdicts/{verdict_of(http, answer)['id']}"
    assert purge(http, path).status == 204
    assert HIDDEN not in http.get("/v1/export?history=true", key=http.admin).text


def test_what_was_made_public_may_be_corrected_by_the_next_import(http: Newsroom) -> None:
    _ = bring(http, WILD, query="?status=published")
    changed = WILD | {"name": "It did not", "correction": {"text": "The title was missing."}}
    answer = bring(http, changed, query="?status=published&overwrite=true")
    assert came(answer) == {"revised": 1, "unchanged": 2}
    (notice,) = http.get("/v1/corrections").json()["items"]
    assert notice["note"] == "The title was missing."


def test_a_draft_of_the_desk_is_not_published_by_the_review_of_another(http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW))
    _ = revise(http, path, text=f"{HIDDEN}, half finished", context=HIDDEN)
    answer = bring(http, of_others(), query=PUBLISHED)
    assert fault_of(answer) == ("unpublished-reference", "#/claim_id")
    assert public(http, of_others()) == 0
    assert http.get(path).status == 404
    assert http.get("/v1/verdicts").json()["items"] == []


def test_a_source_that_people_changed_is_not_published_along(http: Newsroom) -> None:
    cited = review(citation=["https://s.example/1"])
    (evidence,) = verdict_of(http, bring(http, cited))["evidence"]
    path = f"/v1/sources/{evidence['source_id']}"
    _ = revise(http, path, reliability="E", reliability_note=HIDDEN)
    again = of_others(citation=["https://s.example/1"])
    for item in (cited, again):
        assert fault_of(bring(http, item, query=PUBLISHED))[0] == "unpublished-reference"
    assert http.get(path).status == 404


def test_a_draft_over_a_public_claim_stays_one_whatever_is_said_of_why(http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW, query=PUBLISHED))
    _ = revise(http, path, context=HIDDEN, status="draft")
    why = "&note=Imported&reason=correction"
    answer = bring(http, of_others(itemReviewed=APPEARED), query=PUBLISHED + why)
    assert came(answer) == {"created": 2, "revised": 1}
    assert HIDDEN not in http.get(path).text
    assert "appearances" not in http.get(path).json()
    assert http.get(path, key=http.editor).json()["context"] == HIDDEN


def test_an_archive_is_unchanged_while_a_colleague_works_on_a_claim(http: Newsroom) -> None:
    path = claim_of(http, bring(http, WILD, query=PUBLISHED))
    _ = revise(http, path, context=HIDDEN, status="draft")
    assert came(bring(http, WILD, query=PUBLISHED)) == {"unchanged": 3}
    assert came(bring(http, of_others(itemReviewed=APPEARED), query=PUBLISHED))["created"] == 1
    assert HIDDEN not in http.get(path).text


def test_a_public_claim_gains_appearances_as_a_draft(http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW, query=PUBLISHED))
    other = of_others(itemReviewed=APPEARED)
    assert came(bring(http, other, query=PUBLISHED)) == {"created": 2, "revised": 1}
    assert "appearances" not in http.get(path).json()
    assert len(http.get(path, key=http.editor).json()["appearances"]) == 1
    assert came(bring(http, other, query=PUBLISHED)) == {"unchanged": 3}


def test_a_draft_of_an_import_is_published_by_another_review_as_that_has_it(
    http: Newsroom,
) -> None:
    path = claim_of(http, bring(http, review(url=f"https://c.example/{HIDDEN}")))
    other = of_others(itemReviewed=SAID)
    assert came(bring(http, other, query=PUBLISHED)) == {"created": 2, "revised": 1}
    claim = http.get(path).json()
    assert (claim["origin"], len(claim["appearances"])) == ({"url": other["url"]}, 1)
    assert HIDDEN not in http.get(f"{path}/revisions").text
    assert came(bring(http, other, query=PUBLISHED)) == {"unchanged": 3}


def test_an_appearance_that_people_wrote_is_not_published_along(http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW))
    _ = revise(http, path, appearances=[{"url": "https://posts.example/1", "quote": HIDDEN}])
    for work in (SAID, SAID | {"appearance": ["https://posts.example/2"]}):
        answer = bring(http, of_others(itemReviewed=work), query=PUBLISHED)
        assert fault_of(answer) == ("unpublished-reference", "#/claim_id")
    assert http.get(path).status == 404


def test_what_four_eyes_refuse_takes_no_drafts_along(variant: Variant, http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW))
    strict = variant(four_eyes=True)
    assert public(strict, REVIEW, of_others()) == 0
    assert http.get(path).status == 404
    assert public(strict, REVIEW, key=http.admin) == 1
    assert http.get(path).status == 200


def test_a_changed_review_that_is_refused_takes_no_drafts_along(http: Newsroom) -> None:
    path = claim_of(http, bring(http, REVIEW))
    changed = review(name="Another title")
    assert public(http, changed) == 0
    assert http.get(path).status == 404
    answer = bring(http, changed, query=f"{PUBLISHED}&overwrite=true")
    assert came(answer) == {"revised": 2}
    assert http.get(path).status == 200


@pytest.mark.parametrize("over", ["false", "true"])
def test_a_review_whose_verdict_was_deleted_takes_no_drafts_along(
    http: Newsroom, over: str
) -> None:
    answer = bring(http, REVIEW)
    path = claim_of(http, answer)
    delete(http, f"/v1/verdicts/{verdict_of(http, answer)['id']}")
    answer = bring(http, REVIEW, query=f"{PUBLISHED}&partial=true&overwrite={over}")
    assert [one["outcome"] for one in results(answer) if one["type"] == "verdict"] == ["refused"]
    assert http.get(path).status == 404


@pytest.mark.parametrize("why", ["", "&note=Imported&reason=new_evidence"])
def test_a_changed_review_without_a_note_that_it_needs_takes_no_drafts_along(
    http: Newsroom, why: str
) -> None:
    _ = bring(http, REVIEW, query=PUBLISHED)
    changed = review(citation=["https://s.example/1"])
    answer = bring(http, changed, query=f"{PUBLISHED}&partial=true&overwrite=true{why}")
    outcomes = {one["type"]: one["outcome"] for one in results(answer)}
    assert outcomes["verdict"] == ("revised" if why else "refused")
    assert len(http.get("/v1/sources").json()["items"]) == bool(why)


def test_drafts_of_reviews_without_an_address_are_published_by_the_next(http: Newsroom) -> None:
    assert came(bring(http, review(url=None))) == {"created": 2}
    assert came(bring(http, review(url=None), query=PUBLISHED)) == {"revised": 2}
    assert came(bring(http, review(url=None), query=PUBLISHED)) == {"unchanged": 2}
