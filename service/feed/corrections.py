"""The register of corrections: what was wrong, what is right, when and why, for everyone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from service.documents.instants import written
from service.documents.values import JsonObject
from service.storage.database import Door
from service.storage.statements import statement

CATEGORIES: Final = {
    "correction": ("correction", "clarification"),
    "update": ("new_evidence", "world_changed"),
}
"""The reasons that are listed: we were wrong, or the world is no longer as it was."""

NAMES: Final = ("title", "text", "name", "summary")
"""The members by which people know a record, the first that it has."""

MOVING: Final = frozenset({"revision", "updated_at"})
"""Members that change with every revision."""

COLUMNS: Final = (
    *("recorded_at", "category", "reason", "note", "type", "title", "before", "after"),
    *("record", "revision_before", "revision_after", "diff"),
)
"""The header row of the register as CSV."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The place of the last entry of a page."""

    instant: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which something was recorded: from its start, before its end."""

    start: datetime | None = None
    stop: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry; the records are JSON as the public may read them now, None where it may not."""

    recorded_at: datetime
    seq: int
    kind: str
    id: str
    revision: int
    type: str
    reason: str
    note: str | None
    revision_before: int
    before: str | None
    after: str | None

    @property
    def place(self) -> Bookmark:
        """Return where the list goes on after it."""
        return Bookmark(self.recorded_at, self.seq)

    @property
    def category(self) -> str:
        """Return whether we were wrong or the world moved on."""
        return next(name for name, reasons in CATEGORIES.items() if self.reason in reasons)

    @property
    def path(self) -> str:
        """Return the path of the record."""
        return f"/v1/{self.kind}s/{self.id}"

    @property
    def title(self) -> object:
        """Return what people know the record by, as far as it may still be read."""
        return _title(_record(self.after)) or _title(_record(self.before))

    @property
    def links(self) -> dict[str, str]:
        """Return the paths of the record at both revisions, and of what differs."""
        revisions = f"{self.path}/revisions"
        return {
            "before": f"{revisions}/{self.revision_before}",
            "after": f"{revisions}/{self.revision}",
            "diff": f"{revisions}/{self.revision}/diff?from={self.revision_before}",
        }

    def apart(self) -> tuple[JsonObject | None, JsonObject | None]:
        """Return the record before and after, without what moves with every revision."""
        before, after = (_record(text) for text in (self.before, self.after))
        return _without_moving(before), _without_moving(after)

    def as_dict(self) -> dict[str, object]:
        """Return the entry as the register shows it."""
        before, after = _record(self.before), _record(self.after)
        return {
            "recorded_at": written(self.recorded_at),
            "category": self.category,
            "type": f"{self.kind}.{self.type}",
            "reason": self.reason,
            "note": self.note,
            "record": {
                "id": self.id,
                "type": self.kind,
                "title": self.title,
                "self": self.path,
            },
            "before": before,
            "after": after,
            "links": self.links,
        }

    def cells(self) -> list[object]:
        """Return the entry as a row of `COLUMNS`; of the records what differs between them."""
        before, after = _record(self.before), _record(self.after)
        return [
            *(written(self.recorded_at), self.category, self.reason, self.note),
            *(f"{self.kind}.{self.type}", self.title, _apart(before, after), _apart(after, before)),
            *(self.path, *self.links.values()),
        ]


def corrections(
    door: Door, category: str | None, period: Period, after: Bookmark | None, limit: int
) -> list[Correction]:
    """Return up to `limit` entries after a place, newest first."""
    categories = [category] if category else list(CATEGORIES)
    values = {
        "reasons": [reason for name in categories for reason in CATEGORIES[name]],
        "start": period.start,
        "stop": period.stop,
        "after_instant": after and after.instant,
        "after_seq": after and after.seq,
        "limit": limit,
    }
    return door.all(Correction, statement("corrections"), values, prepare=False)


def all_corrections(
    door: Door, category: str | None, period: Period, after: Bookmark | None, batch: int
) -> Iterator[Correction]:
    """Yield every entry after a place, newest first, read in batches."""
    while found := corrections(door, category, period, after, batch):
        yield from found
        after = found[-1].place


def _record(text: str | None) -> JsonObject | None:
    return orjson.loads(text) if text else None


def _without_moving(record: JsonObject | None) -> JsonObject | None:
    return record and {name: value for name, value in record.items() if name not in MOVING}


def _title(record: JsonObject | None) -> object:
    return next((record[name] for name in NAMES if name in record), None) if record else None


def _apart(record: JsonObject | None, other: JsonObject | None) -> str | None:
    """Return the members of a record that differ from the other's, as JSON."""
    if record is None:
        return None
    around = other or {}
    apart = {
        name: value
        for name, value in record.items()
        if name not in MOVING and (name not in around or around[name] != value)
    }
    return orjson.dumps(apart).decode()
