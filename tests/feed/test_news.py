"""What is new is kept for a moment, in bounds, and never what was taken back since."""

from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest

from service.feed import following, news
from service.feed.changes import EVERYTHING, Wanted, newest
from service.feed.following import Listener, Poller
from service.feed.marks import BEGINNING, Mark
from service.feed.news import Channel
from service.records.people import Reader
from service.storage.database import Database
from tests.kinds.smallest import SAMPLES
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, publish, purge, revise
from tests.running.client import until

CLAIM = SAMPLES[2]
PUBLIC = Reader(keyed=False)


@pytest.fixture
def channel(database: Database) -> Channel:
    """Return a channel that has looked once."""
    found = Channel(database, PUBLIC)
    assert not found.look()
    return found


def texts(channel: Channel, mark: Mark) -> list[str] | None:
    """Return the types of what is kept after a place; None where it has to be read."""
    found = channel.after(mark)
    return None if found is None else [change.type for change in found.changes]


def test_news_is_what_came_since_the_look_before(http: Newsroom, channel: Channel) -> None:
    start = channel.end
    assert start
    publish(http, CLAIM)
    assert channel.look()
    middle = channel.end
    assert middle
    revise(http, CLAIM.path, text="Corrected", **WHY)
    assert channel.look()
    assert not channel.look()
    assert texts(channel, start) == ["claim.published", "claim.corrected"]
    assert texts(channel, middle) == ["claim.corrected"]


def test_what_lies_before_the_news_has_to_be_read(http: Newsroom, channel: Channel) -> None:
    assert texts(channel, BEGINNING) is None
    publish(http, CLAIM)
    channel.look()
    assert texts(channel, BEGINNING) is None


def test_what_was_taken_back_is_kept_no_longer(http: Newsroom, channel: Channel) -> None:
    start = channel.end
    assert start
    publish(http, CLAIM)
    channel.look()
    purge(http, CLAIM.path)
    channel.look()
    assert texts(channel, start) is None


@pytest.mark.parametrize("bound", ["KEPT", "MOST_KEPT"])
def test_news_is_kept_within_bounds(
    http: Newsroom, channel: Channel, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, bound, 0)
    start = channel.end
    assert start
    publish(http, CLAIM)
    channel.look()
    assert texts(channel, start) is None


def test_a_look_at_a_database_in_trouble_finds_nothing() -> None:
    with closing(Database("host=/nowhere dbname=none", size=1, deadline=1, prepare=False)) as away:
        assert not Channel(away, PUBLIC).look()


@pytest.fixture
def listeners(database: Database) -> Iterator[list[Listener]]:
    """Return one who listens to all kinds of readers' news each, from now on."""
    poller, stopping = Poller(database, 2), Event()
    channels = [poller.admit(PUBLIC), poller.admit(EVERYTHING)]
    yield [Listener(poller, one, stopping, newest(database)) for one in channels]
    stopping.set()


def test_all_who_listen_are_told(http: Newsroom, listeners: list[Listener]) -> None:
    public, keyed = listeners
    publish(http, CLAIM)
    revise(http, CLAIM.path, text="Drafted", status="draft")
    assert [change.type for change in public.hear(10)] == ["claim.published"]
    assert [change.type for change in keyed.hear(10)] == ["claim.published", "claim.updated"]
    assert public.hear(0) == []


def test_who_listens_hears_from_memory_no_more_than_is_wanted(
    http: Newsroom, listeners: list[Listener]
) -> None:
    listener = listeners[1]
    assert listener.hear(0) == []
    until(lambda: listener.channel.end)  # from here on the poller tells what comes
    listener.wanted, listener.limit = Wanted(types=["claim.updated"]), 1
    publish(http, CLAIM)
    for text in ("one", "two"):
        revise(http, CLAIM.path, text=text, status="draft")
    until(lambda: listener.channel.end == newest(listener.poller.door))
    assert [len(listener.hear(10)) for _ in range(2)] == [1, 1]


def test_nobody_is_looked_for_once_nobody_listens(
    listeners: list[Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "INTERVAL", 0.01)
    poller = listeners[0].poller
    listeners[0].hear(0.05)
    for listener in listeners:
        poller.dismiss(listener.channel)
    until(lambda: poller.idle)
    assert listeners[0].channel.end is None


def test_who_listens_ends_when_the_server_stops(listeners: list[Listener]) -> None:
    listeners[0].stopping.set()
    assert listeners[0].hear(60) == []
