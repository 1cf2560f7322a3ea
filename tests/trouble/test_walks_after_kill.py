"""A walk goes on across kill -9 of the database server, and shows what was there before.

The hard part is made on purpose: numbers of transactions that never reached the disk are
handed out again, to transactions that the walk must not see.
"""

import os
import signal
from collections.abc import Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import psycopg
import pytest

from service.errors import Problem
from service.storage.database import Database
from tests.docs.service import Service, folder
from tests.records.walks import READERS, SORTS, One, copied, make, revise, shown, walked
from tests.running.client import until
from tests.trouble.clients import ask
from tests.trouble.house import address, serving
from tests.trouble.postgres import Postgres, started

NAMES = [f"c{number:03}" for number in range(300)]
LOST = 40
"""Transactions that end without a word on the disk."""

SILENT = ("walwriter", "background writer", "checkpointer")
"""Processes that bring to the disk what nobody waits for."""

WALKS = list(product(READERS, SORTS))


@dataclass(frozen=True)
class Scene:
    """A server, the service on it, and a way to write."""

    postgres: Postgres
    service: Service
    database: Database

    def page(self, path: str, *, keyed: bool) -> dict[str, Any]:
        """Return a page."""
        answer = ask(self.service, "GET", path, key=self.service.key if keyed else "")
        assert answer.status == 200, answer.body
        return answer.json()

    def ended(self) -> int:
        """Return the number after those of all transactions that have ended."""
        query = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        return self.postgres.run(query)[0][0]

    def write(self, numbers: range, status: str = "published") -> None:
        """Revise claims, each in a transaction of its own."""
        for number in numbers:
            with self.database.transaction() as transaction:
                revise(transaction, NAMES[number], status)

    def lose(self) -> None:
        """Run transactions of which nothing comes to the disk from here on."""
        query = "SELECT pid FROM pg_stat_activity WHERE backend_type = ANY (%s)"
        for (pid,) in self.postgres.run(query, [list(SILENT)]):
            os.kill(pid, signal.SIGSTOP)
        with psycopg.connect(self.postgres.url()) as connection:
            for _ in range(LOST):
                connection.execute("SELECT pg_current_xact_id()")
                connection.rollback()

    def restart(self) -> None:
        """Kill the server and start it again; return when the service has found it."""
        self.postgres.kill()
        self.postgres.start()
        until(lambda: ask(self.service, "GET", "/readyz").status == 200)


@dataclass(frozen=True)
class Begun:
    """A walk's first page, and what was there when it was read."""

    first: dict[str, Any]
    was: list[One]


@pytest.fixture(scope="module")
def scene() -> Generator[Scene]:
    """Run a server and a service on it, with claims of which every fourth is a draft."""
    with folder() as home:
        (home / "server").mkdir()
        server = Postgres(home / "server")
        server.make()
        with started(server), serving(server, home / "data") as service:
            url = address([server], "newsroom")
            with closing(Database(url, size=2, deadline=20, prepare=True)) as database:
                with database.transaction() as transaction:
                    for number, name in enumerate(NAMES):
                        make(transaction, name, "published" if number % 4 else "draft")
                yield Scene(server, service, database)


def begin(scene: Scene, who: str, sort: str) -> Begun:
    """Begin a walk while nobody writes."""
    keyed = who == "a key"
    with psycopg.connect(address([scene.postgres], "newsroom")) as connection:
        was = copied(connection, sort, keyed=keyed)
    return Begun(scene.page(f"/v1/claims?limit=40&sort={sort}", keyed=keyed), was)


@pytest.fixture(scope="module")
def begun(scene: Scene) -> Mapping[tuple[str, str], Begun]:
    """Begin walks beside a writer, kill the server, and give the numbers out again."""
    scene.write(range(0, 300, 7))
    walks, end = dict[tuple[str, str], Begun](), 0
    with suppress(Problem), scene.database.transaction() as unfinished:
        revise(unfinished, NAMES[1])
        scene.lose()
        walks |= {walk: begin(scene, *walk) for walk in WALKS}
        end = scene.ended()
        scene.restart()
    again = scene.ended()
    scene.write(range(0, 300, 5))
    scene.write(range(2, 300, 9), "draft")
    assert again < end - LOST < end < scene.ended()
    return walks


@pytest.mark.parametrize(("who", "sort"), WALKS)
def test_a_walk_goes_on_after_a_kill_though_numbers_are_given_again(
    scene: Scene, begun: Mapping[tuple[str, str], Begun], who: str, sort: str
) -> None:
    walk = begun[who, sort]
    page = partial(scene.page, keyed=who == "a key")
    assert len(shown(walk.first)) == 40
    assert list(walked(walk.first, page)) == walk.was


def test_a_walk_that_begins_after_a_kill_shows_what_is_there(scene: Scene) -> None:
    walk = begin(scene, "a key", "-updated_at")
    assert list(walked(walk.first, partial(scene.page, keyed=True))) == walk.was
