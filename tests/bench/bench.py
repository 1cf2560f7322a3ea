"""The benchmark: each piece of work several times over, the bare route between them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.measuring import Measured, run
from tests.bench.subjects import Subject
from tests.bench.work import Work, bare

Say = Callable[[str], None]
BARE = "bare route"


@dataclass(frozen=True, slots=True)
class Bench:
    """How often each piece of work is measured, for how long, and beside which bare route."""

    empty: Subject
    runs: int
    seconds: float
    say: Say

    def measure(self, subject: Subject, works: Sequence[Work]) -> Iterator[Measured]:
        """Yield the bare route and each piece of work, all that only reads before what writes."""
        nothing = Work(BARE, bare())
        for writes in (False, True):
            some = [Measured(work) for work in works if work.writes == writes]
            bares = Measured(nothing)
            for turn in range(self.runs if some else 0):
                bares.runs.append(run(self.empty, nothing, self.seconds))
                for measured in some:
                    self.say(f"{measured.work.name}, run {turn + 1}")
                    measured.runs.append(run(subject, measured.work, self.seconds))
            for measured in [bares, *some] if not writes else some:
                measured.bares.extend(bares.runs)
                yield measured
