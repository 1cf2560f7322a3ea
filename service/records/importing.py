"""Imports: a whole history moves into an empty server, its instants kept, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.errors import NotEmpty
from service.kinds import KINDS
from service.records.histories import History
from service.records.judging import invalid
from service.records.replaying import Shipped, replay
from service.storage.database import Connection, Database
from service.storage.statements import statement

SHOWN = 200
"""Faults that an answer lists at the most."""

BATCH = 500
"""Revisions that go to the database at once: each batch has the deadline of a statement."""

ORDER = {kind.name: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Imported:
    """How much was written."""

    records: int
    revisions: int


def import_history(database: Database, chunks: Iterable[bytes]) -> Imported:
    """Write every revision of a history; raises `InvalidRecord` for all its faulty lines.

    Raises `NotEmpty` where there are records beside those a server starts with.
    """
    with database.connection() as connection:
        check_empty(connection)
    shipped = database.all(Shipped, statement("shipped"))
    history = History()
    pasts = list(history.read(chunks))
    rows = [] if history.found else replay(pasts, shipped, history.found)
    if history.found:
        by_line = sorted(history.found, key=lambda fault: fault.line or 0)
        raise invalid(by_line[:SHOWN])
    rows.sort(key=lambda row: (row["recorded_at"], ORDER[str(row["kind"])], row["revision"]))
    with database.transaction() as connection:
        _ = connection.execute(statement("lock_import"))
        check_empty(connection)
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            connection.cursor().executemany(statement("import_revision"), batch)
    return Imported(len(history.records), history.revisions)


def check_empty(connection: Connection) -> None:
    """Raise `NotEmpty` where there are records beside those a server starts with."""
    if connection.execute(statement("count_records")).fetchall()[0][0]:
        detail = "Start a server on a new data directory or database and import there."
        raise NotEmpty(detail)
