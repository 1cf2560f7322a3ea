"""Problems as answers, for whatever goes wrong outside the application."""

from http import HTTPStatus

import orjson

from service.errors import Problem
from service.running.protection import protected
from service.running.request_id import instance


def status_line(problem: Problem) -> str:
    """Return the status with its phrase, as WSGI wants it."""
    return f"{problem.status} {HTTPStatus(problem.status).phrase}"


def answer(problem: Problem, identifier: str) -> tuple[list[tuple[str, str]], bytes]:
    """Return the header fields and the body of the answer to the request `identifier`."""
    body = orjson.dumps(problem.as_dict(instance(identifier)), default=str)
    fields = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Request-Id": identifier,
        **problem.headers,
    }
    return protected(list(fields.items())), body


def raw_answer(problem: Problem, identifier: str) -> bytes:
    """Return the whole answer as it goes over the wire when there is no request to answer.

    The connection closes after it: where the next request would begin is not
    known (RFC 9112, 6.3 and 9.6).
    """
    fields, body = answer(problem, identifier)
    lines = [f"HTTP/1.1 {status_line(problem)}", *(f"{n}: {v}" for n, v in fields)]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


class Unanswered(Exception):  # noqa: N818 -- it names a state of the request, not one more error
    """The application failed after it had begun its answer; the fault is logged already."""

    def __init__(self, identifier: str) -> None:
        """Keep the request's id, which the server still has to send."""
        super().__init__(identifier)
        self.identifier = identifier
