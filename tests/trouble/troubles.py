"""The troubles that a database can have, each made for as long as a block lasts."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg

from tests.running.client import until
from tests.trouble.postgres import Postgres, filled

SESSIONS = "SELECT pid FROM pg_stat_activity WHERE usename = %s"


@dataclass(frozen=True)
class Trouble:
    """How it is made, how the log calls it, and which requests but writes it touches."""

    make: Callable[[Postgres], AbstractContextManager[None]]
    name: str
    touched: frozenset[str] = frozenset({"read", "mine", "ready"})
    needs_disk: bool = False


@contextmanager
def stopped(server: Postgres) -> Generator[None]:
    """Stop the server as a power cut does."""
    server.stop("immediate")
    yield
    server.start()


@contextmanager
def full(server: Postgres) -> Generator[None]:
    """Fill the disk that the tables are on."""
    # A checkpoint that finds no room for its own small files ends the server: none may come soon.
    server.run("CHECKPOINT")
    with filled(server.folder):
        yield


@contextmanager
def without_log(server: Postgres) -> Generator[None]:
    """Fill the disk that the write-ahead log is on, which ends the server."""
    # Nobody fetches what is kept for this one: the usual way to such an end.
    server.run("SELECT pg_create_physical_replication_slot('forgotten', true)")
    with filled(server.folder.with_name("wal")):
        until(lambda: not logs(server))
        yield
    until(lambda: not server.pid or answers(server))
    if not server.pid:
        server.start()
    server.run("SELECT pg_drop_replication_slot('forgotten')")


@contextmanager
def read_only(server: Postgres) -> Generator[None]:
    """Let the server take no writes."""
    reload = "SELECT pg_reload_conf()"
    server.run("ALTER SYSTEM SET default_transaction_read_only = on")
    server.run(reload)
    yield
    server.run("ALTER SYSTEM RESET default_transaction_read_only")
    server.run(reload)


def locked(mode: LiteralString) -> Callable[[Postgres], AbstractContextManager[None]]:
    """Return how to hold a lock on the revisions."""

    @contextmanager
    def hold(server: Postgres) -> Generator[None]:
        with psycopg.connect(server.url(database="factcheck")) as connection:
            connection.execute(f"LOCK TABLE revision IN {mode} MODE")
            yield

    return hold


@contextmanager
def slow(server: Postgres) -> Generator[None]:
    """Let each write take a minute."""
    dawdle: LiteralString = (
        "CREATE OR REPLACE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN PERFORM pg_sleep({}); RETURN new; END'"
    )
    server.run(dawdle.format("60"), database="factcheck")
    server.run(
        "CREATE TRIGGER dawdle BEFORE INSERT ON revision FOR EACH ROW EXECUTE FUNCTION dawdle()",
        database="factcheck",
    )
    yield
    # To drop it would take a lock, and so trouble readers too.
    server.run(dawdle.format("0"), database="factcheck")


@contextmanager
def refused(server: Postgres) -> Generator[None]:
    """Allow the service's role no connection, and end those it has."""
    end = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'newsroom'"
    server.run("ALTER ROLE newsroom CONNECTION LIMIT 0")
    server.run(end)
    yield
    server.run("ALTER ROLE newsroom CONNECTION LIMIT -1")


@contextmanager
def taken(server: Postgres) -> Generator[None]:
    """Let others have every connection."""
    server.run("CREATE ROLE other LOGIN")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'newsroom'"
    others: list[psycopg.Connection] = []

    def take() -> bool:
        try:
            others.append(psycopg.connect(server.url("other")))
        except psycopg.OperationalError:
            left = server.run(SESSIONS, ["newsroom"])
            server.run(end)
            return not left
        return False

    until(take)
    yield
    for other in others:
        other.close()
    until(lambda: not server.run(SESSIONS, ["other"]))
    server.run("DROP ROLE other")


def answers(server: Postgres) -> bool:
    """Tell whether the server takes connections."""
    try:
        return bool(server.run("SELECT 1"))
    except psycopg.OperationalError:
        return False


def logs(server: Postgres) -> bool:
    """Tell whether the server finds room for a megabyte of log."""
    try:
        return bool(server.run("SELECT pg_logical_emit_message(false, '', repeat('x', 1 << 20))"))
    except psycopg.OperationalError:
        return False


READS = frozenset({"read", "mine"})
NONE: frozenset[str] = frozenset()
TROUBLES = {
    "stopped": Trouble(stopped, "away"),
    "hanging": Trouble(Postgres.frozen, "silent"),
    "read-only": Trouble(read_only, "read-only", NONE),
    "locked for writing": Trouble(locked("EXCLUSIVE"), "slow", NONE),
    "locked": Trouble(locked("ACCESS EXCLUSIVE"), "slow", READS),
    "slow": Trouble(slow, "slow", NONE),
    "refused": Trouble(refused, "connections"),
    "taken": Trouble(taken, "connections"),
    "full": Trouble(full, "full", NONE, needs_disk=True),
    "without a log": Trouble(without_log, "away", needs_disk=True),
}
