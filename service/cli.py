"""`factcheck`: serve, deliver, migrate, keys, import, export, demo.

Commands import what they do inside: `serve` forks workers that must be the first to
import psycopg (see `service.running.server`), and so nothing here does.
"""

import argparse
import atexit
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from wsgiref.types import WSGIApplication

from schemas import bounds
from schemas.key import SCOPES
from service import transfer
from service.settings import Settings


def main(words: list[str] | None = None) -> None:
    """Run one command; ends by `SystemExit` with 1 and a sentence when it cannot."""
    given = parser().parse_args(words)
    settings = chosen(given)
    try:
        given.command(settings, given)
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None


def chosen(given: argparse.Namespace) -> Settings:
    """Return the settings, options before environment; ends the program for bad ones."""
    asked = {name: getattr(given, name, None) for name in ("host", "port", "workers")}
    options = {name: value for name, value in asked.items() if value is not None}
    try:
        return replace(Settings.from_environment(), **options)
    except ValueError as error:
        raise SystemExit(f"factcheck: {error}") from None


def parser() -> argparse.ArgumentParser:
    """Return the commands and their options."""
    whole = argparse.ArgumentParser("factcheck", description="Fact-check records with a memory.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    serve_options(commands.add_parser("serve", help="serve, on PostgreSQL of its own by default"))
    up = commands.add_parser("migrate", help="bring the database's schema up to date")
    up.add_argument("--rebase", action="store_true", help="after it was restored from a dump")
    up.set_defaults(command=migrate)
    told = commands.add_parser("demo", help="load the story of February 2022 into an empty server")
    told.set_defaults(command=demo)
    apart = commands.add_parser("deliver", help="tell webhooks of changes, as serve does itself")
    apart.add_argument("--beside", type=int, metavar="PID", help="end when this parent is gone")
    apart.set_defaults(command=deliver)
    keys_options(commands.add_parser("keys", help="make, list and revoke API keys"))
    transfer.import_options(commands.add_parser("import", help="import records, or a history"))
    transfer.export_options(commands.add_parser("export", help="write all records, or a part"))
    return whole


def serve_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `serve`; they go before the environment."""
    command.add_argument("--host", help="address to listen on (FACTCHECK_HOST, 127.0.0.1)")
    command.add_argument("--port", type=int, help="port, 0 for a free one (FACTCHECK_PORT, 8000)")
    command.add_argument("--workers", type=int, help="processes (FACTCHECK_WORKERS, 2)")
    command.add_argument("--demo", action="store_true", help="load the demo if the server is empty")
    command.set_defaults(command=serve)


def keys_options(command: argparse.ArgumentParser) -> None:
    """Add what can be done with keys, and the options."""
    acts = command.add_subparsers(required=True, metavar="ACT")
    create = acts.add_parser("create", help="make a key and print it, this once")
    create.add_argument("--name", required=True, help="who uses it; shown beside each revision")
    create.add_argument("--scope", nargs="+", choices=SCOPES, default=[], help="what it may do")
    create.add_argument("--expires", metavar="INSTANT", help="until when, as 2027-01-01T00:00:00Z")
    create.add_argument("--vouches", action="store_true", help="it signs its people in: see actor")
    create.set_defaults(command=create_key)
    acts.add_parser("list", help="show all keys, oldest first").set_defaults(command=list_keys)
    revoke = acts.add_parser("revoke", help="revoke a key, for good")
    name = transfer.words(bounds.NAME)
    revoke.add_argument("name", metavar="NAME", type=name, help="its name, as the list shows it")
    revoke.set_defaults(command=revoke_key)


def serve(settings: Settings, given: argparse.Namespace) -> None:
    """Serve until SIGTERM."""
    from service.running import startup  # noqa: PLC0415 -- see above

    startup.serve(
        settings,
        prepare=partial(prepare, with_demo=given.demo),
        create_app=create_app,
        beside=[sys.executable, "-m", "service", "deliver", "--beside", str(os.getpid())],
    )


def deliver(settings: Settings, given: argparse.Namespace) -> None:
    """Tell webhooks of changes until SIGTERM."""
    from service.running import delivering  # noqa: PLC0415 -- see above

    delivering.deliver(settings, given.beside)


def prepare(settings: Settings, *, with_demo: bool) -> str | None:
    """Bring the database up to date; return the admin key if this is the first start."""
    from service.setup import first_key, load_demo, migrated  # noqa: PLC0415 -- see above

    with migrated(settings) as database:
        if with_demo:
            _ = load_demo(database)
        return first_key(database, settings.home)


def create_app(settings: Settings) -> WSGIApplication:
    """Return the application of one worker."""
    from service.app import close  # noqa: PLC0415 -- see above
    from service.app import create_app as application  # noqa: PLC0415
    from service.running import metering, tracing  # noqa: PLC0415
    from service.running.worker import beside  # noqa: PLC0415

    spans = tracing.spans()
    app = application(settings, metering.Metered(spans and spans.ran), beside)
    metering.watch(app.extensions["factcheck"].database.use)
    _ = atexit.register(close, app)
    return app


def migrate(settings: Settings, given: argparse.Namespace) -> None:
    """Bring the schema up to date and say what ran."""
    from service.setup import migrate_only  # noqa: PLC0415 -- see above

    names = migrate_only(settings, rebases=given.rebase)
    say(f"Ran {', '.join(names)}." if names else "The schema is up to date.")


def create_key(settings: Settings, given: argparse.Namespace) -> None:
    """Make a key and print it."""
    from service.records import keys  # noqa: PLC0415 -- see above
    from service.setup import first_key, migrated  # noqa: PLC0415

    expiry = {} if given.expires is None else {"expires_at": given.expires}
    with migrated(settings) as database:
        wanted = keys.wanted(
            {"name": given.name, "scopes": given.scope, "vouches": given.vouches, **expiry}
        )
        # The first key of all is the admin's, whoever comes first.
        _ = first_key(database, settings.home)
        say(keys.make(database, wanted))


def list_keys(settings: Settings, _: argparse.Namespace) -> None:
    """Show each key on a line: name, scopes, state, last use."""
    from service.records import register  # noqa: PLC0415 -- see above
    from service.setup import migrated  # noqa: PLC0415

    with migrated(settings) as database:
        lines = [key.as_line() for key in register.listed(database)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(map(str.ljust, line, widths)).rstrip())


def revoke_key(settings: Settings, given: argparse.Namespace) -> None:
    """Revoke a key and say so."""
    from service.records import register  # noqa: PLC0415 -- see above
    from service.setup import migrated  # noqa: PLC0415

    with migrated(settings) as database:
        register.revoke(database, register.find(database, name=given.name))
    say(f'"{given.name}" is revoked; a running server refuses it within a second.')


def demo(settings: Settings, _: argparse.Namespace) -> None:
    """Load the demo and say what it is."""
    from service.setup import load_demo, migrated  # noqa: PLC0415 -- see above

    with migrated(settings) as database:
        say(load_demo(database))


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    print(text)  # noqa: T201 -- this is what the command is for
