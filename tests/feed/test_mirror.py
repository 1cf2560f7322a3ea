"""Whoever exports once and follows the feed has what the server has, whatever is written."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson
import psycopg
import pytest

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.feed.readers import Event, ask, connect, polled
from tests.feed.works import done, importing, publishing_and_purging, repeated
from tests.running.client import until
from tests.soak.client import Client
from tests.soak.writers import Book, at_work

WRITES: Final = int(os.environ.get("MIRROR", "2000"))
EARLY: Final = WRITES // 10
"""Writes after which the mirrors begin."""

LAST: Final = "/v1/claims/the-last"
COUNT: Final = "SELECT count(*) FROM revision WHERE recorded_at > '2022-01-01Z'"
EXPLAINED: Final = ("type", "note", "reason")
"""Members of a line of an export that are no members of the record."""

Records = dict[str, Any]


@dataclass
class Mirror:
    """The records of a server, as a reader has them who exported once and follows the feed."""

    url: str
    key: str
    records: Records = field(default_factory=Records)

    def export(self) -> str:
        """Take everything that is there, and return where the feed goes on."""
        with closing(connect(self.url)) as connection:
            meta, *lines, _ = map(orjson.loads, ask(connection, "/v1/export", self.key))
        self.records = {f"/v1/{line['type']}s/{line['id']}": bare(line) for line in lines}
        return meta["cursor"]

    def follow(self, cursor: str) -> int:
        """Take in the changes up to the last of all; return how many there were."""
        for number, event in enumerate(polled(self.url, self.key, cursor), 1):
            self.take(event)
            if event["subject"] == LAST:
                return number
        raise AssertionError

    def take(self, event: Event) -> None:
        """Take in one change; nothing after it, or nothing to be read of it, is no record."""
        data: Records = event["data"] or {"after": None}
        if "after" not in data:  # a purge beneath what a reader has
            return
        if data["after"]:
            self.records[event["subject"]] = bare(data["after"])
        else:
            self.records.pop(event["subject"], None)


def bare(line: Records) -> Records:
    """Return a record without what a line of an export has besides."""
    return {name: value for name, value in line.items() if name not in EXPLAINED}


def mirrored(service: Service, key: str) -> tuple[Mirror, int]:
    """Export while writers write, and follow until they are done."""
    mirror = Mirror(service.url, key)
    return mirror, mirror.follow(mirror.export())


def written(service: Service) -> int:
    """Return how many revisions there are."""
    with psycopg.connect(Embedded(service.home).owner_url) as connection:
        return int(connection.execute(COUNT).fetchall()[0][0])


@pytest.fixture(scope="module")
def mirrors() -> Iterator[dict[str, tuple[Mirror, int, Records]]]:
    """Let writers write, and mirrors begin in between; beside each what there was in the end."""
    with folder() as place, Service(place / "home", "--workers", "2", **UNLIMITED) as service:
        keys = {"keyed": service.key, "public": ""}
        with ExitStack() as opened, ThreadPoolExecutor(len(keys)) as threads:
            acting, bringing = (
                opened.enter_context(closing(Client(service.url, service.key))) for _ in range(2)
            )
            with (
                repeated(partial(publishing_and_purging, acting), partial(importing, bringing)),
                at_work(service.url, service.key, Book()),
            ):
                until(lambda: written(service) >= EARLY, 120)
                tasks = {who: threads.submit(mirrored, service, keys[who]) for who in keys}
                until(lambda: written(service) >= WRITES, 300)
            done(acting, "PUT", LAST, {"text": "The last", "status": "published"})
            found = {who: task.result() for who, task in tasks.items()}
        last = {who: Mirror(service.url, key) for who, key in keys.items()}
        for mirror in last.values():
            mirror.export()
        yield {who: (*found[who], last[who].records) for who in keys}


@pytest.mark.parametrize("who", ["keyed", "public"])
def test_a_mirror_has_what_the_server_has(
    mirrors: dict[str, tuple[Mirror, int, Records]], who: str
) -> None:
    mirror, changes, records = mirrors[who]
    assert changes > EARLY
    assert len(records) > 100
    assert mirror.records.keys() == records.keys()
    assert mirror.records == records
