"""What is measured: a service as its users start it, and the route with nothing in it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.docs.service import SLOW, Service, environment, folder

ROOT: Final = Path(__file__).parents[2]
LIMITS: Final = {f"FACTCHECK_{what}_LIMIT": "1000000" for what in ("READ", "WRITE", "FAILED_KEY")}
"""Limits that nobody reaches, and that are counted all the same."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Where something listens, and its processes; `postmaster` is 0 where there is none."""

    address: tuple[str, int]
    process: int
    postmaster: int = 0


def at(url: str) -> tuple[str, int]:
    """Return the address of a URL."""
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 0)


class Built(Service):
    """`factcheck serve` of some environment."""

    def __init__(self, home: Path, program: Sequence[str], workers: int) -> None:
        """Start it."""
        self.program = program
        super().__init__(home, "--workers", str(workers), **LIMITS)

    @property
    def subject(self) -> Subject:
        """Return what there is to measure."""
        return Subject(at(self.url), self.process.pid, self.postmaster)


@contextmanager
def bare(workers: int, *words: str) -> Iterator[Subject]:
    """Run the route with nothing in it."""
    with folder() as place, (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.bare", "--workers", str(workers), *words],
            cwd=ROOT,
            env=environment(place / "data"),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            assert url, (place / "log").read_text()
            yield Subject(at(url), process.pid)
        finally:
            process.terminate()
            _ = process.communicate(timeout=SLOW)
