"""The register of corrections, for programs and for spreadsheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
ASKED: Final = ("year", "category", "limit", "cursor")
"""What is asked of the register, in whatever form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of the register: of which time and category, how much, and after what."""

    period: Period
    category: str | None
    limit: int
    after: Bookmark | None


def list_corrections() -> Response:
    """List what was corrected and updated in public, newest first; as CSV all at once.

    In a feed is only what may still be read.
    """
    caller = context.caller()
    with Query(*ASKED, "format") as query:
        wanted, named = asked(query), query.choice("format", GIVEN)
    form = named or negotiated(*GIVEN)
    if form == "html":
        return register(wanted)
    if form == "csv":
        return table(wanted)
    found, following = page(wanted)
    if form == "atom":
        newsroom = context.newsroom()
        listed = shown((one for one in found if one.after), newsroom)
        return feeds.answer(feeds.page("Corrections", listed, following), caller, None)
    return paging.members([one.as_dict() for one in found], following)


def corrections_page() -> Response:
    """Show people what was corrected in public, newest first."""
    _ = context.caller()
    with Query(*ASKED) as query:
        wanted = asked(query)
    _ = negotiated("html")
    return register(wanted)


def asked(query: Query) -> Wanted:
    """Return what is wanted of the register."""
    return Wanted(
        query.parsed("year", year, "a year, such as 2026") or Period(),
        query.choice("category", CATEGORIES),
        query.limit(),
        query.parsed("cursor", bookmark, "the cursor of a next link"),
    )


def page(wanted: Wanted) -> tuple[list[Correction], str | None]:
    """Return a page of the register, and the address of the next one if there is one."""
    database, limit = context.state().database, wanted.limit
    found = corrections(database, wanted.category, wanted.period, wanted.after, limit + 1)
    more = cursor(found[limit - 1].place) if len(found) > limit else None
    return found[:limit], paging.next_page(more)


def register(wanted: Wanted) -> Response:
    """Return the register as a page; corrections if no category is named, not updates."""
    category = wanted.category or "correction"
    found, following = page(replace(wanted, category=category))
    shown = Register(found, category, request.args.get("year"), following)
    return hypertext.page(fronts.corrections(hypertext.site(), shown))


def table(wanted: Wanted) -> Response:
    """Return the register as CSV, all at once."""
    database = context.state().database
    entries = all_corrections(database, wanted.category, wanted.period, wanted.after, MAX_LIMIT)
    return answers.table(sheet(entries), "corrections.csv")


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
