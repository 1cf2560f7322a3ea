"""Prometheus metrics, counted over all workers of a server.

Import this only where `PROMETHEUS_MULTIPROC_DIR` is set already or never will
be: prometheus_client decides at its import between memory of its own and files
that the workers share.
"""

import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNROUTED = "unrouted"
"""The route of a request that met none."""
_BUCKETS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OWN: Final = CollectorRegistry()
"""What is counted in this process."""
_REQUESTS = Histogram(
    "factcheck_http_request_duration_seconds",
    "Time from the request's head to the end of its answer; _count is the number of requests",
    ["method", "route", "status"],
    buckets=_BUCKETS,
    registry=OWN,
)
STREAM = "text/event-stream"
"""The media type of an answer that goes on."""

STREAMS = Gauge(
    "factcheck_open_streams",
    "Streams of the changes feed that are open",
    multiprocess_mode="livesum",
    registry=OWN,
)
_ASKED: Final = {
    "factcheck_feed_lag_seconds": (
        "How old the oldest running writer is: by so much the changes feed is late"
    ),
    "factcheck_webhook_lag_seconds": (
        "How old the oldest change is that a webhook which refuses nothing has yet to be told of"
    ),
}
"""What the database says at the moment of asking, and what it means."""

_SAMPLES: list[Callable[[], object]] = []

_DELIVERIES = Counter(
    "factcheck_webhook_deliveries",
    "Attempts to deliver an event to a webhook, by what became of them",
    ["outcome"],
    registry=OWN,
)
_UNDELIVERED = Gauge(
    "factcheck_webhook_oldest_undelivered_seconds",
    "Time since the first failed attempt at the event that a webhook has refused for longest",
    registry=OWN,
    multiprocess_mode="mostrecent",
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request under its route template (never its path) and status.

    Methods that the service does not know are counted as one, so that nobody
    can fill the memory with names.
    """
    _of(method if method in METHODS else "other", route, status).observe(seconds)


@cache
def _of(method: str, route: str, status: int) -> Histogram:
    """Return the counts of a kind of request, which to look up takes half as long as to count."""
    return _REQUESTS.labels(method, route, str(status))


def count_delivery(outcome: str) -> None:
    """Count an attempt under what became of it, one of a few words."""
    _DELIVERIES.labels(outcome).inc()


def set_undelivered(seconds: float) -> None:
    """Tell how long the event has been tried that a webhook has refused for longest."""
    _UNDELIVERED.set(seconds)


def sampled(sample: Callable[[], object]) -> None:
    """Let `sample` take over what is counted elsewhere, each time that `take_samples` is called."""
    _SAMPLES.append(sample)


def take_samples() -> None:
    """Take over what is counted elsewhere; a worker does it each second, and when it is asked."""
    for sample in _SAMPLES:
        _ = sample()


def render(asked: Mapping[str, float] | None = None) -> bytes:
    """Return the metrics of all workers in the text format of Prometheus (`CONTENT_TYPE`).

    `asked` is what the database says at this moment, nothing where it says nothing.
    """
    take_samples()
    told = "".join(_as_gauge(name, value) for name, value in (asked or {}).items()).encode()
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(OWN) + told
    shared = CollectorRegistry()
    MultiProcessCollector(shared)
    return generate_latest(shared) + told


def _as_gauge(name: str, value: float) -> str:
    return f"# HELP {name} {_ASKED[name]}\n# TYPE {name} gauge\n{name} {value}\n"
