"""The benchmark: each piece of work several times over, the bare route between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.measuring import Measured, run
from tests.bench.subjects import Subject
from tests.bench.work import Work, bare

Say = Callable[[str], None]
BARE = "bare route"
PLAIN = "bare, gunicorn's worker"
"""The same route with nothing of ours around it: what a bare is made of."""


@dataclass(frozen=True, slots=True)
class Bench:
    """How often each piece of work is measured, for how long, and beside which bare routes."""

    empty: Subject
    plain: Subject
    runs: int
    seconds: float
    say: Say

    def measure(self, subject: Subject, works: Sequence[Work]) -> list[Measured]:
        """Return the bare routes and each piece of work; all that only reads is done first."""
        bares, plain = Measured(Work(BARE, bare())), Measured(Work(PLAIN, bare()))
        found = list(map(Measured, works))
        for writes in (False, True):
            some = [one for one in found if one.work.writes == writes]
            for turn in range(self.runs if some else 0):
                self.say(f"run {turn + 1} of what {'writes' if writes else 'reads'}")
                bares.runs.append(run(self.empty, bares.work, self.seconds))
                plain.runs.append(run(self.plain, plain.work, self.seconds))
                for one in some:
                    one.bares.append(bares.runs[-1])
                    one.runs.append(run(subject, one.work, self.seconds))
        for one in (bares, plain):
            one.bares.extend(bares.runs)
        return [bares, plain, *found]
