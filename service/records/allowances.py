"""Rate limits: what a client has left to do, counted by this worker or by all of them together."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from typing import Self

from service.settings import Settings
from service.storage.database import Database
from service.storage.statements import statement

MINUTE = timedelta(minutes=1)
MOST_CLIENTS = 50_000
"""Clients that a worker remembers at once, in some 10 MB: who comes later passes uncounted.

To crowd others out of the count takes that many keys, addresses or networks, each with
an allowance of its own: who has them gains nothing by it, and nobody is refused for them.
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests of each client in each window."""

    name: str
    quota: int
    window: timedelta = MINUTE

    @property
    def policy(self) -> str:
        """Return the limit as an item of `RateLimit-Policy`."""
        return f'"{self.name}";q={self.quota};w={ceil(self.window.total_seconds())}'


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request leaves its client: times are in seconds, the whole one that suffices.

    `retry_after` is 0 if the request is granted; `whole_in` is when all of the quota is there.
    """

    limit: Limit
    remaining: int
    whole_in: int
    retry_after: int = 0

    @property
    def item(self) -> str:
        """Return this as an item of `RateLimit`."""
        return f'"{self.limit.name}";r={self.remaining};t={self.whole_in}'


@dataclass(slots=True)
class Counted:
    """A limit that this worker counts alone; all clients' windows begin and end together."""

    limit: Limit
    clock: Callable[[], float] = time.monotonic
    counts: dict[str, int] = field(default_factory=dict[str, int])
    until: float = 0.0

    def spend(self, client: str) -> Standing:
        """Count a request of a client."""
        now = self.clock()
        if now >= self.until:
            self.counts, self.until = {}, now + self.limit.window.total_seconds()
        count, whole_in = self.counts.get(client, 0), ceil(self.until - now)
        if count >= self.limit.quota:
            return Standing(self.limit, 0, whole_in, retry_after=whole_in)
        if count or len(self.counts) < MOST_CLIENTS:
            self.counts[client] = count + 1
        return Standing(self.limit, self.limit.quota - count - 1, whole_in)

    def give_back(self, client: str, standing: Standing) -> Standing:
        """Take a request out of the count again; return where that leaves the client."""
        count = max(0, self.counts.get(client, 0) - 1)
        if client in self.counts:
            self.counts[client] = count
        return Standing(self.limit, self.limit.quota - count, standing.whole_in)


@dataclass(frozen=True, slots=True)
class Spent:
    """What the table says: whether a request is granted, and in how long all is back."""

    granted: bool
    whole_in: timedelta


@dataclass(slots=True)
class Shared:
    """A limit that all workers and servers count together, in the table `allowance`.

    Who was refused stays so, without a statement, for as long as it was told to wait.
    """

    limit: Limit
    database: Database
    clock: Callable[[], float] = time.monotonic
    refused: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    """Of each client refused: when it may come again, and when all of its allowance is back."""

    def spend(self, client: str) -> Standing:
        """Take a request from the allowance of a client, if there is one left."""
        now = self.clock()
        again_at, whole_at = self.refused.get(client, (0.0, 0.0))
        if now < again_at:
            return Standing(self.limit, 0, ceil(whole_at - now), ceil(again_at - now))
        each = self.limit.window // self.limit.quota
        # So many times one, for a microsecond lost in each must not add up to one more.
        whole = each * self.limit.quota
        values = {"name": self.limit.name, "client": client, "each": each, "whole": whole}
        [spent] = self.database.all(Spent, statement("spend_allowance"), values)
        whole_in = seconds(spent.whole_in)
        if spent.granted:
            return Standing(self.limit, (whole - spent.whole_in) // each, whole_in)
        # The next one is there when the row is fuller by one than it may be now.
        retry_after = max(1, seconds(spent.whole_in + each - whole))
        self._remember(client, now, retry_after, whole_in)
        return Standing(self.limit, 0, whole_in, retry_after)

    def _remember(self, client: str, now: float, retry_after: int, whole_in: int) -> None:
        # The oldest come first: none of them stays longer than the longest wait there is.
        while self.refused and self.refused[oldest := next(iter(self.refused))][0] <= now:
            del self.refused[oldest]
        if len(self.refused) < MOST_CLIENTS:
            self.refused[client] = (now + retry_after, now + whole_in)


def seconds(duration: timedelta) -> int:
    """Return the whole seconds that suffice for a duration."""
    return -(-duration // timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Allowances:
    """The limits of an application; None where the operator set none."""

    reads: Counted | None
    writes: Shared | None
    failed_keys: Shared | None

    @classmethod
    def of(cls, settings: Settings, database: Database) -> Self:
        """Return the limits that the settings name; the workers share that of reads out."""

        def shared(name: str, quota: int) -> Shared | None:
            return Shared(Limit(name, quota), database) if quota else None

        reads = Limit("reads", max(1, settings.read_limit // settings.workers))
        return cls(
            reads=Counted(reads) if settings.read_limit else None,
            writes=shared("writes", settings.write_limit),
            failed_keys=shared("failed-keys", settings.failed_key_limit),
        )
