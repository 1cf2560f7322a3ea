"""Notices: what records say in public of their own corrections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from schemas import bounds
from service.documents.cutting import cut
from service.documents.instants import written
from service.documents.values import JsonObject, members, objects
from service.storage.database import Door
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Noted:
    """A revision that was written with a notice, and what it says was corrected elsewhere."""

    kind: str
    id: str
    revision: int
    recorded_at: datetime
    note: str
    reason: str
    status: str
    corrections: list[JsonObject] | None


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: what it says, when that was noticed, and which revision told it.

    What was noticed elsewhere, before the record was here, has no revision, and a date only
    where that is known.
    """

    note: str
    at: str | None
    reason: str = "correction"
    status: str = "published"
    revision: int | None = None

    @property
    def what(self) -> str:
        """Return what it is, in a word or two."""
        told = "retracted" if self.status == "retracted" else self.reason.replace("_", " ")
        return told.capitalize()


Notices = Mapping[tuple[str, str], Sequence[Notice]]
"""The notices of records by kind and id, oldest first; what has no date before the others."""


def notices(door: Door, records: Sequence[JsonObject]) -> Notices:
    """Return the notices of records up to the revisions that are given.

    They are those of the moment of these revisions: but for what is purged, nothing changes
    beneath a revision.
    """
    values = {
        "kinds": [record["type"] for record in records],
        "ids": [record["id"] for record in records],
        "revisions": [record["revision"] for record in records],
        # Before `origin.corrections` was there, imports told so what was corrected elsewhere.
        "by_note": ["origin" in one and "corrections" not in _origin(one) for one in records],
    }
    found = {(str(one["type"]), str(one["id"])): list(_elsewhere(one)) for one in records}
    for noted in door.all(Noted, statement("notices"), values) if records else ():
        # An import tells as its note what was corrected elsewhere: each of that is there already.
        if noted.note != summary(noted.corrections or ()):
            found[noted.kind, noted.id].append(_here(noted))
    return {
        record: sorted(told, key=lambda one: one.at or "") for record, told in found.items() if told
    }


def summary(corrections: Sequence[JsonObject]) -> str:
    """Return what was corrected elsewhere as a note; empty for nothing."""
    return cut("\n".join(str(one["text"]) for one in corrections), bounds.NOTE)


def _elsewhere(record: JsonObject) -> Iterator[Notice]:
    """Yield what a record says was corrected where it comes from."""
    for one in objects(_origin(record).get("corrections")):
        yield Notice(str(one["text"]), cast("str | None", one.get("published_at")))


def _origin(record: JsonObject) -> JsonObject:
    return members(record.get("origin"))


def _here(noted: Noted) -> Notice:
    at = written(noted.recorded_at)
    return Notice(noted.note, at, noted.reason, noted.status, noted.revision)
