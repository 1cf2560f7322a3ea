"""The same work on several services in turn: two revisions, or one with ever more claims."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from statistics import median

from tests.bench.bench import Say
from tests.bench.measuring import Run, run
from tests.bench.subjects import Subject
from tests.bench.work import Work

Figure = Callable[[Run], float]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that are compared."""

    name: str
    subject: Subject
    works: Sequence[Work]


@dataclass(frozen=True, slots=True)
class Compared:
    """A piece of work, and its runs on each side: those of one place were made in turn."""

    name: str
    sides: dict[str, list[Run]] = field(default_factory=dict[str, list[Run]])

    def median(self, side: str, figure: Figure) -> float:
        """Return the median of a figure on one side."""
        return median(map(figure, self.sides[side]))

    def ratios(self, figure: Figure) -> list[float]:
        """Return the last side's figure over the first's, turn by turn; infinite over nothing."""
        first, *_, last = self.sides.values()
        pairs = [(figure(old), figure(new)) for old, new in zip(first, last, strict=True)]
        return [new / old if old else inf for old, new in pairs]

    @property
    def runs(self) -> list[Run]:
        """Return the runs of all sides."""
        return [run for runs in self.sides.values() for run in runs]


def compare(sides: Sequence[Side], runs: int, seconds: float, say: Say) -> Iterator[Compared]:
    """Yield each piece of work once it was done so often on every side, one after the other."""
    for works in zip(*(side.works for side in sides), strict=True):
        say(works[0].name)
        found = Compared(works[0].name, {side.name: [] for side in sides})
        for _ in range(runs):
            for side, work in zip(sides, works, strict=True):
                found.sides[side.name].append(run(side.subject, work, seconds))
        yield found
