"""Where reviews lie: files, lines, pages, graphs, feeds, and what others wrapped around them."""

import json

import pytest

from service.errors import BodyTooLarge
from service.interop.claimreview.importing import gathering
from service.interop.claimreview.reading import documents
from tests.interop.claimreview.reader import REVIEW, read, review

TEXT = json.dumps(REVIEW, ensure_ascii=False)
OTHER = review(url="https://checkers.example/snow", claimReviewed="It snowed")
PAGE = f'<!doctype html><title>x</title><script type="application/ld+json">{TEXT}</script>'
CLAIM = {"@type": "Claim", "name": "It rained", "author": {"@type": "Person", "name": "A. Farmer"}}
OF_CLAIM = review(claimReviewed=None, itemReviewed=None)
TERMS = {
    "@version": 1.1,
    "s": "https://schema.org/",
    "Check": "s:ClaimReview",
    "headline2": "schema:claimReviewed",
    "mark": {"@id": "http://schema.org/reviewRating"},
    "odd": 5,
}
GOOGLE = {
    "text": "It rained",
    "claimant": "A. Farmer",
    "claimDate": "2022-02-16T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": "Checkers", "site": "checkers.example"},
            "url": "https://checkers.example/rain",
            "title": "It did not",
            "reviewDate": "2022-02-17 10:00",
            "textualRating": "False",
            "languageCode": "en",
        }
    ],
}

