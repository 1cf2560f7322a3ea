"""The benchmark as a program: ``python -m tests.bench --claims 100000``, or ``make bench``."""

import argparse
import sys
from pathlib import Path

import orjson

from tests.bench.bench import Bench
from tests.bench.filling import Filling
from tests.bench.measuring import Measured
from tests.bench.records import LONGEST, Records
from tests.bench.report import LEGEND, as_json, table
from tests.bench.subjects import Built, bare
from tests.docs.service import Service, folder


def parser() -> argparse.ArgumentParser:
    """Return the options."""
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--claims", type=int, default=100_000)
    options.add_argument("--seconds", type=float, default=3, help="of each run")
    options.add_argument("--runs", type=int, default=3, help="of each piece of work")
    options.add_argument("--deepest", type=int, default=LONGEST, help="revisions of one claim")
    options.add_argument("--workers", type=int, default=2, help="of the service")
    options.add_argument("--only", metavar="WORDS", help="work with this in its name")
    options.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return options


def main() -> None:
    """Fill in, measure and print."""
    words = parser().parse_args()
    records = Records()
    with bare(words.workers) as empty:
        bench = Bench(empty, words.runs, words.seconds, note)
        found = measured(bench, records, words)
    say(*table(found), "", LEGEND)
    if words.json:
        words.json.write_bytes(orjson.dumps([as_json(one) for one in found]))


def measured(bench: Bench, records: Records, words: argparse.Namespace) -> list[Measured]:
    """Return what a service of its own took for each piece of work."""
    with folder() as place, Built(place / "data", Service.program, words.workers) as service:
        asking = Filling(service, records, note).fill(words.claims, words.deepest)
        works = [one for one in asking.work() if wanted(one.name, words.only)]
        return list(bench.measure(service.subject, works))


def wanted(name: str, words: str | None) -> bool:
    """Say whether a piece of work is asked for."""
    return not words or words in name


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)  # noqa: T201 -- a program's output


def note(line: str) -> None:
    """Say how far it is, beside what is printed."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 -- for who waits


if __name__ == "__main__":
    main()
