"""Connections of the pool on loan, and the edge at which the driver's errors become ours."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType

from psycopg_pool import ConnectionPool

from service.storage.connections import Bounded
from service.storage.troubles import AWAY, BUSY, translated, unavailable


class Loan:
    """A connection that is lent; errors of the driver leave as problems.

    A class of its own: what `contextmanager` makes of the same takes four times as long.
    """

    __slots__ = ("_connection", "_pool", "_refusal", "_wait")

    def __init__(
        self,
        pool: ConnectionPool[Bounded],
        wait: float,
        refusal: Callable[[], Exception | None],
    ) -> None:
        """Take the pool, how long to wait for it, and what tells why none could connect."""
        self._pool, self._wait, self._refusal = pool, wait, refusal

    def __enter__(self) -> Bounded:
        """Take the connection."""
        try:
            self._connection = self._pool.getconn(self._wait)
        except AWAY as error:
            raise translated(error, self._refusal()) from error
        self._connection.unconfirmed = False
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back.

        A commit that ended without the standby's word is no acknowledgement: `Unavailable`.
        """
        self._pool.putconn(self._connection)
        if isinstance(error, (*BUSY, *AWAY)):
            raise translated(error, self._refusal()) from error
        if error is None and self._connection.unconfirmed:
            raise unavailable("unconfirmed")


@contextmanager
def edge() -> Generator[None]:
    """Let errors of the driver leave as problems."""
    try:
        yield
    except (*BUSY, *AWAY) as error:
        raise translated(error) from error
