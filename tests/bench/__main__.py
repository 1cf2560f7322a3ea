"""The benchmark as a program: ``python -m tests.bench --claims 100000``, or ``make bench``."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from tests.bench.bench import Bench
from tests.bench.comparing import Compared, Side, compare
from tests.bench.filling import Filler
from tests.bench.measuring import idle
from tests.bench.records import LONGEST, Records
from tests.bench.report import COMPARED, LEGEND, as_json, comparison, table
from tests.bench.revisions import factcheck_of
from tests.bench.subjects import bare
from tests.bench.work import Asking, Work
from tests.docs.service import Service

SMALLEST = 10_000
"""Claims with which growth begins."""


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--claims", type=int, default=100_000)
    options.add_argument("--growth", action="store_true", help="from 10,000 to so many claims")
    options.add_argument("--against", metavar="REVISION", help="in turn with one of git's")
    options.add_argument("--seconds", type=float, default=3, help="of each run")
    options.add_argument("--runs", type=int, help="of each piece of work: 3, or 5 in turn")
    options.add_argument("--deepest", type=int, default=LONGEST, help="revisions of one claim")
    options.add_argument("--workers", type=int, default=2, help="of the service")
    options.add_argument("--only", metavar="WORDS", help="work with this in its name")
    options.add_argument("--kept", type=Path, metavar="FOLDER", help="keep what was filled in")
    options.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return options


def main() -> None:
    """Fill in, measure and print."""
    words = parser().parse_args()
    filler = Filler(Records(), note, words.deepest, words.workers, words.kept)
    with ExitStack() as stack:
        if words.against:
            found = compared(against(filler, words, stack), words)
        elif words.growth:
            found = compared(growth(filler, words, stack), words)
        else:
            found = alone(filler, words, stack)
    if words.json:
        words.json.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))


def alone(filler: Filler, words: argparse.Namespace, stack: ExitStack) -> list[dict[str, Any]]:
    """Measure and print the table."""
    service, asking = stack.enter_context(filler.service(words.claims))
    empty = stack.enter_context(bare(words.workers))
    bench = Bench(empty, words.runs or 3, words.seconds, note)
    found = bench.measure(service.subject, wanted(asking, words.only))
    quiet = "Nobody asks: service {:.0f} ms, PostgreSQL {:.0f} ms of CPU a second."
    quiet = quiet.format(*idle(service.subject, 4 * words.seconds))
    say(*table(found), "", quiet, LEGEND)
    return [as_json(one) for one in found]


def against(filler: Filler, words: argparse.Namespace, stack: ExitStack) -> list[Side]:
    """Return an earlier revision's service and ours."""
    old = stack.enter_context(factcheck_of(words.against))
    programs = {words.against: [str(old)], "now": Service.program}
    return [
        side(name, filler, words.claims, program, words.only, stack)
        for name, program in programs.items()
    ]


def growth(filler: Filler, words: argparse.Namespace, stack: ExitStack) -> list[Side]:
    """Return services with ten times as many claims each, from `SMALLEST` on."""
    if words.claims <= SMALLEST:
        raise SystemExit(f"Growth begins with {SMALLEST:,} claims; give --claims more of them.")
    sizes = [SMALLEST]
    while sizes[-1] < words.claims:
        sizes.append(min(10 * sizes[-1], words.claims))
    return [side(f"{size:,}", filler, size, Service.program, words.only, stack) for size in sizes]


def side(  # noqa: PLR0913, PLR0917 -- all that differs between sides
    name: str,
    filler: Filler,
    claims: int,
    program: Sequence[str],
    only: str | None,
    stack: ExitStack,
) -> Side:
    """Return a service that runs until the stack ends, and the work that there is for it."""
    note(f"{name}:")
    service, asking = stack.enter_context(filler.service(claims, program))
    return Side(name, service.subject, wanted(asking, only))


def compared(sides: list[Side], words: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure the sides in turn and print how they compare."""
    found: list[Compared] = list(compare(sides, words.runs or 5, words.seconds, note))
    say(*comparison(found), "", COMPARED)
    return [as_json(one) for one in found]


def wanted(asking: Asking, words: str | None) -> list[Work]:
    """Return the work that is asked for."""
    return [work for work in asking.work() if not words or words in work.name]


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)  # noqa: T201 -- a program's output


def note(line: str) -> None:
    """Say how far it is, beside what is printed."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 -- for who waits


if __name__ == "__main__":
    main()
