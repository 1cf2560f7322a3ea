"""Write, kill, audit: the whole of it, and its figures."""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service
from tests.records import chronicle
from tests.running.client import until
from tests.soak import audit, history
from tests.soak.client import Client
from tests.soak.killer import SORTS, Kill, Killer
from tests.soak.writers import Book, at_work
from tests.soak.writes import Entry

SILENCE = 20.0
"""Seconds after a kill by which writes must run again, on a machine with other work."""


@dataclass(frozen=True)
class Soaked:
    """What was done, and what was found wrong."""

    kills: list[Kill]
    entries: list[Entry]
    flaws: list[str]
    records: int
    revisions: int

    def figures(self) -> str:
        """Return the figures in a line."""
        outages = [(sort, [k.outage for k in self.kills if k.sort == sort]) for sort in SORTS]
        done = [entry for entry in self.entries if entry.acknowledged]
        return ", ".join(
            [
                *(
                    f"{sort} kills: {len(each)} (worst outage {max(each):.1f} s)"
                    for sort, each in outages
                ),
                f"acknowledged writes: {len(done)}",
                f"retries: {sum(entry.tries - 1 for entry in self.entries)}",
                f"replays: {sum(entry.replayed for entry in done)}",
                f"longest write: {max(entry.ended - entry.began for entry in self.entries):.1f} s",
                f"audited: {self.records} records, {self.revisions} revisions",
                f"flaws: {len(self.flaws)}",
            ]
        )


def soak(home: Path, *, kills: int, minutes: float = 0, sample: int | None = None) -> Soaked:
    """Kill so many of each sort, and go on for so long, while a service is written to; audit it.

    Of records and answers as many as `sample` are read again, those of writes with
    retries first; by default all.
    """
    with Service(home, "--workers", "2", **UNLIMITED) as service:
        book = Book()
        with at_work(service.url, service.key, book):
            until(lambda: book.entries)
            killed = list(_kill(Killer(service, book), kills, minutes))
        with closing(Client(service.url, service.key)) as client:
            return _audited(client, home, book.entries, killed, sample)


def _kill(killer: Killer, kills: int, minutes: float) -> Iterator[Kill]:
    """Kill one of each sort a round, in any order."""
    end = time.monotonic() + 60 * minutes
    rounds = 0
    while rounds < kills or time.monotonic() < end:
        rounds += 1
        for sort in random.sample(SORTS, len(SORTS)):
            yield killer.kill(sort)


def _audited(
    client: Client, home: Path, entries: list[Entry], kills: list[Kill], sample: int | None
) -> Soaked:
    lines = history.lines(client)
    retried_first = sorted(entries, key=lambda entry: (entry.tries == 1, random.random()))  # noqa: S311
    chosen = [entry for entry in retried_first if entry.acknowledged][:sample]
    read = {record: history.revisions(client, record) for record in {e.record for e in chosen}}
    flaws = [
        *(f"writes stayed away too long: {kill}" for kill in kills if kill.outage > SILENCE),
        *audit.flaws_of_answers(entries),
        *audit.flaws_of_writes(entries, lines),
        *audit.flaws_of_numbers(lines),
        *audit.flaws_of_order(entries),
        *audit.flaws_of_conditions(entries),
        *audit.flaws_of_reads(entries, read),
        *audit.flaws_of_replays((entry, client.offer(entry.write)) for entry in chosen),
    ]
    for record, rows in history.rows(Embedded(home).owner_url):
        flaws += [f"{record}: {flaw}" for flaw in chronicle.flaws(rows)]
    return Soaked(kills, entries, flaws, len({line.record for line in lines}), len(lines))
