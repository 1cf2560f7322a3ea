"""Kills for as long as one likes, and walks: ``python -m tests.soak --kills 30 --minutes 30``."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.soak.soak import soak
from tests.soak.walks import walk_about

SAMPLE = 5_000
"""How many answers, and the records they are about, are read again."""

COLLECTION = 20_000
"""Records through which is walked."""


def main() -> None:
    """Soak and print the figures; with flaws print those too, keep everything and end with 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--kills", type=int, default=30, help="of each sort at least so many")
    parser.add_argument("--minutes", type=float, default=0, help="go on for so long")
    parser.add_argument("--walks", type=int, default=20, help="so many in each order and as each")
    words = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="factcheck-soak-"))
    place.chmod(0o711)
    say(f"Killing under writers; data and logs are in {place} until all is well.")
    soaked = soak(place / "data", kills=words.kills, minutes=words.minutes, sample=SAMPLE)
    say(*soaked.flaws, soaked.figures())
    say("Walking beside writers.")
    went = walk_about(place / "walks", records=COLLECTION, rounds=words.walks)
    say(*went.flaws, went.figures())
    if soaked.flaws or went.flaws:
        sys.exit(1)
    shutil.rmtree(place)


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)  # noqa: T201 -- a program's output


if __name__ == "__main__":
    main()
