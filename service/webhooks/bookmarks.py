"""Bookmarks under lease: which webhooks are due, and what the database keeps of each attempt."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from service.feed.changes import Change, patterns
from service.feed.marks import Mark
from service.records.people import Reader
from service.storage.database import Database
from service.storage.statements import statement
from service.webhooks.client import Answer
from service.webhooks.ladder import pause

LEASE = 30.0
"""Seconds that a webhook is somebody's: longer than a delivery takes, or two would do it."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Leased:
    """A webhook that is ours to deliver to for a while."""

    id: uuid.UUID
    url: str
    types: Sequence[str]
    reasons: Sequence[str]
    reads: str
    secret: bytes
    former_secret: bytes | None
    position: int
    seq: int
    failures: int
    token: uuid.UUID

    @property
    def mark(self) -> Mark:
        """Return the last change that it has, or does not want."""
        return Mark(self.position, self.seq)

    @property
    def reader(self) -> Reader:
        """Return what it sees."""
        return Reader(keyed=self.reads == "drafts")

    @property
    def secrets(self) -> list[bytes]:
        """Return what signs, the newer first."""
        return [self.secret, *([self.former_secret] if self.former_secret else [])]

    def wants(self, change: Change) -> bool:
        """Tell whether a change is of its types and reasons; an empty list takes all."""
        return (not self.types or not patterns(change.type).isdisjoint(self.types)) and (
            not self.reasons or change.reason in self.reasons
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """That a bookmark was moved."""

    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a webhook was still ours."""

    held: bool


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long something has lasted."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Bookmarks:
    """Lease bookmarks, move them, give them back.

    Each claim has a token of its own: who changes a webhook takes the lease away, and what
    was under way then moves its bookmark no more.
    """

    database: Database

    def claim(self, most: int) -> list[Leased]:
        """Return up to `most` webhooks that have something ahead of them and are due."""
        values = {"most": most, "token": uuid.uuid4(), "lease": LEASE}
        return self.database.all(Leased, statement("claim_webhooks"), values)

    def pass_over(self, passed: Sequence[tuple[Leased, Mark]]) -> None:
        """Move bookmarks to where nothing of theirs comes before, and give them back."""
        values = {
            "ids": [webhook.id for webhook, _ in passed],
            "tokens": [webhook.token for webhook, _ in passed],
            "positions": [mark.position for _, mark in passed],
            "seqs": [mark.seq for _, mark in passed],
        }
        _ = self.database.all(Moved, statement("pass_webhooks"), values)

    def note(
        self, webhook: Leased, change: Change, answer: Answer, failures: int, then: Mark | None
    ) -> bool:
        """Note an attempt and what follows; return whether the webhook is ours to go on with.

        `failures` is how many came before; a webhook that has taken the event moves to `then`
        and is given back or, where that is None, moves past the event and is ours for longer.
        """
        count = 0 if answer.taken else failures + 1
        wait = pause(count) if count else 0.0
        more = answer.taken and then is None
        place = (then or change.mark) if answer.taken else None
        follows = {
            "position": place and place.position,
            "seq": place and place.seq,
            "failures": count,
            "pause": wait or 0.0,
            "disabled_because": why_no_longer(answer, wait),
            "lease": LEASE if more else None,
        }
        attempt = {"id": webhook.id, "token": webhook.token, "attempt": failures + 1}
        values = {**attempt, **told(change, answer), **follows}
        [found] = self.database.all(Held, statement("note_delivery"), values)
        return found.held and more


def longest_failing(database: Database) -> float:
    """Return for how many seconds an event has been tried in vain, of all the longest."""
    return database.all(Seconds, statement("longest_failing"))[0].seconds


def longest_behind(database: Database) -> float:
    """Return how old the oldest change is that a webhook which refuses nothing has yet to get."""
    return database.all(Seconds, statement("longest_behind"))[0].seconds


def told(change: Change, answer: Answer) -> dict[str, object]:
    """Return what the log tells of an attempt: which event it was, and what became of it."""
    return {
        "event_position": change.mark.position,
        "event_seq": change.mark.seq,
        "type": change.type,
        "status": answer.status,
        "error": answer.error,
        "duration_ms": answer.milliseconds,
    }


def why_no_longer(answer: Answer, wait: float | None) -> str | None:
    """Return why nothing is delivered any more, None if something is."""
    if answer.status == GONE:
        return "gone"
    return "failing" if wait is None else None
