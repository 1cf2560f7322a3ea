"""What is asked of waiting lines costs as much as there are, whatever the planner believes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import psycopg
import pytest
from psycopg import sql

from service.bulk.lines import Order, Reading
from service.bulk.staging import Staging
from service.records.people import Caller
from service.storage.database import Database, Transaction
from service.storage.statements import Statement

LINES = 1_500
EDITOR = Caller("editor", frozenset({"publish"}))
READ = Statement(
    [
        sql.SQL(
            "SELECT sum(pg_stat_get_xact_tuples_returned(oid))::bigint AS rows FROM pg_class"
            " WHERE relname ~ '^(import_line|revision)'"
        )
    ]
)
COUNT = sql.SQL("SELECT pg_stat_force_next_flush()")  # what the transaction has changed
COUNTED = Statement([COUNT])
LINES_KNOWN = "SELECT reltuples::int FROM pg_class WHERE oid = 'import_line'::regclass"
TOLD = "SELECT pg_stat_get_analyze_count('revision'::regclass)"


@dataclass(frozen=True)
class Rows:
    """How many rows and entries a transaction has gone through."""

    rows: int


def staged(database: Database, *, patches: bool = False, text: str = "x") -> Staging:
    """Let claims wait that refer to sources which wait too, to each other, or are patches."""
    staging, reading = Staging(database), Reading(Order(EDITOR))
    sources = ({"type": "source", "id": f"s{n}", "title": "x"} for n in range(LINES // 10))
    claims = (
        {"type": "claim", "id": f"c{n}", "text": text,
         "attribution": [{"source_id": f"s{n % 150}"}],
         "relations": [{"type": "repeats", "claim_id": f"c{n - 1}"}] if n else []}
        for n in range(LINES)
    )  # fmt: skip
    changes = ({"type": "claim", "id": f"c{n}", "op": "patch", "text": "y"} for n in range(LINES))
    values = [*sources, *([*changes] if patches else [*claims])]
    staging.take(reading.read(place, value) for place, value in enumerate(values, 1))
    return staging


@pytest.fixture
def misled(database: Database, owner: psycopg.Connection) -> Iterator[Database]:
    """Let the planner know of another import, and of the tables as they were before."""
    other = staged(database)
    owner.execute("ANALYZE import_line")
    owner.execute("ANALYZE revision")
    other.remove()
    yield database
    owner.execute("DELETE FROM import_line")


def cost(staging: Staging, *acts: Callable[[Transaction], object]) -> int:
    """Return how many rows the last of some acts goes through, after the others."""
    with staging.short() as transaction:
        for act in acts[:-1]:
            act(transaction)
        before = transaction.all(Rows, READ)[0].rows
        acts[-1](transaction)
        return transaction.all(Rows, READ)[0].rows - before


def faults(staging: Staging, door: Transaction) -> None:
    """Look for faults of lines that have none."""
    assert [*staging.faulty(door, EDITOR, overwrite=True)] == []


def test_looking_for_faults_is_no_walk_for_each_line(misled: Database) -> None:
    staging = staged(misled)

    def refuse(door: Transaction) -> None:
        staging.refuse(door, [*range(1, 501)], ["[]"] * 500)

    assert cost(staging, partial(faults, staging)) < 30 * LINES
    assert cost(staging, staging.hold) < 10 * LINES
    assert cost(staging, staging.foresee) < 40 * LINES
    assert cost(staging, lambda door: staging.write(door, EDITOR)) < 40 * LINES
    assert cost(staging, refuse) < 20 * LINES


def test_a_second_import_costs_no_more(misled: Database) -> None:
    first = staged(misled)
    with first.short() as transaction:
        assert first.write(transaction, EDITOR).opened == LINES + LINES // 10
    first.settle()
    first.remove()
    staging = staged(misled, patches=True)

    def patched(door: Transaction) -> None:
        assert len(staging.patches(door)) == 500

    assert cost(staging, patched) < 40 * 500
    assert cost(staging, partial(faults, staging)) < 30 * LINES
    assert cost(staging, staging.hold) < 20 * LINES


@pytest.mark.parametrize("texts", ["x", "xy"])
def test_lines_are_written_one_by_one_where_none_were(emptied: Database, texts: str) -> None:
    for text in texts:
        staging = staged(emptied, text=text)
        write = partial(staging.write, caller=EDITOR)
        assert cost(staging, partial(faults, staging)) < 100 * LINES
        assert cost(staging, staging.foresee) < 100 * LINES
        assert cost(staging, write) < 100 * LINES
        staging.settle()
        staging.remove()


def test_a_refused_patch_is_not_applied(database: Database) -> None:
    """Or its faults were gone, where its record comes to be there before its turn."""
    staging = staged(database)
    with staging.short() as transaction:
        _ = staging.write(transaction, EDITOR)
    staging.remove()
    staging = staged(database, patches=True)
    with staging.short() as transaction:
        first, second, *_ = staging.patches(transaction)
        staging.refuse(transaction, [first.place], ["[]"])
        assert staging.patches(transaction)[0] == second
    staging.remove()


def test_lines_are_counted_when_there_are_ten_times_as_many(
    emptied: Database, owner: psycopg.Connection
) -> None:
    staging, reading = Staging(emptied), Reading(Order(EDITOR))

    def known(lines: int) -> int:
        """Return how many the planner knows of when so many wait."""
        staging.take(
            reading.read(n, {"type": "claim", "id": f"d{n}", "text": "x"})
            for n in range(staging.last + 1, lines + 1)
        )
        [(count,)] = owner.execute(LINES_KNOWN).fetchall()
        return count

    assert [known(99), known(100), known(999), known(1000)] == [0, 100, 100, 1000]


def test_the_planner_is_told_once_a_tenth_has_changed(
    database: Database, owner: psycopg.Connection
) -> None:
    staging = staged(database)
    with staging.short() as transaction:
        _ = staging.write(transaction, EDITOR)
        transaction.run(COUNTED)
    [(every,)] = owner.execute("SELECT count(*) FROM revision").fetchall()
    tenth = -(-every // 10)

    def is_told(written: int, gone: str = "") -> bool:
        """Tell it that so many are written, when so many others have changed since it knew."""
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            owner.execute("DELETE FROM revision WHERE id = ANY (%s)", [gone.split()])
            owner.execute(COUNT)
        before = owner.execute(TOLD).fetchall()
        staging.written = written
        staging.settle()
        return owner.execute(TOLD).fetchall() != before

    assert is_told(every)
    assert not is_told(tenth - 1)
    assert is_told(tenth)
    assert not is_told(1, " ".join(f"c{n}" for n in range(1, tenth)))
    assert is_told(1, "c0")
