"""What reviews share: one claim only where text and claimant agree, and never in silence."""

from typing import Any

import orjson
import pytest

from schemas import bounds
from service.interop.claimreview.importing.gathering import Reviews
from service.records.held import Held
from tests.interop.claimreview.reader import BESIDE, REVIEW, Members, read, review

WHO = {"@type": "Claim", "author": {"name": "A. Farmer"}}


def other(**members: object) -> Members:
    """Return a review by another publisher."""
    publisher = {"@type": "Organization", "name": "Others"}
    return review(url="https://others.example/1", author=publisher, **members)


@pytest.mark.parametrize("text", ["It rained", "it RAINED.", "“It  rained!”", " It rained\n"])
def test_two_publishers_have_one_claim_where_text_and_claimant_agree(text: str) -> None:
    found = read([REVIEW, other(claimReviewed=text)])
    assert len(found.of("claim")) == 1
    assert {one["claim_id"] for one in found.of("verdict")} == {found.claim["id"]}
    assert found.found("claim-shared")["made"] == f"item 1, {found.claim['id']}"


@pytest.mark.parametrize("who", [{"name": "B"}, None, {"sameAs": "https://x.com/b"}])
def test_another_claimant_makes_another_claim_and_that_is_told(who: object) -> None:
    found = read([REVIEW, other(itemReviewed={"@type": "Claim", "author": who})])
    assert len(found.of("claim")) == 2
    assert found.found("claim-near")["made"] == "item 1, a. farmer"


def test_claims_of_nobody_named_are_not_joined() -> None:
    bare = {"@type": "Claim"}
    found = read([review(itemReviewed=bare), other(itemReviewed=bare)])
    assert len(found.of("claim")) == 2
    assert found.found("claim-near")["made"] == "item 1, nobody named"


def test_claims_by_the_same_address_are_joined() -> None:
    first, second = (
        {"@type": "Claim", "author": {"sameAs": one}}
        for one in ("https://x.com/a", "http://www.x.com/a/")
    )
    assert len(read([review(itemReviewed=first), other(itemReviewed=second)]).of("claim")) == 1


def test_a_claim_that_is_shared_has_what_both_say() -> None:
    first = WHO | {"appearance": [{"url": "https://a.example/1"}], "datePublished": "2022"}
    second = WHO | {
        "appearance": [
            {"url": "http://www.a.example/1", "name": "A"},
            {"url": "https://b.example"},
        ],
        "datePublished": "2021",
        "keywords": ["rain"],
    }
    found = read([review(itemReviewed=first), other(itemReviewed=second)])
    assert [one["url"] for one in found.claim["appearances"]] == [
        "https://a.example/1",
        "https://b.example",
    ]
    assert found.claim["appearances"][0]["title"] == "A"
    assert (found.claim["claimed_at"], found.claim["topics"]) == ("2022", ["rain"])
    assert len(found.of("source")) == 2


def test_a_claim_has_only_so_many_appearances() -> None:
    def at(name: str) -> Members:
        return WHO | {"appearance": [f"https://{name}.example/{n}" for n in range(150)]}

    items = [review(itemReviewed=at("a"))]
    items += [other(itemReviewed=at(name)) | {"url": f"https://o.example/{name}"} for name in "bcd"]
    assert len(read(items).claim["appearances"]) == 200


def test_the_same_review_twice_is_one_verdict() -> None:
    again = review(url="http://www.checkers.example/rain/?utm_source=x", datePublished="2022")
    found = read([REVIEW, again])
    assert found.counts == {"items": 2, "understood": 2, "repeated": 1}
    assert "review-twice" in found.codes
    assert "published_at" not in found.verdict


def test_one_page_may_review_several_claims() -> None:
    found = read([REVIEW, review(claimReviewed="It snowed")])
    assert len({one["id"] for one in found.of("verdict")}) == 2


def test_reviews_without_an_address_are_told_apart_by_what_they_say() -> None:
    found = read([review(url=None), review(url=None, name="x"), review(url=None)])
    assert len(found.of("verdict")) == 2


def test_the_ids_follow_from_the_item() -> None:
    assert [one["id"] for one in read(REVIEW).records] == [
        one["id"] for one in read([REVIEW]).records
    ]
    assert all(one["id"].startswith("cr-") for one in read(REVIEW).records)


