"""Under many writers every reader sees every revision, once and in the same order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Final

import psycopg
import pytest

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.feed.readers import READERS, Event
from tests.feed.works import dallying, done, importing, publishing_and_purging, repeated
from tests.running.client import until
from tests.soak.client import Client
from tests.soak.writers import Book, at_work

LAST: Final = "/v1/claims/the-last"
ENOUGH: Final = 400
"""Writes, beside those of the other two."""

ROWS: Final = """
SELECT kind || 's/' || id, revision, refs, public, purges IS NOT NULL FROM revision
WHERE recorded_at > '2022-01-01Z' ORDER BY position, seq
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

        with ThreadPoolExecutor(len(READERS) + 1) as threads:
            tasks = {name: threads.submit(read, name, service, service.key) for name in READERS}
            tasks["public"] = threads.submit(read, "poll", service, "")
            with ExitStack() as clients:
                acting, bringing = (
                    clients.enter_context(closing(Client(service.url, service.key)))
                    for _ in range(2)
                )
                with (
                    repeated(
                        partial(publishing_and_purging, acting),
                        partial(importing, bringing),
                        partial(dallying, owner),
                    ),
                    at_work(service.url, service.key, book),
                ):
                    until(lambda: len(book.entries) >= ENOUGH, 120)
                done(acting, "PUT", LAST, {"text": "The last", "status": "published"})
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
