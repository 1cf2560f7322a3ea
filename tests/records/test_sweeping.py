"""What has served its time goes, a little at a time and past what others hold."""

from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from service.records import sweeping
from service.records.sweeping import PAUSE, Sweeper
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster

WHOLE = "INSERT INTO allowance SELECT 'writes', 'w' || n, now() - n * interval '1 s'"
MANY = f"{WHOLE} FROM generate_series(1, %s) AS n"


@pytest.fixture
def sweeper(database: Database) -> Sweeper:
    """Make a sweeper whose clock stands at a minute."""
    return Sweeper(database, clock=lambda: PAUSE)


def clients(owner: psycopg.Connection) -> list[str]:
    """Return the clients in the table."""
    return [row[0] for row in owner.execute("SELECT client FROM allowance ORDER BY 1").fetchall()]


def test_allowances_that_are_whole_go_in_batches(
    sweeper: Sweeper, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 3)
    owner.execute(MANY, [8])
    owner.execute("INSERT INTO allowance VALUES ('writes', 'spent', now() + interval '1 hour')")
    sweeper.sweep()
    assert clients(owner) == ["spent"]


def test_what_somebody_holds_stays_and_nobody_waits_for_it(
    sweeper: Sweeper, owner: psycopg.Connection, cluster: Cluster, tables: str
) -> None:
    owner.execute(MANY, [3])
    with psycopg.connect(cluster.url(tables)) as other:
        other.execute("SELECT FROM allowance WHERE client = 'w2' FOR UPDATE")
        sweeper.sweep()
        assert clients(owner) == ["w2"]


def test_a_process_sweeps_once_a_minute(database: Database, owner: psycopg.Connection) -> None:
    times = iter([5.0, 5.0 + PAUSE - 1, 5.0 + PAUSE])
    sweeper = Sweeper(database, clock=lambda: next(times))
    swept: list[int] = []
    for _ in range(3):
        owner.execute(MANY, [1])
        sweeper.sweep()
        swept.append(len(clients(owner)))
        owner.execute("DELETE FROM allowance")
    assert swept == [0, 1, 0]


def test_a_database_that_is_away_is_left_alone(settings: Settings) -> None:
    with closing(Database("host=127.0.0.1 port=1", size=1, deadline=1, prepare=True)) as away:
        sweeper = Sweeper(away, clock=lambda: PAUSE)
        sweeper.sweep()
    assert replace(sweeper).due == PAUSE + PAUSE
