"""What stands around records: what they refer to, and what that refers to, of one moment.

A verdict alone says little to a reader: whose claim it is about, what its rating is called and
what it was checked with stand in other records.
"""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Self, cast

import orjson

from service.documents.values import JsonObject
from service.kinds import BY_COLLECTION, BY_NAME
from service.records.notices import Notice, Notices, notices
from service.records.people import Reader
from service.records.place import Place
from service.records.reading import get, get_as_of
from service.records.rows import Found
from service.storage.database import Database, Door, Transaction
from service.storage.statements import statement

STEPS: Final = 4
"""How far it goes at the most: from a verdict to its claim, that one's verdicts, their scales."""


@dataclass(frozen=True, slots=True)
class Around:
    """Records in the form that expansions have."""

    expanded: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Records by kind and id as a reader has them, None for one that is gone."""

    records: Mapping[tuple[str, str], JsonObject | None] = field(
        default_factory=dict[tuple[str, str], JsonObject | None]
    )
    notices: Notices = field(default_factory=dict[tuple[str, str], Sequence[Notice]])
    """What the verdicts among them, and what they stand around, say of their corrections."""

    @classmethod
    def of_expanded(cls, expanded: str | None) -> Self:
        """Return the records that others were expanded by, from their JSON; none without."""
        found = cast("Mapping[str, Mapping[str, JsonObject]]", orjson.loads(expanded or "{}"))
        return cls(
            {
                (BY_COLLECTION[collection].name, identifier): None if "gone" in record else record
                for collection, records in found.items()
                for identifier, record in records.items()
            }
        )

    def get(self, kind: str, identifier: object) -> JsonObject | None:
        """Return a record, None for one that is gone or that nobody named."""
        return self.records.get((kind, str(identifier)))

    def of(self, kind: str) -> Iterator[JsonObject]:
        """Yield the records of a kind that are there, by their ids."""
        for (name, _), record in sorted(self.records.items()):
            if name == kind and record is not None:
                yield record

    def notices_of(self, record: JsonObject) -> Sequence[Notice]:
        """Return what a record says in public of its corrections, oldest first."""
        return self.notices.get((str(record["type"]), str(record["id"])), ())

    def verdicts_on(self, claim_id: object) -> list[JsonObject]:
        """Return the verdicts on a claim, the first that was recorded first."""
        on = [one for one in self.of("verdict") if one["claim_id"] == claim_id]
        return sorted(on, key=lambda one: (str(one["created_at"]), str(one["id"])))


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a reader has it, now or at an instant, and all around it."""

    place: Place
    reader: Reader
    found: Found
    record: JsonObject
    around: Surroundings
    door: Door
    """What else is read beside it to be of the same moment."""
    as_of: datetime | None = None
    """The instant that was asked about, None for now."""
    settled: bool | None = None
    """Whether that instant is settled, None for now."""

    @property
    def mark(self) -> str:
        """Return 8 hex digits that tell which revisions, and what gone ones, went into it."""
        used = [
            (kind, identifier, record and record["revision"])
            for (kind, identifier), record in sorted(self.around.records.items())
        ]
        return hashlib.sha256(orjson.dumps(used)).hexdigest()[:8]


@contextmanager
def shown(
    database: Database, place: Place, reader: Reader, as_of: datetime | None
) -> Generator[Shown]:
    """Lend a record with all around it, of one moment; raises as `get` and `get_as_of` do.

    Until the end of the ``with`` block its door leads to that moment; for an instant it is to
    be named, as what was then stays so.
    """
    if as_of is None:
        with one_moment(database) as door:
            yield _shown(door, place, reader, get(door, place, reader))
        return
    found, settled = get_as_of(database, place, reader, as_of)
    yield replace(_shown(database, place, reader, found, as_of), settled=settled)


def surroundings(
    door: Door,
    reader: Reader,
    roots: Sequence[JsonObject],
    as_of: datetime | None = None,
    snapshot: str | None = None,
) -> Surroundings:
    """Return what stands around some records: what they refer to, and so on.

    A claim that is a root, or that a root is about, comes with its verdicts; another claim
    comes alone. It is as it is now, or as it was at an instant, in a snapshot, or both.
    """
    subjects = {str(root["id"]) for root in roots if root["type"] == "claim"}
    subjects |= {str(root["claim_id"]) for root in roots if root["type"] == "verdict"}
    known: dict[tuple[str, str], JsonObject | None] = {}
    asked, rest = set[str](), list(roots)
    for _ in range(STEPS):
        from_here = [one for one in rest if one["type"] != "claim" or one["id"] in subjects]
        refs = _targets(from_here) - asked
        claims = [str(one["id"]) for one in from_here if one["type"] == "claim"]
        if not refs and not claims:
            break
        asked |= refs
        moment = {"as_of": as_of, "snapshot": snapshot}
        found = _ask(door, reader, moment | {"refs": sorted(refs), "claims": claims})
        rest = [one for place, one in found.items() if one and place not in known]
        known |= found
    verdicts = (one for one in known.values() if one and one["type"] == "verdict")
    noted = {(one["type"], one["id"]): one for one in (*verdicts, *roots)}
    return Surroundings(known, notices(door, list(noted.values())))


@contextmanager
def one_moment(database: Database) -> Generator[Transaction]:
    """Begin reads that all see the same moment."""
    with database.transaction() as door:
        door.run(statement("one_moment"))
        yield door


def _shown(
    door: Door, place: Place, reader: Reader, found: Found, as_of: datetime | None = None
) -> Shown:
    record = cast("JsonObject", orjson.loads(str(found.text)))
    around = surroundings(door, reader, [record], as_of)
    return Shown(place, reader, found, record, around, door, as_of)


def _targets(records: Iterable[JsonObject]) -> set[str]:
    return {
        reference.target
        for record in records
        for reference in BY_NAME[str(record["type"])].references(record)
    }


def _ask(
    door: Door, reader: Reader, asked: Mapping[str, object]
) -> Mapping[tuple[str, str], JsonObject | None]:
    values = {**asked, "wanted": list(BY_NAME), "keyed": reader.keyed}
    [row] = door.all(Around, statement("surroundings"), values)
    return Surroundings.of_expanded(row.expanded).records
