"""Hostile input, row by row, on the running service: refused with a problem, nothing stored."""

import json
from collections.abc import Callable

import pytest

from tests.hostile.conftest import Target
from tests.hostile.corpus import (
    addresses,
    bodies,
    changes,
    datetimes,
    feeds,
    forms,
    framing,
    google,
    histories,
    lines,
    people,
    pushes,
    records,
    reviews,
)
from tests.hostile.corpus.cursors import CURSORS, FOREIGN
from tests.hostile.rows import Row, get

DESK = [
    *framing.ROWS,
    *addresses.ROWS,
    *datetimes.ROWS,
    *bodies.ROWS,
    *records.ROWS,
    *changes.ROWS,
    *feeds.ROWS,
    *forms.ROWS,
    *google.ROWS,
    *lines.ROWS,
    *people.ROWS,
    *reviews.ROWS,
    *pushes.ROWS,
]
EMPTY = histories.ROWS


def tried(target: Target, row: Row) -> None:
    """Send a row with the key and without, and hold the answers and what is kept to it."""
    kept = target.kept()
    found = target.send(row.data, half_close=row.half_close)
    assert tuple(answer.status for answer in found) == row.statuses, found
    if row.code:
        assert found[-1].code(len(row.data)) == row.code, found
    unkeyed = target.send(row.data, half_close=row.half_close, keyed=False)
    assert {answer.status // 100 for answer in unkeyed} <= {1, 2, 3, 4}
    problems = [answer for answer in [*found, *unkeyed] if answer.status >= 400]
    assert row.data.startswith(b"HEAD") or all(one.code(len(row.data)) for one in problems)
    assert target.kept() == kept


@pytest.mark.parametrize("row", DESK, ids=str)
def test_hostile_input_is_refused_and_stores_nothing(desk: Target, row: Row) -> None:
    tried(desk, row)


@pytest.mark.parametrize("row", EMPTY, ids=str)
def test_a_hostile_history_is_refused_and_moves_nothing(empty: Target, row: Row) -> None:
    tried(empty, row)


def page(target: Target, path: str) -> str:
    """Return the cursor of the page that follows the first of a list."""
    found = json.loads(target.ask(path))["next"]
    return found.rpartition("cursor=")[2]


@pytest.mark.parametrize(("what", "change"), CURSORS, ids=[what for what, _ in CURSORS])
def test_a_cursor_that_was_changed_is_refused(
    desk: Target, what: str, change: Callable[[str], str]
) -> None:
    cursor = page(desk, "/v1/claims?limit=1")
    for path in ("/v1/claims?limit=1", "/v1/claims/hidden/revisions?limit=1"):
        (answer,) = desk.send(get(f"{path}&cursor={change(cursor)}"))
        assert answer.code(9000) in {"invalid-cursor", "invalid-query"}


@pytest.mark.parametrize(("what", "path"), FOREIGN, ids=[what for what, _ in FOREIGN])
def test_a_cursor_of_another_list_is_refused(desk: Target, what: str, path: str) -> None:
    cursor = page(desk, "/v1/claims?limit=1&status=draft,published")
    (answer,) = desk.send(get(f"{path}&cursor={cursor}"))
    assert answer.code(9000) == "foreign-cursor"
    (answer,) = desk.send(get(f"{path}&cursor={cursor}"), keyed=False)
    assert answer.code(9000) in {"foreign-cursor", "invalid-query"}


def test_every_row_is_an_idea_of_its_own() -> None:
    ideas = [row.what for row in DESK + EMPTY]
    assert len(set(ideas)) == len(ideas)
    assert len({row.data for row in DESK + EMPTY}) == len(ideas)
    assert len(ideas) >= 900
