"""What was measured, as tables to read and as JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any, Final, TypeVar

from tests.bench.comparing import Compared, Figure
from tests.bench.measuring import Measured, Run, Spread

T = TypeVar("T")
Cell = Callable[[T], str]


def service(run: Run) -> float:
    """Return the service's µs."""
    return run.service


def postgres(run: Run) -> float:
    """Return PostgreSQL's µs."""
    return run.postgres


def spread(figures: Spread) -> str:
    """Return least, median and most."""
    return " / ".join(f"{figure:,.0f}" for figure in figures)


def targets(measured: Measured) -> str:
    """Return what was wanted."""
    wanted = measured.work.target
    return f"≤ {wanted.bares:g}, ≤ {wanted.postgres:g}" if wanted else ""


def met(measured: Measured) -> str:
    """Say of service and PostgreSQL whether they took what was wanted, or less."""
    if not (wanted := measured.work.target):
        return ""
    answers = (
        measured.in_bares <= wanted.bares,
        measured.spread(postgres).median <= wanted.postgres,
    )
    return ", ".join("yes" if answer else "no" for answer in answers)


def others(runs: Sequence[Run]) -> str:
    """Return the most of the machine that others had in a run."""
    return f"{max(run.others for run in runs):.0%}"


def errors(runs: Sequence[Run]) -> str:
    """Return how many answers were wrong."""
    return str(sum(run.errors for run in runs))


def line(figure: Figure) -> Cell[Compared]:
    """Return what writes a figure's medians, from side to side."""
    return lambda one: " → ".join(f"{one.median(side, figure):,.0f}" for side in one.sides)


def ratios(figure: Figure) -> Cell[Compared]:
    """Return what writes the ratios of the pairs, and their median."""
    return lambda one: (
        f"{' '.join(f'{ratio:.2f}' for ratio in one.ratios(figure))}:"
        f" {median(one.ratios(figure)):.2f}"
    )


COLUMNS: Final[Mapping[str, Cell[Measured]]] = {
    "work": lambda one: one.work.name,
    "service, µs": lambda one: spread(one.spread(service)),
    "PostgreSQL, µs": lambda one: spread(one.spread(postgres)),
    "in bares": lambda one: f"{one.in_bares:.2f}",
    "target": targets,
    "met": met,
    "a second": lambda one: f"{one.spread(lambda run: run.rate).median:,.0f}",
    "p50 ms": lambda one: f"{one.spread(lambda run: run.p50).median:.1f}",
    "p99 ms": lambda one: f"{one.spread(lambda run: run.p99).median:.1f}",
    "errors": lambda one: errors(one.runs),
    "MB": lambda one: f"{max(run.resident for run in one.runs) / 1e6:.0f}",
    "others": lambda one: others(one.runs),
}

IN_TURN: Final[Mapping[str, Cell[Compared]]] = {
    "work": lambda one: one.name,
    "sides": lambda one: " → ".join(one.sides),
    "service, µs": line(service),
    "ratios: median": ratios(service),
    "PostgreSQL, µs": line(postgres),
    "their ratios: median": ratios(postgres),
    "p50 ms": line(lambda run: run.p50),
    "p99 ms": line(lambda run: run.p99),
    "errors": lambda one: errors(one.runs),
    "others": lambda one: others(one.runs),
}

LEGEND: Final = (
    "CPU of a request (least / median / most of the runs), from /proc: of all processes of the"
    " service, and of PostgreSQL with all of its own. In bares: how many times the bare route of"
    " the same run. Target: in bares, and in µs of PostgreSQL. MB: resident, all processes of the"
    " service, shared pages by share (PSS). Others: the most that other processes had of the"
    " machine in a run. The load is of the benchmark's own making (tests/bench/load.py)."
)

COMPARED: Final = (
    "CPU of a request (medians), from /proc, and the last side's over the first's for each pair of"
    " runs that were made in turn. Others: the most that other processes had of the machine in a"
    " run. The load is of the benchmark's own making (tests/bench/load.py)."
)


def table(measured: Iterable[Measured]) -> Iterator[str]:
    """Yield the lines of the table of one service."""
    return markdown(COLUMNS, measured)


def comparison(compared: Iterable[Compared]) -> Iterator[str]:
    """Yield the lines of the table of several services."""
    return markdown(IN_TURN, compared)


def markdown(columns: Mapping[str, Cell[T]], things: Iterable[T]) -> Iterator[str]:
    """Yield the lines of a table, a row for each thing."""
    rows = [list(columns), *([cell(one) for cell in columns.values()] for one in things)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        yield f"| {' | '.join(map(str.ljust, row, widths))} |"


def as_json(found: Measured | Compared) -> dict[str, Any]:
    """Return all figures of a piece of work."""
    if isinstance(found, Compared):
        sides = {name: [asdict(run) for run in runs] for name, runs in found.sides.items()}
        pairs = {"service": found.ratios(service), "postgres": found.ratios(postgres)}
        return {"work": found.name, "sides": sides, "ratios": pairs}
    return {
        "work": found.work.name,
        "in_bares": found.in_bares,
        "target": asdict(found.work.target) if found.work.target else None,
        "runs": [asdict(run) for run in found.runs],
        "bares": [asdict(run) for run in found.bares],
    }
