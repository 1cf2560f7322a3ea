"""A record of 3,000 revisions: an instant of it is found among them, not by going through them."""

from collections.abc import Generator, Mapping
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from service.records.people import Reader
from service.storage.statements import statement
from tests.clusters import Cluster

FILLING: LiteralString = """
INSERT INTO revision (
    kind, id, revision, status, public, body, created_at, first_public, recorded_at,
    superseded_at, closed_by, withdrawn_at, withdrawn_by, key_name, sha256, salt, refs, terms
)
SELECT 'claim', id, n, CASE WHEN n < first THEN 'draft' ELSE 'published' END, n >= first,
    '{"text":"More than 148,000 troops"}', start, CASE WHEN n >= first THEN first END,
    start + n * second,
    CASE WHEN n < 3000 THEN start + (n + 1) * second END,
    CASE WHEN n < 3000 THEN pg_current_xact_id() END,
    CASE WHEN n < first THEN start + n * second WHEN n < 3000 THEN start + (n + 1) * second END,
    CASE WHEN n < 3000 THEN pg_current_xact_id() END,
    'desk', sha256('hash'), NULL, '{}', '{}'
FROM (VALUES ('public', 1), ('drafted', 2999)) AS records (id, first),
    generate_series(1, 3000) AS n,
    (VALUES ('2022-02-16Z'::timestamptz, interval '1 second')) AS times (start, second)
"""
"""Two records, of which one was drafted until the last revision but one."""

FETCHED: LiteralString = "SELECT pg_stat_get_xact_tuples_fetched('revision'::regclass)"
INSTANTS = ("2022-02-15Z", "2022-02-16T00:00:02Z", "2022-02-16T00:25:00Z", "2022-03-01Z")
FEW = 60


@pytest.fixture(scope="module")
def service_url(each_cluster: Cluster) -> Generator[str]:
    """Make a database with the two records."""
    with each_cluster.database("storage_long") as name:
        with psycopg.connect(each_cluster.url(name)) as connection:
            _ = connection.execute(FILLING)
            _ = connection.execute("ANALYZE revision")
        yield each_cluster.url(name, "newsroom")


def fetched(connection: psycopg.Connection, query: sql.Composed, values: object) -> int:
    """Run a statement and return how many rows it looked at."""
    (before,) = connection.execute(FETCHED).fetchone() or (0,)
    _ = connection.execute(query, values, prepare=True).fetchall()  # pyright: ignore[reportArgumentType]
    (after,) = connection.execute(FETCHED).fetchone() or (0,)
    return after - before


@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize("identifier", ["public", "drafted"])
@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        *(("memento", {"instant": instant}) for instant in INSTANTS),
        *(("get_as_of", {"as_of": instant, "wanted": []}) for instant in INSTANTS),
        *(("revision", {"number": number}) for number in (1, 2, 1500, 2999, 3000)),
        *(("timemap", {"after": after, "limit": 20}) for after in (0, 1500, 2999)),
    ],
)
def test_few_rows_are_looked_at(  # noqa: PLR0913, PLR0917 -- each is a dimension of its own
    as_service: psycopg.Connection,
    name: str,
    values: Mapping[str, object],
    identifier: str,
    keyed: bool,  # noqa: FBT001 -- as above
    plan: LiteralString,
) -> None:
    as_service.execute(sql.SQL("SET LOCAL plan_cache_mode = {}").format(sql.Identifier(plan)))
    place = {"kind": "claim", "id": identifier, "keyed": keyed}
    query = statement(name, until=Reader(keyed=keyed).until)
    assert fetched(as_service, query, {**place, **values}) <= FEW
