"""What commands do to a database: find or start it, bring it up to date, fill it."""

import os
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final

from service.bulk.files import bring_history
from service.demo import lines
from service.errors import Fault, NotEmpty, Problem
from service.records import keys
from service.settings import Settings
from service.storage.database import Database
from service.storage.embedded import Embedded
from service.storage.migrations import MigrationError, migrate, settle
from service.storage.programs import EmbeddedError

KEY_FILE: Final = "admin.key"


@contextmanager
def reachable(settings: Settings) -> Generator[Settings]:
    """Yield the settings with a database: the one they name, else the embedded one."""
    own = nullcontext() if settings.database_url else Embedded(settings.home)
    try:
        with own as embedded:
            if embedded is None:
                yield settings
            else:
                urls = {"database_url": embedded.url, "owner_url": embedded.owner_url}
                yield replace(settings, **urls)
    except BrokenPipeError:
        raise  # our reader's doing, which the command line knows how to take
    except (EmbeddedError, MigrationError, OSError) as error:
        raise SystemExit(f"factcheck: {error}") from None


def migrate_only(settings: Settings, *, rebases: bool = False) -> list[str]:
    """Bring the schema up to date; return the names of the migrations that ran."""
    with reachable(settings) as found:
        names = migrate(str(found.owner_url), str(found.database_url))
        settle(str(found.owner_url), rebases=rebases)
    return names


@contextmanager
def migrated(settings: Settings) -> Generator[Database]:
    """Yield the database, up to date; problems end the program with their detail."""
    with reachable(settings) as found:
        _ = migrate(str(found.owner_url), str(found.database_url))
        settle(str(found.owner_url))
        # As the owner: the service's own URL may lead to a standby, which takes nothing.
        database = Database(str(found.owner_url), size=2, deadline=60, prepare=False)
        try:
            yield database
        except Problem as problem:
            faults = [f"{place(fault)}: {fault.detail}" for fault in problem.errors]
            raise SystemExit("\n".join([f"factcheck: {problem.detail}", *faults])) from None
        finally:
            database.close()


def place(fault: Fault) -> str:
    """Return where a fault is: its parameter or pointer, after the line if it has one."""
    where = fault.parameter or str(fault.pointer)
    return where if fault.line is None else f"line {fault.line} {where}"


def first_key(database: Database, home: Path) -> str | None:
    """Make the admin key where there is no key yet, keep it in a file of ours, and return it.

    The file is there before the key is in force: a kill in between leaves no key that
    nobody knows, and the next start makes another.
    """
    with keys.first(database) as secret:
        if secret:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(home / KEY_FILE, f"{secret}\n")
    return secret


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        _ = file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def load_demo(database: Database) -> str:
    """Load the demo story, unless there are records; return a sentence that says which."""
    try:
        return bring_history(database, [lines()], four_eyes=False).sentence
    except NotEmpty:
        return "The server holds records already; nothing was loaded."
