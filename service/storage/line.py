"""The pool's line: who has begun goes first, and who would only wait is sent away in time."""

from collections import deque
from contextvars import ContextVar
from itertools import compress
from time import monotonic
from typing import Any

from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests

from service.storage.connections import Bounded

PATIENCE = 0.25
"""Seconds that a request waits in a long line for its first connection.

Under overload everybody who is served has waited for about so long, and the rest of the
second in which to answer is for the work itself.
"""

RECONNECT = 2.0
"""Seconds after which the pool begins its tries to connect anew.

It doubles the pauses between them, to minutes, and would find a server late that is back.
"""

_NEW: ContextVar[bool] = ContextVar("new", default=False)
"""Whether the request of this greenlet or thread has had no connection yet."""


def begin(*, new: bool) -> None:
    """Say of what is asked from here on whether it may be sent away."""
    _ = _NEW.set(new)


class Ahead(deque[Any]):
    """A line in which those who have had a connection stand before those who have not.

    To let them wait as long again for each statement would make a match take three times
    as long as a read, and to send them away would waste what they have taken. Among
    themselves they go in turn.
    """

    first = 0
    """How many stand before the new."""

    def append(self, one: object) -> None:
        """Let one join the line."""
        if _NEW.get():
            super().append(one)
        else:
            self.insert(self.first, one)
            self.first += 1

    def popleft(self) -> Any:  # noqa: ANN401 -- psycopg's own
        """Let the first of all out."""
        self.first = max(0, self.first - 1)
        return super().popleft()

    def waiting(self) -> "Ahead":
        """Return the line without those who wait no longer."""
        still = [one.error is None for one in self]
        line = Ahead(compress(self, still))
        line.first = sum(still[: self.first])
        return line


class Stack(deque[Any]):
    """Connections that nobody uses, of which the last that was used goes out first.

    In turn, each comes round with what PostgreSQL and the processor had at hand for it gone.
    """

    def append(self, one: object) -> None:
        """Lay one on top."""
        super().appendleft(one)


class Line(ConnectionPool[Bounded]):
    """Lend connections, and raise `TooManyRequests` where work piles up.

    It does so here and nowhere else: streams, requests that wait for changes and clients that
    are slow to send hold no connection. A line is long when more wait than are served; where
    it is shorter nobody is sent away, however slow the database.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- psycopg's own
        """Take what the pool takes."""
        ours = {"reconnect_timeout": RECONNECT, "reconnect_failed": ConnectionPool.check}
        super().__init__(*arguments, **ours, **options)
        with self._lock:
            self._pool = Stack(self._pool)
        self._waiting: Ahead = Ahead()
        self._in_vain = 0.0

    def getconn(self, timeout: float | None = None) -> Bounded:
        """Wait for a connection."""
        left = self.timeout if timeout is None else timeout
        hurried = _NEW.get() and len(self._waiting) >= self.max_size and left > PATIENCE
        # Where somebody has just waited in vain, so would the next.
        if hurried and monotonic() < self._in_vain + PATIENCE:
            raise TooManyRequests
        try:
            return super().getconn(PATIENCE if hurried else left)
        except PoolTimeout as error:
            self._let_go()
            if not hurried:
                raise
            self._in_vain = monotonic()
            raise TooManyRequests from error
        finally:
            begin(new=False)

    def _let_go(self) -> None:
        """Take out of the line who waits no longer: the pool would count them until their turn."""
        with self._lock:
            self._waiting = self._waiting.waiting()
