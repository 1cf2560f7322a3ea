"""The DataFeed of all verdicts, streamed from the moment of an export."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import orjson

from service.bulk.exporting import Export
from service.documents.instants import written
from service.interop.claimreview.writing.feed import feed, items
from service.interop.newsroom import Newsroom
from service.records.surroundings import Extent, surroundings

if TYPE_CHECKING:
    from service.documents.values import JsonObject

AT_ONCE = 250
"""Verdicts that are in memory at a time, with all that stands around them."""


def exported(found: Export, newsroom: Newsroom, url: str) -> Iterator[bytes]:
    """Yield the verdicts of an export as a feed, piece by piece."""
    as_of = found.wish.as_of
    return feed(newsroom, url, as_of and written(as_of), _items(found, newsroom))


def _items(found: Export, newsroom: Newsroom) -> "Iterator[JsonObject]":
    lines = found.rows()
    reader, as_of = found.wish.reader, found.wish.as_of
    while verdicts := [orjson.loads(line.text) for line in islice(lines, AT_ONCE)]:
        snapshot = found.moment.snapshot
        around = surroundings(found.database, reader, verdicts, Extent(as_of, snapshot, newest=0))
        yield from items(verdicts, around, newsroom)
