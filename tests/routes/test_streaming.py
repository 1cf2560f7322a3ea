"""A stream by itself: how it begins, keeps alive and ends."""

from collections.abc import Iterator
from threading import Event

import pytest

from service.documents.seals import Seal
from service.errors import Unavailable
from service.feed.changes import newest
from service.feed.following import Listener, Poller
from service.feed.marks import BEGINNING, Marks
from service.records.people import Reader
from service.routes import streaming
from service.storage.database import Database
from tests.kinds.smallest import SAMPLES
from tests.newsroom import Newsroom
from tests.routes.acts import publish

MARKS = Marks(Seal(b"secret"), 7)
HERE = f"id: {MARKS.make(BEGINNING)}\n\n".encode()
BEGIN = b"retry: 1000\n" + HERE


@pytest.fixture
def nowhere() -> Iterator[Listener]:
    """Return one who listens where there is no database."""
    database = Database("host=/nowhere dbname=none", size=1, deadline=1, prepare=False)
    poller = Poller(database, 1)
    yield Listener(poller, poller.admit(Reader(keyed=False)), Event(), BEGINNING)
    database.close()


def refuse() -> None:
    """Say of a key what is said of one that nobody can look up."""
    raise Unavailable("The database cannot be reached.")


def test_a_stream_pings_while_there_is_nothing_to_tell(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PING", 0.01)
    poller, here = Poller(database, 1), newest(database)
    listener = Listener(poller, poller.admit(Reader(keyed=False)), Event(), here)
    stream = streaming.events(listener, MARKS, bool, None)
    place = f"id: {MARKS.make(here)}\n\n".encode()
    assert next(stream) == b"retry: 1000\n" + place
    assert [next(stream), next(stream)] == 2 * [b": ping\n" + place]
    listener.stopping.set()
    assert list(stream) == []


def test_a_stream_outlives_trouble_of_the_database(
    nowhere: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PAUSE", 0.01)
    stream = streaming.events(nowhere, MARKS, bool, None)
    assert [next(stream) for _ in range(3)] == [BEGIN, *2 * [b": ping\n" + HERE]]


def test_what_a_slow_reader_is_late_for_is_heard_anew(
    http: Newsroom, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "FRESH", 0)
    poller = Poller(database, 1)
    listener = Listener(poller, poller.admit(Reader(keyed=True)), Event(), newest(database))
    for sample in SAMPLES[:3]:
        publish(http, sample)
    renewed = iter([True, True])
    stream = streaming.events(listener, MARKS, lambda: next(renewed, None) or refuse(), None)
    told = b"".join(stream).decode()
    assert [f'"{sample.path}"' in told for sample in SAMPLES[:3]] == [True, True, False]


def test_a_stream_ends_when_its_key_is_not_known_to_be_in_force(
    http: Newsroom, database: Database
) -> None:
    poller = Poller(database, 1)
    listener = Listener(poller, poller.admit(Reader(keyed=True)), Event(), newest(database))
    publish(http, SAMPLES[0])
    assert len(list(streaming.events(listener, MARKS, refuse, None))) == 1
