"""An application on a database of its own, with as many people at it as a test wants."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar, Unpack

import psycopg
from flask import Flask
from psycopg.rows import class_row
from werkzeug.test import Client

from service.app import create_app
from service.records import keys
from service.running.observation import Observed
from service.settings import Settings
from tests.clusters import Cluster
from tests.newsroom import Answer, Asked, Check, Newsroom
from tests.records.chronicle import HISTORY, Row

T = TypeVar("T")
SIZE = 32
"""How many write at once, each with a connection."""

ANY = {"If-Match": "*"}
WHY = {"note": "Counted again", "reason": "correction"}


@dataclass(frozen=True)
class Office:
    """Where one key publishes and everybody has a connection of their own to the database."""

    app: Flask
    secret: str
    owner_url: str
    check: Check

    def send(self, method: str, path: str, **asked: Unpack[Asked]) -> Answer:
        """Send a request with the key."""
        asked["key"] = self.secret
        return self._people().request(method, path, **asked)

    def get(self, path: str, *, keyed: bool, **asked: Unpack[Asked]) -> Answer:
        """Read something with the key or as the public."""
        asked["key"] = self.secret if keyed else None
        return self._people().get(path, **asked)

    def claim(self, identifier: str) -> str:
        """Publish a claim and return its path."""
        path = f"/v1/claims/{identifier}"
        body = {"text": "100,000 troops", "status": "published"}
        assert self.send("PUT", path, json=body).status == 201
        return path

    def history(self, path: str) -> list[Row]:
        """Return all that the table holds of a record."""
        with psycopg.connect(self.owner_url) as connection:
            cursor = connection.cursor(row_factory=class_row(Row))
            return cursor.execute(HISTORY, ["claim", path.rpartition("/")[2]]).fetchall()

    def _people(self) -> Newsroom:
        # Each request is somebody's: a client is not for several threads at once.
        client = Client(Observed(self.app))
        return Newsroom(client, self.check, self.secret, self.secret, self.secret)


@contextmanager
def opened(
    cluster: Cluster, settings: Settings, check: Check, name: str, scope: str = "publish"
) -> Generator[Office]:
    """Open an office on a cluster and close it at the end."""
    with cluster.database(name) as made:
        url = cluster.url(made, "newsroom")
        app = create_app(replace(settings, database_url=url, pool_size=SIZE))
        database = app.extensions["factcheck"].database
        try:
            secret = str(keys.create(database, "editor", [scope]))
            yield Office(app, secret, cluster.url(made), check)
        finally:
            database.close()


def crowd(work: Callable[[int], T]) -> list[T]:
    """Let as many as there are connections start at once; return what each came to."""
    line = threading.Barrier(SIZE)

    def start(number: int) -> T:
        line.wait()
        return work(number)

    with ThreadPoolExecutor(SIZE) as threads:
        return list(threads.map(start, range(SIZE)))