ONE = {
    "alone": TEXT,
    "over many lines": json.dumps(REVIEW, indent=1),
    "in a list": f"[{TEXT}]",
    "in a graph": {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
    "in a graph of objects": {"@graph": {"@type": "WebPage", "review": REVIEW}},
    "in a feed": {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
    "in a feed of one": {"@type": "DataFeed", "dataFeedElement": {"@type": "DataFeedItem", "item": REVIEW}},
    "in a feed's item": {"@type": "DataFeedItem", "item": [REVIEW]},
    "as a crawler's line": {"page_url": None, "claim_review": REVIEW},
    "as a text in a crawler's line": {"page_url": "https://p.example", "claim_review": TEXT},
    "in what something is about": {"@type": "NewsArticle", "mainEntity": {"subjectOf": REVIEW}},
    "in lists in lists": [[[REVIEW]]],
    "with a mark before it": b"\xef\xbb\xbf" + TEXT.encode(),
    "in UTF-16": TEXT.encode("utf-16"),
    "in UTF-32": TEXT.encode("utf-32"),
    "with blank lines around it": f"\n\n {TEXT} \n\n",
    "as a sequence": f"\x1e{TEXT}\n",
    "with a semicolon": f"{TEXT};",
    "as a script's comment": f"<!--\n{TEXT}\n-->",
    "as CDATA": f"//<![CDATA[\n{TEXT}\n//]]>",
    "as a call": f"callback({TEXT});",
    "in a page": PAGE,
    "in a page of a single quote": PAGE.replace('"application/ld+json"', "'application/ld+json'"),
    "in a page without quotes": PAGE.replace('"application/ld+json"', "application/ld+json"),
    "in a page that escapes plus": PAGE.replace("ld+json", "ld&#43;json"),
    "in a page in capitals": PAGE.replace("<script type", "<SCRIPT  data-x='1'  TYPE"),
    "in a page with a tag's end in quotes": PAGE.replace("<script type", "<script data-x='a>b' x=\"'>\" a=b type"),
    "in a page of a quote alone": PAGE.replace("<script type", "<script x=' type"),
    "in a claim": {**CLAIM, "review": [{"@type": "WebPage"}, OF_CLAIM]},
    "in what is about a claim": {**CLAIM, "subjectOf": OF_CLAIM},
    "in a claim as another kind of review": {**CLAIM, "review": OF_CLAIM | {"@type": "Review"}},
    "in a claim and of another": {"@type": "Claim", "name": "It snowed", "review": REVIEW},
    "in a claim as a text": {**CLAIM, "review": json.dumps(OF_CLAIM)},
    "with a prefix of its own": TEXT.replace('"https://schema.org"', '{"cr": "http://schema.org/"}').replace(
        '"ClaimReview"', '"cr:ClaimReview"').replace('"claim', '"cr:claim'),
    "with names of its own": TEXT.replace('"https://schema.org"', json.dumps(["https://schema.org", TERMS])).replace(
        '"ClaimReview"', '"Check"').replace('"claimReviewed"', '"headline2"').replace('"reviewRating"', '"mark"'),
    "in a page without an end": PAGE.removesuffix("</script>"),
    "in a page after a comment": f"<html><!-- <script type='application/ld+json'>{{}}</script> -->{PAGE}",
    "in a page with a comment in it": PAGE.replace(TEXT, f"<!-- {TEXT} -->"),
    "in a page with CDATA": PAGE.replace(TEXT, f"/* <![CDATA[ */ {TEXT} /* ]]> */"),
    "in a page with entities": PAGE.replace(TEXT, TEXT.replace('"', "&quot;")),
    "in a page with other scripts": f"<html><script>x='</p>'</script>{PAGE}<script src=y></script>",
    "with commas too many": TEXT.replace("}", ",}").replace('": ', '" : '),
    "with commas doubled": TEXT.replace(", ", ",, "),
    "with an escape that is none": TEXT.replace("A. Farmer", "A. Farmer\\'s"),
    "with bare breaks": TEXT.replace("It rained", "It\nrained"),
    "with quotes inside": TEXT.replace("A. Farmer", 'A. "Hay" Farmer'),
    "with NaN": TEXT.replace('"False"}', '"False", "ratingValue": NaN}'),
    "with Infinity": TEXT.replace('"False"}', '"False", "ratingValue": -Infinity}'),
    "with a number of many digits": TEXT.replace('"False"}', f'"False", "x": {"9" * 5000}}}'),
    "with a number beyond doubles": TEXT.replace('"False"}', '"False", "x": 1e999}'),
    "with a name twice": TEXT.replace('"@type": "ClaimReview"', '"@type": "Review", "@type": "ClaimReview"'),
    "with a prefix": TEXT.replace('"ClaimReview"', '"schema:ClaimReview"').replace('"claim', '"schema:claim'),
    "with addresses for names": TEXT.replace('"claimReviewed"', '"http://schema.org/claimReviewed"'),
    "with a list of types": TEXT.replace('"ClaimReview"', '["Review", "ClaimReview"]'),
    "with an address for a type": TEXT.replace('"ClaimReview"', '"https://schema.org/ClaimReview"'),
    "without a type": TEXT.replace('"@type": "ClaimReview", ', ""),
    "as another kind of review": TEXT.replace('"ClaimReview"', '"Review"'),
    "in the values of JSON-LD": TEXT.replace('"It rained"', '{"@value": "It rained", "@language": "en"}'),
    "in small letters": TEXT.replace('"claimReviewed"', '"claimreviewed"'),
}  # fmt: skip

NONE = {
    "nothing": b"", "blanks": b" \n\t ", "null": b"null", "a number": b"5", "a text": b'"x"',
    "an empty list": b"[]", "an empty object": b"{}", "no JSON": b"It rained", "half a review": TEXT[:200],
    "half a character": b"\xff\xfe\xfd", "a page without": b"<html><p>It rained</p>",
    "a page of other things": PAGE.replace(TEXT, '{"@type": "NewsArticle"}'),
    "a script that is empty": PAGE.replace(TEXT, " "), "a page that ends in a tag": b"<script ",
    "a page that ends in a comment": b"<html><!-- x", "a page of JavaScript": PAGE.replace(TEXT, "var x = 1"),
    "other things": {"@graph": [{"@type": "WebPage"}, {"@type": ["Person"]}, {"@type": 5}]},
    "a review that is too deep": b'{"a":' * 70 + TEXT.encode() + b"}" * 70,
    "what is nested without end": b"[" * 100_000, "objects nested without end": b'{"a":' * 100_000,
    "a crawler's line of junk": {"claim_review": "{junk"}, "a name twice": b'{"a": 1, "a": 2}',
}  # fmt: skip


@pytest.mark.parametrize("where", ONE)
def test_a_review_is_found(where: str) -> None:
    found = read(ONE[where])
    assert found.counts == {"items": 1, "understood": 1, "repeated": 0}
    assert found.claim["text"].split() == ["It", "rained"]
    assert found.verdict["rating"] == "false"


def test_the_claim_around_a_review_is_what_it_is_of() -> None:
    found = read(
        {"@graph": [{**CLAIM, "appearance": ["junk"], "review": [OF_CLAIM | {"url": "junk"}]}]}
    )
    assert found.claim["claimant"]["name"] == "A. Farmer"
    assert found.report[0]["pointer"] == "#/@graph/0"
    assert found.found("url-unusable")["pointer"] in {"#/appearance/0", "#/review/0/url"}
    assert found.found("claim-text-elsewhere")["pointer"] == "#/name"


def test_a_claim_is_handed_down_to_so_many_reviews() -> None:
    found = read(
        {**CLAIM, "review": [OF_CLAIM | {"url": f"https://c.example/{n}"} for n in range(60)]}
    )
    assert found.counts == {"items": 60, "understood": 50, "repeated": 0}


@pytest.mark.parametrize("where", NONE)
def test_a_file_without_a_review_is_told_of(where: str) -> None:
    found = read(NONE[where])
    assert (found.records, found.counts["items"]) == ([], 0)
    assert found.codes <= {"json-unreadable", "json-mended", "no-claim-review", "encoding",
        "too-deep", "given-twice"}  # fmt: skip


def test_what_is_passed_over_is_counted() -> None:
    (entry,) = read(NONE["other things"]).report
    assert (entry["item"], entry["passed_over"]) == (None, {"WebPage": 1, "Person": 1})


def test_several_scripts_of_a_page_are_read_and_a_broken_one_stops_none() -> None:
    broken = PAGE.replace(TEXT, "{broken")
    page = f"{broken}\n{PAGE}\n{PAGE.replace(TEXT, json.dumps(OTHER))}"
    found = read(page)
    assert [entry["line"] for entry in found.report] == [1, 2, 3]
    assert len(found.of("verdict")) == 2
    assert "json-unreadable" in found.codes


def test_a_broken_line_stops_no_other() -> None:
    lines = [TEXT, "{broken", "", '{"@type": "WebPage"}', "{" * 3000, json.dumps(OTHER)]
    found = read("\n".join(lines))
    told = [(entry["line"], entry["item"]) for entry in found.report]
    assert told == [(1, 1), (2, None), (4, None), (5, None), (6, 2)]


def test_a_file_whose_first_line_is_broken_is_still_one_of_lines() -> None:
    found = read('{"@type": "ClaimReview", \n' + TEXT + "\n" + json.dumps(OTHER))
    assert found.counts["understood"] == 2


def test_a_line_that_is_too_long_stops_no_other() -> None:
    long = b'{"a": "' + b"x" * 5_000_000 + b'"}'
    found = read(b"\n".join([TEXT.encode(), long, json.dumps(OTHER).encode()]))
    assert [entry["line"] for entry in found.report] == [1, 2, 3]
    assert found.counts["understood"] == 2


def test_values_may_follow_each_other() -> None:
    assert read(f"{TEXT} {json.dumps(OTHER)}").counts["items"] == 2


def test_old_encodings_are_told_of() -> None:
    text = TEXT.replace("A. Farmer", "É. Fermière")
    page = f'<meta charset="windows-1251">{PAGE.replace("A. Farmer", "Фермер")}'
    strange = f'<meta charset="rot13">{PAGE}'.encode() + b"<p>\xff</p>"
    for data, name in ((text.encode("windows-1252"), "É. Fermière"), (page.encode("cp1251"), "Фермер"),
                       (strange, "A. Farmer")):  # fmt: skip
        found = read(data)
        assert found.claim["claimant"]["name"] == name
        assert "encoding" in found.codes


def test_the_answers_of_google_are_reviews() -> None:
    found = read({"claims": [GOOGLE]})
    assert found.claim["claimant"] == {"name": "A. Farmer"}
    assert (found.claim["claimed_at"], found.claim["language"]) == ("2022-02-16T00:00:00Z", "en")
    verdict = found.verdict
    assert verdict["publisher"] == {"name": "Checkers", "url": "https://checkers.example"}
    assert (verdict["title"], verdict["language"]) == ("It did not", "en")
    assert [one["pointer"] for one in found.report] == ["#/claims/0"]
    assert found.found("date-in-part")["pointer"] == "#/claimReview/0/reviewDate"


def test_an_answer_of_google_may_have_more_and_less() -> None:
    bare = GOOGLE | {"claimReview": [{"url": "https://a.example", "publisher": "A"}, 5]}
    found = read([GOOGLE, bare, {"text": "x", "claimReview": []}])
    assert found.counts["items"] == 2
    assert len(found.of("claim")) == 1


def test_things_of_a_graph_are_followed_to_where_they_stand() -> None:
    graph = {
        "@graph": [
            review(author={"@id": "#us"}, publisher={"@id": "#us"}, itemReviewed={"@id": "#claim"}),
            {"@id": "#us", "@type": "Organization", "name": "Checkers", "logo": {"@id": "#logo"}},
            {"@id": "#logo", "@type": "ImageObject", "url": "https://checkers.example/l.png"},
            {"@id": "#claim", "@type": "Claim", "author": {"name": "A. Farmer"}},
        ]
    }
    found = read(graph)
    logo = "https://checkers.example/l.png"
    assert found.verdict["publisher"] == {"name": "Checkers", "logo": logo}
    assert found.claim["claimant"] == {"name": "A. Farmer"}


def test_references_in_a_circle_come_to_an_end() -> None:
    names = (
        "claimReviewed",
        "author",
        "itemReviewed",
        "url",
        "inLanguage",
        "reviewRating",
        "image",
    )
    circle = {"@id": "b", **{name: {"@id": "b"} for name in (*names, "name", "text", "publisher")}}
    found = read(
        {"@graph": [{"@type": "ClaimReview", **{name: {"@id": "b"} for name in names}}, circle]}
    )
    assert found.counts["understood"] <= found.counts["items"]


def test_the_page_says_where_a_review_without_an_address_is() -> None:
    bare = json.dumps(review(url=None))
    link = '<link href="https://checkers.example/page?a=1&amp;b=2" rel=canonical>'
    by_link = read(f"<html>{link}{PAGE.replace(TEXT, bare)}")
    assert by_link.verdict["url"] == "https://checkers.example/page?a=1&b=2"
    by_line = read({"page_url": "https://checkers.example/line", "claim_review": json.loads(bare)})
    assert by_line.verdict["url"] == "https://checkers.example/line"
    assert "url-from-elsewhere" in by_line.codes & by_link.codes
    other = '<link rel="stylesheet" href="x.css"><link rel=canonical>'
    assert "url" not in read(f"<html>{other}{PAGE.replace(TEXT, bare)}").verdict


def test_one_document_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "WHOLE", 100)
    with pytest.raises(BodyTooLarge, match="NDJSON"):
        read(json.dumps(REVIEW, indent=1))


@pytest.mark.parametrize("line", [TEXT, "{}"])
def test_a_file_has_only_so_many_items(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    _ = read("\n".join([line] * 3))
    with pytest.raises(BodyTooLarge):
        read("\n".join([line] * 4))


def test_a_list_has_only_so_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    with pytest.raises(BodyTooLarge):
        read([REVIEW] * 4)


BARE = {"@type": "ClaimReview", "claimReviewed": "It rained"}


def article(number: int, label: str, **members: object) -> dict[str, object]:
    """Return an article that says of the review in it all but the claim and the rating."""
    inner = {**BARE, "reviewRating": {"@type": "Rating", "alternateName": label}}
    return {
        "@type": "NewsArticle", "url": f"https://p{number}.example/a", "headline": f"It did not {number}",
        "publisher": {"@type": "Organization", "name": f"Paper {number}"}, "inLanguage": "en",
        "author": {"@type": "Person", "name": "B. Baker"}, "datePublished": "2022-02-16",
        "review": inner, **members,
    }  # fmt: skip


def test_a_review_has_from_its_article_what_it_does_not_say() -> None:
    found = read([article(1, "False"), article(2, "True")])
    assert [one["rating"] for one in found.of("verdict")] == ["false", "true"]
    for number, one in enumerate(found.of("verdict"), 1):
        assert (one["url"], one["publisher"]) == (f"https://p{number}.example/a", {"name": f"Paper {number}"})  # fmt: skip
        assert (one["title"], one["authors"]) == (f"It did not {number}", ["B. Baker"])
        assert (one["published_at"], one["language"]) == ("2022-02-16", "en")
        assert one["origin"]["raw"] == article(number, "True" if number > 1 else "False")["review"]
    told = [one["pointer"] for one in found.report[0]["findings"] if one["code"] == "from-around"]
    assert told == ["#/author", "#/publisher", "#/datePublished", "#/name", "#/inLanguage"]
    assert "url-from-elsewhere" in found.codes


def test_what_a_review_says_itself_counts_before_its_article() -> None:
    own = review(url="https://p1.example/rain", name="Own", datePublished="2021")
    verdict = read(article(1, "False", review=own)).verdict
    assert (verdict["url"], verdict["title"]) == ("https://p1.example/rain", "Own")
    assert (verdict["publisher"]["name"], verdict["published_at"]) == ("Checkers", "2021")
    assert "authors" not in verdict


def test_a_review_of_another_site_has_nothing_from_the_article_that_cites_it() -> None:
    verdict = read(article(1, "x", review=None, citation=review(author=None))).verdict
    assert verdict["publisher"] == {"name": "checkers.example"}
    assert "title" not in verdict


@pytest.mark.parametrize("name", ["isPartOf", "mainEntityOfPage"])
def test_a_review_has_as_much_from_an_article_that_it_refers_to(name: str) -> None:
    page = {"@type": "WebPage", "@id": "#page", "url": "https://p1.example/", "isPartOf": {"@id": "#site"}}  # fmt: skip
    around = article(1, "x", review=None, url=None, isPartOf={"@id": "#page"}) | {"@id": "#a"}
    found = read({"@graph": [BARE | {name: {"@id": "#a"}}, around, page]})
    assert found.verdict["publisher"] == {"name": "Paper 1"}
    assert found.verdict["url"] == "https://p1.example/"


def test_the_name_of_a_part_of_an_article_is_completed() -> None:
    inner = BARE | {"reviewRating": {"alternateName": "False"}}
    parts = [inner | {"url": "#c1"}, inner | {"url": "#c2", "claimReviewed": "It snowed"}]
    found = read(article(1, "x", review=parts))
    addresses = [one["url"] for one in found.of("verdict")]
    assert addresses == ["https://p1.example/a#c1", "https://p1.example/a#c2"]
    assert "url-relative" in found.codes
    assert read(BARE | {"url": "#c1"}).codes >= {"url-unusable"}
    assert "url" not in read(article(1, "x", url="junk", review=inner | {"url": "#c1"})).verdict
    assert "url" not in read({"page_url": "x y", "claim_review": inner | {"url": "#c1"}}).verdict


def test_different_reviews_without_an_address_stay_apart() -> None:
    one = review(url=None, author=None)
    found = read([one, one | {"reviewRating": {"alternateName": "True"}}, one])
    assert [verdict["rating"] for verdict in found.of("verdict")] == ["false", "true"]
    assert found.counts["repeated"] == 1
