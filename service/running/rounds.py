"""The rounds of a process that delivers: what is due is begun, then it sleeps a little.

Import this only after gevent has put its own way to wait in the place of Python's.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from gevent import Timeout
from gevent.event import Event
from gevent.pool import Pool

from service.documents.seals import Seal
from service.errors import Problem
from service.feed.marks import Marks
from service.running import metrics
from service.storage.database import Database
from service.storage.installation import installation
from service.webhooks.bookmarks import longest_failing
from service.webhooks.client import TOTAL, Client
from service.webhooks.delivering import Deliverer

TICK = 0.25
"""Seconds between two looks at the database where there is nothing to do."""
PAUSE = 2.0
"""Seconds until the next look when the database is in trouble."""
GRACE = 5.0
"""Seconds that deliveries have to end after SIGTERM; another process repeats what was cut off."""
MEASURED = 5.0
"""Seconds between two looks at how long deliveries have failed."""

_LOG = logging.getLogger("factcheck.webhooks")


@dataclass(slots=True)
class Rounds:
    """Deliver in the greenlets of `pool`, to private addresses too if `private`."""

    database: Database
    pool: Pool
    private: bool
    _deliverer: Deliverer | None = None
    _next: dict[str, float] = field(default_factory=dict[str, float])

    def go(self, stop: Event, every_second: Callable[[], object]) -> None:
        """Go on until `stop`, call `every_second` about that often, and end in good order."""
        while not stop.is_set():
            self._every(1.0, "second", every_second)
            _ = stop.wait(self._round())
        _ = self.pool.join(timeout=GRACE)
        self.pool.kill(block=False)
        self.database.close()

    def _round(self) -> float:
        """Begin what is due; return for how many seconds there is nothing more to do."""
        try:
            self._every(MEASURED, "measured", self._measure)
            free = self.pool.free_count()
            return 0.0 if free and self._ready().tick(free) else TICK
        except Problem as problem:
            self._complain(problem)
            return PAUSE

    def _ready(self) -> Deliverer:
        if self._deliverer is None:
            found = installation(self.database)
            client = Client(private=self.private, limit=partial(Timeout, TOTAL, TimeoutError))
            marks = Marks(Seal(found.cursor_secret), found.system)
            self._deliverer = Deliverer(
                self.database, marks, client, self.begin, metrics.count_delivery
            )
        return self._deliverer

    def begin(self, work: Callable[[], object]) -> None:
        """Do a piece of work in a greenlet of its own; what fails is told and stops no other."""

        def guarded() -> None:
            try:
                work()
            except Problem as problem:
                # The lease ends, and somebody delivers again.
                self._complain(problem)
            except Exception:  # noqa: BLE001 -- the last net: one event must not stop the rest
                _LOG.exception("fault")

        self.pool.spawn(guarded)

    def _measure(self) -> None:
        metrics.set_undelivered(longest_failing(self.database))

    def _every(self, seconds: float, name: str, work: Callable[[], object]) -> None:
        now = time.monotonic()
        if now >= self._next.get(name, now):
            self._next[name] = now + seconds
            _ = work()

    def _complain(self, problem: Problem) -> None:
        fields = {"code": problem.code, "trouble": problem.trouble}
        _LOG.warning("webhooks wait", extra={"fields": fields})
