"""Taking connections: one at a time from a calm burst, more the busier the worker is."""

from collections.abc import Callable

from gevent.pool import Pool
from gevent.server import StreamServer
from gevent.socket import socket


class Listening(StreamServer):
    """Take connections from a listener that other workers have too."""

    def __init__(
        self,
        listener: socket,
        handle: Callable[..., object],
        pool: Pool,
        busy: Callable[[], int],
    ) -> None:
        """Take what to do with a connection, and what tells how many requests are at work."""
        self._busy = busy
        super().__init__(listener, handle=handle, spawn=pool)

    @property
    def max_accept(  # pyright: ignore[reportIncompatibleVariableOverride] -- read each time
        self,
    ) -> int:
        """Return how many connections to take each time round.

        One, so that the workers share a burst; but a worker that is busy comes round so
        seldom that, one by one, the last of five hundred clients was taken after ten seconds.
        """
        return 1 + self._busy() // 2
