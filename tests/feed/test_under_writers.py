"""Under many writers every reader sees every revision, once and in the same order."""

import json
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import psycopg
import pytest

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.feed.readers import READERS, Event
from tests.running.client import until
from tests.soak.client import Client
from tests.soak.writers import Book, at_work
from tests.soak.writes import Answer, Write

LAST: Final = "/v1/claims/the-last"
ENOUGH: Final = 400
"""Writes, beside those of the other two."""

COURT: Final = "?purge=true&reason=legal&note=By+order+of+a+court."
ROWS: Final = """
SELECT kind || 's/' || id, revision, refs, public, purges IS NOT NULL FROM revision
WHERE recorded_at > '2022-01-01Z' ORDER BY position, seq
"""
LATE: Final = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT 'scale', %s, 1, status, true, body, clock_timestamp(), 1, clock_timestamp(),
    key_name, sha256, salt, refs, terms
FROM revision WHERE id = 'truth'
"""


@dataclass(frozen=True)
class Row:
    """A revision as the database has it."""

    subject: str
    revision: int
    refs: list[str]
    public: bool
    purge: bool


@dataclass(frozen=True)
class Told:
    """What readers were told, by their names, and what there was to tell."""

    readers: dict[str, list[Event]]
    rows: list[Row]


def publishing_and_purging(client: Client) -> None:
    """Publish drafts that refer to each other in one act, and purge one of them."""
    source, claim = f"/v1/sources/{uuid4()}", f"/v1/claims/{uuid4()}"
    names = [{"source_id": source.rpartition("/")[2], "verb": "said"}]
    body = {"text": "It rains more", "attribution": names, "status": "published"}
    done(client, "PUT", source, {"title": "Rainfall"})
    done(client, "PUT", f"{claim}?publish=references", body)
    done(client, "PATCH", claim, {"text": "It rains less", "status": "draft"}, If_Match="*")
    done(client, "DELETE", claim + COURT, If_Match="*")


def done(
    client: Client, method: str, path: str, body: dict[str, object] | None = None, **fields: str
) -> Answer:
    """Send a write that succeeds."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    write = Write(
        str(uuid4()),
        method,
        path,
        json.dumps(body).encode() if body else b"",
        {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json", **headers},
        contested=False,
    )
    answer = client.insist(write).answer
    assert answer, path
    assert answer.status < 300, answer
    return answer


def dallying(url: str) -> None:
    """Write in a transaction that has its number long before it writes, or never does."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_current_xact_id()")
        time.sleep(random.uniform(0, 0.3))  # noqa: S311 -- nothing secret
        if random.random() < 0.5:  # noqa: S311
            connection.execute(LATE, [str(uuid4())])


@contextmanager
def repeated(*works: Iterator[None]) -> Iterator[None]:
    """Do each work again and again, beside each other, until the block ends."""
    leaving = threading.Event()

    def go_on(work: Iterator[None]) -> None:
        while not leaving.is_set():
            next(work)

    with ThreadPoolExecutor(len(works)) as threads:
        tasks = [threads.submit(go_on, work) for work in works]
        try:
            yield
        finally:
            leaving.set()
    for task in tasks:
        task.result()


def read(name: str, service: Service, key: str) -> list[Event]:
    """Read from the beginning until the last change has come."""
    found: list[Event] = []
    for event in READERS[name](service.url, key, ""):
        found.append(event)
        if event["subject"] == LAST:
            return found
    raise AssertionError(found[-1:])


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """Let writers write and readers read at the same time."""
    with folder() as place, Service(place / "home", "--workers", "2", **UNLIMITED) as service:
        owner, book = Embedded(service.home).owner_url, Book()

        def works(client: Client) -> Iterator[None]:
            while True:
                yield publishing_and_purging(client)

        def dallies() -> Iterator[None]:
            while True:
                yield dallying(owner)

        with ThreadPoolExecutor(len(READERS) + 1) as threads:
            tasks = {name: threads.submit(read, name, service, service.key) for name in READERS}
            tasks["public"] = threads.submit(read, "poll", service, "")
            with closing(Client(service.url, service.key)) as client:
                with repeated(works(client), dallies()), at_work(service.url, service.key, book):
                    until(lambda: len(book.entries) >= ENOUGH, 120)
                done(client, "PUT", LAST, {"text": "The last", "status": "published"})
            readers = {name: task.result() for name, task in tasks.items()}
        with psycopg.connect(owner) as connection:
            rows = [Row(*row) for row in connection.execute(ROWS).fetchall()]
        yield Told(readers, rows)


def places(events: list[Event]) -> list[tuple[str, int]]:
    """Return record and revision of each event, repeated ones once."""
    seen = [(event["subject"].removeprefix("/v1/"), event["revision"]) for event in events]
    return [place for place in dict.fromkeys(seen) if place != ("scales/truth", 1)]


@pytest.mark.parametrize("name", READERS)
def test_a_reader_sees_every_revision_once_and_in_the_order_of_all(told: Told, name: str) -> None:
    assert places(told.readers[name]) == [(row.subject, row.revision) for row in told.rows]


def test_the_public_sees_every_public_revision_in_the_same_order(told: Told) -> None:
    public = [(row.subject, row.revision) for row in told.rows if row.public]
    beneath = {(row.subject, row.revision) for row in told.rows if row.purge and not row.public}
    seen = places(told.readers["public"])
    assert [place for place in seen if place not in beneath] == public


def test_no_revision_comes_before_the_one_it_follows(told: Told) -> None:
    latest: dict[str, int] = {}
    for subject, revision in places(told.readers["resumed"]):
        assert revision == latest.get(subject, 0) + 1
        latest[subject] = revision
    assert max(latest.values()) > 10


def test_no_revision_comes_before_what_it_refers_to(told: Told) -> None:
    seen = {"scales/truth"}
    for row in told.rows:
        refs = {"{}s/{}".format(*ref.split("/")) for ref in row.refs}
        assert refs <= seen, row
        seen.add(row.subject)
    assert any(row.refs for row in told.rows)


def test_no_two_readers_are_told_of_a_change_under_two_ids(told: Told) -> None:
    ids = {
        (event["subject"], event["revision"], event["id"])
        for events in told.readers.values()
        for event in events
    }
    assert len(ids) == len(told.rows) + 1


def test_purges_and_publications_of_references_were_among_the_writes(told: Told) -> None:
    assert any(row.purge for row in told.rows)
    assert {event["type"] for event in told.readers["stream"]} >= {
        *("source.published", "claim.purged", "claim.corrected", "verdict.restored"),
        *("scale.published", "verdict.deleted", "claim.created"),
    }