def test_what_is_rated_is_published_with_all_it_refers_to() -> None:
    work = WHO | {"appearance": "https://a.example/1"}
    unrated = review(url="https://c.example/2", claimReviewed="It snowed", reviewRating=None,
                     itemReviewed=WHO | {"appearance": "https://b.example/1"})  # fmt: skip
    found = read([review(itemReviewed=work, citation=["https://s.example"]), unrated], "published")
    assert "stays-draft" in found.codes
    told = {one.get("text") or one.get("url"): one.get("status") for one in found.records}
    assert told == {
        "https://checkers.example/rain": "published",
        "https://c.example/2": None,
        "https://a.example/1": "published",
        "https://s.example": "published",
        "https://b.example/1": None,
        "It rained": "published",
        "It snowed": None,
    }


def test_a_claim_that_becomes_public_takes_the_sources_of_drafts_along() -> None:
    unrated = review(reviewRating=None, itemReviewed=WHO | {"appearance": "https://a.example/1"})
    found = read([unrated, other(itemReviewed=WHO)], "published")
    assert [one["status"] for one in (*found.of("claim"), *found.of("source"))] == ["published"] * 2


def beside(held: Members, status: str, asked: str | None = None, **members: object) -> list[Any]:
    """Return the lines of a review whose records are there already, in a status."""
    there = {
        (one["type"], one["id"]): Held(one["type"], one["id"], 3, status, content(one))
        for one in read(held).records
    }
    file = Reviews(lambda wanted: {key: there[key] for key in wanted if key in there}, asked)
    lines = [line for _, line in file.read([orjson.dumps(review(**members))])]
    file.close()
    return lines


def content(record: Members) -> str:
    """Return the text of a record's content, as it is kept."""
    body = {name: value for name, value in record.items() if name not in (*BESIDE, "id")}
    if "raw" in body.get("origin", {}):
        body["origin"] = {name: one for name, one in body["origin"].items() if name != "raw"}
    return orjson.dumps(body).decode()


@pytest.mark.parametrize("status", ["draft", "published", "withheld", "retracted"])
def test_what_is_there_as_it_would_be_made_stays_as_it_is(status: str) -> None:
    verdict, claim = beside(review(), status)
    assert (verdict["status"], verdict["if_revision"]) == (status, 3)
    assert claim == {"type": "claim", "id": claim["id"], "op": "patch", "if_revision": 3}


@pytest.mark.parametrize(("status", "then"), [("draft", "published"), ("in_review", "published"),
    ("withheld", "withheld"), ("retracted", "retracted")])  # fmt: skip
def test_only_what_waits_is_published_by_an_import(status: str, then: str) -> None:
    verdict, claim = beside(review(), status, "published")
    assert verdict["status"] == then
    assert claim.get("status", status) == then


def test_a_review_that_changed_is_for_people_to_decide() -> None:
    verdict, _ = beside(review(), "published", name="Another title")
    assert "if_revision" not in verdict
    assert "status" not in verdict


def test_a_claim_that_is_there_gains_appearances_and_nothing_else() -> None:
    held = review(itemReviewed=WHO | {"appearance": "https://a.example/1", "keywords": "hay"})
    both = WHO | {"appearance": ["https://www.a.example/1", "https://b.example/1"], "keywords": "x"}
    claim = beside(held, "published", itemReviewed=both)[-1]
    assert claim.keys() == {"type", "id", "op", "if_revision", "appearances", "status"}
    assert [one["url"] for one in claim["appearances"]] == [
        "https://a.example/1",
        "https://b.example/1",
    ]
    assert claim["status"] == "draft"


def test_a_source_that_several_cite_has_what_each_says_of_it() -> None:
    cited = "https://paper.example/1"
    found = read([
        review(citation=[{"url": cited}]),
        other(citation=[{"url": cited, "publisher": {"name": "The Paper"}}]),
    ])  # fmt: skip
    [source] = found.of("source")
    assert (source["url"], source["publisher"]) == (cited, "The Paper")


def test_of_many_claims_of_the_same_words_the_first_are_told() -> None:
    many = [
        review(url=f"https://a.example/{n}", itemReviewed=WHO | {"author": {"name": f"A. {n}"}})
        for n in range(bounds.FEW + 3)
    ]
    found = read(many)
    assert len(found.of("claim")) == bounds.FEW + 3
    told = [one for one in found.report[-1]["findings"] if one["code"] == "claim-near"]
    assert len(told) == bounds.FEW


def test_a_text_without_words_is_passed_over_for_the_next() -> None:
    bare = {name: value for name, value in REVIEW.items() if name != "claimReviewed"}
    found = read(bare | {"itemReviewed": {"@type": "Claim", "text": "<br>", "name": "It rained"}})
    assert found.claim["text"] == "It rained"
