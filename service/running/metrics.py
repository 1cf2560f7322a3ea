"""Prometheus metrics, counted over all workers of a server.

Import this only where `PROMETHEUS_MULTIPROC_DIR` is set already or never will
be: prometheus_client decides at its import between memory of its own and files
that the workers share.
"""

import os

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
_OWN = CollectorRegistry()
_REQUESTS = Histogram(
    "factcheck_http_request_duration_seconds",
    "Time from the request's head to the end of its answer; _count is the number of requests",
    ["method", "route", "status"],
    buckets=_BUCKETS,
    registry=_OWN,
)
STREAM = "text/event-stream"
"""The media type of an answer that goes on."""

STREAMS = Gauge(
    "factcheck_open_streams",
    "Streams of the changes feed that are open",
    multiprocess_mode="livesum",
    registry=_OWN,
)
_LAG = (
    "# HELP factcheck_feed_lag_seconds How old the oldest running writer is: by so much the"
    " changes feed is late\n# TYPE factcheck_feed_lag_seconds gauge\n"
    "factcheck_feed_lag_seconds {}\n"
)

_DELIVERIES = Counter(
    "factcheck_webhook_deliveries",
    "Attempts to deliver an event to a webhook, by what became of them",
    ["outcome"],
    registry=_OWN,
)
_UNDELIVERED = Gauge(
    "factcheck_webhook_oldest_undelivered_seconds",
    "Time since the first failed attempt at the event that a webhook has refused for longest",
    registry=_OWN,
    multiprocess_mode="mostrecent",
)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request under its route template (never its path) and status.

    Methods that the service does not know are counted as one, so that nobody
    can fill the memory with names.
    """
    known = method if method in METHODS else "other"
    _REQUESTS.labels(known, route, str(status)).observe(seconds)


def count_delivery(outcome: str) -> None:
    """Count an attempt under what became of it, one of a few words."""
    _DELIVERIES.labels(outcome).inc()


def set_undelivered(seconds: float) -> None:
    """Tell how long the event has been tried that a webhook has refused for longest."""
    _UNDELIVERED.set(seconds)


def render(feed_lag: float | None = None) -> bytes:
    """Return the metrics of all workers in the text format of Prometheus (`CONTENT_TYPE`).

    `feed_lag` is what the database says at this moment, None where it says nothing.
    """
    lag = b"" if feed_lag is None else _LAG.format(feed_lag).encode()
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(_OWN) + lag
    shared = CollectorRegistry()
    MultiProcessCollector(shared)
    return generate_latest(shared) + lag
