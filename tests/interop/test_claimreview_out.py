"""ClaimReview out: a verdict in the vocabulary of schema.org, by Google's rules."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
import pytest

from tests.interop import archive
from tests.interop.archive import AS_JSONLD, CLAIM, VERDICT
from tests.interop.vocabulary import Node, compacted, expanded, flaws
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, put, revise
from tests.routes.conftest import Variant

DESK = {
    "@type": "Organization",
    "name": "The Desk",
    "url": "https://desk.example/",
    "logo": "https://desk.example/logo.png",
}
SOUND = {"ratingValue": 2, "bestRating": 5, "worstRating": 1}


def read(http: Newsroom, query: str = "", key: str | None = None) -> Node:
    """Return the verdict as a ClaimReview."""
    answer = http.get(AS_JSONLD + query, key=key)
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    return answer.json()


def rating(http: Newsroom, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Publish the verdict with other members, and return its rating."""
    archive.keep(http, **members)
    return read(http).get("reviewRating")


def nodes(value: object) -> Iterator[Node]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from nodes(one)


def test_schema_org_knows_every_term_where_it_stands(http: Newsroom) -> None:
    archive.keep(http)
    archive.correct(http)
    found = read(http)
    assert flaws(found) == []
    kinds = {node["@type"] for node in nodes(found)}
    assert kinds >= {"CorrectionComment", "Comment", "Claim", "Rating", "PropertyValue", "Place"}


def test_a_processor_of_json_ld_loses_nothing(http: Newsroom) -> None:
    archive.keep(http)
    archive.correct(http)
    found = read(http)
    assert compacted(expanded(found)) | {"@context": "https://schema.org"} == found


@pytest.mark.parametrize(
    "document",
    [
        {"@type": "ClaimReview", "jobTitle": "x"},
        {"@type": "ClaimReview", "datePublished": "yesterday"},
        {"@type": "ClaimReview", "author": {"@type": "Place", "name": "x"}},
    ],
)
def test_what_schema_org_does_not_know_is_seen(document: Node) -> None:
    assert flaws({"@context": "https://schema.org", **document})


def test_it_has_what_google_requires_and_recommends(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)
    assert found["@type"] == "ClaimReview"
    assert found.keys() >= {"claimReviewed", "url", "reviewRating", "author", "itemReviewed"}
    given = found["reviewRating"]
    assert given["alternateName"]
    assert 1 <= given["worstRating"] <= given["ratingValue"] <= given["bestRating"]
    assert given["worstRating"] < given["bestRating"]
    subject = found["itemReviewed"]
    assert subject["@type"] == "Claim"
    assert subject.keys() >= {"author", "datePublished", "appearance", "firstAppearance"}
    assert subject["author"]["@type"] in {"Person", "Organization"}
    assert datetime.fromisoformat(found["datePublished"])


def test_the_review_says_what_the_verdict_says(http: Newsroom) -> None:
    archive.keep(http)
    found, kept = read(http), http.get(VERDICT).json()
    assert found["url"] == "https://desk.example/rain"
    assert found["@id"] == f"http://localhost{VERDICT}"
    cms = {"@type": "PropertyValue", "propertyID": "cms", "value": "4711"}
    assert found["identifier"] == ["v", cms]
    assert found["claimReviewed"] == "It rained for forty days"
    assert found["name"] == found["headline"] == kept["title"]
    assert (found["description"], found["reviewBody"]) == (kept["summary"], kept["explanation"])
    assert (found["datePublished"], found["expires"]) == ("2022-02-16", "2023-02")
    assert found["dateModified"] == kept["updated_at"]
    assert (found["inLanguage"], found["image"]) == ("en", kept["image"])
    assert found["temporalCoverage"] == "2022-02-09/.."
    assert "creativeWorkStatus" not in found


def test_its_authors_are_the_publisher_first_and_the_people(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)
    people = [{"@type": "Person", "name": name} for name in ("Cy Checker", "Di Checker")]
    assert found["author"] == [DESK, *people]
    assert found["publisher"] == DESK


