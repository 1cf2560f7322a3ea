"""A server as its users see it: a program to start and stop, a port to talk to."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from service.running import protection

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a condition that is waited for is taken to fail."""


def until(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:  # noqa: ANN401 -- what the condition gives
    """Return the first true answer of `condition`."""
    limit = time.monotonic() + patience
    while not (answer := condition()):
        assert time.monotonic() < limit, "the condition did not come true"
        time.sleep(0.01)
    return answer


def postmaster(cluster: Path) -> int:
    """Return the process id of the PostgreSQL server that runs there, 0 when there is none.

    Its file may go while it is read, or be made and still empty: either is no server yet.
    """
    with suppress(FileNotFoundError):
        return int((cluster / "postmaster.pid").read_text().partition("\n")[0] or 0)
    return 0


class Program:
    """A running `tests.running.serving`."""

    def __init__(self, home: Path, **environment: str) -> None:
        """Start it; it listens when `address` is known."""
        self.log = home / "log"
        settings = {"FACTCHECK_HOME": str(home / "data"), "FACTCHECK_PORT": "0"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.running.serving"],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": "none", **settings, **environment},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        """Return when it listens."""
        assert self.process.stdout
        first = self.process.stdout.readline()
        assert "listens on http://" in first, self.log.read_text()
        host, _, port = first.split("//")[1].strip().rpartition(":")
        self.address = (host.strip("[]"), int(port))
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, if it still runs."""
        self.stop()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end and return the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()
        return status

    def get(self, path: str, method: str = "GET", **fields: str) -> "Answer":
        """Send one request on a connection of its own."""
        return self.raw(f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close", fields)

    def raw(self, head: str, fields: dict[str, str], body: bytes = b"") -> "Answer":
        """Send a head made of a line and fields, and a body."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return Answer(self.send(f"{head}\r\n{lines}\r\n".encode("latin-1") + body))

    def send(self, data: bytes, *, half_close: bool = False) -> bytes:
        """Send bytes and return all that comes until the server closes."""
        with self.connect() as client:
            client.sendall(data)
            if half_close:
                client.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def connect(self) -> socket.socket:
        """Return a connection."""
        return socket.create_connection(self.address, timeout=PATIENCE)

    def lines(self, **wanted: object) -> list[dict[str, Any]]:
        """Return the log's lines that have these members."""
        parsed = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in parsed if wanted.items() <= line.items()]


class Answer:
    """An HTTP answer, parsed from what came over the wire."""

    def __init__(self, data: bytes) -> None:
        """Parse it; whatever is not one answer and no more is an error."""
        self.data = data
        head, _, self.body = data.partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        assert line.startswith(("HTTP/1.1 ", "HTTP/1.0 ")), data[:200]
        self.status = int(line[9:12])
        self.names = [field.partition(": ")[0] for field in fields]
        self.fields = dict(field.split(": ", 1) for field in fields)

    def problem(self) -> dict[str, Any]:
        """Return the body as a problem whose form is right, and protected as every answer is."""
        assert self.fields["Content-Type"] == "application/problem+json", self.data
        assert self.fields["Content-Length"] == str(len(self.body))
        assert b"<" not in self.data
        assert b"Traceback" not in self.data
        problem = json.loads(self.body)
        assert problem["status"] == self.status
        assert problem["type"] == f"/problems/{problem['code']}"
        assert problem["instance"].startswith("urn:uuid:")
        assert self.fields["X-Request-Id"]
        assert self.fields.items() >= {*protection.FIELDS, (protection.POLICY, protection.NOTHING)}
        return problem


def keep_alive(program: Program) -> http.client.HTTPConnection:
    """Return a connection for several requests."""
    return http.client.HTTPConnection(*program.address, timeout=PATIENCE)
