"""The register of corrections, for programs and for spreadsheets."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, datetime
from typing import Final

from flask import Response

from service.documents.cells import row
from service.documents.instants import counted, from_count
from service.feed.corrections import (
    CATEGORIES,
    COLUMNS,
    Bookmark,
    Correction,
    Period,
    all_corrections,
    corrections,
)
from service.interop.atom.corrections import entry
from service.routes import answers, context, feeds, paging
from service.routes.forms import negotiated
from service.routes.queries import MAX_LIMIT, Query

GIVEN: Final = ("json", "csv", "atom")


def list_corrections() -> Response:
    """List what was corrected and updated in public, newest first; as CSV all at once.

    In a feed is only what may still be read.
    """
    caller = context.caller()
    with Query("year", "category", "limit", "cursor", "format") as query:
        period = query.parsed("year", year, "a year, such as 2026") or Period()
        category = query.choice("category", CATEGORIES)
        limit = query.limit()
        after = query.parsed("cursor", bookmark, "the cursor of a next link")
        wanted = query.choice("format", GIVEN)
    form = wanted or negotiated(*GIVEN)
    database = context.state().database
    if form == "csv":
        entries = all_corrections(database, category, period, after, MAX_LIMIT)
        return answers.table(sheet(entries), "corrections.csv")
    found = corrections(database, category, period, after, limit + 1)
    more = cursor(found[limit - 1].place) if len(found) > limit else None
    following = paging.next_page(more)
    if form == "atom":
        newsroom = context.newsroom()
        entries = [entry(one, newsroom) for one in found[:limit] if one.after]
        return feeds.answer(feeds.page("Corrections", entries, following), caller, None)
    return paging.members([entry.as_dict() for entry in found[:limit]], following)


def sheet(entries: Iterator[Correction]) -> Iterator[str]:
    """Yield the lines of the register as a table, whose header row says what is what."""
    first = next(entries, None)  # asked before anything is said, so that a refusal is heard
    yield row(COLUMNS)
    if first:
        yield row(first.cells())
    yield from (row(entry.cells()) for entry in entries)


def year(text: str) -> Period:
    """Return the time from the start of a year, in UTC, to the start of the next."""
    if not re.fullmatch("[0-9]{4}", text):
        raise ValueError
    number = int(text)
    stop = datetime(number + 1, 1, 1, tzinfo=UTC) if number < MAXYEAR else None
    return Period(datetime(number, 1, 1, tzinfo=UTC), stop)


def cursor(place: Bookmark) -> str:
    """Return the cursor of a place: the microseconds of its instant, and its number."""
    return f"{counted(place.instant)}-{place.seq}"


def bookmark(text: str) -> Bookmark:
    """Return the place that a cursor names; raises `ValueError` for what is none."""
    if not re.fullmatch("[0-9]{1,17}-[0-9]{1,18}", text):
        raise ValueError
    instant, seq = map(int, text.split("-"))
    return Bookmark(from_count(instant), seq)
