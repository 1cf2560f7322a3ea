"""The demo's file by itself: well-formed, in order, and with all that the tour shows."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import pytest

from schemas.claim import ClaimSchema
from schemas.import_line import HistoryRevisionSchema
from schemas.record import RecordSchema
from schemas.source import SourceSchema
from schemas.verdict import VerdictSchema
from service import demo

Line = dict[str, Any]

SCHEMAS: Final[dict[str, RecordSchema]] = {
    "claim": ClaimSchema(),
    "source": SourceSchema(),
    "verdict": VerdictSchema(),
}
REFERENCES: Final = {"source_id", "claim_id", "derived_from", "supersedes"}
RATINGS: Final = {
    *("true", "mostly_true", "mixed", "mostly_false", "false"),
    *("unproven", "not_checkable"),
}
LINES: Final[list[Line]] = [json.loads(line) for line in demo.lines().splitlines()]
PUBLIC: Final = [line for line in LINES if line["status"] not in {"draft", "in_review"}]
RECORDS: Final = sorted({line["id"] for line in LINES})
FIRST_PUBLIC: Final = {line["id"]: line for line in reversed(PUBLIC)}
MIDNIGHT_AFTER: Final = "2022-02-17T00:00:00.000000Z"


def named(line: Line) -> str:
    """Return the name that a parametrised test shows for a line."""
    return f"{line['id']}-{line['revision']}"


def history(record_id: str) -> list[Line]:
    """Return the revisions of one record as they stand in the file."""
    return [line for line in LINES if line["id"] == record_id]


def referred(value: object, member: str = "") -> Iterator[str]:
    """Yield the ids that a body refers to, at any depth."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from referred(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from referred(part, member)
    elif member in REFERENCES:
        yield str(value)


def read(record_id: str, instant: str = "9999") -> Line | None:
    """Return what the public read of a record at an instant; `None` before its first."""
    known = [x for x in PUBLIC if x["id"] == record_id and x["recorded_at"] <= instant]
    return known[-1] if known else None


def rating(record_id: str, instant: str = "9999") -> str | None:
    """Return the rating that the public read at an instant."""
    line = read(record_id, instant)
    return line["body"]["rating"] if line else None


def relations() -> set[tuple[str, str, str]]:
    """Return the published relations between claims as triples."""
    return {
        (line["id"], relation["type"], relation["claim_id"])
        for line in PUBLIC
        for relation in line["body"].get("relations", ())
    }


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_line_is_a_revision_of_a_history(line: Line) -> None:
    assert HistoryRevisionSchema().validate(line) == {}


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_body_keeps_the_rules_of_its_kind(line: Line) -> None:
    sent = line["body"] | {"status": line["status"]}
    assert SCHEMAS[line["type"]].validate(sent) == {}


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_body_holds_content_alone(line: Line) -> None:
    apart = {"id", "type", "status", "note", "reason", "actor", "internal", "revision"}
    assert apart.isdisjoint(line["body"])


@pytest.mark.parametrize("record_id", RECORDS)
def test_revisions_count_from_1_in_order_of_time(record_id: str) -> None:
    revisions = history(record_id)
    instants = [datetime.fromisoformat(line["recorded_at"]) for line in revisions]
    assert [line["revision"] for line in revisions] == list(range(1, len(revisions) + 1))
    assert instants == sorted(set(instants))


@pytest.mark.parametrize("line", PUBLIC, ids=named)
def test_what_is_public_refers_to_what_was_public_before(line: Line) -> None:
    for other in referred(line["body"]):
        assert FIRST_PUBLIC[other]["recorded_at"] < line["recorded_at"], other


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_reference_leads_to_a_record_of_the_file(line: Line) -> None:
    assert set(referred(line["body"])) <= set(RECORDS)


@pytest.mark.parametrize("line", PUBLIC, ids=named)
def test_a_change_to_something_public_says_why_and_nothing_else_does(line: Line) -> None:
    is_first = line is FIRST_PUBLIC[line["id"]]
    assert ("note" not in line) == ("reason" not in line) == is_first


@pytest.mark.parametrize("line", [x for x in LINES if x["type"] == "verdict"], ids=named)
def test_a_verdict_is_rated_on_the_scale_of_the_first_migration(line: Line) -> None:
    body = line["body"]
    assert body.get("scale_id", "truth") == "truth"
    assert body.get("rating", "unproven") in RATINGS
    assert line not in PUBLIC or {"scale_id", "rating", "published_at"} <= body.keys()


@pytest.mark.parametrize("line", LINES, ids=named)
def test_everything_happens_in_february_2022(line: Line) -> None:
    assert "2022-02-16" < line["recorded_at"] < "2022-02-25"
    assert line["body"].get("published_at", "").rstrip("Z") <= line["recorded_at"]


