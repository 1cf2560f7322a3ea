"""The wire: bytes out on a socket, and all the answers that come back."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from service.errors import Problem
from tests.running.client import PATIENCE

TRACES = (b"Traceback", b'File "', b"psycopg", b"SELECT ", b"INSERT ", b"<html", b"<!DOCTYPE")
"""What no answer to hostile input holds."""
LONGEST = 64 * 1024
"""Bytes of a problem at most, beside as many as were sent: small requests get no large answer."""


@dataclass(frozen=True)
class Answer:
    """One answer of a connection."""

    status: int
    fields: dict[str, str]
    body: bytes

    def code(self, sent: int) -> str:
        """Return the code of a problem, once its form is found to be right.

        `sent` is how many bytes asked for it.
        """
        if self.fields["content-type"].startswith("text/html"):
            return self._on_page(sent)
        problem = orjson.loads(self.body)
        if self.fields["content-type"] == "application/json":
            problem = as_problem(problem)
        else:
            assert self.fields["content-type"] == "application/problem+json", self
        assert problem["status"] == self.status
        assert problem["detail"], self
        assert problem["code"] in Problem.catalogue
        assert len(self.body) <= LONGEST + sent
        assert not any(trace in self.body for trace in TRACES), self
        return problem["code"]

    def _on_page(self, sent: int) -> str:
        """Return the code of a problem that came as a page, which is ours and says the same."""
        found = re.findall(rb'<a href="/problems/([a-z-]+)">', self.body)
        assert len(found) == 1, self
        assert f"Status {self.status} ".encode() in self.body
        assert len(self.body) <= LONGEST + sent
        assert self.body.startswith(b'<!doctype html>\n<html lang="en">')
        assert not any(trace in self.body[40:] for trace in TRACES), self
        return found[0].decode()


def as_problem(document: dict[str, Any]) -> dict[str, Any]:
    """Return an error of Google's in the words of a problem."""
    error = document["error"]
    info, *bad = error["details"]
    violations = [one for detail in bad for one in detail["fieldViolations"]]
    errors = [
        {"code": slug(one["reason"]), "parameter": one["field"], "detail": one["description"]}
        for one in violations
    ]
    problem = {"code": slug(info["reason"]), "status": error["code"], "detail": error["message"]}
    return problem | ({"errors": errors} if errors else {})


def slug(constant: str) -> str:
    """Return the code that a reason of Google's stands for."""
    return constant.lower().replace("_", "-")


def exchange(address: tuple[str, int], data: bytes, *, half_close: bool = False) -> list[Answer]:
    """Send bytes on a connection of their own and return the answers until the server closes.

    Raises `TimeoutError` where it does not close in time.
    """
    with socket.create_connection(address, timeout=PATIENCE) as client:
        with suppress(ConnectionError):  # the answer may be there before all is sent
            client.sendall(data)
            if half_close:
                client.shutdown(socket.SHUT_WR)
        return list(answers(b"".join(iter(lambda: client.recv(65536), b""))))


def answers(data: bytes) -> Iterator[Answer]:
    """Cut what came into answers; bytes that belong to none are an error."""
    while data:
        head, end, data = data.partition(b"\r\n\r\n")
        assert end, head
        line, *lines = head.decode("latin-1").split("\r\n")
        assert line.startswith(("HTTP/1.1 ", "HTTP/1.0 ")), head
        fields = {
            name.lower(): value for name, _, value in (each.partition(": ") for each in lines)
        }
        body, data = cut(fields, data)
        yield Answer(int(line[9:12]), fields, body)


def cut(fields: dict[str, str], data: bytes) -> tuple[bytes, bytes]:
    """Return the body of an answer, and what follows it."""
    if fields.get("transfer-encoding") != "chunked":
        length = int(fields.get("content-length", "0"))
        return data[:length], data[length:]
    body = b""
    while size := int((cutting := data.partition(b"\r\n"))[0], 16):
        body, data = body + cutting[2][:size], cutting[2][size + 2 :]
    return body, cutting[2].removeprefix(b"\r\n")
