"""Lists in other forms than JSON: lines, reviews and the sheet."""

import csv
import io
from typing import Any

import orjson
import pytest
from flask import Flask

from tests.interop import archive
from tests.interop.archive import CLAIM, VERDICT
from tests.interop.vocabulary import flaws
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, put, revise

SHEET = "/v1/claims?format=csv"
REVIEWS = "/v1/verdicts?format=jsonld"
EXPORT = "/v1/export?format=jsonld"
FINDING = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}
EACH_KIND = pytest.mark.parametrize("collection", ["claims", "sources", "verdicts", "scales"])


def rows(answer: Answer) -> list[dict[str, str]]:
    """Return the rows of a sheet by the names at their heads."""
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def elements(answer: Answer) -> list[Any]:
    """Return the items of a feed of reviews, once it is held against the vocabulary."""
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    found = answer.json()
    assert flaws(found) == []
    return found["dataFeedElement"]


def ids(answer: Answer) -> list[str]:
    """Return the ids of the reviews in a feed."""
    found = [one["item"]["identifier"] for one in elements(answer) if "item" in one]
    return [one[0] if isinstance(one, list) else one for one in found]


def find(http: Newsroom, *names: str, **members: object) -> None:
    """Publish verdicts on the claim."""
    for name in names:
        put(http, f"/v1/verdicts/{name}", FINDING | members)


@EACH_KIND
def test_lines_have_the_records_of_a_page(http: Newsroom, collection: str) -> None:
    archive.keep(http)
    page = http.get(f"/v1/{collection}").json()["items"]
    answer = http.get(f"/v1/{collection}?format=ndjson")
    assert [orjson.loads(line) for line in answer.body.splitlines()] == page


@EACH_KIND
def test_a_walk_through_lines_ends(http: Newsroom, collection: str) -> None:
    archive.keep(http)
    seen: list[str] = []
    path = f"/v1/{collection}?format=ndjson&limit=1&fields=id"
    while path:
        answer = http.get(path)
        seen += [orjson.loads(line)["id"] for line in answer.body.splitlines()]
        path = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert sorted(seen) == sorted(i["id"] for i in http.get(f"/v1/{collection}").json()["items"])


@pytest.mark.parametrize("form", ["ndjson", "jsonld", "atom"])
@pytest.mark.parametrize("other", ["expand=claims", "count=true", "excerpts=true"])
def test_what_a_form_has_no_place_for_is_refused(http: Newsroom, form: str, other: str) -> None:
    answer = http.get(f"/v1/verdicts?format={form}&{other}")
    assert (answer.status, set(answer.codes)) == (400, {other.partition("=")[0]})


def test_accept_chooses_among_the_forms_that_go_with_what_is_asked(http: Newsroom) -> None:
    lines = {"Accept": "application/x-ndjson, application/json;q=0.5"}
    assert "ndjson" in http.get("/v1/verdicts", headers=lines).headers["Content-Type"]
    counted = http.get("/v1/verdicts?count=true", headers=lines)
    assert counted.headers["Content-Type"] == "application/json"
    only = {"Accept": "application/x-ndjson"}
    assert http.get("/v1/verdicts?count=true", headers=only).status == 406


def test_a_page_of_verdicts_is_a_feed_of_reviews(http: Newsroom) -> None:
    archive.keep(http)
    find(http, "a", "b")
    answer = http.get(f"{REVIEWS}&limit=2")
    assert ids(answer) == ["b", "a"]
    following = answer.headers["Link"].partition(">")[0].removeprefix("<")
    assert ids(http.get(following)) == ["v"]
    assert ids(http.get(f"{REVIEWS}&rating=mostly_false")) == ["v"]
    assert answer.json()["url"] == "http://localhost/v1/verdicts?format=jsonld&limit=2"


def test_pages_of_reviews_are_of_one_moment_with_all_that_stands_around(http: Newsroom) -> None:
    archive.keep(http)
    find(http, "a", "b")
    following = http.get(f"{REVIEWS}&limit=2").headers["Link"].partition(">")[0].removeprefix("<")
    revise(http, CLAIM, text="Later", **WHY)
    archive.correct(http)
    [element] = elements(http.get(following))
    assert element["item"]["claimReviewed"] == "It rained for forty days"
    assert "correction" not in element["item"]


def test_reviews_as_of_an_instant_are_those_of_then(http: Newsroom) -> None:
    archive.keep(http)
    at = http.get(VERDICT).json()["updated_at"]
    archive.correct(http)
    revise(http, CLAIM, text="Later", **WHY)
    for path in (REVIEWS, EXPORT):
        answer = http.get(f"{path}&as_of={at}")
        [element] = elements(answer)
        assert element["item"]["claimReviewed"] == "It rained for forty days"
        assert element["item"]["description"] == "It rained for nine days."
        assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", [REVIEWS, EXPORT])
