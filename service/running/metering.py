"""What the service tells of its own work, counted: statements, imports, the pool.

Import this only where `service.running.metrics` may be imported.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from service.meters import Meters, Outcome
from service.running import metrics
from service.running.metrics import OWN
from service.storage.timing import Use

_STATEMENTS = Histogram(
    "factcheck_statement_duration_seconds",
    "Time from sending a statement to having its rows, by the name of its file in service/sql",
    ["statement"],
    buckets=(0.001, 0.005, 0.025, 0.1, 0.5, 2.5),
    registry=OWN,
)
_LINES = Counter(
    "factcheck_import_lines",
    "Lines of imports, as they are read, and once it is done those written and those refused",
    ["outcome"],
    registry=OWN,
)
_IMPORTS = Gauge(
    "factcheck_imports_running",
    "Imports that read or write",
    registry=OWN,
    multiprocess_mode="livesum",
)


class Metered(Meters):
    """Count what is told; statements are told on to who traces them, if somebody does."""

    def __init__(self, trace: Callable[[str, float], object] | None = None) -> None:
        """Take who traces."""
        self._trace = trace

    def ran(self, name: str, seconds: float) -> None:
        """Count a statement and its time."""
        _of(name).observe(seconds)
        if self._trace:
            _ = self._trace(name, seconds)

    def imported(self, outcome: Outcome, lines: int) -> None:
        """Count lines of an import."""
        _LINES.labels(outcome).inc(lines)

    @contextmanager
    def importing(self) -> Generator[None]:
        """Count an import for as long as it reads and writes."""
        with _IMPORTS.track_inprogress():
            yield


@cache
def _of(name: str) -> Histogram:
    """Return the counts of a statement, which to look up takes half as long as to count."""
    return _STATEMENTS.labels(name)


def _gauge(name: str, meaning: str) -> Gauge:
    return Gauge(f"factcheck_{name}", meaning, registry=OWN, multiprocess_mode="livesum")


def _counter(name: str, meaning: str) -> Counter:
    return Counter(f"factcheck_{name}", meaning, registry=OWN)


_NOW: Final = {
    "most": _gauge("pool_size", "Connections to the database that the workers may have"),
    "made": _gauge("pool_connections", "Connections to the database that the workers have"),
    "used": _gauge("pool_in_use", "Connections to the database that are in use"),
    "waiting": _gauge("pool_waiting", "Requests that wait for a connection"),
}
_SO_FAR: Final = {
    "waits": _counter("pool_waits", "Requests that had to wait for a connection"),
    "waited": _counter("pool_wait_seconds", "Time for which they waited"),
    "denied": _counter("pool_timeouts", "Requests that got no connection in their time"),
    "failed": _counter("pool_connection_failures", "Tries to connect that failed"),
    "lost": _counter("pool_connections_lost", "Connections that broke"),
}


class Pool:
    """The pool of a worker, whose figures are taken over now and then and cost no request."""

    def __init__(self, use: Callable[[], Use]) -> None:
        """Take what tells how it is used."""
        self._use = use
        self._last = dict.fromkeys(_SO_FAR, 0.0)

    def sample(self) -> None:
        """Take over what it says now."""
        use = self._use()
        for name, gauge in _NOW.items():
            gauge.set(getattr(use, name))
        for name, counter in _SO_FAR.items():
            now = getattr(use, name)
            counter.inc(now - self._last[name])
            self._last[name] = now


def watch(use: Callable[[], Use]) -> None:
    """Take over the figures of a pool from here on."""
    metrics.sampled(Pool(use).sample)
