"""Walks through a large collection beside writers: each equals a copy taken at its first page."""

import time
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from service.storage.database import Database
from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service
from tests.records.walks import (
    READERS,
    SORTS,
    Habits,
    One,
    Turnstile,
    copied,
    hidden,
    make,
    walked,
    writers,
)
from tests.soak.client import Client

WRITERS = 4
PAGE = 200
BATCH = 500
HABITS = Habits(
    acts=[1, 1, 1, 2, 3, 5, 10, 20],
    pauses=[0] * 20 + [0.1, 0.3, 1, 2],
    statuses=["published"] * 60 + ["draft"] * 15 + ["new", "retracted", "withheld", "deleted"],
)


@dataclass(frozen=True)
class Walk:
    """Who walked how, how it went, and what it showed that its copy has not or the reverse."""

    sort: str
    who: str
    records: int
    pages: list[float]
    odd: list[One]


@dataclass(frozen=True)
class Walked:
    """What was walked beside how many revisions."""

    walks: list[Walk]
    revisions: int

    @property
    def flaws(self) -> list[str]:
        """Return a line for each walk that is not what was there at its first page."""
        odd = [walk for walk in self.walks if walk.odd]
        return [f"{walk.who}, {walk.sort}: {walk.odd[:5]} of {len(walk.odd)}" for walk in odd]

    def figures(self) -> str:
        """Return the figures in a line."""
        first, last = ([walk.pages[end] for walk in self.walks] for end in (0, -2))
        records = [walk.records for walk in self.walks]
        exact = sum(not walk.odd for walk in self.walks)
        return ", ".join(
            [
                f"walks equal to their copies: {exact} of {len(self.walks)}",
                f"records: {min(records)} to {max(records)}",
                f"pages: {sum(len(walk.pages) for walk in self.walks)}",
                f"median first page: {median(first) * 1000:.0f} ms",
                f"median last full page: {median(last) * 1000:.0f} ms",
                f"revisions written meanwhile: {self.revisions}",
            ]
        )


def walk_about(home: Path, *, records: int, rounds: int) -> Walked:
    """Walk so many rounds in every order and as either reader, beside four writers."""
    with Service(home, "--workers", "2", **UNLIMITED) as service:
        url = Embedded(home).owner_url
        with closing(Database(url, size=WRITERS + 1, deadline=30, prepare=True)) as database:
            names = filled(database, records)
            with psycopg.connect(url, autocommit=True) as connection:
                scene = Scene(service.url, service.key, connection)
                before = scene.count()
                with writers(database, names, HABITS, WRITERS) as turnstile:
                    walks = [
                        scene.walk(turnstile, sort, who)
                        for _ in range(rounds)
                        for sort, who in product(SORTS, READERS)
                    ]
                return Walked(walks, scene.count() - before)


def filled(database: Database, records: int) -> list[str]:
    """Make claims, of which every eighth is a draft, and return their ids."""
    names = [f"c{number:06}" for number in range(records)]
    for begin in range(0, records, BATCH):
        with database.transaction() as transaction:
            for number, name in enumerate(names[begin : begin + BATCH]):
                make(transaction, name, "published" if number % 8 else "draft")
    return names


@dataclass(frozen=True)
class Scene:
    """Where readers find the service, and a connection on which the table is looked at."""

    url: str
    secret: str
    connection: psycopg.Connection

    def count(self) -> int:
        """Return how many revisions there are."""
        return self.connection.execute("SELECT count(*) FROM revision").fetchall()[0][0]

    def walk(self, turnstile: Turnstile, sort: str, who: str) -> Walk:
        """Walk once, from a first page that is read while no transaction ends."""
        keyed, pages = who == "a key", list[float]()
        with closing(Client(self.url, self.secret if keyed else "")) as client:

            def page(path: str) -> dict[str, Any]:
                began = time.monotonic()
                found = client.get(path)
                pages.append(time.monotonic() - began)
                return found

            with turnstile.closed:
                copy = copied(self.connection, sort, keyed=keyed)
                since = self.connection.execute("SELECT clock_timestamp()").fetchall()[0][0]
                first = page(f"/v1/claims?limit={PAGE}&sort={sort}")
            found = list(walked(first, page))
        gone = set[str]() if keyed else hidden(self.connection, since)
        return Walk(sort, who, len(found), pages, odd(copy, found, gone))


def odd(copy: list[One], found: list[One], gone: set[str]) -> list[One]:
    """Return where a walk differs from its copy, but for records that were hidden meanwhile."""
    there = set(found)
    wanted = [one for one in copy if one in there or one[0] not in gone]
    if wanted == found:
        return []
    return sorted(set(wanted) ^ there) or [one for one in found if found.count(one) > 1] or found
