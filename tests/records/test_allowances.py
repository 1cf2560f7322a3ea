"""What a client has left to do, by the count of one worker and by that of all together."""

import threading
import tracemalloc
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from service.records import allowances
from service.records.allowances import Allowances, Counted, Limit, Shared
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster
from tests.running.client import until

HOUR = timedelta(hours=1)
MANY = 32


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Make a clock."""
    return Clock()


@pytest.fixture
def counted(clock: Clock) -> Counted:
    """Make a limit of three reads a minute."""
    return Counted(Limit("reads", 3), clock)


@pytest.fixture
def shared(database: Database, clock: Clock) -> Shared:
    """Make a limit of six an hour, one each ten minutes."""
    return Shared(Limit("writes", 6, HOUR), database, clock)


@pytest.fixture
def wide(cluster: Cluster, tables: str, clean: None) -> Generator[Database]:
    """Open the database for many at once."""
    url = cluster.url(tables, "newsroom")
    with closing(Database(url, size=MANY, deadline=10, prepare=True)) as found:
        yield found


def age(owner: psycopg.Connection, seconds: float) -> None:
    """Let time pass for every client in the table."""
    change = "UPDATE allowance SET full_at = full_at - %s"
    assert owner.execute(change, [timedelta(seconds=seconds)]).rowcount


def left(limit: Counted | Shared, client: str, times: int) -> list[int]:
    """Spend several times; return what was left each time, -1 for what was refused."""
    found = [limit.spend(client) for _ in range(times)]
    return [-1 if standing.retry_after else standing.remaining for standing in found]


def test_a_worker_grants_the_quota_and_no_more(counted: Counted) -> None:
    assert left(counted, "a", 5) == [2, 1, 0, -1, -1]
    assert left(counted, "b", 2) == [2, 1]


def test_what_is_given_back_can_be_spent_again(counted: Counted) -> None:
    standing = counted.spend("a")
    assert counted.give_back("a", standing).remaining == 3
    assert left(counted, "a", 4) == [2, 1, 0, -1]


def test_nobody_gets_back_more_than_was_spent(counted: Counted, clock: Clock) -> None:
    standing = counted.spend("a")
    clock.now += 60
    _ = counted.spend("b")
    assert counted.give_back("a", standing).remaining == 3
    assert counted.give_back("b", standing).remaining == 3
    assert counted.give_back("b", standing).remaining == 3
    assert left(counted, "a", 4) == [2, 1, 0, -1]


@pytest.mark.parametrize("passed", [0.0, 0.25, 17.5, 59.0, 59.9])
def test_a_worker_tells_the_second_from_which_it_grants_again(
    counted: Counted, clock: Clock, passed: float
) -> None:
    assert left(counted, "a", 3) == [2, 1, 0]
    clock.now += passed
    standing = counted.spend("a")
    assert standing.retry_after == standing.whole_in
    clock.now += standing.retry_after - 1
    assert left(counted, "a", 1) == [-1]
    clock.now += 1
    assert left(counted, "a", 1) == [2]


def test_a_worker_keeps_nothing_past_its_window(counted: Counted, clock: Clock) -> None:
    for number in range(100):
        _ = counted.spend(str(number))
    clock.now += 60
    _ = counted.spend("a")
    assert counted.counts == {"a": 1}


def test_a_worker_remembers_so_many_clients_and_refuses_nobody_for_them(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowances, "MOST_CLIENTS", 2)
    assert [left(counted, client, 1) for client in "abc"] == [[2], [2], [2]]
    assert left(counted, "c", 4) == [2, 2, 2, 2]
    assert left(counted, "b", 3) == [1, 0, -1]
    assert counted.give_back("c", counted.spend("c")).remaining == 3
    assert set(counted.counts) == {"a", "b"}


def test_the_table_grants_the_quota_and_no_more(shared: Shared) -> None:
    assert left(shared, "a", 8) == [5, 4, 3, 2, 1, 0, -1, -1]
    assert left(shared, "b", 1) == [5]
    other = replace(shared, limit=Limit("failed-keys", 2, HOUR), refused={})
    assert left(other, "a", 3) == [1, 0, -1]


@pytest.mark.parametrize("quota", [1, 7, 60, 1200, 999_983, 1_000_000])
def test_the_first_of_any_quota_leaves_all_but_one(database: Database, quota: int) -> None:
    standing = Shared(Limit("writes", quota), database).spend("a")
    # Where one comes back in less time than the statement takes, it may be there again.
    assert standing.remaining in ({quota - 1} if quota < 10_000 else {quota - 1, quota})
    assert (standing.retry_after, standing.whole_in) in {(0, -(-60 // quota)), (0, 0)}


def test_what_is_back_before_it_can_be_told_is_no_more_than_all(database: Database) -> None:
    standing = Shared(Limit("writes", 1, timedelta(microseconds=1)), database).spend("a")
    assert (standing.remaining, standing.whole_in) == (1, 0)


def test_an_allowance_comes_back_one_by_one(shared: Shared, owner: psycopg.Connection) -> None:
    _ = left(shared, "a", 6)
    age(owner, 1201)
    assert left(shared, "a", 3) == [1, 0, -1]
    age(owner, 3600 + 1201)
    again = replace(shared, refused={})
    assert left(again, "a", 1) == [5]


@pytest.mark.parametrize("known", [False, True], ids=["new client", "known client"])
@pytest.mark.parametrize("attempt", range(5))
def test_of_many_at_once_exactly_the_quota_is_granted(
    wide: Database, owner: psycopg.Connection, known: object, attempt: int
) -> None:
    limit, gate = Limit("writes", 10, HOUR), threading.Barrier(MANY)
    if known:
        owner.execute("INSERT INTO allowance VALUES ('writes', 'a', now() - interval '1 day')")

    def spend(_: int) -> int:
        # Each is a worker of its own, which remembers nobody.
        one = Shared(limit, wide)
        gate.wait()
        return one.spend("a").retry_after

    with ThreadPoolExecutor(MANY) as pool:
        waits = list(pool.map(spend, range(MANY)))
    assert sum(wait == 0 for wait in waits) == 10
    assert all(0 <= wait <= 360 for wait in waits)


def test_waiting_as_long_as_the_table_says_is_enough(
    shared: Shared, owner: psycopg.Connection
) -> None:
    _ = left(shared, "a", 6)
    standing = shared.spend("a")
    assert 590 < standing.retry_after <= 600
    assert standing.retry_after == standing.whole_in - 3000
    age(owner, standing.retry_after)
    assert left(replace(shared, refused={}), "a", 1) == [0]


def test_a_second_less_than_the_table_says_is_not_enough(
    shared: Shared, owner: psycopg.Connection
) -> None:
    _ = left(shared, "a", 6)

    def waits_in_vain() -> bool:
        # Nearly a whole second is left for the test itself; where that is gone, it begins again.
        change = "UPDATE allowance SET full_at = clock_timestamp() + interval '3009.99 s'"
        owner.execute(change)
        standing = replace(shared, refused={}).spend("a")
        age(owner, standing.retry_after - 1)
        again = replace(shared, refused={}).spend("a").retry_after
        return (standing.retry_after, again) == (10, 1)

    until(waits_in_vain)


def test_who_was_refused_stays_so_without_a_statement_for_as_long_as_was_said(
    shared: Shared, owner: psycopg.Connection, clock: Clock
) -> None:
    _ = left(shared, "a", 6)
    told = shared.spend("a")
    owner.execute("DELETE FROM allowance")
    clock.now += told.retry_after - 1
    standing = shared.spend("a")
    assert (standing.retry_after, standing.whole_in) == (1, told.whole_in - told.retry_after + 1)
    assert owner.execute("SELECT FROM allowance").fetchall() == []
    clock.now += 1
    assert left(shared, "a", 1) == [5]


def test_of_the_refused_none_is_remembered_for_longer_than_it_waits(
    shared: Shared, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowances, "MOST_CLIENTS", 2)
    for client in "abc":
        _ = left(shared, client, 7)
    assert set(shared.refused) == {"a", "b"}
    clock.now += 600
    _ = left(shared, "d", 7)
    assert set(shared.refused) == {"d"}


def test_a_client_in_the_middle_of_its_request_keeps_no_other_waiting(
    shared: Shared, cluster: Cluster, tables: str
) -> None:
    _ = left(shared, "a", 1)
    with psycopg.connect(cluster.url(tables)) as other:
        other.execute("SELECT FROM allowance WHERE client = 'a' FOR UPDATE")
        assert left(shared, "b", 2) == [5, 4]


def test_the_workers_share_the_reads_out(settings: Settings, database: Database) -> None:
    for workers, quota in ((1, 10), (3, 3), (20, 1)):
        chosen = replace(settings, read_limit=10, workers=workers)
        reads = Allowances.of(chosen, database).reads
        assert reads is not None
        assert reads.limit.policy == f'"reads";q={quota};w=60'


def test_without_limits_nothing_is_counted(settings: Settings, database: Database) -> None:
    assert Allowances.of(settings, database) == Allowances(None, None, None)


def test_most_clients_take_some_ten_megabytes(counted: Counted) -> None:
    tracemalloc.start()
    try:
        for number in range(allowances.MOST_CLIENTS + 10):
            _ = counted.spend(f"2001:db8:{number:x}::/64")
        assert tracemalloc.get_traced_memory()[0] < 15_000_000
    finally:
        tracemalloc.stop()
    assert len(counted.counts) == allowances.MOST_CLIENTS