def test_a_retracted_review_is_taken_back_and_what_is_gone_is_absent(
    http: Newsroom, path: str
) -> None:
    archive.keep(http)
    find(http, "held", "gone", "stays")
    taken = revise(http, VERDICT, status="retracted", **WHY)
    revise(http, "/v1/verdicts/held", status="withheld", **WHY)
    delete(http, "/v1/verdicts/gone")
    assert ids(http.get(path)) == ["stays"]
    [back] = [one for one in elements(http.get(path)) if "item" not in one]
    assert back["url"] == "https://desk.example/rain"
    assert back["dateDeleted"] == taken["updated_at"]


@pytest.mark.parametrize("path", [REVIEWS, EXPORT])
def test_a_verdict_on_a_claim_that_is_gone_is_no_review(http: Newsroom, path: str) -> None:
    archive.keep(http)
    delete(http, CLAIM)
    assert elements(http.get(path)) == []


def test_the_export_of_reviews_is_the_same_for_everyone(http: Newsroom) -> None:
    archive.keep(http)
    find(http, "draft", status="draft")
    revise(http, VERDICT, summary="A draft", status="draft")
    public, keyed = http.get(EXPORT), http.get(EXPORT, key=http.admin)
    assert elements(public) == elements(keyed)
    assert ids(public) == ["v"]
    assert "A draft" not in keyed.text


