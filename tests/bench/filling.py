"""Filling a service in, through its own import, as a newsroom that moves in would."""

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psycopg

from service.storage.embedded import Embedded
from tests.bench.load import Call, drive
from tests.bench.records import LONG, LONGEST, Records, is_long
from tests.bench.subjects import Built
from tests.bench.work import Asking, request
from tests.docs.service import Service, folder
from tests.search.counting import count_words

Say = Callable[[str], None]

PIECE = 2_000
"""Claims of one import, with all that they bring along."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What services are filled with, and how many workers they have.

    `deepest` is how many revisions one claim gets. In `kept`, a folder, data directories stay
    as they were once filled, each under the name of its side, and the next time are copied.
    """

    records: Records
    say: Say
    deepest: int = LONGEST
    workers: int = 2
    kept: Path | None = None

    @contextmanager
    def service(
        self, claims: int, name: str, program: Sequence[str] = Service.program
    ) -> Iterator[tuple[Built, Asking]]:
        """Run a service that has so many claims; yield it and what can be asked of it."""
        with folder() as place:
            home = place / "data"
            model = self.kept / f"{name}-{claims}-{self.deepest}" if self.kept else None
            if model and not model.exists():
                with Built(home, program, self.workers) as service:
                    self._fill(service, claims)
                model.parent.mkdir(parents=True, exist_ok=True)
                copy(home, model)
            elif model:
                copy(model, home)
            with Built(home, program, self.workers) as service:
                if not model:
                    self._fill(service, claims)
                yield service, Asking(self.records, claims, service.key)

    def _fill(self, service: Built, claims: int) -> None:
        begun = time.monotonic()
        for first in range(0, claims, PIECE):
            end = min(first + PIECE, claims)
            bring(service, self.records.lines(first, end))
            self.say(f"{end:,} claims filled in")
        for revision in range(2, LONG + 1):
            lines = (self.records.revised(n, revision) for n in filter(is_long, range(claims)))
            while piece := list(islice(lines, PIECE)):
                bring(service, iter(piece))
        send(service, Asking(self.records, claims, service.key).deepening(self.deepest))
        settle(service)
        self.say(f"{claims:,} claims, {time.monotonic() - begun:.0f} s to fill in")


def bring(service: Built, lines: Iterator[bytes]) -> None:
    """Import lines."""
    fields = {"Authorization": f"Bearer {service.key}", "Content-Type": "application/x-ndjson"}
    data = request("POST", "/v1/import", b"".join(lines), fields)
    send(service, iter([Call(data, 200)]))


def send(service: Built, calls: Iterator[Call]) -> None:
    """Make calls one after the other, all of which must succeed."""
    outcome = drive(service.subject.address, calls, connections=1)
    assert not outcome.errors, outcome.wrong


def settle(service: Built) -> None:
    """Have PostgreSQL do at once what it would do within minutes of its own accord."""
    with psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as owner:
        [(folds,)] = owner.execute("SELECT to_regproc('fold_wording')").fetchall()
        if folds:
            count_words(owner)
        owner.execute("VACUUM ANALYZE")
        owner.execute("CHECKPOINT")


def copy(place: Path, to: Path) -> None:
    """Copy a folder with its owners: PostgreSQL's files are not root's."""
    subprocess.run(["cp", "-a", place, to], check=True)
