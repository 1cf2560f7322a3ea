"""What is done once somebody has been answered: to delete what has served its time, bit by bit."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

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
"""Statements that delete some rows, and return how many went: fewer than `most` if none is left.
They wait for nobody."""

SOON = 1.0
"""Seconds between two times that a process puts into the indexes what waits for that."""
WAITING = ("flush_waiting",)

Act = Callable[[], None]
Start = Callable[[Act], object]
"""How something is begun that may take its time: who has been answered may ask again meanwhile."""


def at_once(act: Act) -> None:
    """Do it before anything else."""
    act()


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows a statement has deleted, or pages it has put where they belong."""

    rows: int


@dataclass(slots=True)
class Sweeper:
    """Call it as often as you like: it works once in a `pause`, the first time at once."""

    database: Database
    sweeps: Sequence[str] = SWEEPS
    pause: float = PAUSE
    clock: Callable[[], float] = time.monotonic
    start: Start = at_once
    due: float = 0.0

    def sweep(self) -> None:
        """Begin what is due; what fails is left to the next time."""
        now = self.clock()
        if now >= self.due:
            self.due = math.inf  # it does not begin again before it has ended
            _ = self.start(partial(self._work, now))

    def _work(self, begun: float) -> None:
        try:
            with suppress(Busy, Overloaded, Unavailable):
                for name in self.sweeps:
                    while self._batch(name) >= BATCH:
                        pass
        finally:
            self.due = begun + self.pause

    def _batch(self, name: str) -> int:
        [swept] = self.database.all(Swept, statement(name), {"most": BATCH})
        return swept.rows
