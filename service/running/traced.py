"""A traced application: what surrounds `Observed` where requests are traced, and only there."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, cast
from wsgiref.types import StartResponse, WSGIEnvironment

from service.running.observation import Observed

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from service.running.spans import Spans


class Chunks(Protocol):
    """What `Observed` gives: it is always closed."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body."""
        ...

    def close(self) -> None:
        """Tell that the answer has ended."""
        ...


class Traced:
    """Make each request a span, from its head to the end of its answer.

    The log finds the id of the trace in `environ`, as ``factcheck.trace_id``.
    """

    def __init__(self, application: Observed, spans: "Spans") -> None:
        """Take the application, and what makes spans."""
        self._application, self._spans = application, spans
        self.stopping = application.stopping

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        span = self._spans.begin(environ)
        environ["factcheck.trace_id"] = f"{span.get_span_context().trace_id:032x}"
        answer = _Answer(self._spans, span, environ, start_response)
        try:
            answer.chunks = cast("Chunks", self._application(environ, answer.start))
        except BaseException:
            answer.status = 500
            answer.end()
            raise
        return answer


class _Answer:
    """An answer on its way out, which ends its span."""

    __slots__ = ("_environ", "_span", "_spans", "_start_response", "chunks", "status")
    chunks: Chunks

    def __init__(
        self, spans: "Spans", span: "Span", environ: WSGIEnvironment, start_response: StartResponse
    ) -> None:
        self._spans, self._span, self._environ = spans, span, environ
        self._start_response = start_response
        self.status = 0

    def start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: Any = None,  # noqa: ANN401 -- PEP 3333 passes it through
    ) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        return self._start_response(status, headers, exc_info)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self.chunks
        except Exception:
            self._spans.note_fault(self._span)
            raise

    def close(self) -> None:
        try:
            self.chunks.close()
        finally:
            self.end()

    def end(self) -> None:
        self._spans.end(self._span, self.status, self._environ)
