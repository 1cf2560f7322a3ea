"""Migrations run in order, each once and whole, whoever starts them and whatever ends them."""

import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from service.storage.migrations import LOCK, MigrationError, migrate, migrations
from tests.clusters import TEMPLATE, Cluster
from tests.storage.waiting import until

CHECKOUT = Path(__file__).parents[2]
GATE = 16
"""The advisory lock at which a made-up migration waits."""

STEPS = {
    "0001_first.sql": "CREATE TABLE step (number int); INSERT INTO step VALUES (1);",
    "0002_second.sql": "INSERT INTO step VALUES (2); CREATE TABLE second ();",
    "0003_third.sql": "INSERT INTO step SELECT max(number) + 1 FROM step;",
}
WAITING = {"0002_second.sql": f"CREATE TABLE half (); SELECT pg_advisory_xact_lock({GATE});"}
PROGRAM = """
import sys
from pathlib import Path
from service.storage.migrations import migrate, migrations
print(*migrate(sys.argv[1], sys.argv[1], migrations(*map(Path, sys.argv[2:]))))
"""
CATALOGUE: LiteralString = """
SELECT attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
    attcollation::regcollation, attacl::text FROM pg_attribute
    WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
SELECT adrelid::regclass, pg_get_expr(adbin, adrelid) FROM pg_attrdef;
SELECT conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace;
SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index
    WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
SELECT pg_get_functiondef(oid), proacl::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a';
SELECT aggfnoid, aggtransfn, aggtranstype::regtype, agginitval, proacl::text
    FROM pg_aggregate JOIN pg_proc ON pg_proc.oid = aggfnoid
    WHERE pronamespace = 'public'::regnamespace;
SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal;
SELECT oid::regclass, relkind, relacl::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace;
SELECT name, sha256 FROM migration
"""
"""What a schema is made of: columns, constraints, indexes, functions, triggers, grants, ledger."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of made-up migrations."""
    return write(tmp_path, STEPS)


@pytest.fixture
def look(empty: str) -> Generator[psycopg.Connection]:
    """Look at the database from outside while others migrate it."""
    with psycopg.connect(empty, autocommit=True) as connection:
        yield connection


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write files of a folder."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def found(connection: psycopg.Connection, query: LiteralString) -> list[object]:
    """Return the first column of a query."""
    return [row[0] for row in connection.execute(query)]


@contextmanager
def process(*arguments: object) -> Generator[subprocess.Popen[str]]:
    """Migrate in a process of its own; it is gone at the end."""
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()


@contextmanager
def killed_at_the_gate(
    look: psycopg.Connection, *arguments: object
) -> Generator[Callable[[], object]]:
    """Kill a migration that has reached the gate; yield what opens the gate to the server."""
    _ = look.execute("SELECT pg_advisory_lock(%s)", [GATE])
    query = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory'"
    with process(*arguments):
        until(lambda: found(look, query))
    yield lambda: look.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    until(lambda: not others(look))