def test_the_claim_says_who_made_it_when_and_of_what(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)["itemReviewed"]
    assert found["author"] == {
        "@type": "Person",
        "name": "Noah",
        "sameAs": ["https://noah.example/", "https://who.example/noah"],
        "jobTitle": "Captain",
        "affiliation": {"@type": "Organization", "name": "The Ark"},
    }
    assert (found["@id"], found["identifier"]) == (f"http://localhost{CLAIM}", "c")
    assert (found["text"], found["inLanguage"]) == ("It rained for forty days", "en")
    assert found["datePublished"] == "2022-02"
    assert found["temporalCoverage"] == "2022-01-01/2022-02-09"
    assert found["keywords"] == ["rain", "arks"]
    assert found["contentLocation"] == {"@type": "Place", "name": "Ararat"}
    kinds = [one["@type"] for one in found["associatedMedia"]]
    assert kinds == ["ImageObject", "MediaObject", "AudioObject"]
    german = {"@type": "Claim", "inLanguage": "de", "text": "Es regnete vierzig Tage"}
    assert found["workTranslation"] == german


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("government", "GovernmentOrganization"),
        ("organization", "Organization"),
        ("group", "Organization"),
    ],
)
def test_a_body_is_an_organization(http: Newsroom, kind: str, type_: str) -> None:
    archive.keep(http)
    claimant = {"name": "The fleet", "kind": kind, "role": "Navy", "affiliation": "The crown"}
    revise(http, CLAIM, claimant=claimant | {"same_as": ["https://fleet.example/"]}, **WHY)
    found = read(http)
    assert found["itemReviewed"]["author"] == {
        "@type": type_,
        "name": "The fleet",
        "sameAs": "https://fleet.example/",
        "description": "Navy",
        "parentOrganization": {"@type": "Organization", "name": "The crown"},
    }
    assert flaws(found) == []


def test_where_it_appeared_first_stands_apart(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)["itemReviewed"]
    assert found["firstAppearance"] == {
        "@type": "CreativeWork",
        "name": "The log of the ark",
        "url": "https://social.example/1",
        "archivedAt": "https://archive.example/1",
        "publisher": {"@type": "Organization", "name": "The Ark"},
        "datePublished": "2022-02-10T08:00:00+02:00",
        "text": "Forty days!",
        "isPartOf": {"@type": "WebSite", "name": "Social"},
    }


def test_an_appearance_has_from_its_source_what_it_does_not_say_itself(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)["itemReviewed"]["appearance"]
    assert (found["text"], found["name"]) == ("“forty days”, he said", "The paper of record")
    assert found["url"] == "https://paper.example/rain"
    assert found["publisher"] == {"@type": "Organization", "name": "The Paper"}


def test_each_source_is_cited_once_as_the_work_that_it_is(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)["citation"]
    assert [one["@type"] for one in found] == [
        *("Dataset", "Article", "SocialMediaPosting", "CreativeWork", "CreativeWork")
    ]
    assert found[1]["@id"] == "http://localhost/v1/sources/paper"
    assert found[1]["author"][1] == {"@type": "Person", "name": "Bo Writer"}
    assert found[1]["license"] == "https://paper.example/license"
    assert found[2]["license"] == {"@type": "CreativeWork", "name": "All rights reserved"}
    sailor = {"@type": "CreativeWork", "name": "A sailor who asked not to be named"}
    assert found[4] == sailor


def test_what_the_claimant_answered_is_a_comment(http: Newsroom) -> None:
    archive.keep(http)
    found = read(http)["comment"]
    assert (found["text"], found["dateCreated"]) == ("Forty, I said.", "2022-02-16")
    assert found["author"]["name"] == "Noah"


