"""Notices: what records say in public of their own corrections."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from schemas.dates import HalfKnownDate
from service.documents.instants import written
from service.documents.values import JsonObject
from service.kinds.faults import fault_of
from service.storage.database import Door
from service.storage.statements import statement

BEGINNING: Final = re.compile(r"^([0-9]{4}[0-9T:.Z+-]{0,31}): (?=\S)", re.MULTILINE)
"""What may be the date that a line of a note begins with."""

_DATE: Final = HalfKnownDate()


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: of which record and revision, when, and what it says.

    `imported` tells that the record came from elsewhere. `dated` is when it was noticed there,
    before the record was here; None for what was noticed with the revision.
    """

    kind: str
    id: str
    revision: int
    recorded_at: datetime
    note: str
    reason: str
    status: str
    imported: bool = False
    dated: str | None = None

    @property
    def at(self) -> str:
        """Return when it was noticed, as far as that is known."""
        return self.dated or written(self.recorded_at)


Notices = Mapping[tuple[str, str], Sequence[Notice]]
"""The notices of records by kind and id, oldest first."""


def notices(door: Door, records: Sequence[JsonObject]) -> Notices:
    """Return the notices of records up to the revisions that are given.

    They are those of the moment of these revisions: but for what is purged, nothing changes
    beneath a revision. What several revisions tell with the same date is told once.
    """
    values = {
        "kinds": [record["type"] for record in records],
        "ids": [record["id"] for record in records],
        "revisions": [record["revision"] for record in records],
    }
    found: dict[tuple[str, str], list[Notice]] = {}
    for noted in door.all(Notice, statement("notices"), values) if records else ():
        known = found.setdefault((noted.kind, noted.id), [])
        before = {(one.dated, one.note) for one in known if one.dated}
        known += [one for one in _apart(noted) if (one.dated, one.note) not in before]
    return found


def dated(date: str, text: str) -> str:
    """Return a line of a note that tells of something noticed at a date, not with the write."""
    return f"{date}: {text}"


def joined(lines: Iterable[str]) -> str:
    """Return a note that says several things: first what has no date, then by the dates."""
    return "\n".join(sorted(lines, key=lambda line: _date(line) or ""))


def _apart(noted: Notice) -> Iterator[Notice]:
    """Yield what a note says with dates of its own as so many notices, and the rest before them.

    Only what came from elsewhere has others: nobody dates back what was corrected here.
    """
    found = BEGINNING.finditer(noted.note) if noted.imported else ()
    starts = [one.start() for one in found if _date(noted.note[one.start() :])]
    ends = [*starts, len(noted.note)]
    if rest := noted.note[: ends[0]].rstrip("\n"):
        yield replace(noted, note=rest)
    for start, end in zip(starts, ends[1:], strict=True):
        date, _, text = noted.note[start:end].rstrip("\n").partition(": ")
        yield replace(noted, note=text, dated=date)


def _date(line: str) -> str | None:
    """Return the date that a line begins with, None without one."""
    found = BEGINNING.match(line)
    return found[1] if found and fault_of(_DATE, found[1]) is None else None
