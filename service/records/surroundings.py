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
from service.kinds.kind import term
from service.records.notices import Notice, Notices, notices
from service.records.people import Reader
from service.records.place import Place
from service.records.reading import get, get_as_of
from service.records.rows import Found
from service.storage.database import Database, Door, Transaction
from service.storage.statements import statement

STEPS: Final = 4
"""How far it goes at the most: from a verdict to what replaces it, its sources, theirs."""

NEWEST: Final = 50
"""Verdicts on a claim that stand around it: few claims have more, and a page bears as many."""

HANDFUL: Final = 5
"""Verdicts on each of many claims."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is wanted, and of when: now, at an instant, in a snapshot, or both.

    `newest` verdicts come with each claim: for None all, for 0 none.
    """

    as_of: datetime | None = None
    snapshot: str | None = None
    newest: int | None = NEWEST

    @property
    def moment(self) -> dict[str, object]:
        """Return the moment as the statements take it."""
        return {"as_of": self.as_of, "snapshot": self.snapshot}


NOW: Final = Extent()


@dataclass(frozen=True, slots=True)
class Around:
    """Records in the form that expansions have."""

    expanded: str


@dataclass(frozen=True, slots=True)
class OnClaim:
    """A verdict on a claim, and how many there are on it."""

    claim_id: str
    id: str
    total: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Records by kind and id as a reader has them, None for one that is gone."""

    records: Mapping[tuple[str, str], JsonObject | None] = field(
        default_factory=dict[tuple[str, str], JsonObject | None]
    )
    notices: Notices = field(default_factory=dict[tuple[str, str], Sequence[Notice]])
    """What the verdicts among them, and what they stand around, say of their corrections."""
    totals: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many verdicts there are on the claims that come with the newest of them."""

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

    def newest_on(self, claim_id: object, most: int) -> list[JsonObject]:
        """Return the newest verdicts on a claim, the last that was recorded first."""
        return self.verdicts_on(claim_id)[::-1][:most]

    def total_on(self, claim_id: object) -> int:
        """Return how many verdicts there are on a claim."""
        return self.totals.get(str(claim_id), 0)


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
        """Return 8 hex digits that tell which revisions, gone ones and notices went into it."""
        used = [
            *(
                (kind, identifier, record and record["revision"])
                for (kind, identifier), record in sorted(self.around.records.items())
            ),
            *sorted(self.around.totals.items()),
            # A purge takes the notice of an earlier revision away, and no later one changes.
            *(
                (*of, [one.revision for one in told])
                for of, told in sorted(self.around.notices.items())
            ),
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
    door: Door, reader: Reader, roots: Sequence[JsonObject], extent: Extent = NOW
) -> Surroundings:
    """Return what stands around some records: what they refer to, and so on.

    A claim that is a root comes with verdicts, a verdict that is one with those that refer to
    it; another claim comes alone.
    """
    newest, moment = extent.newest, extent.moment | {"keyed": reader.keyed}
    on = _on_claims(door, roots, moment, newest) if newest else []
    subjects = {str(one["id"]) for one in roots if one["type"] == "claim"}
    claims = sorted(subjects) if newest is None else []
    subjects |= {str(one["claim_id"]) for one in roots if one["type"] == "verdict"}
    known: dict[tuple[str, str], JsonObject | None] = {}
    refs, asked = _targets(roots) | {f"verdict/{one.id}" for one in on}, set[str]()
    for _ in range(STEPS):
        if not refs and not claims:
            break
        asked |= refs
        found = _ask(door, moment | {"refs": sorted(refs), "claims": claims})
        new = [one for place, one in found.items() if one and place not in known]
        known |= found
        from_here = [one for one in new if one["type"] != "claim" or one["id"] in subjects]
        refs, claims = _targets(from_here) - asked, []
    verdicts = (one for one in known.values() if one and one["type"] == "verdict")
    noted = {(one["type"], one["id"]): one for one in (*verdicts, *roots)}
    totals = {one.claim_id: one.total for one in on}
    return Surroundings(known, notices(door, list(noted.values())), totals)


def _on_claims(
    door: Door, roots: Sequence[JsonObject], moment: dict[str, object], newest: int
) -> list[OnClaim]:
    """Return the newest verdicts on the claims among records, and those that replace a verdict."""
    claims = {term("claim_id", str(one["id"])) for one in roots if one["type"] == "claim"}
    verdicts = [one for one in roots if one["type"] == "verdict"]
    terms = claims | {term("claim_id", str(one["claim_id"])) for one in verdicts}
    asked = {
        "terms": sorted(terms),
        "newest": sorted(claims),
        "refs": [f"verdict/{one['id']}" for one in verdicts],
        "most": newest,
    }
    return door.all(OnClaim, statement("verdicts_on"), {**moment, **asked}) if terms else []


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
    around = surroundings(door, reader, [record], Extent(as_of))
    return Shown(place, reader, found, record, around, door, as_of)


def _targets(records: Iterable[JsonObject]) -> set[str]:
    return {
        reference.target
        for record in records
        for reference in BY_NAME[str(record["type"])].references(record)
    }


def _ask(door: Door, asked: Mapping[str, object]) -> Mapping[tuple[str, str], JsonObject | None]:
    values = {**asked, "wanted": list(BY_NAME)}
    [row] = door.all(Around, statement("surroundings"), values)
    return Surroundings.of_expanded(row.expanded).records
