"""The one door to PostgreSQL: a pool of connections, statements in, typed rows out.

Autocommit: a statement is a transaction. Driver errors become ours here and
nowhere else; what is not listed is a fault of the program and stays what it is.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Self, TypeVar

import psycopg
from psycopg import Pipeline, errors
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import args_row
from psycopg_pool import ConnectionPool, PoolTimeout

from service.errors import Busy, Problem, Unavailable
from service.storage.statements import Statement

Row = TypeVar("Row")
T = TypeVar("T")
Connection = psycopg.Connection[tuple[Any, ...]]

OPTIONS = "-c timezone=UTC -c statement_timeout={0} -c idle_in_transaction_session_timeout={0}"
SLACK = 1.0
"""Seconds for which the server's own timeout may be late."""

RETRY_AFTER = {"Retry-After": "2"}
BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)
AWAY = (
    PoolTimeout,
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
    errors.UndefinedTable,  # not migrated yet
)


class Bounded(Connection):
    """Give up on a server that does not answer at all, as when it hangs.

    statement_timeout is the server's own and needs it alive; `patience`, in seconds, is
    ours and a little longer.
    """

    patience: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer; a connection that is given up is closed."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


class Door:
    """Statements in, typed rows out; a subclass says on whose connection."""

    deadline: float
    """Seconds within which a statement ends."""

    def connection(self) -> AbstractContextManager[Connection]:
        """Lend a connection."""
        raise NotImplementedError

    def transaction(self) -> "AbstractContextManager[Transaction]":
        """Begin a transaction, or go on with the one that is under way."""
        raise NotImplementedError

    def all(
        self,
        row: type[Row],
        statement: Statement,
        values: Mapping[str, object] | None = None,
        *,
        prepare: bool | None = None,
    ) -> list[Row]:
        """Return every row of the statement as `row`.

        With `prepare` False it is planned for these very values: a list's filters are
        mostly absent, which a plan for all values cannot use. Raises `Busy` when other
        writers hold what it needs, `Unavailable` when the database cannot be reached or
        cannot write.
        """
        with self.connection() as connection:
            cursor = connection.cursor(row_factory=args_row(row))
            _ = cursor.execute(statement, values, prepare=prepare)
            self.sync()
            return cursor.fetchall()

    def sync(self) -> None:
        """Wait for what was sent ahead of its answers, if there is such a thing."""

    def one(
        self, row: type[Row], statement: Statement, values: Mapping[str, object] | None = None
    ) -> Row | None:
        """Return the first row of the statement, or None; raises as `all` does."""
        rows = self.all(row, statement, values)
        return rows[0] if rows else None


class Transaction(Door):
    """Statements that are written all or not at all.

    What asks for no rows travels with the next that does: BEGIN with the first
    statement, the last one with COMMIT.
    """

    def __init__(self, connection: Connection, pipeline: Pipeline, deadline: float) -> None:
        """Take the connection on which the transaction has begun."""
        self.deadline = deadline
        self._connection = connection
        self._pipeline = pipeline

    def sync(self) -> None:
        """Wait for all that was sent; the server then knows the session for idle."""
        self._pipeline.sync()

    @contextmanager
    def connection(self) -> Generator[Connection]:
        """Lend the connection of the transaction."""
        with edge():
            yield self._connection

    def transaction(self) -> AbstractContextManager[Self]:
        """Go on with this one: it is all or nothing already."""
        return nullcontext(self)

    def run(self, statement: Statement, values: Mapping[str, object] | None = None) -> None:
        """Run a statement whose rows nobody wants."""
        with self.connection() as connection:
            _ = connection.execute(statement, values)

    def each(self, statement: Statement, batch: Sequence[Mapping[str, object]]) -> None:
        """Run a statement once for each of the values, in few round trips."""
        with self.connection() as connection:
            connection.cursor().executemany(statement, batch)


class Database(Door):
    """Hold at most `size` connections; every statement ends within `deadline` seconds."""

    def __init__(self, url: str, *, size: int, deadline: float, prepare: bool) -> None:
        """Open the pool without waiting for the server to be there."""
        self.deadline = deadline

        def configure(connection: Bounded) -> None:
            connection.patience = deadline + SLACK

        self._pool = ConnectionPool(
            url,
            connection_class=Bounded,
            configure=configure,
            min_size=1,
            max_size=size,
            timeout=deadline,
            check=ConnectionPool.check_connection,
            kwargs={
                "autocommit": True,
                "prepare_threshold": 5 if prepare else None,
                "application_name": "factcheck",
                "connect_timeout": max(2, int(deadline)),
                "options": OPTIONS.format(int(deadline * 1000)),
            },
            open=True,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def stream(
        self, row: type[Row], statement: Statement, values: Mapping[str, object]
    ) -> Generator[Row]:
        """Yield the rows of one snapshot without holding them all; raises as `all` does."""
        with (
            self.connection() as connection,
            connection.transaction(),
            connection.cursor("stream", row_factory=args_row(row)) as cursor,
        ):
            yield from cursor.execute(statement, values)

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        """Begin a transaction, which the end of the ``with`` block commits."""
        with (
            self.connection() as connection,
            connection.pipeline() as pipeline,
            connection.transaction(),
        ):
            yield Transaction(connection, pipeline, self.deadline)

    @contextmanager
    def connection(self) -> Generator[Connection]:
        """Lend a connection of the pool."""
        with edge(), self._pool.connection() as connection:
            yield connection


@contextmanager
def edge() -> Generator[None]:
    """Let errors of the driver leave as problems."""
    try:
        yield
    except (*BUSY, *AWAY) as error:
        raise translated(error) from error


def translated(error: Exception) -> Problem:
    """Return what the client is told of an error of the driver."""
    if isinstance(error, BUSY):
        return Busy("Nothing was written. Send the request again.", headers=RETRY_AFTER)
    return Unavailable(
        "The database did not answer as it should. Send the request again in a few seconds.",
        headers=RETRY_AFTER,
    )
