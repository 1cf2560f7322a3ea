"""Cursors: where the next page of a walk starts and which moment it shows, signed by us."""

import hashlib
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service.documents.seals import Seal
from service.errors import CursorExpired, ForeignCursor, InvalidCursor
from service.records.moments import STAMP, Moment, Numbers, instant, packed, stamped

LIFETIME = 24 * 60 * 60
"""Seconds."""

HEAD: Final = struct.Struct(">c8sqL")
DIGEST: Final = 8
WORTH: Final = 8
"""Bytes of what a word is worth."""

LISTED, SEARCHED = b"L", b"S"
"""The first byte, by which the cursor of the feed is known for another."""


@dataclass(frozen=True, slots=True)
class Position:
    """The sort key of the last record of a page."""

    instant: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a walk goes on, at which moment, and how many records it has if that was counted.

    Without a moment the walk shows an instant that is settled, and may go on for ever. Where the
    list is searched for words, `rules` are those by which they went on the first page, and
    `worth` is what they were worth there.
    """

    position: Position
    moment: Moment | None
    total: int | None = None
    rules: Sequence[str] = ()
    worth: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Cursors:
    """Make and read cursors; `system` identifies the cluster whose snapshots they hold."""

    seal: Seal
    system: int

    def make(self, cursor: Cursor, listing: str) -> str:
        """Return the text of a cursor of the list that `listing` describes."""
        made = int(time.time()) if cursor.moment else 0
        purpose = SEARCHED if cursor.worth else LISTED
        content = HEAD.pack(purpose, digest(listing), self.system, made)
        content += cursor.moment.pack() if cursor.moment else b""
        content += packed(0 if cursor.total is None else cursor.total + 1)
        if cursor.worth:
            rules, words = " ".join(cursor.rules).encode(), len(cursor.worth)
            content += packed(len(rules)) + packed(words)
            content += rules + struct.pack(f">{words}d", *cursor.worth)
        content += stamped(cursor.position.instant) + cursor.position.id.encode()
        return self.seal.close(content)

    def read(self, text: str, listing: str) -> Cursor:
        """Return what the text of a cursor stands for.

        Raises `InvalidCursor` when it is not of ours, `ForeignCursor` when it belongs to
        another list, `CursorExpired` after its lifetime or where its moment means nothing.
        """
        try:
            content = self.seal.open(text)
        except ValueError:
            detail = "Follow the next link of a page as it stands, or start without a cursor."
            raise InvalidCursor(detail) from None
        purpose, bound = content[:1], content[1 : 1 + DIGEST]
        if purpose not in {LISTED, SEARCHED} or bound != digest(listing):
            detail = "Send it with the same filters, sort order and key as the page it came from."
            raise ForeignCursor(detail)
        _, _, system, made = HEAD.unpack_from(content)
        if system != self.system:
            raise CursorExpired("The database was restored since. Start again without a cursor.")
        if made and time.time() > made + LIFETIME:
            raise CursorExpired("It is older than 24 hours. Start again without a cursor.")
        return unpacked(content[HEAD.size :], pinned=bool(made), searched=purpose == SEARCHED)


def unpacked(content: bytes, *, pinned: bool, searched: bool) -> Cursor:
    """Return the cursor in the bytes behind the head.

    `pinned` tells that it has a moment, `searched` that it has rules and worth.
    """
    moment = None
    if pinned:
        moment, content = Moment.unpack(content)
    numbers = Numbers(content)
    total = next(numbers)
    length, words = (next(numbers), next(numbers)) if searched else (0, 0)
    rules = tuple(numbers.rest[:length].decode().split())
    worth = struct.unpack_from(f">{words}d", numbers.rest, length)
    rest = numbers.rest[length + words * WORTH :]
    position = Position(instant(rest), rest[STAMP:].decode())
    return Cursor(position, moment, total - 1 if total else None, rules, worth)


def digest(listing: str) -> bytes:
    """Return bytes that stand for a list's filters, sort order and reader."""
    return hashlib.sha256(listing.encode()).digest()[:DIGEST]
