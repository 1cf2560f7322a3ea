"""Marks: where in the feed someone is. A mark names a change, never a horizon."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from service.documents.seals import Seal
from service.errors import CursorExpired, ForeignCursor, InvalidCursor

LAYOUT: Final = struct.Struct(">cQQQ")
INSTANT: Final = struct.Struct(">q")
"""Microseconds since 1970: behind the place, where someone began at an instant."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
PURPOSE: Final = b"C"
"""The first byte, by which the cursor of a list is known for another."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The place of a change: that of its transaction, and its own in the order of writing."""

    position: int
    seq: int


BEGINNING = Mark(0, 0)
"""Before the first change of all."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Make and read the cursors of the feed; `system` is the database's identifier.

    They never expire. After a database was restored from a dump, where the places of its
    changes mean something else, those of before are of no use.
    """

    seal: Seal
    system: int

    def make(self, mark: Mark, since: datetime | None = None) -> str:
        """Return the cursor of a change; `since` goes with it where that was the beginning."""
        content = LAYOUT.pack(PURPOSE, self.system, mark.position, mark.seq)
        if since:
            content += INSTANT.pack((since - EPOCH) // timedelta(microseconds=1))
        return self.seal.close(content)

    def read(self, cursor: str) -> Mark:
        """Return the place that a cursor names; raises as `start` does."""
        return self.start(cursor)[0]

    def start(self, cursor: str) -> tuple[Mark, datetime | None]:
        """Return the place that a cursor names, and the instant that goes with it, if one does.

        Raises `InvalidCursor` when it is not of ours, `ForeignCursor` when it is a list's,
        `CursorExpired` when the database was restored since.
        """
        try:
            content = self.seal.open(cursor)
        except ValueError:
            detail = "Send the id of a change, or the next link, as it stands; or leave since out."
            raise InvalidCursor(detail) from None
        if not content.startswith(PURPOSE):
            detail = "This is the cursor of a list. The feed takes the id of a change."
            raise ForeignCursor(detail)
        _, system, position, seq = LAYOUT.unpack_from(content)
        if system != self.system:
            detail = "The database was restored since. Export all anew and follow from there."
            raise CursorExpired(detail)
        behind = content[LAYOUT.size :]
        since = EPOCH + timedelta(microseconds=INSTANT.unpack(behind)[0]) if behind else None
        return Mark(position, seq), since
