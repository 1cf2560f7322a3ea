"""What the driver says of a database in trouble leaves as a problem, and passes by itself."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors, sql

from service.errors import Busy, Unavailable
from service.storage.cluster import Cluster as OwnCluster
from service.storage.database import Database
from service.storage.embedded import Embedded, throwaway
from service.storage.installation import installation
from service.storage.readiness import readiness
from service.storage.statements import Statement
from tests.clusters import Cluster
from tests.storage.waiting import until

LIMIT = 30
"""Seconds after which a test that would hang goes on, to fail."""

PERSISTENT = 5
"""Tries within the patience of a test; with pauses that double they would take 31 seconds."""

SHORT = 0.3
"""Seconds of a deadline that is to pass; what waits for it waits for nothing else."""


@dataclass(frozen=True)
class Number:
    """A row of one number."""

    number: int | None


@pytest.fixture
def database(owner_url: str) -> Generator[Database]:
    """Speak to a database that is well."""
    with opened(owner_url, deadline=10) as found:
        yield found


@pytest.fixture
def hasty(owner_url: str) -> Generator[Database]:
    """Speak over a single connection, with a short deadline."""
    with opened(owner_url, deadline=SHORT, size=1) as found:
        yield found


@pytest.fixture
def reader(each_cluster: Cluster) -> Generator[Database]:
    """Speak to a database that takes no writes, as a standby does."""
    with each_cluster.database("storage_reader") as name:
        change = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on")
        each_cluster.run(change.format(sql.Identifier(name)))
        with opened(each_cluster.url(name), deadline=10) as found:
            yield found


@pytest.fixture
def server() -> Generator[Embedded]:
    """Run a server that may be stopped."""
    with throwaway() as found:
        yield found


class Doorkeeper:
    """A port that takes connections and closes them, as a server does that is not ready."""

    def __init__(self) -> None:
        """Begin."""
        self.refused = 0
        self._port = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._refuse)
        self._thread.start()

    @property
    def url(self) -> str:
        """Return how a client comes to it."""
        return f"host=127.0.0.1 port={self._port.getsockname()[1]} sslmode=disable"

    def leave(self) -> None:
        """End."""
        self._port.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._port.close()

    def _refuse(self) -> None:
        with suppress(OSError):
            while True:
                self._port.accept()[0].close()
                self.refused += 1


@pytest.fixture
def doorkeeper() -> Generator[Doorkeeper]:
    """Refuse whoever comes."""
    found = Doorkeeper()
    yield found
    found.leave()


@pytest.fixture
def distant(each_cluster: Cluster, owner_url: str) -> Generator[Database]:
    """Speak to a server that waits for a standby which never comes."""
    reload = sql.SQL("SELECT pg_reload_conf()").format()
    name = "ALTER SYSTEM SET synchronous_standby_names = nobody"
    each_cluster.run(sql.SQL(name).format(), reload)
    url = f"{owner_url} options='-c synchronous_commit=on'"
    with opened(url, deadline=SHORT, size=1) as found:
        until(lambda: answers(found) and shown(found, "synchronous_standby_names") == "nobody")
        yield found
    each_cluster.run(sql.SQL("ALTER SYSTEM RESET synchronous_standby_names").format(), reload)


@pytest.fixture
def look(owner_url: str) -> Generator[psycopg.Connection]:
    """Look at what the sessions of others do."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        yield connection


@contextmanager
def opened(url: str, *, deadline: float, size: int = 2) -> Generator[Database]:
    """Open a database and close it at the end."""
    found = Database(url, size=size, deadline=deadline, prepare=True)
    try:
        yield found
    finally:
        found.close()


def written(text: LiteralString) -> Statement:
    """Return a statement."""
    return Statement([sql.SQL(text)])


ONE = written("SELECT 1")
WRITE = written("CREATE TABLE written ()")
SLEEP = written("SELECT pg_sleep(600)::text::int")
TOUCH = written("UPDATE installation SET installed_at = installed_at RETURNING 1")
COUNT = written("SELECT generate_series(1, %(last)s)")


def answers(database: Database) -> bool:
    """Tell whether the database answers."""
    try:
        return database.one(Number, ONE) == Number(1)
    except Unavailable:
        return False


