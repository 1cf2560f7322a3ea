"""Statements are prepared once they come often, and their values come as they were given."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from service.storage import sending
from service.storage.connections import Bounded
from service.storage.sending import OFTEN
from service.storage.statements import Statement

SUM: LiteralString = "SELECT %(one)s + %(two)s + %(one)s"


@dataclass(frozen=True)
class Row:
    """A row of one value."""

    value: object


@pytest.fixture
def connection(owner_url: str) -> Generator[Bounded]:
    """Connect as the pool does."""
    with Bounded.connect(owner_url, autocommit=True) as found:
        yield found


def asked(
    connection: Bounded, text: LiteralString, *, prepare: bool = True, **values: object
) -> list[Row]:
    """Send a statement and return its rows."""
    return connection.sender.rows(Row, Statement([sql.SQL(text)]), values, prepare=prepare)


def prepared(connection: Bounded) -> list[tuple[str, str]]:
    """Return the statements that are prepared on a connection, each with its types."""
    told = "SELECT statement, parameter_types::text FROM pg_prepared_statements ORDER BY name"
    return connection.execute(told).fetchall()


def test_a_value_is_sent_once_wherever_it_stands(connection: Bounded) -> None:
    assert asked(connection, SUM, one=1, two=40) == [Row(42)]
    assert Statement([sql.SQL(SUM)]).wire.names == ("one", "two")


def test_a_statement_that_comes_often_is_prepared(connection: Bounded) -> None:
    found = [asked(connection, SUM, one=1, two=2) for _ in range(OFTEN)]
    assert prepared(connection) == []
    found += [asked(connection, SUM, one=1, two=2) for _ in range(OFTEN)]
    assert prepared(connection) == [("SELECT $1 + $2 + $1", "{smallint,smallint}")]
    assert found == [[Row(4)]] * len(found)


def test_what_is_planned_for_its_values_is_never_prepared(connection: Bounded) -> None:
    for _ in range(2 * OFTEN):
        asked(connection, SUM, one=1, two=2, prepare=False)
    assert prepared(connection) == []


def test_values_of_another_type_are_another_statement(connection: Bounded) -> None:
    for one in (1, 2.5):
        for _ in range(OFTEN + 1):
            assert asked(connection, SUM, one=one, two=0) == [Row(2 * one)]
    assert [types for _, types in prepared(connection)] == [
        "{smallint,smallint}",
        '{"double precision",smallint}',
    ]


def test_a_connection_has_room_for_so_many(
    connection: Bounded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST", 1)
    for text in ("SELECT 1", "SELECT 2"):
        for _ in range(OFTEN + 1):
            asked(connection, text)
    assert [text for text, _ in prepared(connection)] == ["SELECT 1"]


def test_a_refusal_is_the_drivers(connection: Bounded) -> None:
    for _ in range(OFTEN + 2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            asked(connection, "SELECT 1 / %(zero)s", zero=0)
    with pytest.raises(psycopg.errors.SyntaxError):
        asked(connection, "SELEKT 1")
    assert asked(connection, "SELECT 'still here'") == [Row("still here")]


def test_one_that_cannot_be_prepared_is_refused_each_time(connection: Bounded) -> None:
    for _ in range(OFTEN + 2):
        with pytest.raises(psycopg.errors.UndefinedTable):
            asked(connection, "SELECT 1 FROM nowhere")
    assert prepared(connection) == []


def test_what_was_prepared_may_be_forgotten(connection: Bounded) -> None:
    for _ in range(OFTEN + 1):
        asked(connection, SUM, one=1, two=2)
    connection.execute("DEALLOCATE ALL")
    assert asked(connection, SUM, one=1, two=2) == [Row(4)]
    assert asked(connection, SUM, one=1, two=2) == [Row(4)]
    assert len(prepared(connection)) == 1


def test_what_an_upgrade_returns_in_another_type_is_planned_anew(connection: Bounded) -> None:
    connection.execute("CREATE TEMPORARY TABLE upgraded AS SELECT 1 AS value")
    for _ in range(OFTEN + 1):
        assert asked(connection, "SELECT value FROM upgraded") == [Row(1)]
    connection.execute("ALTER TABLE upgraded ALTER value TYPE text")
    assert asked(connection, "SELECT value FROM upgraded") == [Row("1")]
    assert prepared(connection) == []
    found = [asked(connection, "SELECT value FROM upgraded") for _ in range(OFTEN + 1)]
    assert found == [[Row("1")]] * len(found)
    assert prepared(connection) == [("SELECT value FROM upgraded", "{}")]


def test_what_is_not_supported_is_refused_each_time(connection: Bounded) -> None:
    for _ in range(2 * OFTEN + 2):
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            asked(connection, "SELECT date_part('timezone', timestamp '2022-02-17')")
    assert len(prepared(connection)) <= 1
