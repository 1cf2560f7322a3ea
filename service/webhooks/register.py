"""The register of webhooks: made, shown without their secrets, changed, deleted."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.documents.instants import written
from service.errors import NotFound
from service.feed.marks import Mark, Marks
from service.records.ids import new_id
from service.records.presence import NO_STORE
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Webhook:
    """What is kept of a webhook, but for its secrets."""

    id: uuid.UUID
    url: str
    types: Sequence[str]
    reasons: Sequence[str]
    description: str | None
    reads: str
    created_at: datetime
    position: int
    seq: int
    failures: int
    failing_since: datetime | None
    next_attempt_at: datetime
    disabled_at: datetime | None
    disabled_because: str | None
    former_until: datetime | None

    @property
    def path(self) -> str:
        """Return the webhook's own address."""
        return f"/v1/webhooks/{self.id}"

    def as_dict(self, marks: Marks) -> dict[str, object]:
        """Return the members that are shown; `since` is where in the feed it stands now."""
        waits = self.failures > 0 and self.disabled_at is None
        rotating = self.former_until is not None and self.former_until > datetime.now(UTC)
        return {
            "id": str(self.id),
            "url": self.url,
            "types": self.types,
            "reasons": self.reasons,
            "description": self.description,
            "reads": self.reads,
            "since": marks.make(Mark(self.position, self.seq)),
            "active": self.disabled_at is None,
            "disabled_at": self.disabled_at and written(self.disabled_at),
            "disabled_because": self.disabled_because,
            "failures": self.failures,
            "failing_since": self.failing_since and written(self.failing_since),
            "next_attempt_at": written(self.next_attempt_at) if waits else None,
            "former_secret_until": written(self.former_until)
            if rotating and self.former_until
            else None,
            "created_at": written(self.created_at),
            "self": self.path,
        }


@dataclass(frozen=True, slots=True)
class Deleted:
    """That a webhook was there."""

    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks of a webhook; None leaves a member as it is."""

    url: str | None = None
    types: Sequence[str] | None = None
    reasons: Sequence[str] | None = None
    describes: bool = False
    description: str | None = None
    reads: str | None = None
    mark: Mark | None = None
    active: bool | None = None

    def values(self) -> dict[str, object]:
        """Return what a statement takes of it."""
        return {
            "url": self.url,
            "types": self.types,
            "reasons": self.reasons,
            "describes": self.describes,
            "description": self.description,
            "reads": self.reads,
            "position": self.mark and self.mark.position,
            "seq": self.mark and self.mark.seq,
            "active": self.active,
        }


def make(database: Database, wanted: Wanted, secret: bytes) -> Webhook:
    """Keep a new webhook."""
    usual: Mapping[str, object] = {
        "types": wanted.types or [],
        "reasons": wanted.reasons or [],
        "reads": wanted.reads or "public",
    }
    values = {**wanted.values(), **usual, "id": new_id(), "secret": secret}
    return database.all(Webhook, statement("create_webhook"), values)[0]


def listed(database: Database, after: str | None, limit: int) -> list[Webhook]:
    """Return the webhooks made after one, oldest first."""
    return database.all(Webhook, statement("list_webhooks"), {"after": after, "limit": limit})


def find(database: Database, id: str) -> Webhook:  # noqa: A002
    """Return a webhook; raises `NotFound`."""
    return _there(database.one(Webhook, statement("get_webhook"), {"id": id}))


def change(database: Database, id: str, wanted: Wanted, secret: bytes | None = None) -> Webhook:  # noqa: A002
    """Change a webhook and make it due at once; with a new secret the old one signs for a day.

    Raises `NotFound`. A delivery that is under way no longer moves the bookmark.
    """
    values = {**wanted.values(), "id": id, "secret": secret}
    return _there(database.one(Webhook, statement("change_webhook"), values))


def delete(database: Database, id: str) -> None:  # noqa: A002
    """Delete a webhook with its log; raises `NotFound`."""
    if database.one(Deleted, statement("delete_webhook"), {"id": id}) is None:
        raise _unknown()


def _there(found: Webhook | None) -> Webhook:
    if found is None:
        raise _unknown()
    return found


def _unknown() -> NotFound:
    detail = "There is no such webhook. GET /v1/webhooks shows those there are."
    return NotFound(detail, headers=NO_STORE)
