"""Notices: what a note says with dates of its own is so many, of what came from elsewhere."""

import pytest

from service.records.notices import joined
from service.records.people import Reader
from service.records.surroundings import surroundings
from service.storage.database import Database
from tests.interop.archive import VERDICT, keep
from tests.newsroom import Newsroom
from tests.routes.acts import revise

NOTE = "Once.\n2022-05: Then.\nAnd more.\n2023: Later: so.\n2022-13: No month."
CAME = {"origin": {"url": "https://other.example/"}}
APART = [
    (None, "Once."),
    ("2022-05", "Then.\nAnd more."),
    ("2023", "Later: so.\n2022-13: No month."),
]


def noticed(http: Newsroom, database: Database) -> list[tuple[str | None, str]]:
    """Return dates and words of the notices of the verdict, as the public has them."""
    root = http.get(VERDICT).json()
    around = surroundings(database, Reader(keyed=False), [root])
    return [(one.dated, one.note) for one in around.notices_of(root)]


@pytest.mark.parametrize("reason", ["correction", "clarification"])
def test_a_note_of_what_came_from_elsewhere_is_told_apart_by_its_dates(
    http: Newsroom, database: Database, reason: str
) -> None:
    keep(http, **CAME, note=NOTE, reason=reason)
    assert noticed(http, database) == APART


def test_nobody_dates_back_what_was_corrected_here(http: Newsroom, database: Database) -> None:
    keep(http)
    revise(http, VERDICT, title="No", note=NOTE, reason="correction")
    assert noticed(http, database) == [(None, NOTE)]


def test_what_two_revisions_say_with_the_same_date_is_said_once(
    http: Newsroom, database: Database
) -> None:
    keep(http, **CAME, note=NOTE, reason="correction")
    more = f"{NOTE}\n2024: At last."
    revise(http, VERDICT, title="No", note=more, reason="correction")
    assert noticed(http, database) == [*APART, (None, "Once."), ("2024", "At last.")]


def test_a_first_publication_of_our_own_corrects_nothing(
    http: Newsroom, database: Database
) -> None:
    keep(http, note="Read again.", reason="correction")
    assert noticed(http, database) == []


def test_a_first_publication_for_another_reason_corrects_nothing(
    http: Newsroom, database: Database
) -> None:
    keep(http, note="As it came.", reason="new_evidence")
    assert noticed(http, database) == []


def test_a_note_says_first_what_has_no_date_and_then_goes_by_the_dates() -> None:
    assert joined(["2023: B", "2022-05: A", "C"]) == "C\n2022-05: A\n2023: B"
