"""What a connection gets beyond what its URL says."""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic

import pytest
from psycopg import OperationalError, conninfo, errors
from psycopg.abc import PQGen
from psycopg.waiting import Wait

from service.storage.connections import FRESH, SLACK, Bounded, parameters
from tests.clusters import Cluster

SHORT = 0.1


@contextmanager
def stopped(process: int) -> Generator[None]:
    """Let a process hang."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_a_vanished_machine_is_noticed() -> None:
    ours = parameters("host=one", deadline=10)
    assert (ours["tcp_user_timeout"], ours["connect_timeout"]) == (10_000, 10)
    assert {"keepalives_idle", "keepalives_interval", "keepalives_count"} <= ours.keys()


def test_each_of_several_hosts_has_its_share_of_the_deadline() -> None:
    assert parameters("postgresql://one,two,three/x", deadline=10)["connect_timeout"] == 3
    assert parameters("host=one,two,three", deadline=1)["connect_timeout"] == 2


def test_the_url_has_the_last_word() -> None:
    said = {"connect_timeout": "7", "application_name": "desk", "keepalives_idle": "99"}
    ours = parameters(conninfo.make_conninfo(**said), deadline=10)
    assert ours.keys().isdisjoint(said)
    assert parameters("options='-c geqo=off'", deadline=10)["options"].endswith(" -c geqo=off")


def test_the_server_takes_all_of_it(cluster: Cluster) -> None:
    url = f"{cluster.url('postgres')} options='-c timezone=Asia/Tokyo'"
    with Bounded.connect(url, **parameters(url, deadline=3)) as connection:
        assert connection.info.get_parameters()["tcp_user_timeout"] == "3000"
        assert connection.execute("SHOW statement_timeout").fetchall() == [("3s",)]
        assert connection.execute("SHOW timezone").fetchall() == [("Asia/Tokyo",)]


def test_an_error_of_the_server_is_no_wait_that_was_too_long(cluster: Cluster) -> None:
    def failing() -> PQGen[None]:
        raise errors.SerializationFailure
        yield Wait.R

    with Bounded.connect(cluster.url("postgres")) as connection, connection.pipeline():
        # Until the pipeline is synced the connection is at work, whatever was answered.
        connection.execute("SELECT 1")
        with pytest.raises(errors.SerializationFailure):
            connection.wait(failing())


def test_a_connection_that_the_server_ended_is_known_without_asking(cluster: Cluster) -> None:
    url = cluster.url("postgres")
    with Bounded.connect(url, autocommit=True) as one, Bounded.connect(url) as other:
        one.check()
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (one.info.backend_pid,))
        assert monotonic() - one.used < FRESH
        with pytest.raises(OperationalError):
            one.check()


def test_a_connection_that_rested_is_asked(cluster: Cluster) -> None:
    with Bounded.connect(cluster.url("postgres"), autocommit=True) as rested:
        rested.left = lambda: SHORT
        with stopped(rested.info.backend_pid):
            rested.used = monotonic()
            rested.check()
            rested.used = monotonic() - 2 * FRESH
            with pytest.raises(OperationalError):
                rested.check()


def test_a_statement_that_takes_too_long_costs_no_connection(cluster: Cluster) -> None:
    with Bounded.connect(cluster.url("postgres"), autocommit=True) as patient:
        patient.left = lambda: SHORT - SLACK
        with pytest.raises(errors.QueryCanceled):
            patient.execute("SELECT pg_sleep(60)")
        assert patient.execute("SELECT 1").fetchall() == [(1,)]
