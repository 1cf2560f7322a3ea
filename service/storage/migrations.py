"""Bring the schema of a database up to date: plain SQL files, in order, each once.

The ledger keeps the checksum of each file that ran. A file and its line in the
ledger are one transaction, so a kill leaves nothing half done; one process at a
time holds the advisory lock.
"""

import hashlib
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import LiteralString, cast

import psycopg
from psycopg import conninfo, sql

from service.resources import place
from service.storage.statements import statement

LOCK = 0x66637265636F7264
"""The advisory lock's number: "fcrecord" in ASCII."""

POLL = 0.05
"""Seconds between tries for the lock: to wait in it deadlocks with CREATE INDEX CONCURRENTLY."""


class MigrationError(RuntimeError):
    """The database is not one that these migrations can bring up to date; the message says why."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its name, its text and the checksum that the ledger keeps."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Return the checksum of the text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(folder: Traversable | None = None) -> list[Migration]:
    """Return the migrations of a folder, by default those of this release, in order."""
    files = (folder or place("migrations")).iterdir()
    return sorted(
        (
            Migration(file.name, file.read_text("utf-8"))
            for file in files
            if file.name.endswith(".sql")
        ),
        key=lambda migration: migration.name,
    )


def migrate(owner_url: str, service_url: str, files: list[Migration] | None = None) -> list[str]:
    """Run what is missing as the owner, grant the service's role, and return the names run.

    Safe to call from several processes at once. Raises `MigrationError` when a file
    that ran was changed or is not known here, and when the database refuses.
    """
    try:
        return _migrate(owner_url, service_url, migrations() if files is None else files)
    except psycopg.Error as error:
        message = f"the database could not be brought up to date: {error}"
        raise MigrationError(message) from error


def settle(owner_url: str, *, rebases: bool = False) -> None:
    """See that the numbers of transactions are this cluster's, or make them so.

    In another one, as after a dump was restored, lists and the feed would go by numbers
    that mean nothing. Raises `MigrationError`, unless that is what `rebases` is to make good;
    cursors from before end with it.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection, locked(connection):
        if not connection.execute(statement("is_elsewhere")).fetchall()[0][0]:
            return
        if not rebases:
            message = (
                "the database was restored into another cluster than the one it was written in."
                " Stop every server on it and run factcheck migrate --rebase."
            )
            raise MigrationError(message)
        _ = connection.execute(statement("rebase"))


def _migrate(owner_url: str, service_url: str, files: list[Migration]) -> list[str]:
    # A server that notices our death lets the lock go. A standby that is away does not keep
    # us: whoever has what is written later has this too.
    options = "-c timezone=UTC -c client_connection_check_interval=1000"
    options += " -c synchronous_commit=local"
    with (
        psycopg.connect(owner_url, autocommit=True, options=options) as connection,
        locked(connection),
    ):
        names = [run(connection, file) for file in pending(connection, files)]
        grant(connection, service_url)
    return names


@contextmanager
def locked(connection: psycopg.Connection) -> Generator[None]:
    """Hold the advisory lock; it goes with the connection if we are killed."""
    while not connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchall()[0][0]:
        time.sleep(POLL)
    try:
        yield
    finally:
        _ = connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def pending(connection: psycopg.Connection, files: list[Migration]) -> list[Migration]:
    """Return the files that have not run, after comparing those that have."""
    _ = connection.execute(statement("create_ledger"))
    ran = dict(connection.execute(statement("read_ledger")).fetchall())
    known = {file.name: file for file in files}
    for name, sha256 in ran.items():
        if name not in known:
            message = f"{name} ran on this database and is not known here: use a newer release."
            raise MigrationError(message)
        if known[name].sha256 != sha256:
            message = f"{name} was changed after it ran here: restore the file, add a new one."
            raise MigrationError(message)
    missing = [file for file in files if file.name not in ran]
    if missing and ran and missing[0].name < max(ran):
        message = f"{missing[0].name} comes before {max(ran)}, which ran: give it a later number."
        raise MigrationError(message)
    return missing


def run(connection: psycopg.Connection, file: Migration) -> str:
    """Run one file and enter it in the ledger, both or neither; return its name."""
    with connection.transaction():
        _ = connection.execute(sql.SQL(cast("LiteralString", file.text)))
        _ = connection.execute(
            statement("enter_ledger"), {"name": file.name, "sha256": file.sha256}
        )
    return file.name


def grant(connection: psycopg.Connection, service_url: str) -> None:
    """Give the service's role what it needs and no more, where it is another than the owner."""
    role = conninfo.conninfo_to_dict(service_url).get("user")
    if role and role != connection.info.user:
        _ = connection.execute(statement("grant"), {"role": f'"{role}"'})
