"""The benchmark as a program: ``python -m tests.bench --claims 100000``, or ``make bench``."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

import orjson

from tests.bench.filling import Filler
from tests.bench.records import LONGEST, Records
from tests.bench.report import COMPARED, LEGEND, as_json, comparison, table
from tests.bench.trials import Trial


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
    options.add_argument("--only", default="", metavar="WORDS", help="work with this in its name")
    options.add_argument("--kept", type=Path, metavar="FOLDER", help="keep what was filled in")
    options.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return options


def main() -> None:
    """Fill in, measure and print."""
    words = parser().parse_args()
    filler = Filler(Records(), note, words.deepest, words.workers, words.kept)
    with ExitStack() as stack:
        trial = Trial(filler, stack, words.only, words.runs, words.seconds)
        if words.against or words.growth:
            compared = (
                trial.against(words.against, words.claims)
                if words.against
                else trial.growth(words.claims)
            )
            say(*comparison(compared), "", COMPARED)
            found = {"work": [as_json(one) for one in compared]}
        else:
            measured, idle = trial.alone(words.claims)
            say(*table(measured), "", str(idle), LEGEND)
            found = {"work": [as_json(one) for one in measured], "idle": idle._asdict()}
    if words.json:
        words.json.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2))


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)  # noqa: T201 -- a program's output


def note(line: str) -> None:
    """Say how far it is, beside what is printed."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 -- for who waits


if __name__ == "__main__":
    main()
