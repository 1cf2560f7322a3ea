"""A collector of OpenTelemetry's: takes traces over HTTP as protobuf, and keeps the spans."""

import gzip
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.running.client import until

PATH = "/v1/traces"


@dataclass
class Collector:
    """A server in a thread; while `answers` is clear it takes posts and does not answer."""

    port: int = 0
    answers: threading.Event = field(default_factory=threading.Event)
    posts: list[ExportTraceServiceRequest] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """Return what leads traces here, soon after they are made."""
        url = f"http://127.0.0.1:{self.port}"
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_BSP_SCHEDULE_DELAY": "50"}

    @property
    def spans(self) -> list[Span]:
        """Return all spans that have come."""
        return [
            span
            for post in self.posts
            for of_a_process in post.resource_spans
            for of_a_library in of_a_process.scope_spans
            for span in of_a_library.spans
        ]

    def resource(self) -> dict[str, Any]:
        """Return what the first post says of its sender."""
        return told(self.posts[0].resource_spans[0].resource.attributes)

    def named(self, name: str, **attributes: object) -> Span:
        """Return the span of this name and these attributes, once it is here."""
        wanted = {key.replace("__", "."): value for key, value in attributes.items()}

        def found() -> Span | None:
            return next((s for s in self.spans if is_it(s, name, wanted)), None)

        return until(found)

    def below(self, parent: Span) -> list[Span]:
        """Return the spans under another."""
        return [span for span in self.spans if span.parent_span_id == parent.span_id]


def is_it(span: Span, name: str, wanted: dict[str, object]) -> bool:
    """Tell whether a span has this name and these attributes."""
    return span.name == name and wanted.items() <= told(span.attributes).items()


def told(attributes: Any) -> dict[str, Any]:  # noqa: ANN401 -- made by protobuf
    """Return attributes by their names."""
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}


@contextmanager
def collecting() -> Generator[Collector]:
    """Run a collector on a free port."""
    collector = Collector()
    collector.answers.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Encoding"] == "gzip":
                body = gzip.decompress(body)
            assert (self.path, self.headers["Content-Type"]) == (PATH, "application/x-protobuf")
            collector.headers.append(dict(self.headers))
            collector.posts.append(ExportTraceServiceRequest.FromString(body))
            collector.answers.wait()
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            """Keep silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        collector.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            collector.answers.set()
            server.shutdown()
            thread.join()
