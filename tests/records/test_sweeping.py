"""What has served its time goes, a little at a time and past what others hold."""

import math
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from service.records import sweeping
from service.records.sweeping import PAUSE, Sweeper
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster
from tests.conftest import state
from tests.newsroom import Newsroom
from tests.routes.acts import put

WHOLE = "INSERT INTO allowance SELECT 'writes', 'w' || n, now() - n * interval '1 s'"
MANY = f"{WHOLE} FROM generate_series(1, %s) AS n"

CHANGES = """
INSERT INTO wording_change (kind, record, words, spelled, length, heads, shown)
SELECT 'claim', 'c' || n, ARRAY['rain'], 'rain', 1, 1, 0 FROM generate_series(1, %s) AS n
"""

TURN = "hashtextextended('factcheck-records: waiting', 0)"


def waiting(owner: psycopg.Connection) -> int:
    """Return how many pages wait to go into the index of words, and let them go."""
    [(pages,)] = owner.execute("SELECT gin_clean_pending_list('wording_present')").fetchall()
    return pages


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


def test_all_words_that_wait_are_counted(
    sweeper: Sweeper, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    owner.execute(CHANGES, [12])  # a batch of ten, and two that are left
    sweeper.sweep()
    assert owner.execute("SELECT heads FROM word WHERE word = 'rain'").fetchall() == [(12,)]
    assert owner.execute("SELECT count(*) FROM wording_change").fetchall() == [(0,)]


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


def test_what_waits_for_the_index_goes_there_and_one_at_a_time_sees_to_it(
    http: Newsroom,
    app: Flask,
    owner: psycopg.Connection,
    cluster: Cluster,
    tables: str,
) -> None:
    flusher = state(app).flusher
    flusher.due = math.inf
    put(http, "/v1/claims/c", {"text": "Words that wait", "status": "published"})
    with psycopg.connect(cluster.url(tables)) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        flusher.due = 0.0
        assert http.get("/v1/match?text=words").status == 200
        assert waiting(owner) > 0
    put(http, "/v1/claims/d", {"text": "More words", "status": "published"})
    flusher.due = 0.0
    assert http.get("/v1/claims?q=words").status == 200
    assert waiting(owner) == 0
