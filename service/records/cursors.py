"""Cursors: where the next page of a list starts, signed so that no one makes them up."""

import base64
import binascii
import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import datetime

import orjson

from service.documents.instants import read, written
from service.errors import CursorExpired, ForeignCursor, InvalidCursor

LIFETIME = 24 * 60 * 60
"""Seconds."""

MAC = 12
"""Bytes of the signature that travel."""


@dataclass(frozen=True, slots=True)
class Position:
    """The sort key of the last record of a page."""

    instant: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Cursors:
    """Make and read cursors with the secret that all servers of a database share."""

    secret: bytes

    def make(self, position: Position, listing: str) -> str:
        """Return the cursor after a position of the list that `listing` describes."""
        content = orjson.dumps(
            [int(time.time()), digest(listing), written(position.instant), position.id]
        )
        return base64.urlsafe_b64encode(self._sign(content) + content).rstrip(b"=").decode()

    def read(self, cursor: str, listing: str) -> Position:
        """Return the position a cursor stands for.

        Raises `InvalidCursor` when it is not of ours, `ForeignCursor` when it belongs
        to another list, `CursorExpired` after its lifetime.
        """
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if not hmac.compare_digest(raw[:MAC], self._sign(raw[MAC:])):
            detail = "Follow the next link of a page as it stands, or start without a cursor."
            raise InvalidCursor(detail)
        made, owner, instant, identifier = orjson.loads(raw[MAC:])
        if owner != digest(listing):
            detail = "Send it with the same filters, sort order and key as the page it came from."
            raise ForeignCursor(detail)
        if time.time() > made + LIFETIME:
            raise CursorExpired("It is older than 24 hours. Start again without a cursor.")
        return Position(read(instant), identifier)

    def _sign(self, content: bytes) -> bytes:
        return hmac.digest(self.secret, content, "sha256")[:MAC]


def digest(listing: str) -> str:
    """Return 16 characters that stand for a list's filters, sort order and reader."""
    return hashlib.sha256(listing.encode()).hexdigest()[:16]
