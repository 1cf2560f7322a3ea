"""What has served its time and is deleted a little at a time, once somebody has been answered."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from service.errors import Busy, Overloaded, Unavailable
from service.storage.database import Database
from service.storage.statements import statement

PAUSE = 60.0
"""Seconds between two sweeps of a process."""
BATCH = 1_000
SWEEPS = (
    "sweep_allowances",
    "sweep_retries",
    "sweep_deliveries",
    "sweep_imports",
    "sweep_wording",
)
"""Statements that delete at most `most` rows, and return how many went; they wait for nobody."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows a statement has deleted."""

    rows: int


@dataclass(slots=True)
class Sweeper:
    """Call it as often as you like: it works once in a `PAUSE`, the first time at once."""

    database: Database
    clock: Callable[[], float] = time.monotonic
    due: float = 0.0

    def sweep(self) -> None:
        """Delete what is due, batch by batch; what fails is left to the next time."""
        now = self.clock()
        if now < self.due:
            return
        self.due = now + PAUSE
        with suppress(Busy, Overloaded, Unavailable):
            for name in SWEEPS:
                while self._batch(name) == BATCH:
                    pass

    def _batch(self, name: str) -> int:
        [swept] = self.database.all(Swept, statement(name), {"most": BATCH})
        return swept.rows