def test_the_export_goes_on_beyond_what_is_asked_for_at_once(
    http: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.interop.claimreview.writing.export.AT_ONCE", 2)
    archive.keep(http)
    find(http, *"abcde")
    assert ids(http.get(EXPORT)) == ["v", *"abcde"]


def test_an_export_shows_its_beginning_whatever_is_written_meanwhile(
    app: Flask, http: Newsroom
) -> None:
    archive.keep(http)
    response = app.test_client().get(EXPORT)
    pieces = iter(response.response)
    first = next(pieces)
    revise(http, CLAIM, text="Meanwhile", **WHY)
    archive.correct(http)
    rest = b"".join([first if isinstance(first, bytes) else first.encode(), *map(as_bytes, pieces)])
    [element] = orjson.loads(rest)["dataFeedElement"]
    assert element["item"]["claimReviewed"] == "It rained for forty days"
    assert "correction" not in element["item"]


def as_bytes(piece: str | bytes) -> bytes:
    """Return a piece of an answer as bytes."""
    return piece if isinstance(piece, bytes) else piece.encode()


@pytest.mark.parametrize("query", ["&history=true", "&type=claim", "&type=claim,source"])
def test_reviews_are_of_verdicts_alone(http: Newsroom, query: str) -> None:
    answer = http.get(EXPORT + query)
    assert (answer.status, set(answer.codes)) == (400, {"type"})
    assert http.get(f"{EXPORT}&type=verdict").status == 200


def test_the_sheet_has_a_row_for_each_verdict_that_stands(http: Newsroom) -> None:
    archive.keep(http)
    put(http, "/v1/claims/bare", {"text": "It snowed", "status": "published"})
    find(http, "old")
    find(http, "new", supersedes="old")
    found = rows(http.get(SHEET))
    assert [(row["Claim ID"], row["Verdict ID"]) for row in found] == [
        ("bare", ""),
        ("c", "v"),
        ("c", "new"),
    ]


def test_a_retracted_verdict_has_no_rating_in_the_sheet(http: Newsroom) -> None:
    archive.keep(http)
    revise(http, VERDICT, status="retracted", **WHY)
    [row] = rows(http.get(SHEET))
    assert [row[name] for name in ("Verdict status", "Rating", "Rating key")] == [
        "retracted",
        "",
        "",
    ]


def test_a_row_says_in_words_what_was_claimed_and_found(http: Newsroom) -> None:
    archive.keep(http)
    archive.correct(http)
    [row] = rows(http.get(SHEET))
    at = http.get(VERDICT).json()["updated_at"]
    assert row == {
        "Claim ID": "c",
        "Claim": "It rained for forty days",
        "Claim language": "en",
        "Claimant": "Noah",
        "Claimed at": "2022-02",
        "Topics": "rain; arks",
        "First seen": "https://social.example/1",
        "Claim status": "published",
        "Claim address": f"http://localhost{CLAIM}",
        "Verdict ID": "v",
        "Verdict status": "published",
        "Rating": "Mostly false",
        "Rating key": "mostly_false",
        "Title": "No, it did not rain that long",
        "Summary": "It rained for ten days.",
        "Published at": "2022-02-16",
        "Article": "https://desk.example/rain",
        "Publisher": "The Desk",
        "Valid from": "2022-02-09",
        "Valid to": "",
        "Corrected at": at,
        "Correction": WHY["note"],
        "Verdict address": f"http://localhost{VERDICT}",
    }


@pytest.mark.parametrize(
    ("appearances", "first"),
    [
        ([{"locator": "Page 1"}, {"url": "https://b.example/"}], "https://b.example/"),
        ([{"source_id": "paper"}], "https://paper.example/rain"),
        ([{"source_id": "voice"}], ""),
    ],
)
def test_where_it_was_seen_first_is_the_first_address_there_is(
    http: Newsroom, appearances: list[Any], first: str
) -> None:
    archive.keep(http)
    revise(http, CLAIM, appearances=appearances, **WHY)
    [row] = rows(http.get(SHEET))
    assert row["First seen"] == first


def test_a_cell_that_a_spreadsheet_would_run_is_defused(http: Newsroom) -> None:
    archive.keep(http, title="=HYPERLINK(1)", summary="+1", publisher={"name": "@x"})
    revise(http, CLAIM, text="-2+3", topics=["=1"], **WHY)
    [row] = rows(http.get(SHEET))
    cells = [row[name] for name in ("Title", "Summary", "Publisher", "Claim", "Topics")]
    assert cells == ["'=HYPERLINK(1)", "'+1", "'@x", "'-2+3", "'=1"]


def test_a_byte_order_mark_comes_on_request(http: Newsroom) -> None:
    plain, marked = http.get(SHEET), http.get(f"{SHEET}&bom=true")
    assert marked.body == b"\xef\xbb\xbf" + plain.body
    assert http.get(f"{SHEET}&bom=false").body == plain.body
    assert plain.headers["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert http.get("/v1/claims?bom=true").codes == {"bom": "invalid"}


@pytest.mark.parametrize("other", ["limit=1", "cursor=x", "fields=id", "expand=verdicts"])
def test_a_sheet_comes_whole(http: Newsroom, other: str) -> None:
    answer = http.get(f"{SHEET}&{other}")
    assert (answer.status, answer.codes) == (400, {other.partition("=")[0]: "invalid"})


def test_a_sheet_is_all_pages_of_one_moment(
    app: Flask, http: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.routes.listings.MAX_LIMIT", 1)
    archive.keep(http)
    put(http, "/v1/claims/d", {"text": "It snowed", "status": "published"})
    pieces = iter(app.test_client().get(SHEET).response)
    read = [as_bytes(next(pieces))]
    revise(http, CLAIM, text="Meanwhile", **WHY)
    archive.correct(http)
    read += map(as_bytes, pieces)
    text = b"".join(read).decode()
    assert [row["Claim ID"] for row in csv.DictReader(io.StringIO(text))] == ["d", "c"]
    assert "It rained for nine days." in text
    assert "Meanwhile" not in text


def test_the_sheet_takes_the_filters_of_the_list(http: Newsroom) -> None:
    archive.keep(http)
    put(http, "/v1/claims/d", {"text": "It snowed", "topics": ["snow"], "status": "published"})
    at = http.get(VERDICT).json()["updated_at"]
    archive.correct(http)
    for query, found in (
        ("topic=snow", ["d"]),
        ("q=forty", ["c"]),
        ("sort=created_at", ["c", "d"]),
    ):
        assert [row["Claim ID"] for row in rows(http.get(f"{SHEET}&{query}"))] == found
    [then] = rows(http.get(f"{SHEET}&as_of={at}"))
    assert then["Summary"] == "It rained for nine days."


def test_the_public_sees_no_draft_in_a_sheet(http: Newsroom) -> None:
    archive.keep(http)
    find(http, "draft", status="draft", supersedes="v")
    revise(http, CLAIM, text="A draft", status="draft")
    assert [row["Verdict ID"] for row in rows(http.get(SHEET))] == ["v"]
    assert "A draft" not in http.get(SHEET).text
    keyed = rows(http.get(SHEET, key=http.desk))
    assert [(row["Claim"], row["Verdict status"]) for row in keyed] == [
        ("A draft", "published"),
        ("A draft", "draft"),
    ]


@pytest.mark.parametrize("path", ["/v1/claims", "/v1/verdicts", "/v1/corrections", VERDICT])
@pytest.mark.parametrize("accept", ["*/*", "image/webp,*/*;q=0.8"])
def test_who_takes_anything_gets_json(http: Newsroom, path: str, accept: str) -> None:
    archive.keep(http)
    answer = http.get(path, headers={"Accept": accept})
    assert answer.headers["Content-Type"] == "application/json"
