"""A database that was restored into another cluster is known for one, and made at home there."""

from collections.abc import Generator
from typing import LiteralString

import psycopg
import pytest

from service.storage.migrations import MigrationError, settle
from tests.clusters import Cluster

MOVES: dict[str, LiteralString] = {
    "another cluster": "UPDATE installation SET system_identifier = 1",
    "one that has come further": """
        INSERT INTO revision (kind, id, revision, status, public, created_at, recorded_at,
            withdrawn_at,
            withdrawn_by, key_name, sha256, refs, terms, position)
        VALUES ('claim', 'late', 1, 'draft', false, now(), now(), now(),
            '9000000000', 'desk', sha256('hash'), '{}', '{}', '9000000000')
    """,
}
OVERTAKEN: LiteralString = """
INSERT INTO revision (seq, kind, id, revision, status, public, created_at, recorded_at,
    withdrawn_at, withdrawn_by, key_name, sha256, refs, terms, position)
OVERRIDING SYSTEM VALUE
SELECT seq, 'claim', 'c' || seq, 1, 'draft', false, now(), now(), now(),
    '5', 'desk', sha256('hash'), '{}', '{}', place::xid8
FROM (VALUES (101, '9000000007'), (102, '9000000005'), (103, '9000000006')) AS written (seq, place);
INSERT INTO webhook (id, url, reads, secret, position, seq)
VALUES (gen_random_uuid(), 'https://example.org', 'public', sha256('secret'), 9000000005, 102)
"""
"""Three changes, of which the first written comes last; a webhook has had the second."""

NUMBERS: LiteralString = """
SELECT DISTINCT unnest(ARRAY[position, opened_by, closed_by, withdrawn_by]::text[]) FROM revision
"""
IDENTIFIER: LiteralString = """
SELECT kept.system_identifier = here.system_identifier
FROM installation AS kept, pg_control_system() AS here
"""


@pytest.fixture
def moved(cluster: Cluster, request: pytest.FixtureRequest) -> Generator[psycopg.Connection]:
    """Make a database that looks like one restored from a dump of another cluster."""
    with (
        cluster.database("settling") as name,
        psycopg.connect(cluster.url(name), autocommit=True) as connection,
    ):
        connection.execute(MOVES[request.param])
        yield connection


def test_a_database_at_home_is_left_as_it_is(cluster: Cluster) -> None:
    with cluster.database("settling") as name, psycopg.connect(cluster.url(name)) as connection:
        before = connection.execute("TABLE revision").fetchall()
        settle(cluster.url(name), rebases=True)
        assert connection.execute("TABLE revision").fetchall() == before


@pytest.mark.parametrize("moved", MOVES, indirect=True)
def test_a_database_from_elsewhere_is_refused(moved: psycopg.Connection) -> None:
    with pytest.raises(MigrationError, match="factcheck migrate --rebase"):
        settle(moved.info.dsn)


@pytest.mark.parametrize("moved", MOVES, indirect=True)
def test_a_rebase_makes_all_that_is_there_older_than_what_comes(moved: psycopg.Connection) -> None:
    settle(moved.info.dsn, rebases=True)
    settle(moved.info.dsn)
    assert {number for (number,) in moved.execute(NUMBERS)} <= {"3", None}
    assert moved.execute(IDENTIFIER).fetchall() == [(True,)]
    with pytest.raises(psycopg.OperationalError, match="never changed"):
        moved.execute("UPDATE revision SET position = '4'")


def test_a_webhook_is_told_after_a_rebase_of_all_that_it_had_not_had(cluster: Cluster) -> None:
    with (
        cluster.database("settling") as name,
        psycopg.connect(cluster.url(name), autocommit=True) as connection,
    ):
        connection.execute(OVERTAKEN)
        connection.execute(MOVES["another cluster"])
        settle(cluster.url(name), rebases=True)
        assert connection.execute("SELECT position, seq FROM webhook").fetchall() == [(3, 100)]
