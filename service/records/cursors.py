"""Cursors: where the next page of a list starts, signed so that no one makes them up."""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime

import orjson

from service.documents.instants import read, written
from service.documents.seals import Seal
from service.errors import CursorExpired, ForeignCursor, InvalidCursor

LIFETIME = 24 * 60 * 60
"""Seconds."""

PURPOSE = b"L"
"""The first byte, by which the cursor of the feed is known for another."""


@dataclass(frozen=True, slots=True)
class Position:
    """The sort key of the last record of a page."""

    instant: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Cursors:
    """Make and read cursors."""

    seal: Seal

    def make(self, position: Position, listing: str) -> str:
        """Return the cursor after a position of the list that `listing` describes."""
        content = orjson.dumps(
            [int(time.time()), digest(listing), written(position.instant), position.id]
        )
        return self.seal.close(PURPOSE + content)

    def read(self, cursor: str, listing: str) -> Position:
        """Return the position a cursor stands for.

        Raises `InvalidCursor` when it is not of ours, `ForeignCursor` when it belongs
        to another list, `CursorExpired` after its lifetime.
        """
        try:
            content = self.seal.open(cursor)
        except ValueError:
            detail = "Follow the next link of a page as it stands, or start without a cursor."
            raise InvalidCursor(detail) from None
        foreign = "Send it with the same filters, sort order and key as the page it came from."
        if not content.startswith(PURPOSE):
            raise ForeignCursor(foreign)
        made, owner, instant, identifier = orjson.loads(content.removeprefix(PURPOSE))
        if owner != digest(listing):
            raise ForeignCursor(foreign)
        if time.time() > made + LIFETIME:
            raise CursorExpired("It is older than 24 hours. Start again without a cursor.")
        return Position(read(instant), identifier)


def digest(listing: str) -> str:
    """Return 16 characters that stand for a list's filters, sort order and reader."""
    return hashlib.sha256(listing.encode()).hexdigest()[:16]
