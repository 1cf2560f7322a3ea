"""Rows as statements give them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Written:
    """The revision a write opened or, when it changed nothing, found (`opened` false)."""

    revision: int
    status: str
    recorded_at: datetime
    text: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record is at present, and why it came to be so."""

    revision: int
    status: str
    recorded_at: datetime
    note: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Found(Standing):
    """A revision as one reader sees it; `text` is its JSON, None once purged."""

    text: str | None
    expanded: str | None = None


@dataclass(frozen=True, slots=True)
class State(Standing):
    """What a refused write has to know of a record.

    `goes_public` tells whether the public would see the revision that was refused, and
    `approved` whether two people stand behind it where that is asked for; `same_draft` that
    it says what the present draft says. `shown` is the revision that the public has; `lost`
    are lasting terms that it would no longer have.
    """

    first_public: int | None
    created_at: datetime
    key_name: str
    actor: str | None
    refs: list[str]
    goes_public: bool
    approved: bool
    same_draft: bool
    shown: int | None
    lost: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision holds: canonical JSON texts, `body` and `text` None once purged."""

    status: str
    body: str | None
    internal: str | None
    raw: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class UnmetReference:
    """A reference that does not hold, and the code of the fault."""

    ref: str
    code: str


@dataclass(frozen=True, slots=True)
class HistoryPage(Standing):
    """Some of a record's revisions as JSON text; where it goes on, and where it will end."""

    text: str
    following: str | None


@dataclass(frozen=True, slots=True)
class Revision(Standing):
    """One revision beside the record's present; `text` is None if it was purged.

    `status_then` is None where there is no such revision for this reader. `numbers` and
    `instants` are those of the first revision, the one before, the one after and the last
    that this reader may read, None where there is none.
    """

    text: str | None
    status_then: str | None
    recorded_then: datetime | None
    note_then: str | None
    reason_then: str | None
    numbers: list[int | None]
    instants: list[datetime | None]

    @property
    def before(self) -> int | None:
        """Return the number of the revision before it."""
        return self.numbers[1]


@dataclass(frozen=True, slots=True)
class TimeMap(Standing):
    """Numbers and instants of some of a record's revisions, one more than were asked for."""

    numbers: list[int]
    instants: list[datetime]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The number of a revision."""

    number: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: JSON texts, and where the next one starts if there is one.

    `snapshot` is what the statement saw, `newest` the greatest number of a transaction
    that had written by then, `horizon` the latest instant of a record of the kind; on a
    `replica` all are the primary's.
    """

    items: str
    last_instant: datetime | None
    last_id: str | None
    total: int | None
    expanded: str | None
    snapshot: str
    replica: bool
    newest: int
    horizon: datetime | None

    @property
    def own_snapshot(self) -> str | None:
        """Return the snapshot; that of a standby does not say what runs on its primary."""
        return None if self.replica else self.snapshot


@dataclass(frozen=True, slots=True)
class Cut:
    """The number below which no transaction builds on one above."""

    below: int


@dataclass(frozen=True, slots=True)
class Clock:
    """How an instant stands to the writers: to come, settled, or neither yet."""

    to_come: bool
    settled: bool
