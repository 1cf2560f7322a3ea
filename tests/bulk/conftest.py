"""What the planner may believe of the tables in which lines wait."""

from collections.abc import Iterator

import psycopg
import pytest

from service.bulk.lines import Order, Reading
from service.bulk.staging import Staging
from service.records.people import Caller
from service.storage.database import Database


@pytest.fixture
def emptied(database: Database, owner: psycopg.Connection) -> Iterator[Database]:
    """Let the planner know of pages without a line, as another import has left them."""
    owner.execute("ALTER TABLE import_line SET (autovacuum_enabled = false)")
    owner.execute("TRUNCATE import_line")
    staging, reading = Staging(database), Reading(Order(Caller("editor")))
    staging.take(
        reading.read(n, {"type": "claim", "id": f"c{n}", "text": "x"}) for n in range(1, 1_501)
    )
    staging.remove()
    owner.execute("ANALYZE import_line")
    owner.execute("ANALYZE revision")
    yield database
    owner.execute("ALTER TABLE import_line RESET (autovacuum_enabled)")
    owner.execute("TRUNCATE import_line")  # or the tests after it would be misled too
