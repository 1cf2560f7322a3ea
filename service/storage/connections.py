"""A connection that gives up in time and believes no commit that a standby has not confirmed."""

import functools
from collections.abc import Callable
from time import monotonic
from typing import Any, Self, TypeVar

import psycopg
from psycopg import conninfo, errors
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus

from service.storage.sending import Sender

T = TypeVar("T")
Connection = psycopg.Connection[tuple[Any, ...]]

OPTIONS = (
    "-c timezone=UTC -c statement_timeout={0} -c idle_in_transaction_session_timeout={0}"
    # Or the word of an unconfirmed commit would not reach us.
    " -c client_min_messages=warning"
    # What a statement is expected to cost is often far off: compiled it takes a tenth of a second.
    " -c jit=off"
)
SLACK = 1.0
"""Seconds for which the server's own timeout may be late."""

# What `wait` raises, by its own docstring, when its time is up. The server's errors are of the same
# parent: to take one for this would be to wait once more, for nothing, and so to pass it over.
WaitedOut = errors._WaitTimeout  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

FRESH = 1.0
"""Seconds after which a connection is asked before it is lent: a network may have dropped it."""

LAST_WORD = 0.5
"""Seconds that a server has to take a cancellation, and again to say what came of it."""


class Bounded(Connection):
    """Give up on a server that does not answer at all, as when it hangs.

    statement_timeout is the server's own: it needs it alive, and does not end the wait for
    a synchronous standby. `left` returns how many seconds ours gives; it comes later.
    """

    left: Callable[[], float] | None = None
    used = 0.0
    """When it was last lent, by the monotonic clock."""

    unconfirmed = False
    """Whether a commit ended without the word of the standby that it waited for."""

    @classmethod
    def connect(  # pyright: ignore[reportIncompatibleMethodOverride] -- the pool gives ours by name
        cls,
        conninfo: str = "",
        *,
        left: Callable[[], float] | None = None,
        refused: Callable[[Exception | None], None] = lambda _: None,
        **options: Any,  # noqa: ANN401 -- psycopg's own
    ) -> Self:
        """Connect and tell `refused` why not, or None when it worked."""
        try:
            connection = super().connect(conninfo, **options)
        except psycopg.OperationalError as error:
            refused(error)
            raise
        refused(None)
        connection.left = left
        connection.add_notice_handler(connection.hear)
        return connection

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for an answer; what takes too long is cancelled."""
        if timeout is None and self.left:
            timeout = self.left() + SLACK
        try:
            return super().wait(gen, interval, timeout)
        except WaitedOut:
            return self._last_word(gen)

    def _last_word(self, gen: PQGen[T]) -> T:
        """Cancel and return what comes of it; close the connection if nothing does.

        A connection that was merely closed would leave its backend waiting for as long as
        the standby is away, and in the end there would be none for anybody.
        """
        try:
            self.cancel_safe(timeout=LAST_WORD)
            return super().wait(gen, timeout=LAST_WORD)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise

    @functools.cached_property
    def sender(self) -> Sender:
        """Return what sends statements on this connection."""
        return Sender(self.pgconn, Transformer(self), self.wait)

    def check(self) -> None:
        """Raise `psycopg.OperationalError` if the server has ended this connection.

        What it ended lately has come to us by now, and to look for that costs a tenth of the
        round trip that a reading of one record is.
        """
        now = monotonic()
        if now - self.used > FRESH:
            _ = self.execute(b"")
        self.used = now
        for _ in ("its last words", "its end"):
            self.pgconn.consume_input()

    def hear(self, notice: Diagnostic) -> None:
        """Note that a commit is not confirmed; the function's name is in no human language."""
        if notice.source_function == "SyncRepWaitForLSN":
            self.unconfirmed = True


def parameters(url: str, deadline: float) -> dict[str, Any]:
    """Return what a connection gets beyond `url`, which has the last word."""
    said = conninfo.conninfo_to_dict(url)
    hosts = str(said.get("host") or "").split(",")
    ours = {
        "application_name": "factcheck",
        # Each host has its share: the next must get its turn before the deadline.
        "connect_timeout": max(2, int(deadline / len(hosts))),
        # A machine that vanished is noticed although it closes nothing.
        "tcp_user_timeout": int(deadline * 1000),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    options = f"{OPTIONS.format(int(deadline * 1000))} {said.get('options') or ''}"
    return {name: ours[name] for name in ours.keys() - said.keys()} | {"options": options.strip()}