def others(look: psycopg.Connection) -> list[object]:
    """Return who else is connected to the database."""
    return found(
        look,
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


def catalogue(url: str) -> list[list[str]]:
    """Return what a database's schema is made of."""
    with psycopg.connect(url) as connection:
        return [sorted(map(str, connection.execute(query))) for query in CATALOGUE.split(";")]


def test_an_empty_database_is_brought_up_to_date(empty: str) -> None:
    names = [file.name for file in migrations()]
    assert names
    assert migrate(empty, empty) == names


def test_a_second_run_does_nothing(empty: str) -> None:
    migrate(empty, empty)
    before = catalogue(empty)
    assert migrate(empty, empty) == []
    assert catalogue(empty) == before


def test_the_schema_is_the_sum_of_the_migrations(empty: str, each_cluster: Cluster) -> None:
    files = migrations()
    for count in range(1, len(files)):
        migrate(empty, empty, files[:count])
    migrate(empty, empty.replace("user=postgres", "user=newsroom"), files)
    assert catalogue(empty) == catalogue(each_cluster.url(TEMPLATE))


@pytest.mark.parametrize("before", [1, 2, 3])
def test_an_older_schema_gets_what_it_lacks_in_order(
    empty: str, look: psycopg.Connection, folder: Path, before: int
) -> None:
    files = migrations(folder)
    migrate(empty, empty, files[:before])
    assert migrate(empty, empty, files) == sorted(STEPS)[before:]
    assert found(look, "SELECT number FROM step ORDER BY number") == [1, 2, 3]
    assert found(look, "SELECT name FROM migration ORDER BY applied_at") == sorted(STEPS)


def test_only_sql_files_of_the_folder_are_migrations(folder: Path) -> None:
    write(folder, {"README.md": "not SQL"})
    assert [file.name for file in migrations(folder)] == sorted(STEPS)


def test_three_that_start_at_once_run_each_file_once(empty: str, look: psycopg.Connection) -> None:
    look.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    with process(empty) as one, process(empty) as two, process(empty) as three:
        until(lambda: len(others(look)) == 3)
        look.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        said = [started.communicate()[0].split() for started in (one, two, three)]
    assert sorted(said) == [[], [], [file.name for file in migrations()]]
    assert [one.returncode, two.returncode, three.returncode] == [0, 0, 0]


def test_a_file_that_was_changed_after_it_ran_is_refused(
    empty: str, look: psycopg.Connection, folder: Path
) -> None:
    migrate(empty, empty, migrations(folder)[:2])
    write(folder, {"0001_first.sql": STEPS["0001_first.sql"] + "\n-- a remark"})
    with pytest.raises(MigrationError, match=r"0001_first.sql was changed after it ran"):
        migrate(empty, empty, migrations(folder))
    assert found(look, "SELECT number FROM step") == [1, 2]


def test_a_file_that_ran_and_is_not_known_is_refused(
    empty: str, look: psycopg.Connection, folder: Path
) -> None:
    migrate(empty, empty, migrations(folder)[:2])
    (folder / "0002_second.sql").unlink()
    with pytest.raises(MigrationError, match=r"0002_second.sql ran .* use a newer release"):
        migrate(empty, empty, migrations(folder))
    assert found(look, "SELECT number FROM step") == [1, 2]


def test_a_file_that_comes_too_late_is_refused(empty: str, folder: Path) -> None:
    migrate(empty, empty, migrations(folder)[:2])
    write(folder, {"0001_later.sql": "SELECT 1"})
    with pytest.raises(MigrationError, match=r"0001_later.sql comes before 0002_second.sql"):
        migrate(empty, empty, migrations(folder))


def test_a_file_that_fails_leaves_nothing_and_those_before_it_stay(
    empty: str, look: psycopg.Connection, folder: Path
) -> None:
    write(folder, {"0002_second.sql": "CREATE TABLE half (); SELECT 1 / 0;"})
    with pytest.raises(MigrationError, match="division by zero"):
        migrate(empty, empty, migrations(folder))
    assert found(look, "SELECT to_regclass('half')") == [None]
    assert found(look, "SELECT name FROM migration") == ["0001_first.sql"]
    assert migrate(empty, empty, migrations(write(folder, STEPS))) == sorted(STEPS)[1:]


def test_a_migration_killed_in_the_middle_leaves_nothing_half_done(
    empty: str, look: psycopg.Connection, folder: Path
) -> None:
    with killed_at_the_gate(look, empty, write(folder, WAITING)) as open_gate:
        open_gate()
    assert found(look, "SELECT to_regclass('half')") == [None]
    assert found(look, "SELECT name FROM migration") == ["0001_first.sql"]
    assert migrate(empty, empty, migrations(folder)) == sorted(STEPS)[1:]
    assert found(look, "SELECT to_regclass('half')::text") == ["half"]


def test_what_a_killed_run_left_running_ends_by_itself(
    empty: str, look: psycopg.Connection, folder: Path
) -> None:
    with killed_at_the_gate(look, empty, write(folder, WAITING)) as open_gate:
        until(lambda: not others(look))
        open_gate()
    assert migrate(empty, empty, migrations(folder)) == sorted(STEPS)[1:]


def test_without_a_role_of_its_own_the_service_needs_no_grants(empty: str) -> None:
    nameless = empty.replace("user=postgres ", "")
    assert migrate(empty, nameless) == [file.name for file in migrations()]
