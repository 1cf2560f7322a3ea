"""Where more wait for a connection than there are connections, new requests are sent away."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from psycopg_pool import PoolTimeout, TooManyRequests

from service.errors import Overloaded, Unavailable
from service.storage import line, troubles
from service.storage.connections import Bounded
from service.storage.line import Line
from tests.storage.waiting import until

LONG = 1000.0
"""Seconds for which nobody waits here."""


@dataclass
class Queue:
    """A line for one connection, which is lent, and those who wait in it."""

    line: Line
    threads: ThreadPoolExecutor
    served: list[str] = field(default_factory=list[str])

    def join(self, name: str, *, new: bool) -> Future[None]:
        """Let one more wait; return when it does."""
        before = self.waiting
        found = self.threads.submit(self._wait, name, new=new)
        until(lambda: self.waiting > before)
        return found

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return self.line.get_stats()["requests_waiting"]

    def _wait(self, name: str, *, new: bool) -> None:
        line.begin(new=new)
        connection = self.line.getconn(LONG)
        self.served.append(name)
        self.line.putconn(connection)


@contextmanager
def lent(pool: Line) -> Generator[None]:
    """Hold the only connection."""
    line.begin(new=False)
    connection = pool.getconn()
    try:
        yield
    finally:
        pool.putconn(connection)


@pytest.fixture
def queue(owner_url: str) -> Generator[Queue]:
    """Lend from a pool of one connection."""
    pool = Line(owner_url, connection_class=Bounded, min_size=1, max_size=1, open=True)
    with pool, ThreadPoolExecutor(4) as threads:
        yield Queue(pool, threads)
        line.begin(new=False)


def test_who_has_begun_stands_before_those_who_have_not(queue: Queue) -> None:
    with lent(queue.line):
        waiting = [queue.join("new", new=True), queue.join("begun", new=False)]
    _ = [one.result() for one in waiting]
    assert queue.served == ["begun", "new"]


def test_those_who_have_begun_go_in_turn_and_the_new_behind_them(queue: Queue) -> None:
    with lent(queue.line):
        waiting = [queue.join("new", new=True)]
        waiting += [queue.join(name, new=False) for name in ("first", "second", "third")]
    _ = [one.result() for one in waiting]
    assert queue.served == ["first", "second", "third", "new"]


def test_a_new_request_that_waits_in_a_long_line_is_sent_away(queue: Queue) -> None:
    with lent(queue.line):
        waiting = queue.join("first", new=True)
        line.begin(new=True)
        with pytest.raises(TooManyRequests):
            queue.line.getconn(LONG)
    waiting.result()
    assert queue.served == ["first"]


def test_where_one_has_waited_in_vain_the_next_is_sent_away_at_once(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lent(queue.line):
        queue.join("first", new=True)
        line.begin(new=True)
        with pytest.raises(TooManyRequests):
            queue.line.getconn(LONG)
        monkeypatch.setattr(line, "PATIENCE", LONG / 2)
        line.begin(new=True)
        with pytest.raises(TooManyRequests):
            queue.line.getconn(LONG)


def test_who_has_begun_is_not_sent_away(queue: Queue) -> None:
    with lent(queue.line):
        waiting = [queue.join("first", new=True), queue.join("begun", new=False)]
        line.begin(new=True)
        with pytest.raises(TooManyRequests):
            queue.line.getconn(LONG)
    _ = [one.result() for one in waiting]
    assert queue.served == ["begun", "first"]


def test_in_a_short_line_a_new_request_waits_as_long_as_it_may(queue: Queue) -> None:
    with lent(queue.line):
        line.begin(new=True)
        with pytest.raises(PoolTimeout):
            queue.line.getconn(2 * line.PATIENCE)


def test_to_be_sent_away_is_called_overload_unless_no_connection_can_be_made() -> None:
    assert isinstance(troubles.translated(TooManyRequests()), Overloaded)
    away = troubles.translated(TooManyRequests(), OSError())
    assert (type(away), away.trouble) == (Unavailable, "away")


def test_who_has_waited_in_vain_stands_in_the_line_no_longer(queue: Queue) -> None:
    with lent(queue.line):
        waiting = [queue.join("patient", new=False)]
        with pytest.raises(PoolTimeout):
            queue.line.getconn(0.01)
        assert queue.waiting == 1
        waiting += [queue.join("new", new=True), queue.join("behind", new=False)]
    _ = [one.result() for one in waiting]
    assert queue.served == ["patient", "behind", "new"]
