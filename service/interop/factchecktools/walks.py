"""Walks through a list of records of which only some are wanted, a page at a time."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import orjson

from service.documents.instants import read
from service.documents.values import JsonObject, members
from service.records.cursors import Cursors, Position
from service.records.listing import Listing
from service.records.walking import Listed, page
from service.storage.database import Database

T = TypeVar("T")

CHUNK = 100
"""Records that are looked at in one statement."""

CHUNKS = 10
"""Statements of one request: where few records are wanted, a page may come out short."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page starts: at a cursor of the list, and beyond so many that are wanted."""

    skipped: int = 0
    cursor: str | None = None

    def token(self, bound: Mapping[str, object]) -> str:
        """Return the start as a page token, which belongs to the parameters `bound`."""
        text = f"{digest(bound)}.{self.skipped}.{self.cursor or ''}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def of(cls, token: str, bound: Mapping[str, object]) -> "Start":
        """Return what a page token stands for; raises `ValueError` for one of another request."""
        text = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True).decode()
        belongs, skipped, cursor = (*text.split(".", 2), "", "")[:3]
        if belongs != digest(bound) or not (skipped.isascii() and skipped.isdigit()):
            raise ValueError(token)
        return cls(int(skipped), cursor or None)


@dataclass(frozen=True, slots=True)
class Walked(Generic[T]):
    """What a page has, and where the rest starts, if there is one.

    `snapshot` is the one that it shows, as a list has it.
    """

    found: list[T]
    rest: Start | None
    snapshot: str | None


@dataclass(frozen=True, slots=True)
class Walk(Generic[T]):
    """A list, and `keep`, which makes of some records and those beside them what is wanted.

    That is one thing for each record, or None for one that is not wanted.
    """

    database: Database
    cursors: Cursors
    listing: Listing
    keep: Callable[[Sequence[JsonObject], JsonObject], Iterable[T | None]]

    def page(self, start: Start, size: int) -> Walked[T]:
        """Return as many as are wanted, or as were found in time, all of one moment.

        Of a first page no more is asked than it may have, so that the cursor after it is the
        list's own; later ones make theirs from that one's moment.
        """
        found: list[T] = []
        skipped, cursor, snapshot = start.skipped, start.cursor, None
        for _ in range(CHUNKS):
            limit = CHUNK if cursor else min(skipped + size, CHUNK)
            listed = page(self.database, self.cursors, replace(self.listing, limit=limit), cursor)
            for record, kept in self._kept(listed):
                if skipped:
                    skipped -= 1
                    continue
                found.append(kept)
                if len(found) == size:
                    rest = self._after(listed, record, cursor)
                    return Walked(found, rest, listed.snapshot)
            cursor, snapshot = listed.following, listed.snapshot
            if cursor is None:
                return Walked(found, None, snapshot)
        return Walked(found, Start(skipped, cursor), snapshot)

    def _kept(self, listed: Listed) -> list[tuple[JsonObject, T]]:
        beside = members(orjson.loads(listed.page.expanded or "{}"))
        records: list[JsonObject] = orjson.loads(listed.page.items)
        made = zip(records, self.keep(records, beside), strict=True)
        return [(record, kept) for record, kept in made if kept is not None]

    def _after(self, listed: Listed, record: JsonObject, cursor: str | None) -> Start | None:
        """Return the start after a record of a page that itself began at a cursor."""
        records: list[JsonObject] = orjson.loads(listed.page.items)
        if records[-1]["id"] == record["id"] or cursor is None:
            return Start(0, listed.following) if listed.following else None
        bound = self.listing.identity()
        place = Position(read(str(record["created_at"])), str(record["id"]))
        moved = replace(self.cursors.read(cursor, bound), position=place)
        return Start(0, self.cursors.make(moved, bound))


def digest(bound: Mapping[str, object]) -> str:
    """Return a few letters that stand for the parameters of a request."""
    text = orjson.dumps({name: bound[name] for name in sorted(bound)}, default=str)
    return hashlib.sha256(text).hexdigest()[:16]
