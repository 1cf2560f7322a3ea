"""A small application on the real server, as a program for the tests of `service.running`.

Run with ``python -m tests.running.serving``; the settings come from the
environment as they do for `factcheck serve`.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from service.errors import NotFound
from service.running.server import Server
from service.running.startup import serve
from service.running.worker import Worker
from service.settings import Settings

Respond = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
PLAIN = [("Content-Type", "text/plain")]


def prepare(settings: Settings) -> str | None:
    """Make an admin key at the first start, in a database that must answer."""
    if os.environ.get("SPOILT"):
        raise SystemExit("the schema is from the future")
    if file := os.environ.get("DALLYING"):
        Path(file).touch()
        time.sleep(60)
    if (url := settings.owner_url) and url.startswith("postgresql:"):
        import psycopg  # noqa: PLC0415 -- as the service does it

        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS prepared ()")
    key_file = settings.home / "admin.key"
    if key_file.exists():
        return None
    settings.home.mkdir(parents=True, exist_ok=True)
    key_file.write_text("fck_secret")
    return "fck_secret"


def create_app(settings: Settings) -> WSGIApplication:
    """Return the application of one worker."""
    sleep = database_sleep(settings.database_url or "")

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        name = environ["PATH_INFO"].strip("/").partition("/")[0]
        if name == "sleep":
            sleep()
        environ["factcheck.route"] = f"/{name}" if name in ROUTES else "unrouted"
        return ROUTES.get(name, hello)(environ, start)

    return application


def database_sleep(url: str) -> Callable[[], object]:
    """Return a function that keeps a connection of a pool busy for half a second."""
    if not url.startswith("postgresql:"):
        return lambda: None
    from psycopg_pool import ConnectionPool  # noqa: PLC0415

    pool = ConnectionPool(url, min_size=1, max_size=16, open=True)

    def sleep() -> None:
        with pool.connection() as connection:
            connection.execute("SELECT pg_sleep(0.5)")

    return sleep


def hello(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer at once, with what the server made of the request."""
    start("200 OK", [*PLAIN, ("X-Path", repr(environ["PATH_INFO"]))])
    return [b"hello"]


def echo(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer with the body."""
    body = environ["wsgi.input"].read()
    start("200 OK", [*PLAIN, ("Content-Length", str(len(body)))])
    return [body]


def refuse(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    """Refuse without a look at the body."""
    raise NotFound("There is no such record")


def fail(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    """Fail before the answer."""
    raise RuntimeError("fault before the answer")


def fail_late(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Fail after the status was given and before the body."""
    start("200 OK", [("Content-Length", "5")])
    raise RuntimeError("fault after the status")


def fail_in_body(_environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
    """Fail in the middle of the body."""
    start("200 OK", PLAIN)
    yield b"half"
    raise RuntimeError("fault in the body")


def fail_before_body(_environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
    """Fail where the first part of the body is due."""
    start("200 OK", PLAIN)
    if PLAIN:
        raise RuntimeError("fault before the body")
    yield b""


def inject(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Put a client's text into a header without a look at it."""
    start("200 OK", [*PLAIN, ("Content-Length", "2"), ("X-Text", "a\r\nSet-Cookie: b")])
    return [b"ok"]


def wait(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer when the file that the query names is there; its neighbour says that we wait."""
    file = Path(environ["QUERY_STRING"].partition("=")[2])
    file.with_suffix(".waiting").touch()
    while not file.exists():
        time.sleep(0.01)
    start("200 OK", PLAIN)
    return [b"waited"]


def pid(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Tell which worker answers."""
    start("200 OK", PLAIN)
    return [str(os.getpid()).encode()]


def metrics(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer with the metrics of all workers."""
    start("200 OK", PLAIN)
    return [environ["factcheck.metrics"]()]


def key(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer as if a key had been sent."""
    environ["factcheck.key"] = "k1"
    return hello(environ, start)


def large(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer with more than the buffers between us and the client hold."""
    start("200 OK", PLAIN)
    return (b"x" * 65536 for _ in range(1000))


ROUTES: dict[str, Respond] = {
    "echo": echo,
    "fail": fail,
    "fail_before_body": fail_before_body,
    "fail_in_body": fail_in_body,
    "fail_late": fail_late,
    "hello": hello,
    "inject": inject,
    "key": key,
    "large": large,
    "metrics": metrics,
    "pid": pid,
    "refuse": refuse,
    "sleep": hello,
    "wait": wait,
}

if __name__ == "__main__":
    Server.grace = int(os.environ.get("TEST_GRACE", Server.grace))
    Server.keepalive = int(os.environ.get("TEST_KEEPALIVE", Server.keepalive))
    Worker.silence = float(os.environ.get("TEST_SILENCE", Worker.silence))
    serve(Settings.from_environment(), prepare=prepare, create_app=create_app)
