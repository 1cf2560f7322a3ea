"""The kill tests for as long as one likes: ``python -m tests.soak --kills 30 --minutes 30``."""

import argparse
import sys

from tests.docs.service import folder
from tests.soak.soak import soak

SAMPLE = 5_000
"""How many records and answers are read again."""


def main() -> None:
    """Soak, print the flaws and the figures; end with 1 if there are flaws."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--kills", type=int, default=30, help="of each sort at least so many")
    parser.add_argument("--minutes", type=float, default=0, help="go on for so long")
    words = parser.parse_args()
    with folder() as place:
        soaked = soak(place / "data", kills=words.kills, minutes=words.minutes, sample=SAMPLE)
    for flaw in soaked.flaws:
        print(flaw, file=sys.stderr)  # noqa: T201 -- a program's output
    print(soaked.figures())  # noqa: T201
    sys.exit(bool(soaked.flaws))


if __name__ == "__main__":
    main()
