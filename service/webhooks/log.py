"""The delivery log: every attempt of the last 30 days, and nothing of what was sent."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from service.documents.instants import written
from service.feed.marks import Mark, Marks
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt; `error` is a word where the receiver gave no status."""

    number: int
    position: int
    seq: int
    type: str
    attempt: int
    attempted_at: datetime
    status: int | None
    error: str | None
    duration_ms: int
    next_attempt_at: datetime | None

    def as_dict(self, marks: Marks) -> dict[str, object]:
        """Return the members that are shown; `event` is the id of the change, a cursor."""
        return {
            "event": marks.make(Mark(self.position, self.seq)),
            "type": self.type,
            "attempt": self.attempt,
            "attempted_at": written(self.attempted_at),
            "status": self.status,
            "error": self.error,
            "duration_ms": self.duration_ms,
            "next_attempt_at": self.next_attempt_at and written(self.next_attempt_at),
        }


def listed(
    database: Database, webhook_id: uuid.UUID, before: int | None, limit: int
) -> list[Delivery]:
    """Return attempts before the one of that number, newest first."""
    values = {"webhook_id": webhook_id, "before": before, "limit": limit}
    return database.all(Delivery, statement("list_deliveries"), values)
