"""Kill -9 in the middle of writes, and see how long the writes stay away."""

import os
import random
import signal
import time
from dataclasses import dataclass
from itertools import pairwise

import psycopg

from service.storage.cluster import Cluster
from service.storage.embedded import Embedded
from tests.docs.service import Service
from tests.running.client import until
from tests.soak.client import PATIENCE
from tests.soak.writers import Book

SORTS = ("worker", "backend", "postmaster")

BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE application_name = 'factcheck' AND pid <> pg_backend_pid()
ORDER BY backend_xid IS NULL, random()
"""
"""The service's connections, those that write first."""


@dataclass(frozen=True)
class Kill:
    """What was killed, and the longest time in seconds without an acknowledgement after it."""

    sort: str
    outage: float


class Killer:
    """Kill processes of a service while it is written to."""

    def __init__(self, service: Service, book: Book) -> None:
        """Take the service, and the book by which the progress of its clients is seen."""
        self._service = service
        self._book = book

    def kill(self, sort: str) -> Kill:
        """Kill one of a sort; return when it is replaced and writes have run for a while."""
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 -- at any point within a write
        since = len(self._book.entries)
        victim, instant = until(lambda: self._strike(self._victims(sort)), PATIENCE)
        until(lambda: self._whole(victim), PATIENCE)
        whole, enough = time.monotonic(), random.randrange(10, 40)  # noqa: S311 -- no secret
        until(lambda: len(self._book.acknowledged(since, whole)) >= enough, PATIENCE)
        ends = sorted(entry.ended for entry in self._book.acknowledged(since, instant))
        return Kill(sort, max(end - before for before, end in pairwise([instant, *ends])))

    def _victims(self, sort: str) -> list[int]:
        find = {"worker": self._workers, "backend": self._backends, "postmaster": self._postmasters}
        return find[sort]()

    def _strike(self, victims: list[int]) -> tuple[int, float] | None:
        for victim in victims:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return victim, time.monotonic()
        return None

    def _whole(self, victim: int) -> bool:
        """Say whether all that the service consists of is there again."""
        workers, postmasters = self._workers(), self._postmasters()
        return len(workers) == 2 and len(postmasters) == 1 and victim not in workers + postmasters

    def _workers(self) -> list[int]:
        workers = self._service.workers
        return random.sample(workers, len(workers))

    def _postmasters(self) -> list[int]:
        pid = Cluster(self._service.home, {}).pid()
        return [pid] if pid else []

    def _backends(self) -> list[int]:
        try:
            with psycopg.connect(Embedded(self._service.home).owner_url) as connection:
                return [pid for (pid,) in connection.execute(BACKENDS)]
        except psycopg.OperationalError:  # it is still being recovered from the last kill
            return []
