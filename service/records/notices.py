"""Notices: what records say in public of their own corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.documents.values import JsonObject
from service.storage.database import Door
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: of which record and revision, when, and what it says."""

    kind: str
    id: str
    revision: int
    recorded_at: datetime
    note: str
    reason: str
    status: str


Notices = Mapping[tuple[str, str], Sequence[Notice]]
"""The notices of records by kind and id, oldest first."""


def notices(door: Door, records: Sequence[JsonObject]) -> Notices:
    """Return the notices of records up to the revisions that are given.

    They are those of the moment of these revisions: but for what is purged, nothing changes
    beneath a revision.
    """
    values = {
        "kinds": [record["type"] for record in records],
        "ids": [record["id"] for record in records],
        "revisions": [record["revision"] for record in records],
    }
    found: dict[tuple[str, str], list[Notice]] = {}
    for notice in door.all(Notice, statement("notices"), values) if records else ():
        found.setdefault((notice.kind, notice.id), []).append(notice)
    return found
