"""Spans of requests and their statements, sent by OpenTelemetry's SDK as OTEL_* say.

Nothing else imports it, and this only `tracing` does. Spans name the route, never what was asked,
and the statement, never its values: those are people's words.
"""

from contextvars import ContextVar
from importlib.metadata import version
from time import time_ns
from typing import Final, cast
from wsgiref.types import WSGIEnvironment

from gevent import Timeout
from opentelemetry import propagate
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.propagators.textmap import Getter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode, set_span_in_context

from service.running.metrics import METHODS

NAME: Final = "factcheck-records"
FAULTS: Final = 500
"""The status from which on a request has failed by our doing."""
LAST: Final = 3.0
"""Seconds that the last spans have to be sent when the process ends."""

_CURRENT: ContextVar[Context | None] = ContextVar("span", default=None)
"""Where the statements of this greenlet belong; those of a thread of ours belong nowhere."""


class Fields(Getter[WSGIEnvironment]):
    """Read header fields of a request as WSGI has them."""

    def get(self, carrier: WSGIEnvironment, key: str) -> list[str] | None:
        """Return the field of this name."""
        found = carrier.get(f"HTTP_{key.upper().replace('-', '_')}")
        return None if found is None else [found]

    def keys(self, carrier: WSGIEnvironment) -> list[str]:
        """Return the names of all fields."""
        return [name[5:].lower().replace("_", "-") for name in carrier if name.startswith("HTTP_")]


class Spans:
    """Make spans and send them in the background; a collector that is away costs no request."""

    def __init__(self) -> None:
        """Begin to send, where and how the standard variables say."""
        # At the exit of a process it would wait for half a minute.
        self._provider = TracerProvider(resource=resource(), shutdown_on_exit=False)
        self._tracer = self._provider.get_tracer(NAME, version(NAME))
        self._fields = Fields()
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

    def begin(self, environ: WSGIEnvironment) -> Span:
        """Begin the span of a request, under the one that its `traceparent` names."""
        parent = propagate.extract(environ, getter=self._fields)
        method = known(environ)
        told = {"http.request.method": method, "url.scheme": environ["wsgi.url_scheme"]}
        span = self._tracer.start_span(method, parent, SpanKind.SERVER, told)
        _CURRENT.set(set_span_in_context(span, Context()) if span.is_recording() else None)
        return span

    def ran(self, statement: str, seconds: float) -> None:
        """Tell of a statement that has just ended, under the request that it was for."""
        request = _CURRENT.get()
        if request is None:
            return
        ended = time_ns()
        began = ended - int(seconds * 1e9)
        told = {"db.system.name": "postgresql", "db.query.summary": statement}
        span = self._tracer.start_span(statement, request, SpanKind.CLIENT, told, start_time=began)
        span.end(ended)

    def end(self, span: Span, status: int, environ: WSGIEnvironment) -> None:
        """End the span of a request, by the route and the request id that it has got since."""
        _CURRENT.set(None)
        if route := environ.get("factcheck.route"):
            span.update_name(f"{known(environ)} {route}")
            span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        span.set_attribute("factcheck.request_id", environ["factcheck.request_id"])
        if status >= FAULTS:
            span.set_attribute("error.type", str(status))
            span.set_status(StatusCode.ERROR)
        span.end()

    def note_fault(self, span: Span) -> None:
        """Tell that the answer of a request broke off."""
        span.set_status(StatusCode.ERROR)

    def stop(self) -> None:
        """Send what is yet to be sent, for as long as that may take."""
        # False is gevent's way to say that the block just ends; its stub does not know.
        with Timeout(LAST, cast("None", False)):  # noqa: FBT003
            self._provider.shutdown()


def resource() -> Resource:
    """Return what sends: this service, or what the variables call it."""
    ours = {
        "service.name": NAME,
        "service.version": version(NAME),
        "telemetry.sdk.language": "python",
        "telemetry.sdk.name": "opentelemetry",
        "telemetry.sdk.version": version("opentelemetry-sdk"),
    }
    # What the SDK would do itself takes a pool of threads, in a process that is just beginning.
    return Resource(ours).merge(OTELResourceDetector().detect())


def known(environ: WSGIEnvironment) -> str:
    """Return the method of a request, or one name for all that nobody knows."""
    method = environ["REQUEST_METHOD"]
    return method if method in METHODS else "_OTHER"
