"""Reading the feed: changes in their order, each as the event that a reader is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from service.feed.marks import BEGINNING, Mark, Marks
from service.kinds import KINDS
from service.records.people import Reader
from service.storage.database import Door
from service.storage.statements import statement

HAPPENINGS = (
    "created",
    "updated",
    "published",
    "corrected",
    "retracted",
    "withheld",
    "deleted",
    "restored",
    "purged",
)
TYPES = tuple(f"{kind.name}.{happening}" for kind in KINDS for happening in HAPPENINGS)
"""Every type of event there is; migrations/0007_changes.sql decides which one a revision is."""

FEWEST, MOST = 50, 1_000
"""How many changes one look takes in at least and at most, wanted or not."""

EVERYTHING = Reader(keyed=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes someone wants: of some types, for some reasons, recorded from, recorded before.

    None does not filter.
    """

    types: Collection[str] | None = None
    reasons: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None

    def takes(self, change: "Change") -> bool:
        """Tell whether a change is wanted."""
        return (
            (self.types is None or change.type in self.types)
            and (self.reasons is None or change.reason in self.reasons)
            and (self.since is None or change.recorded_at >= self.since)
            and (self.until is None or change.recorded_at < self.until)
        )


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its place, its type (``verdict.published``), reason, instant and event.

    `text` is the event's JSON without its beginning, which `event` puts before it.
    """

    mark: Mark
    type: str
    reason: str | None
    recorded_at: datetime
    text: str

    @property
    def kind(self) -> str:
        """Return the kind of the record that changed."""
        return self.type.partition(".")[0]

    @property
    def happening(self) -> str:
        """Return what happened to it."""
        return self.type.partition(".")[2]

    def event(self, marks: Marks) -> str:
        """Return the event as JSON text; its id is the cursor of the change."""
        return f'{{"specversion":"1.0","id":"{marks.make(self.mark)}",{self.text}'


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some changes in a row, less what was passed over, and the place up to which that goes."""

    changes: list[Change]
    end: Mark


@dataclass(frozen=True, slots=True)
class Row:
    """A change as the statement gives it; without a text it was passed over."""

    position: int
    seq: int
    type: str
    reason: str | None
    recorded_at: datetime
    text: str | None


def newest(door: Door) -> Mark:
    """Return the place of the newest change that no running writer can still come before."""
    return door.one(Mark, statement("newest_change")) or BEGINNING


def first(door: Door, since: datetime) -> Mark:
    """Return the place before the first change recorded at or after an instant."""
    return door.one(Mark, statement("first_change"), {"since": since}) or BEGINNING


def lag(door: Door) -> float:
    """Return by how many seconds the feed is late: the age of the oldest running writer."""
    return door.all(float, statement("feed_lag"))[0]


def read_changes(
    door: Door, reader: Reader, after: Mark, limit: int, wanted: Wanted = ALL
) -> Stretch:
    """Return up to `limit` of the changes after a place that a reader may know of and wants.

    Whoever goes on at its `end` misses nothing: what comes later is placed later. It ends
    where it began once there is nothing more as yet.
    """
    within = min(max(limit, FEWEST), MOST)
    found: list[Change] = []
    while True:
        rows = _look(door, reader, after, (limit - len(found), within), wanted)
        found += [
            Change(Mark(row.position, row.seq), row.type, row.reason, row.recorded_at, row.text)
            for row in rows
            if row.text is not None
        ]
        if rows:
            after = Mark(rows[-1].position, rows[-1].seq)
        if len(rows) < within or len(found) >= limit or within == MOST:
            return Stretch(found, after)
        within = MOST


def _look(
    door: Door, reader: Reader, after: Mark, most: tuple[int, int], wanted: Wanted
) -> list[Row]:
    limit, within = most
    values = {
        "keyed": reader.keyed,
        "position": after.position,
        "seq": after.seq,
        "limit": limit,
        "within": within,
        "types": wanted.types and list(wanted.types),
        "reasons": wanted.reasons and list(wanted.reasons),
        "since": wanted.since,
        "until": wanted.until,
    }
    return door.all(Row, statement("changes"), values)