def shown(database: Database, name: LiteralString) -> str:
    """Return a setting of the session."""
    with database.connection() as connection:
        return connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchall()[0][0]


def together(database: Database, *steps: LiteralString | Callable[[], object]) -> None:
    """Run statements in one transaction, and do what is to be done between them."""
    with database.transaction() as transaction:
        for step in steps:
            _ = step() if callable(step) else transaction.run(written(step))


def test_rows_come_as_they_are_typed(database: Database) -> None:
    assert database.all(Number, COUNT, {"last": 2}) == [Number(1), Number(2)]
    assert database.one(Number, COUNT, {"last": 2}) == Number(1)
    assert database.one(Number, COUNT, {"last": 0}) is None


def test_a_transaction_is_written_all_or_not_at_all(
    database: Database, look: psycopg.Connection
) -> None:
    with pytest.raises(errors.DivisionByZero):
        together(database, "CREATE TABLE half ()", "SELECT 1 / 0")
    assert look.execute("SELECT to_regclass('half')").fetchall() == [(None,)]
    together(database, "CREATE TABLE whole ()", "SELECT 1 / 1")
    assert look.execute("SELECT to_regclass('whole')::text").fetchall() == [("whole",)]


def test_no_statement_is_compiled(database: Database) -> None:
    with database.connection() as connection:
        assert connection.execute("SHOW jit").fetchall() == [("off",)]


def test_the_service_reckons_in_utc(database: Database) -> None:
    with database.connection() as connection:
        assert connection.execute("SHOW timezone").fetchall() == [("UTC",)]


def test_a_fault_of_the_program_stays_what_it_is(database: Database) -> None:
    with pytest.raises(errors.UndefinedColumn):
        database.all(Number, written("SELECT nothing"))


def test_a_server_that_fails_for_another_reason_is_unavailable(database: Database) -> None:
    with pytest.raises(Unavailable) as refusal:
        together(database, "DO $$BEGIN RAISE SQLSTATE '53200'; END$$")
    assert refusal.value.trouble == "failing"


def test_a_lock_that_another_holds_is_busy(
    database: Database, as_owner: psycopg.Connection
) -> None:
    as_owner.execute("LOCK TABLE revision")
    with pytest.raises(Busy):
        together(database, "SET LOCAL lock_timeout = 1", "SELECT FROM revision")


def test_a_deadlock_is_busy(
    database: Database, as_owner: psycopg.Connection, look: psycopg.Connection
) -> None:
    as_owner.execute("SET deadlock_timeout = '1h'; SELECT pg_advisory_xact_lock(1)")
    rival = threading.Thread(target=as_owner.execute, args=["SELECT pg_advisory_xact_lock(2)"])
    mine: list[LiteralString] = [
        "SET LOCAL deadlock_timeout = 1",
        "SELECT pg_advisory_xact_lock(2)",
    ]
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
    meet = partial(until, lambda: look.execute(waiting).fetchall())
    with pytest.raises(Busy):
        together(database, *mine, rival.start, meet, "SELECT pg_advisory_xact_lock(1)")
    rival.join()


def test_writers_that_cannot_be_put_in_order_are_busy(
    database: Database, look: psycopg.Connection
) -> None:
    level: LiteralString = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    write: LiteralString = "UPDATE installation SET installed_at = installed_at"
    with pytest.raises(Busy):
        together(database, level, "TABLE installation", partial(look.execute, write), write)


def test_a_statement_that_outlasts_the_deadline_is_ended(hasty: Database) -> None:
    with pytest.raises(Unavailable) as refusal:
        hasty.all(Number, SLEEP)
    assert refusal.value.status == 503
    assert refusal.value.headers == {"Retry-After": "2"}
    assert answers(hasty)


def test_what_is_asked_on_one_clock_shares_one_deadline(hasty: Database) -> None:
    hasty.start_clock()
    with suppress(Unavailable):
        hasty.all(Number, SLEEP)
    with pytest.raises(Unavailable):
        hasty.all(Number, ONE)
    hasty.stop_clock()
    assert answers(hasty)


def test_what_outlasts_the_clock_is_cancelled(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "deadline", SHORT)
    database.start_clock()
    with pytest.raises(Unavailable) as refusal:
        database.all(Number, SLEEP)
    database.stop_clock()
    assert refusal.value.trouble == "slow"
    assert answers(database)


