"""Exports: everything a reader may see at one moment, one line a record or a revision.

No transaction stays open and no connection is held while a client reads: each batch asks for
what was there in the snapshot that the export began with.
"""

import hashlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from schemas.import_line import FORMAT
from service.documents.instants import written
from service.feed.marks import Mark, Marks
from service.kinds import KINDS, Kind
from service.records.listing import LISTED
from service.records.people import Reader
from service.storage.database import Database
from service.storage.statements import statement

BATCH = 500
"""Records or revisions that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants to have exported; with `as_of` as it was at that instant."""

    reader: Reader
    kinds: tuple[Kind, ...] = KINDS
    history: bool = False
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """The snapshot of an export, and the newest change in it."""

    snapshot: str
    position: int
    seq: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an export, without its end, and whether it begins a record."""

    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A record and where it stands among its kind; without a text it was not there."""

    created_at: datetime
    id: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A revision and where it stands in the order of writing."""

    position: int
    seq: int
    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class Export:
    """An export under way."""

    database: Database
    wish: Wish
    moment: Moment
    exported_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def lines(self, marks: Marks) -> Generator[bytes]:
        """Yield the lines: `meta`, the records or their revisions, and `end`.

        `end` counts the lines between and has the SHA-256 of all bytes before it, so that
        a file that was cut off is known for one.
        """
        line, records, revisions = orjson.dumps(self._meta(marks)) + b"\n", 0, 0
        sha256 = hashlib.sha256(line)
        yield line
        for row in self.rows():
            line = row.text.encode() + b"\n"
            sha256.update(line)
            records, revisions = records + row.first, revisions + 1
            yield line
        end = {"records": records, "revisions": revisions, "sha256": sha256.hexdigest()}
        yield orjson.dumps({"type": "end", **end}) + b"\n"

    def rows(self) -> Iterator[Line]:
        """Yield the records, what can be referred to first, or their revisions in order."""
        if self.wish.history:
            yield from self._revisions()
        else:
            for kind in self.wish.kinds:
                yield from self._records(kind)

    def _meta(self, marks: Marks) -> Mapping[str, object]:
        """Return what the file is; from the cursor on a mirror follows the feed.

        As of an instant it is the instant, from which the feed can be followed too, and the
        same at every time.
        """
        wish, at = self.wish, written(self.wish.as_of or self.exported_at)
        meta: dict[str, object] = {"type": "meta", "format": FORMAT, "history": wish.history}
        meta["exported_at"] = at
        if wish.kinds != KINDS:
            meta["types"] = [kind.name for kind in wish.kinds]
        if wish.as_of:
            return meta | {"as_of": at}
        return meta | {"cursor": marks.make(Mark(self.moment.position, self.moment.seq))}

    def _records(self, kind: Kind) -> Iterator[Line]:
        keyed = self.wish.reader.keyed
        query = statement("export_records", until=self.wish.reader.until)
        values = self._values() | {"kind": kind.name, "status": LISTED[keyed]}
        values |= {"after_instant": "-infinity", "after_id": ""}
        while found := self.database.all(Told, query, values, prepare=False):
            yield from (Line(one.text, first=True) for one in found if one.text)
            values |= {"after_instant": found[-1].created_at, "after_id": found[-1].id}

    def _revisions(self) -> Iterator[Line]:
        query = statement("export_history")
        values = self._values() | {"kinds": [kind.name for kind in self.wish.kinds]}
        values |= {"after_position": "0", "after_seq": 0}
        while found := self.database.all(Written, query, values, prepare=False):
            yield from (Line(one.text, first=one.first) for one in found)
            values |= {"after_position": str(found[-1].position), "after_seq": found[-1].seq}

    def _values(self) -> dict[str, object]:
        return {
            "keyed": self.wish.reader.keyed,
            "as_of": self.wish.as_of,
            "snapshot": self.moment.snapshot,
            "most": BATCH,
        }


def begin(database: Database, wish: Wish) -> Export:
    """Return an export of what is there at this moment; raises what the database refuses."""
    [moment] = database.all(Moment, statement("export_start"))
    return Export(database, wish, moment)
