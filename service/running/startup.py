"""`factcheck serve` from its first line to its last."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from typing import TypeVar
from wsgiref.types import WSGIApplication

from service.running import logs
from service.running.banner import banner
from service.running.companion import Companion
from service.running.run_directory import run_directory
from service.running.server import Server
from service.settings import Settings
from service.storage.embedded import Embedded
from service.storage.programs import EmbeddedError

T = TypeVar("T")


def serve(
    settings: Settings,
    *,
    prepare: Callable[[Settings], str | None],
    create_app: Callable[[Settings], WSGIApplication],
    beside: Sequence[str] = (),
) -> None:
    """Serve until SIGTERM, then leave by `SystemExit` with status 0.

    `prepare` brings the database up to date and returns the admin key if it
    made one; `create_app` makes the application. Both get the settings with
    the database filled in, and each runs in a process forked for it: this one
    never imports psycopg (see `Server`), so both import what they need inside.
    `beside` is a command that runs for as long as the server does, on its database.
    """
    logs.configure(settings.log_level)
    signal.signal(signal.SIGTERM, _leave)
    with database(settings) as (complete, watch), run_directory() as directory:
        secret = in_child(partial(prepare, complete))
        key_file = settings.home / "admin.key"

        def announce(url: str) -> None:
            print(banner(url, key_file, secret), flush=True)  # noqa: T201 -- for people

        with accompanied(beside, complete) as watch_beside:

            def every_second() -> None:
                _ = watch(), watch_beside()

            Server(partial(create_app, complete), complete, directory, announce, every_second).run()


@contextmanager
def accompanied(command: Sequence[str], settings: Settings) -> Generator[Callable[[], object]]:
    """Yield what to call each second to keep a command running beside us, on our database."""
    environment = {**os.environ, "DATABASE_URL": str(settings.database_url)}
    companion = Companion(command, environment)
    try:
        yield companion.watch if command else lambda: None
    finally:
        companion.stop()


@contextmanager
def database(settings: Settings) -> Generator[tuple[Settings, Callable[[], object]]]:
    """Yield the settings with a database, and what to call each second to keep it alive.

    That is the database they name, or the embedded one for as long as we run.
    """
    if settings.database_url:
        yield settings, lambda: None
    else:
        with _start(Embedded(settings.home)) as embedded:
            urls = {"database_url": embedded.url, "owner_url": embedded.owner_url}
            yield replace(settings, **urls), embedded.watch


@contextmanager
def _start(embedded: Embedded) -> Generator[Embedded]:
    try:
        embedded.start()
    except (EmbeddedError, OSError) as error:
        raise SystemExit(str(error)) from None
    try:
        yield embedded
    finally:
        embedded.stop()


def in_child(work: Callable[[], T]) -> T:
    """Return what `work` returns in a forked process, so that its imports stay there.

    When it fails it has said why on standard error, and `SystemExit` 1 follows.
    """
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(work, writer))
    child.start()
    writer.close()
    try:
        return reader.recv()
    except EOFError:
        raise SystemExit(1) from None
    except SystemExit:
        child.terminate()
        raise
    finally:
        child.join()


def _report(work: Callable[[], object], writer: Connection) -> None:
    writer.send(work())


def _leave(*_: object) -> None:
    """End this process in good order when it is told to stop before gunicorn listens for that."""
    sys.exit(0)
