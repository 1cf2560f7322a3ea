"""Whoever measures hears of every statement by its name, however it is run and whatever comes."""

from collections.abc import Generator
from contextlib import closing, suppress

import psycopg
import pytest

from service.errors import Problem
from service.meters import Meters
from service.storage.database import Database
from service.storage.statements import statement
from tests.clusters import Cluster


class Notes(Meters):
    """Keeps what it hears."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.names: list[str] = []
        self.seconds = 0.0

    def ran(self, name: str, seconds: float) -> None:
        """Keep the name."""
        self.names.append(name)
        self.seconds += seconds


@pytest.fixture
def notes() -> Notes:
    """Return somebody who hears."""
    return Notes()


@pytest.fixture
def database(cluster: Cluster, tables: str, notes: Notes) -> Generator[Database]:
    """Open a database of one connection that is listened to."""
    url = cluster.url(tables, "newsroom")
    found = Database(url, size=1, deadline=10, prepare=True, meters=notes)
    with closing(found):
        yield found


def test_a_statement_by_itself_is_heard_of(database: Database, notes: Notes) -> None:
    assert database.one(float, statement("feed_lag")) is not None
    assert notes.names == ["feed_lag"]
    assert notes.seconds > 0


def test_the_steps_of_a_transaction_are_heard_of_and_its_end(
    database: Database, notes: Notes
) -> None:
    with database.transaction() as transaction:
        transaction.run(statement("import_pins"))
        transaction.each(statement("import_pins"), [{}, {}])
    assert notes.names == ["import_pins", "import_pins", "commit"]


def test_a_copy_is_heard_of(database: Database, notes: Notes) -> None:
    database.copy(statement("import_stage"), [])
    assert notes.names == ["import_stage"]


def test_a_statement_that_fails_is_heard_of_too(database: Database, notes: Notes) -> None:
    with pytest.raises(psycopg.Error):
        database.all(str, statement("extend_deadline"), {"milliseconds": "many"})
    assert notes.names == ["extend_deadline"]


def test_the_pool_tells_how_it_is_used(database: Database) -> None:
    with database.connection():
        use = database.use()
    assert (use.most, use.made, use.used, use.waiting) == (1, 1, 1, 0)
    assert database.use().used == 0


def test_a_request_that_got_no_connection_has_waited_in_vain(database: Database) -> None:
    database.start_clock(0.2)
    with database.connection(), suppress(Problem):
        database.one(float, statement("feed_lag"))
    database.stop_clock()
    use = database.use()
    assert use.denied == 1
    assert use.waited >= 0.1
