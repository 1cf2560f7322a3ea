"""What was measured, as a table to read and as JSON."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, Final

from tests.bench.measuring import Measured, Spread

Cell = Callable[[Measured], str]


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
    took = measured.spread(lambda run: run.postgres).median
    answers = (measured.in_bares <= wanted.bares, took <= wanted.postgres)
    return ", ".join("yes" if answer else "no" for answer in answers)


COLUMNS: Final[dict[str, Cell]] = {
    "work": lambda one: one.work.name,
    "service, µs": lambda one: spread(one.spread(lambda run: run.service)),
    "PostgreSQL, µs": lambda one: spread(one.spread(lambda run: run.postgres)),
    "in bares": lambda one: f"{one.in_bares:.2f}",
    "target": targets,
    "met": met,
    "a second": lambda one: f"{one.spread(lambda run: run.rate).median:,.0f}",
    "p50 ms": lambda one: f"{one.spread(lambda run: run.p50).median:.1f}",
    "p99 ms": lambda one: f"{one.spread(lambda run: run.p99).median:.1f}",
    "errors": lambda one: str(sum(run.errors for run in one.runs)),
    "MB": lambda one: f"{max(run.resident for run in one.runs) / 1e6:.0f}",
    "others": lambda one: f"{one.spread(lambda run: run.others).most:.0%}",
}

LEGEND: Final = (
    "CPU of a request (least / median / most of the runs) of all processes of the service, and of"
    " PostgreSQL with all of its processes, from /proc. In bares: how many times the bare route of"
    " the same run. Target: DESIGN 12, in bares and µs. MB: resident, shared pages by share (PSS),"
    " all processes of the service. Others: the most that other processes had of the machine in a"
    " run. The load is this benchmark's own, one process on epoll (tests/bench/load.py)."
)


def table(measured: Iterable[Measured]) -> Iterable[str]:
    """Yield the lines of the table, in Markdown."""
    rows = [list(COLUMNS), *([cell(one) for cell in COLUMNS.values()] for one in measured)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        yield f"| {' | '.join(map(str.ljust, row, widths))} |"


def as_json(measured: Measured) -> dict[str, Any]:
    """Return all figures of a piece of work."""
    return {
        "work": measured.work.name,
        "in_bares": measured.in_bares,
        "target": asdict(measured.work.target) if measured.work.target else None,
        "runs": [asdict(run) for run in measured.runs],
        "bares": [asdict(run) for run in measured.bares],
    }
