"""The parent of the workers: gunicorn's arbiter, with one more thing to look after."""

import signal
from collections.abc import Callable

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

_STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


class Keeper(Arbiter):
    """Keep the workers running, and call `every_second` about that often."""

    def __init__(self, application: BaseApplication, every_second: Callable[[], object]) -> None:
        """Take what to serve and what else to do."""
        super().__init__(application)
        self._every_second = every_second

    def murder_workers(self) -> None:
        """End workers that hang; gunicorn's loop comes by here once a second."""
        super().murder_workers()
        self._every_second()

    def spawn_worker(self) -> int:
        """Fork a worker, which sees no signal until `forget_signals`."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        try:
            return super().spawn_worker()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)


def forget_signals(_arbiter: Arbiter, _worker: Worker) -> None:
    """Let a new worker die when it is told to while it boots.

    It has the arbiter's handlers until it sets its own, which note the signal
    where nobody looks: a stop right after a start took the whole grace.
    """
    for number in _STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
