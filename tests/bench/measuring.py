"""One run of a piece of work, and several of them: what each took."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from tests.bench.load import Outcome, drive
from tests.bench.processes import Spent, resident, tree
from tests.bench.subjects import Subject
from tests.bench.work import Work


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: CPU of a request in µs, requests a second, ms, errors, the others' share."""

    service: float
    postgres: float
    rate: float
    p50: float
    p99: float
    errors: int
    others: float
    resident: int

    @classmethod
    def of(cls, work: Work, outcome: Outcome, before: Spent, after: Spent, size: int) -> "Run":
        """Work it out."""
        each = 1e6 / (len(outcome.latencies) * work.records)
        took = sorted(outcome.latencies)
        return cls(
            service=(after.service - before.service) * each,
            postgres=(after.postgres - before.postgres) * each,
            rate=len(took) * work.records / outcome.seconds,
            p50=1000 * took[len(took) // 2],
            p99=1000 * took[len(took) * 99 // 100],
            errors=outcome.errors,
            others=after.others(before),
            resident=size,
        )


class Spread(NamedTuple):
    """The least, the median and the most of several runs."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        """Work it out."""
        return cls(min(figures), median(figures), max(figures))


class Idle(NamedTuple):
    """The ms of CPU that service and PostgreSQL take in a second while nobody asks."""

    service: float
    postgres: float

    @classmethod
    def of(cls, subject: Subject, seconds: float) -> "Idle":
        """Measure it for so long."""
        before = Spent.now(subject.process, subject.postmaster)
        time.sleep(seconds)
        after = Spent.now(subject.process, subject.postmaster)
        each = 1000 / seconds
        return cls(
            (after.service - before.service) * each, (after.postgres - before.postgres) * each
        )

    def __str__(self) -> str:
        """Say it."""
        took = f"service {self.service:.0f} ms, PostgreSQL {self.postgres:.0f} ms"
        return f"While nobody asks: {took} of CPU a second."


@dataclass(frozen=True, slots=True)
class Measured:
    """A piece of work, its runs, and those of the route with nothing in it between them."""

    work: Work
    runs: list[Run] = field(default_factory=list[Run])
    bares: list[Run] = field(default_factory=list[Run])

    def spread(self, figure: Callable[[Run], float]) -> Spread:
        """Return the spread of one of the figures."""
        return Spread.of([figure(run) for run in self.runs])

    @property
    def in_bares(self) -> float:
        """Return how many bare routes the service could have answered meanwhile."""
        return self.spread(lambda run: run.service).median / median(
            run.service for run in self.bares
        )


def run(subject: Subject, work: Work, seconds: float) -> Run:
    """Warm up, then do work for so long and return what it took."""
    if work.records == 1:
        _ = drive(subject.address, work.calls, work.connections, seconds / 6)
    before = Spent.now(subject.process, subject.postmaster)
    outcome = drive(subject.address, work.calls, work.connections, seconds)
    after = Spent.now(subject.process, subject.postmaster)
    size = resident(tree(subject.process, without=subject.postmaster))
    return Run.of(work, outcome, before, after, size)
