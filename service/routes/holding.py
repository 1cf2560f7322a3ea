"""How those are refused for whom there is no time: at once, unless they come again too early."""

from contextvars import ContextVar
from time import monotonic

from service.routes import streaming

_UNTIL: ContextVar[float] = ContextVar("until", default=0.0)
"""When the client of this connection may come again; each has a greenlet, and so a value."""


def hold(pause: float) -> None:
    """Keep a refused client that did not wait when it was asked to for as long as was left.

    `pause` is in seconds and begins when this returns. To refuse takes half of what it
    takes to serve: some hundred clients that ask again as soon as they are refused would
    leave no time for those who are let in, and one that is held takes none.
    """
    early = _UNTIL.get() - monotonic()
    if early > 0:
        _ = streaming.stopping().wait(early)
    _ = _UNTIL.set(monotonic() + pause)
