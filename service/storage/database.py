"""The one door to PostgreSQL: a pool of connections, statements in, typed rows out.

Autocommit: a statement is a transaction. Driver errors become ours here and
nowhere else; what is not listed is a fault of the program and stays what it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import monotonic, perf_counter
from typing import Self, TypeVar

import psycopg
from psycopg import Pipeline
from psycopg.rows import args_row

from service.meters import NOBODY, Meters
from service.storage import line, statements
from service.storage.connections import Bounded, Connection, parameters
from service.storage.line import Line
from service.storage.loans import Loan, edge
from service.storage.statements import Statement
from service.storage.timing import COMMIT, Timed, Use

Row = TypeVar("Row")

_END: ContextVar[float | None] = ContextVar("end", default=None)
"""When the statements of this greenlet or thread end, by the monotonic clock."""


class Door(ABC):
    """Statements in, typed rows out; a subclass says on whose connection."""

    deadline: float
    """Seconds within which a statement ends."""
    meters: Meters = NOBODY
    """Who hears how long each took."""

    @abstractmethod
    def connection(self) -> AbstractContextManager[Connection]:
        """Lend a connection."""

    @abstractmethod
    def transaction(self) -> "AbstractContextManager[Transaction]":
        """Begin a transaction, or go on with the one that is under way."""

    @abstractmethod
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

    def one(
        self, row: type[Row], statement: Statement, values: Mapping[str, object] | None = None
    ) -> Row | None:
        """Return the first row of the statement, or None; raises as `all` does."""
        rows = self.all(row, statement, values)
        return rows[0] if rows else None


class Transaction(Door):
    """Statements that are written all or not at all; BEGIN travels with the first of them."""

    def __init__(
        self, connection: Connection, pipeline: Pipeline, deadline: float, meters: Meters
    ) -> None:
        """Take the connection on which the transaction has begun."""
        self.deadline, self.meters = deadline, meters
        self._connection = connection
        self._pipeline = pipeline

    def sync(self) -> None:
        """Wait for all that was sent; the server then knows the session for idle."""
        self._pipeline.sync()

    def all(
        self,
        row: type[Row],
        statement: Statement,
        values: Mapping[str, object] | None = None,
        *,
        prepare: bool | None = None,
    ) -> list[Row]:
        """Return every row of the statement as `row`, by a cursor, which knows of the pipeline."""
        with self.connection() as connection, Timed(self.meters, statement.name):
            cursor = connection.cursor(row_factory=args_row(row))
            _ = cursor.execute(statement, values, prepare=prepare)
            self.sync()
            return cursor.fetchall()

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
        with self.connection() as connection, Timed(self.meters, statement.name):
            _ = connection.execute(statement, values)
            self.sync()

    def end_with(self, statement: Statement, values: Mapping[str, object]) -> None:
        """Send the last statement, which travels with COMMIT; if it fails, that is refused."""
        with self.connection() as connection:
            _ = connection.execute(statement, values)

    def extend(self, seconds: float) -> None:
        """Give each statement from here on so many seconds; COMMIT has them too."""
        self.deadline = seconds
        _ = _END.set(monotonic() + seconds)
        milliseconds = {"milliseconds": str(int(seconds * 1000))}
        self.run(statements.statement("extend_deadline"), milliseconds)

    def each(self, statement: Statement, batch: Sequence[Mapping[str, object]]) -> None:
        """Run a statement once for each of the values, in few round trips."""
        with self.connection() as connection, Timed(self.meters, statement.name):
            connection.cursor().executemany(statement, batch)


class Database(Door):
    """Hold at most `size` connections; every statement ends within `deadline` seconds.

    Between `start_clock` and `stop_clock` that is the time of all statements together.
    """

    def __init__(
        self, url: str, *, size: int, deadline: float, prepare: bool, meters: Meters = NOBODY
    ) -> None:
        """Open the pool without waiting for the server to be there."""
        self.deadline, self.meters = deadline, meters
        self._refusal: Exception | None = None
        self._prepare = prepare
        self._pool = Line(
            url,
            connection_class=Bounded,
            min_size=1,
            max_size=size,
            timeout=deadline,
            check=self._check,
            kwargs={
                "autocommit": True,
                "prepare_threshold": 5 if prepare else None,
                "left": self._left,
                "refused": self._note_refusal,
                **parameters(url, deadline),
            },
            open=True,
        )

    def all(
        self,
        row: type[Row],
        statement: Statement,
        values: Mapping[str, object] | None = None,
        *,
        prepare: bool | None = None,
    ) -> list[Row]:
        """Return every row of the statement as `row`: a transaction of its own."""
        prepare = self._prepare if prepare is None else prepare
        with self.connection() as connection, Timed(self.meters, statement.name):
            return connection.sender.rows(row, statement, values or {}, prepare=prepare)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def use(self) -> Use:
        """Return how the pool is used, which costs the requests nothing."""
        return Use.of(self._pool.get_stats())

    def start_clock(self, seconds: float | None = None) -> None:
        """Let all that is asked from here on, in this greenlet or thread, share one deadline.

        It is a request, which is sent away where too many wait: `Overloaded`.
        """
        _ = _END.set(monotonic() + (self.deadline if seconds is None else seconds))
        line.begin(new=True)

    def go_first(self) -> None:
        """Let what is asked from here on wait behind no other request."""
        line.begin(new=False)

    def stop_clock(self, *_error: object) -> None:
        """Give each statement the whole deadline again."""
        _ = _END.set(None)
        line.begin(new=False)

    def copy(self, statement: Statement, rows: Iterable[Sequence[object]]) -> None:
        """Send rows to a COPY, all or none; they are written in the order of its columns."""
        with (
            self.connection() as connection,
            Timed(self.meters, statement.name),
            connection.cursor().copy(statement) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        """Begin a transaction, which the end of the ``with`` block commits."""
        end = _END.get()
        try:
            with (
                self.connection() as connection,
                connection.pipeline() as pipeline,
                connection.transaction(),
            ):
                yield Transaction(connection, pipeline, self.deadline, self.meters)
                began = perf_counter()
            self.meters.ran(COMMIT, perf_counter() - began)
        finally:
            _ = _END.set(end)

    def connection(self) -> Loan:
        """Lend a connection of the pool."""
        return Loan(self._pool, self._left(), lambda: self._refusal)

    def _left(self) -> float:
        end = _END.get()
        return self.deadline if end is None else max(0.0, end - monotonic())

    def _check(self, connection: Bounded) -> None:
        try:
            connection.check()
        except psycopg.Error as error:
            self._refusal = error
            # What broke one has most likely broken all: to find that out of each in turn
            # would cost request after request its deadline.
            self._pool.drain()
            raise

    def _note_refusal(self, error: Exception | None) -> None:
        self._refusal = error
