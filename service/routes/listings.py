"""What was listed in other forms than JSON: lines, reviews, a feed, a sheet."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import orjson
from flask import Response

from service.documents.cells import row
from service.documents.trimming import trim
from service.interop import spreadsheet
from service.interop.atom.verdicts import entry
from service.interop.claimreview.writing.feed import feed as data_feed
from service.interop.claimreview.writing.feed import items
from service.interop.newsroom import Newsroom
from service.records import walking
from service.records.cursors import Cursors
from service.records.listing import Listing
from service.records.people import Caller
from service.records.surroundings import Extent, Surroundings, surroundings
from service.records.walking import Listed
from service.routes import answers, context, feeds, paging
from service.routes.forms import FORMS
from service.routes.queries import MAX_LIMIT
from service.storage.database import Database

if TYPE_CHECKING:
    from service.documents.values import JsonObject

BOM = "\ufeff"


def lines(found: Listed, caller: Caller, fields: list[str] | None) -> Response:
    """Return a page, a record a line; the way to the next is in the header alone."""
    records = [trim(one, fields) if fields else one for one in orjson.loads(found.page.items)]
    texts = (orjson.dumps(one).decode() for one in records)
    caching = paging.caching(found, caller)
    return paging.lines(texts, paging.next_page(found.following), caching)


def reviews(found: Listed, sought: Listing, caller: Caller) -> Response:
    """Return a page of verdicts as a DataFeed; the way to the next is in the header alone."""
    records, around = _around(context.state().database, found, sought)
    newsroom = context.newsroom()
    modified = max((str(one["updated_at"]) for one in records), default=None)
    pieces = data_feed(newsroom, feeds.here(), modified, items(records, around, newsroom))
    caching = paging.caching(found, caller)
    response = paging.paged("", paging.next_page(found.following), caching)
    response.set_data(b"".join(pieces))
    response.content_type = FORMS["jsonld"]
    return response


def feed(found: Listed, sought: Listing, caller: Caller) -> Response:
    """Return a page of verdicts as an Atom feed.

    Its ETag is a weak one: the cursor in the link to the next page is another each time.
    """
    records, around = _around(context.state().database, found, sought)
    newsroom = context.newsroom()
    entries = [entry(one, around, newsroom) for one in records]
    following = paging.next_page(found.following)
    kept = answers.kept(caller) if found.settled else None
    return feeds.answer(feeds.page("Verdicts", entries, following), caller, kept, weak=True)


def sheet(sought: Listing, *, bom: bool) -> Response:
    """Return all claims that are sought, of one moment, with their verdicts as a sheet."""
    state, newsroom = context.state(), context.newsroom()
    whole = replace(sought, limit=MAX_LIMIT)
    rows = _rows(state.database, state.cursors, whole, newsroom)
    return answers.table(chain([BOM + next(rows)], rows) if bom else rows, "claims.csv")


def _rows(
    database: Database, cursors: Cursors, sought: Listing, newsroom: Newsroom
) -> Iterator[str]:
    """Yield the rows of a sheet, read page by page; nothing is said before the first is there."""
    found = walking.page(database, cursors, sought, None)
    yield row(spreadsheet.COLUMNS)
    while True:
        records, around = _around(database, found, sought)
        for claim in records:
            yield from map(row, spreadsheet.rows(claim, around, newsroom))
        if found.following is None:
            return
        found = walking.page(database, cursors, sought, found.following)


def _around(
    database: Database, found: Listed, sought: Listing
) -> tuple[list["JsonObject"], Surroundings]:
    """Return the records of a page, and what stood around them at its moment."""
    records: list[JsonObject] = orjson.loads(found.page.items)
    newest = None if sought.kind.name == "claim" else 0  # a sheet has all verdicts on its claims
    extent = Extent(sought.as_of, found.snapshot, newest)
    return records, surroundings(database, sought.reader, records, extent)
