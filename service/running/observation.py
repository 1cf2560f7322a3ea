"""What surrounds every request: its id, its log line, its metrics, and the last net under it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from threading import Event
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from service.errors import Internal, Problem
from service.running import metrics
from service.running.answers import Unanswered, answer, status_line
from service.running.logs import loggable_path, loggable_query
from service.running.protection import protected
from service.running.request_id import instance, request_id

_LOG = logging.getLogger("factcheck.requests")


class Observed:
    """Wrap a WSGI application; nothing it raises reaches the server unlogged.

    Into `environ` go ``factcheck.request_id`` (as it came or was made),
    ``factcheck.instance`` (the URI for a problem), ``factcheck.metrics`` (a
    function that returns the text of `/metrics`) and ``factcheck.stopping`` (the
    event `stopping`). From it are read, at the end,
    ``factcheck.route`` (the template of the path, such as ``/v1/claims/{id}``),
    ``factcheck.key`` (the id of the key, never its secret), ``factcheck.trace_id`` and
    ``factcheck.trouble`` (what was the matter with the database, which makes
    the line a warning). The answer gets `X-Request-Id` and what `protected` adds.
    """

    def __init__(self, application: WSGIApplication) -> None:
        """Take the application that answers; `stopping` is set when the server begins to stop."""
        self._application = application
        self.stopping = Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        environ["factcheck.stopping"] = self.stopping
        exchange = _Exchange(environ, start_response)
        try:
            return _Chunks(exchange, self._application(environ, exchange.start))
        except Exception as error:  # noqa: BLE001 -- this is the last net
            return exchange.refuse(error)


class _Exchange:
    """One request and what became of it."""

    __slots__ = ("_began", "_start_response", "_streams", "environ", "id", "sent", "status")

    def __init__(self, environ: WSGIEnvironment, start_response: StartResponse) -> None:
        self._began = perf_counter()
        self._start_response = start_response
        self.environ = environ
        self.id = request_id(environ.get("HTTP_X_REQUEST_ID"))
        self.sent = 0
        self.status = 0
        self._streams = False
        environ["factcheck.request_id"] = self.id
        environ["factcheck.instance"] = instance(self.id)
        environ["factcheck.metrics"] = metrics.render

    def start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: Any = None,  # noqa: ANN401 -- PEP 3333 passes it through
    ) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        self._streams = ("Content-Type", metrics.STREAM) in headers
        if self._streams:
            metrics.STREAMS.inc()
        fields = protected([*headers, ("X-Request-Id", self.id)])
        return self._start_response(status, fields, exc_info)

    def refuse(self, error: Exception) -> Iterable[bytes]:
        """Answer what the application did not."""
        problem = error if isinstance(error, Problem) else self.note_fault(error)
        if self.status:
            # gunicorn would send what it has taken of the first header too.
            self.status = 500
            self.finish()
            raise Unanswered(self.id) from error
        headers, body = answer(problem, self.id)
        self._start_response(status_line(problem), headers)
        self.status = problem.status
        return _Chunks(self, [body])

    def note_fault(self, error: Exception) -> Internal:
        _LOG.error("fault", exc_info=error, extra={"fields": {"request_id": self.id}})
        return Internal(
            "The fault is ours and is logged under the id in `instance`. Try again; "
            "if it comes back, tell whoever runs this service that id."
        )

    def finish(self, **fields: object) -> None:
        if self._streams:
            metrics.STREAMS.dec()
        seconds = perf_counter() - self._began
        method = self.environ["REQUEST_METHOD"]
        route = self.environ.get("factcheck.route", metrics.UNROUTED)
        metrics.observe(method, route, self.status, seconds)
        fields |= {
            "request_id": self.id,
            "method": method,
            "path": loggable_path(self.environ.get("PATH_INFO", "")),
            "route": route,
            "status": self.status,
            "duration_ms": round(seconds * 1000, 3),
            "bytes": self.sent,
        }
        if query := self.environ.get("QUERY_STRING"):
            fields["query"] = loggable_query(query)
        if key := self.environ.get("factcheck.key"):
            fields["key"] = key
        if trace := self.environ.get("factcheck.trace_id"):
            fields["trace_id"] = trace
        if trouble := self.environ.get("factcheck.trouble"):
            fields["trouble"] = trouble
        level = logging.WARNING if trouble else logging.INFO
        _LOG.log(level, "request", extra={"fields": fields})


class _Chunks:
    """The body of an answer on its way out, counted."""

    def __init__(self, exchange: _Exchange, chunks: Iterable[bytes]) -> None:
        self._exchange = exchange
        self._chunks = chunks
        self._complete = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._chunks:
                self._exchange.sent += len(chunk)
                yield chunk
        except Exception as error:
            self._exchange.note_fault(error)
            if not self._exchange.sent:
                self._exchange.status = 500
            raise Unanswered(self._exchange.id) from error
        self._complete = True

    def close(self) -> None:
        try:
            if close := getattr(self._chunks, "close", None):
                close()
        finally:
            self._exchange.finish(**({} if self._complete else {"cut_short": True}))
