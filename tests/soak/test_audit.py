"""The audit of the kill tests bites: a history that was doctored is found out."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.soak import audit
from tests.soak.history import Line
from tests.soak.writes import Answer, Entry, Write

CLAIM = ("claim", "a")


def body(revision: int) -> dict[str, Any]:
    """Return what the client was told of a revision."""
    told = {"id": "a", "type": "claim", "revision": revision, "self": "/v1/claims/a"}
    return told | {"status": "draft", "text": f"text {revision}"}


def entry(revision: int) -> Entry:
    """Return a write that was acknowledged at the instant of its revision's number."""
    seen = f'"{revision - 1}"' if revision > 1 else "*"
    write = Write.of("PUT", "/v1/claims/a", {"text": f"text {revision}"}, if_match=seen)
    told = json.dumps(body(revision)).encode()
    answer = Answer(200, f'"{revision}"', None, "application/json", told)
    return Entry(write, answer, 1, revision - 0.5, revision)


ENTRIES = [entry(1), entry(2), entry(3)]
REFUSED = Answer(412, None, None, "application/problem+json", b"{}")
LINES = [
    Line(CLAIM, number, "draft", done.write.token, {"text": f"text {number}"})
    for number, done in enumerate(ENTRIES, 1)
]
REVISIONS = [
    {"revision": number, "note": done.write.token, "body": body(number)}
    for number, done in enumerate(ENTRIES, 1)
]
AGAIN = [replace(LINES[1], revision=4)]


def answered(answer: Answer | None, *, contested: bool = False) -> list[Entry]:
    """Return the writes, the second with another answer."""
    first, second, third = ENTRIES
    write = replace(second.write, contested=contested)
    return [first, replace(second, write=write, answer=answer), third]


def test_a_sound_history_has_no_flaws() -> None:
    replays = [(done, replace(done.answer, replayed=True)) for done in ENTRIES if done.answer]
    assert [
        *audit.flaws_of_answers(ENTRIES),
        *audit.flaws_of_writes(ENTRIES, LINES),
        *audit.flaws_of_numbers(LINES),
        *audit.flaws_of_order(ENTRIES),
        *audit.flaws_of_conditions(ENTRIES),
        *audit.flaws_of_reads(ENTRIES, {CLAIM: REVISIONS}),
        *audit.flaws_of_replays(replays),
    ] == []


@pytest.mark.parametrize(
    ("entries", "lines", "flaw"),
    [
        (ENTRIES, [LINES[0], LINES[2]], "not as it was acknowledged, but []"),
        (ENTRIES, [*LINES, *AGAIN], "is there 2 times"),
        (ENTRIES, [*LINES[:2], replace(LINES[2], body={})], "not as it was acknowledged"),
        (ENTRIES, [*LINES[:2], replace(LINES[2], revision=4)], "not as it was acknowledged"),
        (ENTRIES, [*LINES[:2], replace(LINES[2], status="deleted")], "not as it was acknowledged"),
        (ENTRIES, [*LINES[:2], replace(LINES[2], record=("claim", "b"))], "not as it was"),
        (answered(REFUSED, contested=True), LINES, "was refused and is there"),
        (answered(None), [*LINES, *AGAIN], "is there 2 times"),
        (ENTRIES[:2], LINES, "nobody wrote"),
    ],
)
def test_a_write_that_is_not_as_it_was_told_is_found(
    entries: list[Entry], lines: list[Line], flaw: str
) -> None:
    (found,) = audit.flaws_of_writes(entries, lines)
    assert flaw in found


@pytest.mark.parametrize("lines", [LINES, [LINES[0], LINES[2]]])
def test_a_write_without_an_answer_may_be_there_or_not(lines: list[Line]) -> None:
    assert list(audit.flaws_of_writes(answered(None), lines)) == []


@pytest.mark.parametrize(
    ("lines", "flaw"),
    [
        ([LINES[0], LINES[2]], "has 3 where 2 is due"),
        ([*LINES, LINES[2]], "has 3 where 4 is due"),
        ([LINES[1], LINES[0], LINES[2]], "has 2 where 1 is due"),
    ],
)
def test_a_gap_a_repeat_and_disorder_are_found(lines: list[Line], flaw: str) -> None:
    assert flaw in next(audit.flaws_of_numbers(lines))


@pytest.mark.parametrize("answer", [None, REFUSED, replace(REFUSED, status=500)])
def test_a_write_that_nobody_was_in_the_way_of_is_acknowledged(answer: Answer | None) -> None:
    (found,) = audit.flaws_of_answers(answered(answer))
    assert "never answered" in found or "was refused" in found


def test_a_contested_write_may_come_too_late_and_nothing_else() -> None:
    assert list(audit.flaws_of_answers(answered(REFUSED, contested=True))) == []
    fault = replace(REFUSED, status=500)
    assert len(list(audit.flaws_of_answers(answered(fault, contested=True)))) == 1


def test_a_write_beneath_what_had_been_acknowledged_is_found() -> None:
    first, second, third = ENTRIES
    (found,) = audit.flaws_of_order([replace(first, began=3.5, ended=4), second, third])
    assert first.write.token in found


def test_a_write_on_top_of_another_revision_than_it_named_is_found() -> None:
    first, _, third = ENTRIES
    fields = third.write.fields | {"If-Match": '"1"'}
    stale = replace(third, write=replace(third.write, fields=fields))
    assert "became 3 on top of 1" in next(audit.flaws_of_conditions([first, stale]))


@pytest.mark.parametrize(
    "revisions",
    [REVISIONS[:2], [*REVISIONS[:2], REVISIONS[2] | {"note": "other"}],
     [*REVISIONS[:2], REVISIONS[2] | {"body": body(4)}]],
)  # fmt: skip
def test_a_revision_that_reads_otherwise_is_found(revisions: list[dict[str, Any]]) -> None:
    (found,) = audit.flaws_of_reads(ENTRIES, {CLAIM: revisions})
    assert ENTRIES[2].write.token in found


@pytest.mark.parametrize(
    "change", [{"replayed": False}, {"etag": '"4"'}, {"body": b"{}"}, {"status": 201}]
)
def test_a_replay_that_a_client_could_tell_from_the_first_answer_is_found(
    change: dict[str, Any],
) -> None:
    answer = ENTRIES[0].answer
    assert answer
    replay = replace(replace(answer, replayed=True), **change)
    assert len(list(audit.flaws_of_replays([(ENTRIES[0], replay)]))) == 1
