"""Notices: what was corrected here, and what was corrected where a record comes from."""

from typing import Final

import pytest

from schemas import bounds
from service.documents.values import JsonObject
from service.records.notices import summary
from service.records.people import Reader
from service.records.surroundings import surroundings
from service.storage.database import Database
from tests.interop.archive import VERDICT, keep
from tests.newsroom import Newsroom
from tests.routes.acts import revise

CORRECTIONS: Final[list[JsonObject]] = [
    {"text": "Later.", "published_at": "2023"},
    {"text": "Once."},
    {"text": "Then.", "published_at": "2022-05"},
]
CAME: Final = {"origin": {"url": "https://other.example/", "corrections": CORRECTIONS}}
TOLD: Final = [(None, "Once."), ("2022-05", "Then."), ("2023", "Later.")]


def noticed(http: Newsroom, database: Database) -> list[tuple[str | None, str]]:
    """Return dates and words of the notices of the verdict, as the public has them."""
    root = http.get(VERDICT).json()
    around = surroundings(database, Reader(keyed=False), [root])
    return [(one.at, one.note) for one in around.notices_of(root)]


def test_what_was_corrected_elsewhere_is_told_by_its_dates(
    http: Newsroom, database: Database
) -> None:
    keep(http, **CAME)
    assert noticed(http, database) == TOLD


def test_what_is_corrected_here_comes_after_that(http: Newsroom, database: Database) -> None:
    keep(http, **CAME)
    revise(http, VERDICT, title="No", note="At last.", reason="correction")
    told = noticed(http, database)
    assert told[:-1] == TOLD
    assert told[-1] == (http.get(VERDICT).json()["updated_at"], "At last.")


def test_a_note_that_says_what_was_corrected_elsewhere_is_not_told_again(
    http: Newsroom, database: Database
) -> None:
    keep(http)
    revise(http, VERDICT, **CAME, note=summary(CORRECTIONS), reason="correction")
    assert noticed(http, database) == TOLD


def test_what_the_newsroom_takes_back_of_that_is_told_no_longer(
    http: Newsroom, database: Database
) -> None:
    keep(http, **CAME)
    fewer = {"origin": {"corrections": CORRECTIONS[1:2]}}
    revise(http, VERDICT, **fewer, note="Not ours.", reason="typo")
    assert noticed(http, database) == TOLD[:1]


@pytest.mark.parametrize("reason", ["correction", "clarification"])
def test_an_import_of_old_tells_of_corrections_elsewhere_by_its_note_alone(
    http: Newsroom, database: Database, reason: str
) -> None:
    keep(http, origin={"url": "https://other.example/"}, note="It was Monday.", reason=reason)
    assert [note for _, note in noticed(http, database)] == ["It was Monday."]


def test_what_an_import_of_old_told_is_told_once_when_it_comes_again(
    http: Newsroom, database: Database
) -> None:
    keep(http, origin={"url": "https://other.example/"}, note="2023: Later.", reason="correction")
    revise(http, VERDICT, **CAME, note=summary(CORRECTIONS), reason="correction")
    assert noticed(http, database) == TOLD


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


def test_a_summary_fits_into_a_note() -> None:
    assert summary(CORRECTIONS) == "Later.\nOnce.\nThen."
    assert summary([{"text": "a" * bounds.NOTE}]) == "a" * bounds.NOTE
    assert summary([{"text": "a" * 998 + " bcd"}]) == "a" * 998 + "…"
    assert summary([]) == ""