def test_a_write_that_no_standby_confirms_is_not_acknowledged(distant: Database) -> None:
    with pytest.raises(Unavailable) as refusal:
        distant.all(Number, TOUCH)
    assert refusal.value.trouble == "unconfirmed"
    assert answers(distant)


def test_a_transaction_that_no_standby_confirms_is_not_acknowledged(distant: Database) -> None:
    with pytest.raises(Unavailable) as refusal:
        together(distant, "CREATE TABLE confirmed ()")
    assert refusal.value.trouble == "unconfirmed"
    assert answers(distant)


def test_a_session_that_idles_in_a_transaction_is_ended(
    hasty: Database, look: psycopg.Connection
) -> None:
    sessions = "SELECT FROM pg_stat_activity WHERE xact_start < now() AND backend_type = %s"
    gone = partial(until, lambda: not look.execute(sessions, ["client backend"]).fetchall())
    with pytest.raises(Unavailable):
        together(hasty, "SELECT 1", gone, "SELECT 1")
    assert answers(hasty)


def test_a_database_that_takes_no_writes_is_unavailable_for_them(reader: Database) -> None:
    with pytest.raises(Unavailable):
        reader.all(Number, WRITE)
    assert answers(reader)


def test_a_pool_without_a_free_connection_is_unavailable(hasty: Database) -> None:
    with hasty.connection(), pytest.raises(Unavailable) as refusal:
        hasty.one(Number, ONE)
    assert refusal.value.trouble == "crowded"
    assert answers(hasty)


def test_a_server_that_was_never_there_is_unavailable() -> None:
    with opened("host=/nowhere", deadline=SHORT) as database, pytest.raises(Unavailable):
        database.one(Number, ONE)


def test_a_session_that_was_ended_is_replaced(
    database: Database, as_owner: psycopg.Connection
) -> None:
    with database.connection() as connection:
        pid = connection.info.backend_pid
    as_owner.execute("SELECT pg_terminate_backend(%s, 20000)", [pid])
    assert answers(database)


def test_sessions_that_were_all_ended_are_replaced_at_once(
    owner_url: str, as_owner: psycopg.Connection
) -> None:
    with opened(owner_url, deadline=1, size=4) as database:
        with ExitStack() as stack:
            lent = [stack.enter_context(database.connection()) for _ in range(4)]
            pids = [connection.info.backend_pid for connection in lent]
        as_owner.execute("SELECT pg_terminate_backend(p, 20000) FROM unnest(%s) AS p", [pids])
        assert answers(database)


def test_a_server_that_is_away_for_long_is_tried_again_and_again(doorkeeper: Doorkeeper) -> None:
    with opened(doorkeeper.url, deadline=SHORT, size=1) as database:
        until(lambda: answers(database) or doorkeeper.refused > PERSISTENT)


def test_a_server_that_comes_back_is_found_again(server: Embedded) -> None:
    with opened(server.url, deadline=SHORT) as database:
        until(lambda: answers(database))
        server.stop()
        assert not answers(database)
        server.start()
        until(lambda: answers(database))


def test_a_database_in_which_nothing_is_set_up_is_unavailable(empty: str) -> None:
    with opened(empty, deadline=10) as database:
        for ask in (readiness, installation):
            with pytest.raises(Unavailable) as refusal:
                ask(database)
            assert refusal.value.trouble == "unmigrated"


@contextmanager
def hung(server: Embedded) -> Generator[None]:
    """Stop all processes of a server in their tracks for as long as the block lasts."""
    with psycopg.connect(server.url) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
    pids = [pid for (pid,) in rows] + [OwnCluster(server.home, {}).pid()]

    def signalled(number: signal.Signals) -> None:
        for pid in filter(None, pids):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    rescue = threading.Timer(LIMIT, signalled, [signal.SIGCONT])
    rescue.start()
    signalled(signal.SIGSTOP)
    try:
        yield
    finally:
        rescue.cancel()
        signalled(signal.SIGCONT)


def test_a_server_that_hangs_is_unavailable_until_it_goes_on(server: Embedded) -> None:
    with opened(server.url, deadline=SHORT) as database:
        until(lambda: answers(database))
        with hung(server):
            assert not answers(database)
        until(lambda: answers(database))