def test_a_correction_is_told_with_its_note_and_its_instant(http: Newsroom) -> None:
    archive.keep(http)
    archive.correct(http)
    revise(http, VERDICT, title="No.", note="A slip.", reason="typo")
    at = http.get(f"{VERDICT}/revisions/2").json()["updated_at"]
    told = {"@type": "CorrectionComment", "text": WHY["note"], "datePublished": at}
    assert read(http)["correction"] == told


def test_what_drafts_and_past_revisions_were_noted_is_not_told(http: Newsroom) -> None:
    archive.keep(http)
    at = http.get(VERDICT).json()["updated_at"]
    revise(http, VERDICT, summary="Eleven.", status="draft", note="Secret", reason="correction")
    assert "correction" not in read(http)
    archive.correct(http, status="published")
    assert read(http)["correction"]["text"] == WHY["note"]
    assert "correction" not in read(http, f"&as_of={at}")


def test_a_retracted_review_says_so_and_rates_nothing(http: Newsroom) -> None:
    archive.keep(http)
    why = {"note": "The tally was forged.", "reason": "new_evidence"}
    revise(http, VERDICT, status="retracted", **why)
    found = read(http)
    assert found["creativeWorkStatus"] == "Retracted"
    assert "reviewRating" not in found
    assert found["correction"]["text"] == why["note"]
    assert flaws(found) == []


@pytest.mark.parametrize(
    ("members", "status", "rating"),
    [
        ({"status": "draft"}, "Draft", ["Mostly false"]),
        ({"status": "in_review", "rating": None}, "In review", []),
    ],
)
def test_who_reads_drafts_reads_them_as_such(
    http: Newsroom, members: Node, status: str, rating: list[str]
) -> None:
    archive.keep(http, status="draft")
    revise(http, VERDICT, **members)
    found = read(http, key=http.desk)
    assert found["creativeWorkStatus"] == status
    assert [one["alternateName"] for one in nodes(found) if one["@type"] == "Rating"] == rating
    assert flaws(found) == []


def test_a_verdict_without_an_article_is_found_at_its_own_address(http: Newsroom) -> None:
    archive.keep(http, url=None, title=None)
    found = read(http)
    assert found["url"] == f"http://localhost{VERDICT}"
    assert "name" not in found


def test_of_a_claim_that_is_gone_nothing_is_said(http: Newsroom) -> None:
    archive.keep(http)
    revise(http, CLAIM, status="withheld", **WHY)
    found = read(http)
    assert not found.keys() & {"claimReviewed", "itemReviewed"}
    assert "forty" not in orjson.dumps(found | {"comment": None}).decode()


def test_a_source_that_is_gone_leaves_its_description(http: Newsroom) -> None:
    evidence = [{"source_id": "tally", "described_as": "A tally"}, {"source_id": "voice"}]
    archive.keep(http, evidence=evidence)
    for name in ("tally", "voice"):
        delete(http, f"/v1/sources/{name}")
    assert read(http)["citation"] == {"@type": "CreativeWork", "name": "A tally"}


def test_the_rating_is_called_as_on_its_scale_and_says_why(http: Newsroom) -> None:
    assert rating(http) == {
        "@type": "Rating",
        "alternateName": "Mostly false",
        **SOUND,
        "ratingExplanation": "It rained for nine days.",
        "description": "Inaccurate in substance, with an element of truth.",
    }


