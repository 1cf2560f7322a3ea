"""Somebody else's server, as webhooks meet it: well, slow, moved, gone, or not speaking HTTP."""

import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from standardwebhooks import Webhook


class Received(NamedTuple):
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[BaseHTTPRequestHandler], object]


def answer(status: int, **fields: str) -> Answer:
    """Return what answers with a status and header fields."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in fields.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return respond


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


@dataclass
class Receiver:
    """A server in a thread; `answers` are given one after the other, then 204 to all."""

    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    open_again: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://127.0.0.1:{self.port}/hook"

    def hang(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer when the test is over, or lets us."""
        self.open_again.wait()
        with suppress(OSError):
            answer(204)(handler)

    def wait_for(self, count: int, patience: float = 20.0) -> list[Received]:
        """Return the first `count` requests as soon as they are there."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.received) >= count, patience), (
                f"{len(self.received)} of {count} came"
            )
            return self.received[:count]

    def verified(self, secret: str) -> list[Any]:
        """Return the events, each with the signature that the secret makes; fails for another."""
        return [Webhook(secret).verify(one.body, one.headers) for one in self.received]

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Note a request and answer it."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        fields = {name.lower(): value for name, value in handler.headers.items()}
        with self.changed:
            self.received.append(Received(handler.path, fields, body))
            respond = self.answers.pop(0) if self.answers else answer(204)
            self.changed.notify_all()
        respond(handler)


@contextmanager
def receiving(*answers: Answer) -> Generator[Receiver]:
    """Run a receiver for as long as the ``with`` block lasts."""
    found = Receiver(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.take(self)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 1_024

    server = Server(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.open_again.set()
        server.shutdown()
        server.server_close()
        thread.join()
