"""Many more requests than there is time for: what is answered, what is sent away, what remains."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.docs.service import Service
from tests.load.asking import getting, lines, mixed
from tests.load.client import Asked, Book, load
from tests.search.prose import Prose
from tests.soak.client import Client

POSTS: Final = 500
AFTER: Final = 4
"""Connections by which it is seen how quick the service is before and after the load."""


@dataclass(frozen=True)
class Overload:
    """What a load did: the calm before it, itself, and the first seconds after it."""

    before: Book
    under: Book
    after: Book
    memory: tuple[float, float]
    seconds: float

    def __str__(self) -> str:
        """Return the figures in lines."""
        served = len(self.under.seconds())
        return "\n".join(
            [
                f"{served / self.seconds:,.0f} answered/s",
                f"{self.under.shed:,} sent away, {self.under.errors} errors",
                *(line(sort, self.under.seconds(sort)) for sort in ("get", "match", "write", "")),
                line("get before", self.before.seconds()),
                line("get right after", self.after.seconds()),
                "memory of the workers: {:.0f} MB before, {:.0f} MB after".format(*self.memory),
            ]
        )


def line(what: str, seconds: list[float]) -> str:
    """Return how long the answers of one sort took."""
    if not seconds:
        return f"{what}: none"
    median, tail, most = (seconds[int(part * (len(seconds) - 1))] for part in (0.5, 0.99, 1))
    return (
        f"{what or 'all'}: {len(seconds):,}, median {median * 1000:.0f} ms,"
        f" p99 {tail * 1000:.0f} ms, longest {most * 1000:.0f} ms"
    )


def address(service: Service) -> tuple[str, int]:
    """Return where a service listens."""
    where = urlsplit(service.url)
    return str(where.hostname), int(where.port or 0)


def fill(service: Service, prose: Prose) -> None:
    """Import the claims that will be asked for."""
    fields = {"Content-Type": "application/x-ndjson"}
    answer = Client(service.url, service.key).send("POST", "/v1/import", lines(prose), **fields)
    assert answer.status == 200, answer


def overload(service: Service, connections: int, seconds: float) -> Overload:
    """Load a service that holds nothing else and return the figures."""
    prose = Prose()
    fill(service, prose)
    texts = [prose.post(claim) for claim in islice(Prose().claims(), POSTS)]
    return asyncio.run(_overload(service, texts, connections, seconds))


async def _overload(
    service: Service, texts: list[str], connections: int, seconds: float
) -> Overload:
    where = address(service)

    def all_sorts() -> Iterator[Asked]:
        return mixed(service.key, texts)

    await load(where, 32, 3, all_sorts)
    before = await load(where, AFTER, 2, partial(getting, ""))
    memory = proportional(service)
    under = await load(where, connections, seconds, all_sorts)
    after = await load(where, AFTER, 2, partial(getting, ""))
    return Overload(before, under, after, (memory, proportional(service)), seconds)


def proportional(service: Service) -> float:
    """Return the megabytes of the workers, what they share counted once (PSS)."""
    files = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in service.workers)
    found = [next(line for line in text.splitlines() if line.startswith("Pss:")) for text in files]
    return sum(int(line.split()[1]) for line in found) / 1024