def test_the_file_is_sorted_by_time() -> None:
    instants = [line["recorded_at"] for line in LINES]
    assert instants == sorted(instants)


@pytest.mark.parametrize(("kind", "count"), [("source", 9), ("claim", 10), ("verdict", 5)])
def test_all_records_of_the_story_are_there_and_public(kind: str, count: int) -> None:
    assert len({line["id"] for line in PUBLIC if line["type"] == kind}) == count
    assert len({line["id"] for line in LINES if line["type"] == kind}) == count


def test_the_claims_stand_to_each_other_as_the_story_has_it() -> None:
    assert relations() == {
        ("buildup-continues", "contradicts", "drawdown"),
        ("no-pullback", "contradicts", "drawdown"),
        ("plus-7000", "contradicts", "drawdown"),
        ("ground-126k", "part_of", "troops-148k"),
        ("plus-7000", "quantifies", "buildup-continues"),
        ("troops-148k", "quantifies", "buildup-continues"),
    }


def test_the_article_leans_on_all_sources_of_its_day() -> None:
    article = FIRST_PUBLIC["cnn-2022-02-16"]["body"]["derived_from"]
    sources = {line["id"] for line in LINES if line["type"] == "source"}
    assert set(article) == sources - {"cnn-2022-02-16", "invasion-2022-02-24"}


def test_every_claim_reached_us_through_the_article() -> None:
    for line in PUBLIC:
        if line["type"] == "claim":
            chain = line["body"]["attribution"]
            assert chain[-1]["source_id"] == "cnn-2022-02-16"
            assert chain[-1]["verb"] == "reported"


def test_the_unnamed_official_is_described_and_never_named() -> None:
    source = FIRST_PUBLIC["us-official-2022-02-16"]["body"]
    claimants = [FIRST_PUBLIC[name]["body"]["claimant"] for name in ("plus-7000", "guise")]
    assert source["anonymity"]["described_as"] == "senior US administration official"
    assert "authors" not in source
    assert [c["name"] for c in claimants] == ["senior US administration official"] * 2
    assert {claimant["kind"] for claimant in claimants} == {"anonymous"}


def test_there_is_one_correction_and_apart_from_it_three_updates() -> None:
    assert [(x["id"], x["reason"]) for x in PUBLIC if "reason" in x] == [
        ("drawdown-verdict", "new_evidence"),
        ("troops-148k-verdict", "correction"),
        ("drawdown-verdict", "new_evidence"),
        ("insufficient-1", "world_changed"),
    ]


def test_the_drawdown_goes_from_unproven_to_false_in_three_steps() -> None:
    instants = ("2022-02-16T18:00", MIDNIGHT_AFTER, "2022-02-25")
    ratings = [rating("drawdown-verdict", instant) for instant in instants]
    assert ratings == ["unproven", "mostly_false", "false"]


@pytest.mark.parametrize(
    "record_id", ["drawdown-verdict", "insufficient-1", "insufficient-2", "troops-148k-verdict"]
)
def test_what_was_read_on_the_17th_differs_from_today(record_id: str) -> None:
    assert read(record_id, MIDNIGHT_AFTER) != read(record_id)


def test_a_finding_that_the_world_changed_is_closed_and_superseded() -> None:
    first, second = read("insufficient-1"), read("insufficient-2")
    assert first
    assert second
    assert first["body"]["valid"] == {"from": "2022-02-16", "to": "2022-02-24"}
    assert second["body"]["valid"] == {"from": "2022-02-24"}
    assert second["body"]["supersedes"] == "insufficient-1"
    assert [rating("insufficient-1"), rating("insufficient-2")] == ["unproven", "false"]


def test_the_other_ratings_are_those_of_the_story() -> None:
    assert rating("troops-148k-verdict") == "mostly_true"
    assert rating("unprovoked-verdict") == "not_checkable"


def test_a_search_for_the_pullback_finds_the_words_in_the_claim() -> None:
    claim = json.dumps(FIRST_PUBLIC["drawdown"]["body"]).lower()
    assert [word for word in ("russia", "pulls", "back", "troops") if word not in claim] == []


def test_some_drafts_and_remarks_are_there_to_be_kept_from_the_public() -> None:
    drafts = [line for line in LINES if line not in PUBLIC]
    over_public = [x for x in drafts if x["recorded_at"] > FIRST_PUBLIC[x["id"]]["recorded_at"]]
    assert {"drawdown-verdict", "troops-148k-verdict"} == {line["id"] for line in over_public}
    assert sum("internal" in line for line in drafts) > 5
    assert any("internal" in line for line in PUBLIC)
