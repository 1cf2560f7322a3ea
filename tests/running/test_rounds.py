"""The rounds of a process that delivers, when something is wrong."""

from collections.abc import Callable, Iterator

import pytest
from gevent import Timeout
from gevent.event import Event
from gevent.pool import Pool

from service.errors import Unavailable
from service.running import rounds as module
from service.running.rounds import Rounds
from service.storage.database import Database

NOBODY = "host=127.0.0.1 port=1 user=nobody dbname=nothing"


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    """Return rounds on a database that is not there."""
    database = Database(NOBODY, size=2, deadline=1, prepare=False)
    yield Rounds(database, Pool(2), private=True)
    database.close()


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log says of webhooks."""
    return [one.getMessage() for one in caplog.records if one.name == "factcheck.webhooks"]


def counted(stop: Event, times: int) -> Callable[[], None]:
    """Return what stops the rounds when it has been called so often."""
    left = iter(range(times - 1))

    def every_second() -> None:
        if next(left, None) is None:
            stop.set()

    return every_second


def test_rounds_go_on_without_a_database_and_say_so(
    rounds: Rounds, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    stop = Event()
    with Timeout(60):
        rounds.go(stop, counted(stop, 3))
    assert set(told(caplog)) == {"webhooks wait"}


@pytest.mark.parametrize(
    ("error", "said"),
    [(Unavailable("away", trouble="away"), "webhooks wait"), (KeyError("ours"), "fault")],
)
def test_a_delivery_that_fails_is_told_and_stops_no_other(
    rounds: Rounds, caplog: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    def fail() -> None:
        raise error

    done = Event()
    rounds.begin(fail)
    rounds.begin(done.set)
    with Timeout(60):
        rounds.pool.join()
    assert done.is_set()
    assert told(caplog) == [said]


def test_as_many_are_begun_as_there_is_room_for(rounds: Rounds) -> None:
    block, stop = Event(), Event()
    for _ in range(2):
        rounds.begin(block.wait)
    assert rounds.pool.free_count() == 0
    block.set()
    stop.set()
    rounds.go(stop, lambda: None)
    assert rounds.pool.free_count() == 2
