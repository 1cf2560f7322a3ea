"""What make bench can be asked for: one service and the bare route, or several in turn."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from tests.bench.bench import Bench
from tests.bench.comparing import Compared, Side, compare
from tests.bench.filling import Filler
from tests.bench.measuring import Idle, Measured
from tests.bench.revisions import factcheck_of, short
from tests.bench.subjects import bare
from tests.bench.work import Asking, Work
from tests.docs.service import Service

SMALLEST: Final = 10_000
"""Claims with which growth begins."""

NOW: Final = "now"
"""What the code as it stands is called beside an earlier revision."""

ALONE: Final = 3
IN_TURN: Final = 5
"""Runs of each piece of work, if nobody asks for another number."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Services, which end with the stack, and the work that has `only` in its name."""

    filler: Filler
    stack: ExitStack
    only: str
    runs: int | None
    seconds: float

    def alone(self, claims: int) -> tuple[list[Measured], Idle]:
        """Return what each piece of work takes, and what is taken while there is none."""
        service, asking = self.stack.enter_context(self.filler.service(claims, NOW))
        empty = self.stack.enter_context(bare(self.filler.workers))
        plain = self.stack.enter_context(bare(self.filler.workers, "--plain"))
        bench = Bench(empty, plain, self.runs or ALONE, self.seconds, self.filler.say)
        found = bench.measure(service.subject, self._wanted(asking))
        return found, Idle.of(service.subject, 4 * self.seconds)

    def against(self, revision: str, claims: int) -> list[Compared]:
        """Return what each piece of work takes of an earlier revision, and of the code now."""
        old = self.stack.enter_context(factcheck_of(revision))
        return self._compared(
            self._side(short(revision), claims, [str(old)]), self._side(NOW, claims)
        )

    def growth(self, claims: int) -> list[Compared]:
        """Return what each piece of work takes with ten times as many claims, and so on."""
        if claims <= SMALLEST:
            raise SystemExit(f"Growth begins with {SMALLEST:,} claims; ask for more of them.")
        sizes = [SMALLEST]
        while sizes[-1] < claims:
            sizes.append(min(10 * sizes[-1], claims))
        return self._compared(*(self._side(f"{size:,}", size) for size in sizes))

    def _compared(self, *sides: Side) -> list[Compared]:
        return list(compare(sides, self.runs or IN_TURN, self.seconds, self.filler.say))

    def _side(self, name: str, claims: int, program: Sequence[str] = Service.program) -> Side:
        self.filler.say(f"{name}:")
        filling = self.filler.service(claims, name, program)
        service, asking = self.stack.enter_context(filling)
        return Side(name, service.subject, self._wanted(asking))

    def _wanted(self, asking: Asking) -> list[Work]:
        return [work for work in asking.work() if self.only in work.name]
