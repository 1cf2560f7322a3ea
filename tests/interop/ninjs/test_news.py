"""Verdicts as news items, held against what ninjs 3.1 asks."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from service.interop.newsroom import Newsroom
from service.interop.ninjs.news import document
from service.records.notices import Notice
from service.records.surroundings import Surroundings
from tests.formats import FORMATS
from tests.kinds.smallest import Json
from tests.schemas.payloads import PAYLOADS

SCHEMA: Final = json.loads(Path(__file__).with_name("ninjs-3.1.json").read_text("utf-8"))
VALID: Final = Draft202012Validator(SCHEMA, format_checker=FORMATS)
AT: Final = "https://facts.example"
NEWSROOM: Final = Newsroom(AT, {"name": "Courier"}, "https://courier.example/license?a=ü")
WHEN: Final = "2022-02-16T18:00:00.000000Z"


def record(kind: str, **members: Any) -> Json:  # noqa: ANN401 -- JSON of any shape
    """Return a record of a kind that says nothing but these members."""
    own = {
        "id": kind,
        "type": kind,
        "revision": 3,
        "status": "published",
        "self": f"/v1/{kind}s/{kind}",
    }
    return own | {"created_at": WHEN, "updated_at": WHEN} | members


def whole(kind: str, **members: object) -> Json:
    """Return a record of a kind that uses all its members."""
    _, said = PAYLOADS[kind.capitalize()]
    return said | {"type": kind, "self": f"/v1/{kind}s/{said['id']}", "updated_at": WHEN} | members


def item(verdict: Json, *around: Json) -> Any:  # noqa: ANN401 -- as above
    """Return a verdict as an item, which is a valid one."""
    known = {(one["type"], one["id"]): one for one in around}
    found = document(verdict, Surroundings(known), NEWSROOM)
    assert [error.message for error in VALID.iter_errors(found)] == []
    return found


def test_the_schema_refuses_what_ninjs_does_not_have() -> None:
    good: Json = {"uri": AT, "associations": [{"name": "a", "uri": AT, "rel": "b"}]}
    assert VALID.is_valid(good)
    for bad in (
        {},
        good | {"rel": "b"},
        good | {"firstcreated": WHEN},
        good | {"associations": [{"name": "a"}]},
        good | {"associations": [{"name": "a", "uri": AT, "x": 1}]},
        {"uri": "no uri"},
        {"uri": AT, "rightsInfo": {}},
        {"uri": AT, "expires": "2022"},
    ):
        assert not VALID.is_valid(bad), bad


def test_a_verdict_that_says_all_it_can_is_a_valid_item() -> None:
    verdict = whole("verdict", review_by="2022-03-01")
    claim = whole("claim", id=verdict["claim_id"])
    sources = [whole("source", id=one.get("source_id", "-")) for one in verdict["evidence"]]
    former = record("verdict", id=verdict["supersedes"])
    scale = whole("scale", id=verdict["scale_id"])
    found = item(verdict, claim, scale, former, *sources)
    assert found.keys() >= {"headlines", "bodies", "descriptions", "by", "expires", "altIds"}
    rels = {one["rel"] for one in found["associations"]}
    assert rels >= {"claim-reviewed", "supersedes", "illustration"}
    assert "publisher" in {one.get("role") for one in found["infoSources"]}


def test_a_verdict_that_says_nothing_is_a_valid_item_too() -> None:
    found = item(record("verdict", claim_id="claim"))
    assert found == {
        "uri": f"{AT}/v1/verdicts/verdict",
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "representationType": "full",
        "profile": "fact-check",
        "version": "3",
        "firstCreated": WHEN,
        "versionCreated": WHEN,
        "pubStatus": "usable",
        "genres": [{"name": "Fact check", "literal": "fact-check"}],
        "rightsInfo": {"linkedRights": "https://courier.example/license?a=%C3%BC"},
    }


@pytest.mark.parametrize(
    ("status", "pub_status"),
    [
        ("published", "usable"),
        ("retracted", "canceled"),
        ("withheld", "withheld"),
        ("draft", "withheld"),
        ("in_review", "withheld"),
    ],
)
def test_its_status_tells_how_it_may_be_used(status: str, pub_status: str) -> None:
    verdict = record("verdict", claim_id="claim", status=status, rating="true")
    found = item(verdict)
    assert found["pubStatus"] == pub_status
    assert ("subjects" in found) is (status != "retracted")


def test_a_rating_is_a_subject_by_its_name_in_the_language_of_the_verdict() -> None:
    ratings = [{"key": "true", "labels": {"en": "True", "de": "Wahr"}}]
    scale = record("scale", ratings=ratings)
    verdict = record("verdict", claim_id="c", scale_id="scale", rating="true", language="de-AT")
    rated = {
        "rel": "rating",
        "name": "Wahr",
        "uri": f"{AT}/v1/scales/scale#true",
        "literal": "true",
    }
    assert item(verdict, scale)["subjects"] == [rated]
    own = item(verdict | {"original_rating": {"label": "Pants on fire"}}, scale)
    assert own["subjects"][0]["name"] == "Pants on fire"


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("person", "people"),
        ("government", "organisations"),
        ("anonymous", None),
        (None, None),
    ],
)
def test_who_made_the_claim_is_named(kind: str | None, member: str | None) -> None:
    known = {"name": "A", "same_as": ["https://wiki.example/Ü"]} | ({"kind": kind} if kind else {})
    claim = record(
        "claim", text="It rained", claimant=known, locations=["Orléans"], topics=["rain"]
    )
    found = item(record("verdict", claim_id="claim"), claim)
    named = [{"rel": "claimant", "name": "A", "uri": "https://wiki.example/%C3%9C"}]
    assert {name: found[name] for name in ("people", "organisations") if name in found} == (
        {member: named} if member else {}
    )
    assert found["places"] == [{"rel": "about", "name": "Orléans"}]
    assert (found["title"], found["associations"][0]["by"]) == ("It rained", "A")


def test_evidence_is_what_is_associated_or_described() -> None:
    evidence = [
        {"source_id": "source", "stance": "refutes"},
        {"source_id": "gone", "stance": "supports"},
        {"described_as": "An officer", "stance": "supports"},
        {"described_as": "Another"},
    ]
    source = record("source", title="Report", url="https://a.example/|", published_at="2022-02-16")
    found = item(record("verdict", claim_id="claim", evidence=evidence), source)
    [associated] = found["associations"]
    assert (associated["name"], associated["rel"]) == ("Report", "refutes")
    assert associated["renditions"] == [{"name": "web", "href": "https://a.example/%7C"}]
    assert found["infoSources"] == [{"role": "supports", "name": "An officer"}, {"name": "Another"}]


def test_what_was_put_right_is_told_to_editors() -> None:
    told = [
        Notice("It was Monday.", None),
        Notice("Note 2.", WHEN, "new_evidence", revision=2),
        Notice("Note 3.", WHEN, "correction", "retracted", revision=3),
    ]
    around = Surroundings({}, {("verdict", "verdict"): told})
    found = document(record("verdict", claim_id="claim", topics=[]), around, NEWSROOM)
    assert str(found["edNote"]).splitlines() == [
        f"Retracted, {WHEN}: Note 3.",
        f"New evidence, {WHEN}: Note 2.",
        "Correction: It was Monday.",
    ]


def test_what_was_found_elsewhere_is_not_ours_to_license() -> None:
    found = item(record("verdict", claim_id="claim", origin={"url": "https://a.example/"}))
    assert "rightsInfo" not in found
