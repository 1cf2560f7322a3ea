"""Reviews as they are found in the wild: what is wrong with each, and what becomes of it."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from schemas import bounds
from service.interop.claimreview.reading.lint import Lint
from service.interop.claimreview.records import raw
from tests.interop.claimreview.reader import Members, node, read, review, told

RATING = {"@type": "Rating", "alternateName": "False"}
READERS = {"@type": "AggregateRating", "ratingValue": 4.7, "bestRating": 5, "worstRating": 1}
LONG = "https://posts.example/p?a=1&set=" + "b" * 3000


def rated(**members: object) -> Members:
    """Return the good review with another rating."""
    return review(reviewRating={"@type": "Rating", **members})


def about(**members: object) -> Members:
    """Return the good review of something else."""
    return review(itemReviewed=members)


# What is wrong; the item; the codes of what is found; what a record has then, by path.
WILD: list[tuple[str, Members, set[str], dict[str, Any]]] = [
    ("nothing", review(), set(), {"verdict.rating": "false", "claim.claimant.name": "A. Farmer"}),
    ("numbers are texts", rated(ratingValue="1", bestRating="5", worstRating="1"),
        {"number-mended", "rating-ok"}, {"verdict.rating": "false", "verdict.original_rating.best": 5}),
    ("all numbers are -1", rated(ratingValue="-1", bestRating="-1", worstRating="-1", alternateName="really_false"),
        {"number-mended", "scale-insane", "label-decorated"}, {"verdict.rating": "false"}),
    ("best is empty", rated(ratingValue="1", bestRating="", alternateName="False"),
        {"number-mended", "empty", "scale-insane"}, {"verdict.original_rating.value": 1}),
    ("the scale stands on its head", rated(ratingValue=1, bestRating=1, worstRating=5, alternateName="Wow"),
        {"scale-insane", "label-unknown", "rating-unknown"}, {"verdict.rating": None}),
    ("the scale is flat", rated(ratingValue="", bestRating="2", worstRating="2", alternateName="False"),
        {"number-mended", "empty", "scale-insane"}, {"verdict.rating": "false"}),
    ("the value is outside", rated(ratingValue=9, bestRating=5, worstRating=1),
        {"scale-insane", "rating-unknown"}, {"verdict.rating": None, "verdict.original_rating.value": 9}),
    ("the value is a fraction", rated(ratingValue="2/5", worstRating=1),
        {"number-mended"}, {"verdict.rating": "mostly_false", "verdict.original_rating.best": 5}),
    ("the value is the label", rated(ratingValue="False"), {"number-unusable"},
        {"verdict.rating": "false", "verdict.original_rating.label": "False"}),
    ("label and numbers differ", rated(ratingValue=1, bestRating=5, worstRating=1, alternateName="Misleading"),
        {"rating-conflict"}, {"verdict.rating": "mostly_false"}),
    ("the label is a sentence", rated(ratingValue=2, bestRating=5, worstRating=1, alternateName="He never said so"),
        {"label-unknown"}, {"verdict.rating": "mostly_false"}),
    ("the label is a sentence alone", rated(alternateName="He never said so"),
        {"label-unknown", "rating-unknown"}, {"verdict.rating": None, "verdict.scale_id": None}),
    ("the label ends with a stop", rated(alternateName="Falso."), {"label-decorated"},
        {"verdict.rating": "false", "verdict.original_rating.label": "Falso."}),
    ("the label is a text alone", review(reviewRating="Engañoso"), {"text-for-object"},
        {"verdict.rating": "mostly_false"}),
    ("the rating is a number alone", review(reviewRating=4), {"scale-insane", "rating-unknown"},
        {"verdict.original_rating.value": 4}),
    ("the rating is a flag", review(reviewRating=True), {"number-unusable", "rating-unknown"}, {}),
    ("the rating is a blank", review(reviewRating="\u200b"), {"text-for-object", "text-mended", "rating-unknown"}, {}),
    ("readers rate as well", review(reviewRating=[READERS, {"ratingValue": 5}, RATING | {"ratingValue": 1,
        "bestRating": 5, "worstRating": 1, "ratingExplanation": "It did not"}]), {"rating-of-readers", "list-for-one"},
        {"verdict.rating": "false", "verdict.original_rating.value": 1, "verdict.summary": "It did not"}),
    ("readers rate alone", review(reviewRating=READERS), {"rating-of-readers", "rating-unknown"},
        {"verdict.rating": None, "verdict.original_rating": None}),
    ("the rating is in lists", review(reviewRating=[["False"]]), {"list-for-one", "text-for-object"},
        {"verdict.rating": "false"}),
    ("the rating is a list", review(reviewRating=[RATING, {}]), {"list-for-one"}, {"verdict.rating": "false"}),
    ("the rating is an empty list", review(reviewRating=[[], []]), {"list-for-one", "rating-unknown"}, {}),
    ("there is no rating", review(reviewRating=None), {"rating-unknown"}, {"verdict.rating": None}),
    ("the rating is satire", rated(alternateName="Satire", ratingValue=1, bestRating=5, worstRating=1),
        {"rating-conflict", "rating-unknown"}, {"verdict.rating": None}),
    ("the label is a list", rated(alternateName=["False", "x"]), {"list-for-one"}, {"verdict.rating": "false"}),
    ("the label has entities", rated(alternateName="&laquo;Faux&raquo;"), {"text-mended", "label-decorated"},
        {"verdict.original_rating.label": "«Faux»", "verdict.rating": "false"}),
    ("the label is very long", rated(alternateName="False: " + "a" * 900), {"shortened", "label-decorated"},
        {"verdict.rating": "false"}),
    ("the explanation is a number", rated(alternateName="False", ratingExplanation=5), {"wrong-shape"},
        {"verdict.summary": None}),
    ("what is reviewed is a work", about(**{"@type": "CreativeWork", "url": "https://p.example/1", "name": "A post",
        "author": {"name": "B"}, "datePublished": "2022-02-16"}), {"not-a-claim"},
        {"claim.claimant.name": "B", "claim.claimed_at": "2022-02-16", "source.title": "A post",
         "claim.appearances.0.url": "https://p.example/1", "source.authors.0": "B"}),
    ("what is reviewed is an address", review(itemReviewed="https://p.example/1"), {"not-a-claim", "text-for-object"},
        {"claim.appearances.0.url": "https://p.example/1"}),
    ("what is reviewed is a sentence", review(itemReviewed="It rained", claimReviewed=None),
        {"not-a-claim", "claim-text-elsewhere"}, {"claim.text": "It rained"}),
    ("what is reviewed is a list", review(itemReviewed=[{"@type": "Claim", "author": "B"},
        {"@type": "Claim", "url": "https://p.example/1"}]), {"list-for-one", "text-for-object"},
        {"claim.claimant.name": "B", "claim.appearances.0.url": "https://p.example/1"}),
    ("what is reviewed is a number", review(itemReviewed=5), {"not-a-claim"}, {"claim.claimant": None}),
    ("nothing is reviewed", review(itemReviewed=None), set(), {"claim.text": "It rained"}),
    ("an appearance is a list", about(**{"@type": "Claim", "appearance": [{"url": "https://a.example"},
        "https://b.example", "junk", 5, {"x": 1}, None]}), {"appearance-unusable", "url-unusable"},
        {"claim.appearances.1.url": "https://b.example"}),
    ("an appearance is a text of several", about(**{"@type": "Claim", "appearance":
        "https://a.example/1, https://b.example/2"}), {"list-for-one"},
        {"claim.appearances.1.url": "https://b.example/2"}),
    ("an appearance is an object without address", about(**{"@type": "Claim", "appearance":
        {"headline": "The weather", "publisher": "Daily"}}), {"text-for-object"},
        {"claim.appearances.0.title": "The weather", "claim.appearances.0.publisher": "Daily"}),
    ("the first appearance is the other one too", about(**{"@type": "Claim", "appearance": "https://a.example/",
        "firstAppearance": {"url": "http://www.a.example", "name": "A"}}), set(),
        {"claim.appearances.0.first": True, "claim.appearances.1": None}),
    ("the claim has an address", about(**{"@type": "Claim", "url": LONG}), {"url-shortened"},
        {"claim.appearances.0.url": "https://posts.example/p?a=1"}),
    ("the claim is the same as pages", about(**{"@type": "Claim", "sameAs": ["https://a.example", "/x"]}),
        {"url-unusable"}, {"claim.appearances.0.url": "https://a.example"}),
    ("a picture is an appearance", about(**{"@type": "Claim", "appearance": {"@type": "ImageObject",
        "contentUrl": "https://a.example/1.jpg"}}), set(),
        {"claim.media.0.kind": "image", "source.source_type": "imagery"}),
    ("the pictures are junk", about(**{"@type": "Claim", "image": ["junk", {"x": 1}, "https://a.example/1.jpg"]}),
        {"url-unusable"}, {"claim.media.0.url": "https://a.example/1.jpg"}),
    ("a post is known by its site", about(**{"@type": "Claim", "appearance": "https://m.facebook.com/1"}), set(),
        {"source.source_type": "post", "source.title": "m.facebook.com/1"}),
    ("the claimant is an address", about(**{"@type": "Claim", "author": "https://x.com/farmer"}), {"text-for-object"},
        {"claim.claimant.same_as.0": "https://x.com/farmer"}),
    ("the claimant is a text", about(**{"@type": "Claim", "author": "B"}), {"text-for-object"},
        {"claim.claimant.name": "B"}),
    ("the claimants are several", about(**{"@type": "Claim", "author": [{"name": "B"}, {"name": "C"}]}),
        {"several-claimants"}, {"claim.claimant.name": "B; C", "claim.claimant.kind": "group"}),
    ("the claimants are very many", about(**{"@type": "Claim", "author": [{"name": f"Name {n}"} for n in range(99)]}),
        {"several-claimants"}, {"claim.claimant.kind": "group"}),
    ("the claimants are addresses", about(**{"@type": "Claim", "author": ["https://x.com/a", "https://x.com/b"]}),
        {"several-claimants", "text-for-object"}, {"claim.claimant.same_as.1": "https://x.com/b"}),
    ("the name has the role in it", about(**{"@type": "Claim", "author": {"@type": "Organization",
        "name": ["B", "mayor of C"]}}), {"role-in-name"},
        {"claim.claimant.name": "B", "claim.claimant.role": "mayor of C"}),
    ("the name and the role are both there", about(**{"@type": "Claim", "author": {"@type": "Person",
        "name": ["B", "C"], "jobTitle": "mayor", "affiliation": {"name": "D"}}}), {"further-names"},
        {"claim.claimant.role": "mayor", "claim.claimant.affiliation": "D"}),
    ("the claimant belongs to a text", about(**{"@type": "Claim", "author": {"name": "B", "worksFor": "D"}}), set(),
        {"claim.claimant.affiliation": "D"}),
    ("the name is in two parts", about(**{"@type": "Claim", "author": {"givenName": "B", "familyName": "C"}}), set(),
        {"claim.claimant.name": "B C"}),
    ("the claimant is nobody", about(**{"@type": "Claim", "author": {"@type": "Person"}}), set(),
        {"claim.claimant": None}),
    ("the claimant is a reference", about(**{"@type": "Claim", "author": {"@id": "https://b.example/me"}}), set(),
        {"claim.claimant.same_as.0": "https://b.example/me"}),
    ("the claimant is a government", about(**{"@type": "Claim", "author": {"@type": ["Thing",
        "GovernmentOrganization"], "name": "B", "sameAs": "Somewhere", "url": "/"}}), {"url-unusable"},
        {"claim.claimant.kind": "government", "claim.claimant.same_as": None}),
    ("there is no claimReviewed", review(claimReviewed=None, itemReviewed={"@type": "Claim", "name": "It rained"}),
        {"claim-text-elsewhere"}, {"claim.text": "It rained"}),
    ("a title without words", review(claimReviewed=" ", name="<br>", headline="It rained"),
        {"empty", "text-mended", "claim-text-elsewhere"}, {"claim.text": "It rained"}),
    ("the claim is in the title", review(claimReviewed=" ", name="It rained"), {"empty", "claim-text-elsewhere"},
        {"claim.text": "It rained"}),
    ("claimReviewed is in what is reviewed", review(claimReviewed=None, itemReviewed={"claimReviewed": "It rained"}),
        {"not-a-claim", "claim-text-elsewhere"}, {"claim.text": "It rained"}),
    ("claimReviewed is a list", review(claimReviewed=["It rained", "x"]), {"list-for-one"}, {"claim.text": "It rained"}),
    ("claimReviewed is a number", review(claimReviewed=5), {"number-for-text"}, {"claim.text": "5"}),
    ("claimReviewed is very long", review(claimReviewed="a" * 6000), {"shortened"}, {}),
    ("claimReviewed has markup", review(claimReviewed="<p>It&nbsp;<b>rained</b></p>"), {"text-mended"}, {}),
    ("claimReviewed turns around", review(claimReviewed="\u202eIt rained\u0000\u2066"), {"text-mended"},
        {"claim.text": "It rained"}),
    ("the address has no scheme", review(url="checkers.example/rain"), {"url-mended"},
        {"verdict.url": "https://checkers.example/rain"}),
    ("the address runs a script", review(url="javascript:alert(1)"), {"url-unusable"}, {"verdict.url": None}),
    ("the address is elsewhere", review(url=None, mainEntityOfPage={"@id": "https://checkers.example/rain"}),
        {"url-from-elsewhere"}, {"verdict.url": "https://checkers.example/rain"}),
    ("the address is a list", review(url=["x y", "https://checkers.example/rain"]), {"url-unusable"},
        {"verdict.url": "https://checkers.example/rain"}),
    ("nobody publishes it", review(author=None), {"publisher-from-address"},
        {"verdict.publisher.name": "checkers.example"}),
    ("nobody publishes it and it is nowhere", review(author=None, url=None), set(), {"verdict.publisher": None}),
    ("the author is a text", review(author="Checkers"), {"text-for-object"}, {"verdict.publisher.name": "Checkers"}),
    ("the author is nobody", review(author={"@type": "Organization", "name": "null"}),
        {"empty", "publisher-from-address"}, {"verdict.publisher.name": "checkers.example"}),
    ("the authors are nobody", review(author=["N/A", {"name": ["undefined", "B"]}, " - ", {"name": "NONE"},
        {"givenName": "null"}]), {"empty", "text-mended"}, {"verdict.publisher.name": "B"}),
    ("the author is a person", review(author={"@type": "Person", "name": "B"}), {"publisher-from-address"},
        {"verdict.authors.0": "B"}),
    ("the authors are a list", review(author=["B", {"@type": "Person", "name": ["C", "D"]}, 5, None],
        publisher={"name": "Checkers", "logo": {"url": "/l.png"}}), {"text-for-object", "number-for-text", "url-relative"},
        {"verdict.authors.2": "D", "verdict.publisher.logo": "https://checkers.example/l.png"}),
    ("the author's address is relative", review(author={"@type": "Organization", "name": "C", "url": "/author/c"}),
        {"url-relative"}, {"verdict.publisher.url": "https://checkers.example/author/c"}),
    ("the image is an object", review(image={"@type": "ImageObject", "url": "/i.png"}), {"url-relative"},
        {"verdict.image": "https://checkers.example/i.png"}),
    ("the date has no offset", review(datePublished="2020-06-23 20:02"), {"date-in-part"},
        {"verdict.published_at": "2020-06-23"}),
    ("the date is still to come", review(datePublished="2199-06-23"), {"date-in-the-future"},
        {"verdict.published_at": None}),
    ("the id is a number", review(identifier="368950"), set(), {"verdict.external_ids": {"checkers.example": "368950"}}),
    ("the ids are a list", review(identifier=[{"propertyID": "wire", "value": 5}, {"propertyID": "a b", "value": "x"},
        {"value": "y"}]), {"number-for-text"}, {"verdict.external_ids": {"wire": "5"}}),
    ("the language is a name", review(inLanguage="Spanish"), set(), {"verdict.language": "es", "claim.language": "es"}),
    ("the language is junk", review(inLanguage="the usual"), {"language-unknown"}, {"verdict.language": None}),
    ("the keywords are a text", about(**{"@type": "Claim", "keywords": "rain, hay,,rain"}), set(),
        {"claim.topics": ["rain", "hay"]}),
    ("the keywords are a list", about(**{"@type": "Claim", "keywords": ["rain", {"name": "hay"}, 5]}),
        {"object-for-text", "number-for-text"}, {"claim.topics": ["rain", "hay", "5"]}),
    ("what it cites is mixed", review(citation=["https://s.example/1", "A book", {"name": "A letter"}, 5, {"x": 1}]),
        {"number-for-text", "wrong-shape"},
        {"verdict.evidence.1": {"described_as": "A book"}, "source.url": "https://s.example/1"}),
    ("names have other letters", {"@type": "ClaimReview", "ClaimReviewed": "It rained", "URL": "https://c.example/1",
        "reviewRating": RATING}, {"name-form", "publisher-from-address"}, {"verdict.rating": "false"}),
    ("types are of the wrong kind", review(**{"@type": ["ClaimReview", 5, None]}), set(), {"verdict.rating": "false"}),
    ("the period is odd", about(**{"@type": "Claim", "temporalCoverage": "2022-02/.."}), set(),
        {"claim.about": {"from": "2022-02"}}),
    ("the period is a day", about(**{"@type": "Claim", "temporalCoverage": "2022-02-16"}), set(),
        {"claim.about": {"from": "2022-02-16", "to": "2022-02-16"}}),
    ("the period is junk", about(**{"@type": "Claim", "temporalCoverage": "long ago"}), {"date-unusable"},
        {"claim.about": None}),
    ("the period ends before it begins", about(**{"@type": "Claim", "temporalCoverage": "2023/2022"}), {"wrong-shape"},
        {"claim.about": None}),
    ("the hash is none", about(**{"@type": "Claim", "image": {"url": "https://a.example/1", "sha256": "x"}}), set(),
        {"claim.media.0": {"url": "https://a.example/1"}}),
    ("the correction is a text", review(correction="It was Monday"), set(), {"verdict.note": "It was Monday",
        "verdict.reason": "correction"}),
    ("the corrections are long", review(correction=[{"text": "a" * 900, "datePublished": "2022"}, {"text": "b" * 900},
        {"x": 1}]), {"wrong-shape"}, {"verdict.reason": "correction", "verdict.note": f"{'a' * 900}\n{'b' * 98}…",
        "verdict.origin.corrections": [{"text": "a" * 900, "published_at": "2022"}, {"text": "b" * 900}]}),
    ("the corrections are in no order", review(correction=[{"text": "Two\nlines", "datePublished": "2023"},
        {"text": "It was Monday"}, {"text": "One", "datePublished": "2022-05"}]), set(),
        {"verdict.note": "Two\nlines\nIt was Monday\nOne", "verdict.origin.corrections.2.published_at": "2022-05"}),
    ("the claim is in languages", review(claimReviewed={"de": "Es regnete", "en": "It rained"}), {"language-map"},
        {"claim.text": "It rained"}),
    ("the claim is in the language of the item", review(claimReviewed={"en": "It rained", "de-AT": "Es regnete"},
        name={"fr": "Non", "it": "No", "es": " "}, inLanguage="de"), {"language-map"},
        {"claim.text": "Es regnete", "verdict.title": "Non"}),
    ("it is a review of a claim", review(**{"@type": "Review"}, claimReviewed=None,
        itemReviewed=[{"@type": "Claim", "text": "It rained"}]), {"type-missing", "claim-text-elsewhere"},
        {"claim.text": "It rained"}),
    ("claimReviewed is a claim", review(claimReviewed={"@type": "Claim", "text": "It rained", "author": {"name": "B"},
        "appearance": "https://a.example/1"}, itemReviewed=None), {"object-for-text"},
        {"claim.text": "It rained", "claim.claimant.name": "B", "claim.appearances.0.url": "https://a.example/1"}),
    ("an appearance has several addresses", about(**{"@type": "Claim", "appearance": {"name": "A", "url":
        ["https://a.example/1", "https://b.example/2"]}, "firstAppearance": {"name": "B", "url": ["junk"]}}),
        {"url-unusable"}, {"claim.appearances.1.url": "https://a.example/1",
        "claim.appearances.2.url": "https://b.example/2"}),
    ("an appearance is a link", about(**{"@type": "Claim", "appearance": "<a href=https://a.example/1>here</a>"}),
        {"url-mended"}, {"claim.appearances.0.url": "https://a.example/1"}),
    ("the claimant is a link", about(**{"@type": "Claim", "author": "<a href='https://x.example/p'>B</a>"}),
        {"text-for-object", "text-mended", "url-mended"},
        {"claim.claimant": {"name": "B", "same_as": ["https://x.example/p"]}}),
    ("the claimant is a link to itself", about(**{"@type": "Claim", "author":
        '<a href="https://x.example/p">https://x.example/p</a>'}), {"text-for-object", "text-mended", "url-mended"},
        {"claim.claimant": {"same_as": ["https://x.example/p"]}}),
    ("the list of names is one of people", about(**{"@type": "Claim", "author": {"name": ["Ann", "Bob"]}}),
        {"several-claimants"}, {"claim.claimant": {"name": "Ann; Bob", "kind": "group"}}),
    ("only the date of the last change is there", review(dateModified="2022-02-16"), {"date-of-change"},
        {"verdict.published_at": "2022-02-16"}),
    ("the publisher has several addresses", review(author={"@type": "Organization", "name": "C", "url":
        "https://c.example", "sameAs": ["https://c.example/", "https://x.com/c"]}), {"further-addresses"},
        {"verdict.publisher.url": "https://c.example"}),
    ("the number is an object", rated(ratingValue={"@type": "QuantitativeValue", "value": 2}, bestRating=5,
        worstRating=1), {"number-mended"}, {"verdict.rating": "mostly_false"}),
    ("the number has the label beside it", rated(ratingValue="1 (False)", bestRating=5,
        worstRating=1), {"number-mended"},
        {"verdict.original_rating.value": 1, "verdict.original_rating.label": "False", "verdict.rating": "false"}),
    ("members are of no use", review(correction=5, comment=5, workTranslation=5, citation=True, keywords={}, license=[],
        isBasedOn=None, video=5), {"empty", "number-for-text", "wrong-shape"}, {"verdict.rating": "false"}),
]  # fmt: skip


def at(record: Any, path: str) -> Any:  # noqa: ANN401 -- JSON
    """Return what lies at a path, None for nothing."""
    for step in path.split("."):
        if isinstance(record, list):
            record = record[int(step)] if int(step) < len(record) else None
        else:
            record = (record or {}).get(step)
    return record


@pytest.mark.parametrize(
    ("item", "codes", "made"), [row[1:] for row in WILD], ids=[row[0] for row in WILD]
)
def test_what_is_wrong_is_mended_and_told(item: Members, codes: set[str], made: Members) -> None:
    found = read(item)
    assert found.counts["understood"] == 1
    assert found.codes == codes - {"rating-ok"}
    for path, value in made.items():
        kind, _, rest = path.partition(".")
        assert at(found.of(kind)[0], rest) == value, (path, found.records)


@pytest.mark.parametrize("item", [{"@type": "ClaimReview"}, review(claimReviewed=None),
    review(claimReviewed={"x": 1}), review(claimReviewed=[[], {}]), review(claimReviewed=True),
    review(claimReviewed="\u0000\u200b<br>"), {"claimReviewed": None}])  # fmt: skip
def test_an_item_without_any_text_is_not_understood_and_stops_no_other(item: Members) -> None:
    found = read([item, review()])
    assert (found.counts["items"], found.counts["understood"]) == (2, 1)
    assert "records" not in found.report[0]
    assert "not-understood" in found.codes


def test_the_raw_item_is_kept_with_its_hash() -> None:
    item = review(x=1.5, y=[None, True], z={"\u00e9": 2**53 - 1})
    origin = read(item).verdict["origin"]
    assert (origin["raw"], origin["url"]) == (item, "https://checkers.example/rain")
    assert origin["sha256"] == read(dict(reversed(item.items()))).verdict["origin"]["sha256"]


@pytest.mark.parametrize("item", [review(x="a" * bounds.RAW_BYTES), review(x='"' * bounds.RAW_BYTES),
    review(x="\U0001f600" * bounds.RAW_BYTES), review(x=orjson.loads("[" * 35 + "]" * 35))])  # fmt: skip
def test_a_raw_item_that_is_too_large_is_kept_as_a_cut_text(item: Members) -> None:
    found = read(item)
    assert found.codes == {"raw-cut"}
    assert isinstance(found.verdict["origin"]["raw"], str)


def test_what_no_database_keeps_is_not_in_the_raw_item() -> None:
    text = '{"@type": "ClaimReview", "claimReviewed": "a", "x\\ud800\\u0000": ["\\u0000\\ud83d\\ude00\\udfff"]}'
    assert read(text).verdict["origin"]["raw"]["x"] == ["\U0001f600"]


def test_many_findings_of_one_item_are_counted() -> None:
    found = read(about(**{"@type": "Claim", "appearance": ["junk"] * 300}))
    (entry,) = found.report
    assert len(entry["findings"]) == 100
    assert entry["untold"] == 500


def test_long_lists_are_cut() -> None:
    addresses = [f"https://a.example/{n}" for n in range(700)]
    found = read(about(**{"@type": "Claim", "appearance": addresses}))
    assert len(found.claim["appearances"]) == bounds.MANY
    assert "too-many" in found.codes


# A member of the review or of its claim; one of its items, by number; what has them then, how many at the most.
LONG_LISTS: list[tuple[str, str, Callable[[int], object], str, int]] = [
    ("review", "author", lambda n: {"@type": "Person", "name": f"P {n}"}, "verdict.authors", bounds.SEVERAL),
    ("review", "citation", lambda n: f"https://a.example/{n}", "verdict.evidence", bounds.MANY),
    ("review", "comment", lambda n: {"text": f"No {n}"}, "verdict.right_of_reply", bounds.SEVERAL),
    ("review", "correction", lambda n: {"text": f"Date {n}"}, "verdict.origin.corrections", bounds.MANY),
    ("review", "identifier", lambda n: {"propertyID": f"x{n}", "value": "1"}, "verdict.external_ids", bounds.SEVERAL),
    ("review", "workTranslation", lambda n: {"inLanguage": f"de-x-a{n}", "name": "R"}, "verdict.translations",
        bounds.SEVERAL),
    ("claim", "appearance", lambda n: f"https://a.example/{n}", "claim.appearances", bounds.MANY),
    ("claim", "associatedMedia", lambda n: {"@type": "ImageObject", "url": f"https://a.example/{n}"}, "claim.media",
        bounds.SEVERAL),
    ("claim", "author", lambda n: {"name": f"P {n}", "url": f"https://a.example/{n}"}, "claim.claimant.same_as",
        bounds.FEW),
    ("claim", "contentLocation", lambda n: {"name": f"Place {n}"}, "claim.locations", bounds.SEVERAL),
    ("claim", "keywords", lambda n: f"topic {n}", "claim.topics", bounds.SEVERAL),
    ("claim", "workTranslation", lambda n: {"inLanguage": f"de-x-a{n}", "text": "R"}, "claim.translations",
        bounds.SEVERAL),
]  # fmt: skip


@pytest.mark.parametrize(
    ("whose", "member", "item", "path", "most"), LONG_LISTS, ids=[f"{row[0]}.{row[1]}" for row in LONG_LISTS]
)  # fmt: skip
def test_what_is_cut_of_a_list_is_reported(
    whose: str, member: str, item: Callable[[int], object], path: str, most: int
) -> None:
    for many in (most, most + 1):
        items = [item(number) for number in range(many)]
        one = (
            review(**{member: items})
            if whose == "review"
            else about(**{"@type": "Claim", member: items})
        )
        found = read(one)
        kept: Any = {"claim": found.claim, "verdict": found.verdict}
        for step in path.split("."):
            kept = kept[step]
        assert (len(kept), "too-many" in found.codes) == (most, many > most)


def test_what_is_found_is_shown_in_short_and_without_what_terminals_obey() -> None:
    found = read(review(url="\u001b[2J" + "x" * 5000))
    shown = found.found("url-unusable")["found"]
    assert len(shown) == 120
    assert shown.startswith("\\u001b[2J")


def test_pointers_are_bounded() -> None:
    found = read(
        '{"@type": "ClaimReview", "claimReviewed": "a", "' + "url" + '": {"url": {"url": 5}}}'
    )
    assert found.found("url-unusable")["pointer"] == "#/url/url/url"


def test_what_is_nested_beyond_writing_is_not_kept() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    found = node({"x": deep})
    assert raw.origin(found, None) == {}
    assert told(found) == ["raw-cut"]
    while deep:  # or taking it apart would go as deep
        deep = deep.pop()


def test_a_number_beyond_all_is_kept_as_a_text() -> None:
    assert raw.storable([2**60, 1.5, True, None]) == [str(2**60), 1.5, True, None]


def test_findings_are_short_whatever_they_are_of() -> None:
    lint = Lint()
    lint.note("empty", tuple("~" * 20 for _ in range(90)), found=10**500, made=[10**5000])
    (finding,) = lint.findings
    assert len(finding.pointer) <= 500
    assert finding.found == "a number of very many digits"


def test_many_reviews_are_read_in_parts() -> None:
    items = [review(url=f"https://checkers.example/{n}", claimReviewed=f"{n}") for n in range(450)]
    found = read(items)
    assert len({one["id"] for one in found.records}) == len(found.records) == 900