@pytest.mark.parametrize(
    ("language", "label"),
    [("de-AT", "Falsch"), ("de", "Falsch"), ("pt-BR", "Falso!"), ("fr", "Wrong"), (None, "Wrong")],
)
def test_the_rating_is_called_in_the_language_of_the_verdict_or_in_english(
    http: Newsroom, language: str | None, label: str
) -> None:
    labels = {"de": "Falsch", "en": "Wrong", "PT-br": "Falso!"}
    ratings = [{"key": "no", "labels": labels, "number": 0}, {"key": "ja", "labels": {"de": "Ja"}}]
    put(http, "/v1/scales/own", {"name": "Own", "ratings": ratings, "status": "published"})
    found = rating(http, scale_id="own", rating="no", language=language)
    assert found["alternateName"] == label


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ([{"number": 1}, {"number": 3}], ["ratingValue", "bestRating", "worstRating"]),
        ([{"number": 0}, {"number": 3}], []),
        ([{"number": 1}, {"number": 1}], []),
        ([{"number": 1}], []),
        ([{"number": None}, {"number": 1}, {"number": 3}], []),
        ([{}, {"number": 3}], []),
    ],
)
def test_numbers_are_given_only_of_a_sound_scale(
    http: Newsroom, ratings: list[Node], told: list[str]
) -> None:
    keyed = [{"key": f"r{n}", **one} for n, one in enumerate(ratings)]
    put(http, "/v1/scales/own", {"name": "Own", "ratings": keyed, "status": "published"})
    found = rating(http, scale_id="own", rating="r0")
    assert [name for name in found if name in SOUND] == told
    assert found["alternateName"] == "r0"


@pytest.mark.parametrize(
    ("original", "told"),
    [
        ({"label": "Pants", "value": 1, "best": 7, "worst": 1}, {"Pants", 1, 7}),
        ({"label": "Pants", "value": 1}, {"Pants", 1}),
        ({"label": "Pants", "value": 9}, {"Pants"}),
        ({"label": "Pants", "value": 0, "best": 7, "worst": 0}, {"Pants"}),
        ({"label": "Pants", "value": 2, "best": 1, "worst": 5}, {"Pants"}),
        ({"value": 2, "best": 7, "worst": 1}, {"Mostly false", 2, 7, 1}),
        ({"label": "Pants"}, {"Pants"}),
    ],
)
def test_what_an_imported_review_called_it_goes_before(
    http: Newsroom, original: Node, told: set[object]
) -> None:
    found = rating(http, original_rating=original)
    numbers = ("alternateName", *SOUND)
    assert {found[name] for name in numbers if name in found} == told


def test_a_scale_that_is_gone_leaves_the_key(http: Newsroom) -> None:
    put(
        http,
        "/v1/scales/own",
        {"name": "Own", "ratings": [{"key": "no", "number": 1}], "status": "published"},
    )
    archive.keep(http, scale_id="own", rating="no")
    revise(http, "/v1/scales/own", status="withheld", **WHY)
    found = read(http)["reviewRating"]
    assert found["alternateName"] == "no"
    assert not found.keys() & SOUND.keys()


def test_the_settings_say_where_and_under_which_license(http: Newsroom, variant: Variant) -> None:
    archive.keep(http)
    other = variant(
        public_url="https://facts.example", license="https://l.example/", publisher_name="House"
    )
    found = read(other)
    assert found["@id"] == f"https://facts.example{VERDICT}"
    assert found["license"] == found["sdLicense"] == "https://l.example/"
    assert found["sdPublisher"] == {"@type": "Organization", "name": "House"}
    assert flaws(found) == []


def test_what_was_found_elsewhere_is_not_ours_to_license(http: Newsroom, variant: Variant) -> None:
    archive.keep(http, origin={"url": "https://other.example/"})
    found = read(variant(license="https://l.example/"))
    assert "license" not in found
    assert found["sdLicense"] == "https://l.example/"


def test_no_text_ends_the_script_of_a_page_that_the_review_stands_in(http: Newsroom) -> None:
    archive.keep(http, summary="</script><!--<script>")
    answer = http.get(AS_JSONLD)
    assert "<" not in answer.text
    assert answer.json()["description"] == "</script><!--<script>"


def test_the_smallest_verdict_is_a_review_too(http: Newsroom) -> None:
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    sent = {"claim_id": "c", "scale_id": "truth", "rating": "unproven", "status": "published"}
    put(http, VERDICT, sent)
    found = read(http)
    assert flaws(found) == []
    assert found["reviewRating"]["alternateName"] == "Unproven"
    assert "author" not in found["itemReviewed"]
