"""The register of corrections, for programs and for spreadsheets."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, datetime
from typing import Final

from flask import Response, request

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
from service.interop.atom.corrections import entries as shown
from service.routes import answers, context, feeds, hypertext, paging
from service.routes.forms import negotiated
from service.routes.queries import MAX_LIMIT, Query
from service.site import fronts
from service.site.fronts import Register

GIVEN: Final = ("json", "csv", "atom", "html")


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
    if form == "html":
        return register(category, period, after, limit)
    if form == "csv":
        entries = all_corrections(database, category, period, after, MAX_LIMIT)
        return answers.table(sheet(entries), "corrections.csv")
    found = corrections(database, category, period, after, limit + 1)
    more = cursor(found[limit - 1].place) if len(found) > limit else None
    following = paging.next_page(more)
    if form == "atom":
        newsroom = context.newsroom()
        listed = shown((one for one in found[:limit] if one.after), newsroom)
        return feeds.answer(feeds.page("Corrections", listed, following), caller, None)
    return paging.members([entry.as_dict() for entry in found[:limit]], following)


def corrections_page() -> Response:
    """Show people what was corrected in public, newest first."""
    _ = context.caller()
    with Query("year", "category", "limit", "cursor") as query:
        period = query.parsed("year", year, "a year, such as 2026") or Period()
        category = query.choice("category", CATEGORIES)
        limit = query.limit()
        after = query.parsed("cursor", bookmark, "the cursor of a next link")
    _ = negotiated("html")
    return register(category, period, after, limit)


def register(category: str | None, period: Period, after: Bookmark | None, limit: int) -> Response:
    """Return the register as a page; corrections if no category is named, not updates."""
    category = category or "correction"
    found = corrections(context.state().database, category, period, after, limit + 1)
    more = cursor(found[limit - 1].place) if len(found) > limit else None
    shown = Register(found[:limit], category, request.args.get("year"), paging.next_page(more))
    return hypertext.page(fronts.corrections(hypertext.site(), shown))


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
