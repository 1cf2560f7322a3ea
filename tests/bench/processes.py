"""What processes take of the machine: CPU and memory, from /proc."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from tests.bulk.freight import TICKS, children, cpu

IDLE: Final = slice(3, 5)
COUNTED: Final = 8
"""Columns of /proc/stat: idle and waiting among them; guests are counted in user and nice."""


def tree(process: int, without: int = 0) -> list[int]:
    """Return a process and all beneath it, less one and what is beneath that."""
    found: list[int] = []
    with suppress(OSError):  # it has just ended
        if process != without:
            below = [tree(child, without) for child in children(process)]
            found = [process, *(pid for branch in below for pid in branch)]
    return found


def resident(processes: Sequence[int]) -> int:
    """Return the bytes that processes have in memory, shared pages by their share (PSS)."""
    total = 0
    for process in processes:
        with suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 1024 * total


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU until now: of a service, its PostgreSQL, ourselves, and of all processes.

    `capacity` is what all processors together could have given.
    """

    service: float
    postgres: float
    ours: float
    everybody: float
    capacity: float

    @classmethod
    def now(cls, service: int, postmaster: int) -> Self:
        """Read the counts; what ended is in those of its parent."""
        line = Path("/proc/stat").read_text().partition("\n")[0]
        ticks = [int(word) for word in line.split()[1 : COUNTED + 1]]
        own = os.times()
        return cls(
            service=cpu(tree(service, without=postmaster)),
            postgres=cpu(tree(postmaster)) if postmaster else 0.0,
            ours=own.user + own.system,
            everybody=(sum(ticks) - sum(ticks[IDLE])) / TICKS,
            capacity=sum(ticks) / TICKS,
        )

    def others(self, since: Self) -> float:
        """Return the share of the machine that others have had, 0 to 1."""
        took = self.everybody - since.everybody
        known = (self.service + self.postgres + self.ours) - (
            since.service + since.postgres + since.ours
        )
        return max(0.0, took - known) / max(self.capacity - since.capacity, 1 / TICKS)
