"""Imports: a whole history moves into an empty server, its instants kept, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from service.bulk.histories import History
from service.bulk.past import Row, Shipped
from service.bulk.replaying import replay
from service.errors import NotEmpty
from service.kinds import KINDS
from service.records.judging import invalid
from service.storage.database import Database, Door
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


@dataclass(frozen=True, slots=True)
class Count:
    """How many revisions there are."""

    revisions: int


@dataclass(frozen=True, slots=True)
class Moving:
    """A history that was read and found whole: its rows, what it holds, and its SHA-256."""

    rows: list[Row]
    holds: Imported
    sha256: bytes


def read_history(database: Database, chunks: Iterable[bytes], *, four_eyes: bool = False) -> Moving:
    """Read every revision of a history; raises `InvalidRecord` for all its faulty lines.

    Under `four_eyes` its verdicts have become public by those, too.
    """
    shipped = database.all(Shipped, statement("shipped"))
    history = History()
    pasts = list(history.read(chunks))
    rows = [] if history.found else replay(pasts, shipped, history.found, four_eyes=four_eyes)
    if history.found:
        by_line = sorted(history.found, key=lambda fault: fault.line or 0)
        raise invalid(by_line[:SHOWN])
    if history.sealed:
        # In the order in which it was written over there: instants may be a little out of it.
        rows.sort(key=itemgetter("line"))
    else:
        rows.sort(key=lambda row: (row["recorded_at"], ORDER[str(row["kind"])], row["line"]))
    return Moving(
        rows, Imported(len(history.records), history.revisions), bytes.fromhex(history.sha256)
    )


def move_in(door: Door, moving: Moving) -> Imported:
    """Write a history, all of it or nothing.

    Raises `NotEmpty` where there are records beside those a server starts with.
    """
    with door.transaction() as transaction:
        transaction.run(statement("lock_import"))
        check_empty(transaction)
        for start in range(0, len(moving.rows), BATCH):
            transaction.each(statement("import_revision"), moving.rows[start : start + BATCH])
    return moving.holds


def check_empty(door: Door) -> None:
    """Raise `NotEmpty` where there are records beside those a server starts with."""
    if door.all(Count, statement("count_records"))[0].revisions:
        detail = "Start a server on a new data directory or database and import there."
        raise NotEmpty(detail)
