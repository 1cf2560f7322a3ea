"""The kill tests for as long as one likes: ``python -m tests.soak --kills 30 --minutes 30``."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.soak.soak import soak

SAMPLE = 5_000
"""How many answers, and the records they are about, are read again."""


def main() -> None:
    """Soak and print the figures; with flaws print those too, keep everything and end with 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--kills", type=int, default=30, help="of each sort at least so many")
    parser.add_argument("--minutes", type=float, default=0, help="go on for so long")
    words = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="factcheck-soak-"))
    place.chmod(0o711)
    print(f"Killing under writers; data and logs are in {place} until all is well.", flush=True)  # noqa: T201 -- a program's output
    soaked = soak(place / "data", kills=words.kills, minutes=words.minutes, sample=SAMPLE)
    print(*soaked.flaws, soaked.figures(), sep="\n")  # noqa: T201
    if soaked.flaws:
        sys.exit(1)
    shutil.rmtree(place)


if __name__ == "__main__":
    main()
