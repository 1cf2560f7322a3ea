"""A page of a list costs the same at 100,000 records wherever it is, now and at any moment."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import class_row

from service.kinds import BY_NAME
from service.records.cursors import Position
from service.records.listing import Listing
from service.records.moments import Moment, Snapshot
from service.records.people import Reader
from service.records.rows import Page
from service.records.wording import Words
from tests.clusters import Cluster

PAGE = 50
SORTED = 2 * (PAGE + 1)
"""Rows that are put in order: a page of what still stands, and one of what has been revised."""

BUSY = 10_000
"""Revisions of one record in the middle of the order."""

FILLING: LiteralString = """
WITH record (kind, n, written, pause, base, step) AS (
    SELECT 'claim', n, CASE n WHEN 50000 THEN 10000 ELSE CASE n % 10 WHEN 0 THEN 10 ELSE 1 END END,
        CASE n WHEN 50000 THEN interval '1 second' ELSE interval '100 days' END,
        CASE n WHEN 50000 THEN 100 ELSE 50 END, CASE n WHEN 50000 THEN 0.025 ELSE 50 END
    FROM generate_series(1, 100000) AS n
    UNION ALL
    SELECT 'verdict', n, 2, '100 days', 50, 50 FROM generate_series(1, 10000) AS n
), revised AS (
    SELECT *, '2022-01-01Z'::timestamptz + n * interval '1 minute' AS made,
        number = written AS is_head, written > 1 AND number = written AS is_draft,
        trunc(base + number * step)::text::xid8 AS opened_by,
        trunc(base + (number + 1) * step)::text::xid8 AS closed_by
    FROM record, generate_series(1, written) AS number
)
INSERT INTO revision (
    kind, id, revision, status, public, body, created_at, first_public, recorded_at,
    superseded_at, closed_by, withdrawn_at, withdrawn_by, key_name, sha256, refs, terms,
    position, opened_by
)
SELECT kind, 'r' || n, number, CASE WHEN is_draft THEN 'draft' ELSE 'published' END, NOT is_draft,
    '{"text":"More than 148,000 troops are at the border"}', made, 1, made + (number - 1) * pause,
    CASE WHEN NOT is_head THEN made + number * pause END, CASE WHEN NOT is_head THEN closed_by END,
    CASE WHEN is_draft THEN made + (number - 1) * pause
        WHEN number < written - 1 THEN made + number * pause END,
    CASE WHEN is_draft THEN opened_by WHEN number < written - 1 THEN closed_by END,
    'desk', sha256('hash'), '{}', CASE kind WHEN 'verdict' THEN ARRAY['claim_id=r' || n]
        ELSE ARRAY['topic=' || n % 20000, 'topic=part ' || n % 100, 'language=en'] END,
    opened_by, opened_by
FROM revised
"""
"""Of ten claims one was written ten times, 100 days apart, the last time as a draft."""

SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")
READERS = {"head": Reader(keyed=True), "shown": Reader(keyed=False)}
EXPLAIN: LiteralString = "EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, FORMAT JSON) "


def at(days: int, minutes: int = 0) -> datetime:
    """Return an instant so long after the first record."""
    return datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=days, minutes=minutes)


MOMENTS: dict[str, tuple[Moment | None, datetime | None]] = {
    "the present": (None, None),
    "a snapshot of now": (Moment(Snapshot(600, 600), at(900, 100_000)), None),
    "a snapshot of once": (Moment(Snapshot(275, 275), at(300, 100_000)), None),
    "an instant before half was made": (None, at(35)),
    "an instant before half was revised": (None, at(400)),
    "a late instant": (None, at(900, 99_000)),
}
TERMS = {
    "a rare topic": ("claim", {"topic": ["topic=7"]}),
    "a claim": ("verdict", {"claim_id": ["claim_id=r77"]}),
    "a common language": ("claim", {"language": ["language=en"]}),
    "a topic of one in a hundred": ("claim", {"topic": ["topic=part 7"]}),
}
COMMON = ("a common language", "a topic of one in a hundred")
ORDERED = [
    (term, sort)
    for term in TERMS
    for sort in SORTS
    if "created_at" in sort or term != "a topic of one in a hundred"
]
"""Terms that many records have, but not most, are posted in the order of creation alone."""

STEADY = [("everything", sort) for sort in SORTS] + [
    (term, sort) for term, sort in ORDERED if "created_at" in sort and term != "a claim"
]
READ: LiteralString = """
SELECT sum(pg_stat_get_xact_tuples_returned(oid)) FROM (
    SELECT indexrelid AS oid FROM pg_index WHERE indrelid = ANY ('{revision,posting}'::regclass[])
    UNION ALL
    SELECT unnest('{revision,posting}'::regclass[])
) AS read
"""
"""How many rows of tables, and entries of indexes, were read so far."""


@dataclass(frozen=True)
class Cost:
    """What was gone through for a page: rows, the most that were sorted, and whole tables."""

    rows: float
    sorted: float
    tables: int

    @classmethod
    def of(cls, plan: dict[str, Any]) -> "Cost":
        """Add up a plan that was run."""
        ran = [node for node in nodes(plan) if node["Actual Loops"]]
        sorts = [child for node in ran if node["Node Type"] == "Sort" for child in node["Plans"]]
        return cls(
            sum(touched(node) for node in ran if "Scan" in node["Node Type"] and of_table(node)),
            max((child["Actual Rows"] * child["Actual Loops"] for child in sorts), default=0),
            sum(node["Node Type"] == "Seq Scan" and of_table(node) for node in ran),
        )


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a node of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def of_table(node: dict[str, Any]) -> bool:
    """Tell whether a node reads revisions or postings, or an index alone for another node."""
    tables = {"revision", "posting"}
    return node.get("Relation Name") in tables or node["Node Type"] == "Bitmap Index Scan"


def touched(node: dict[str, Any]) -> float:
    """Return how many rows a node has read, those included that it passed over."""
    removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows = node["Actual Rows"] + sum(node.get(name, 0) for name in removed)
    return rows * node["Actual Loops"]


@pytest.fixture(scope="module")
def connection(cluster: Cluster) -> Generator[psycopg.Connection]:
    """Fill a database and connect to it as the service does."""
    with cluster.database("storage_plans") as name:
        with psycopg.connect(cluster.url(name), autocommit=True) as owner:
            owner.execute(FILLING)
            owner.execute("VACUUM ANALYZE revision, posting")
        with psycopg.connect(cluster.url(name, "newsroom"), autocommit=True) as found:
            yield found


def cost(
    connection: psycopg.Connection, listing: Listing, moment: Moment | None, start: Position | None
) -> Cost:
    """Return what a page costs."""
    then = bool(moment or listing.as_of)
    query = sql.SQL(EXPLAIN) + listing.statement(then=then, after=start is not None)
    values = listing.values(start, moment)
    ((found,),) = connection.execute(query, values, prepare=False).fetchall()
    return Cost.of(found[0]["Plan"])


def near_the_end(
    connection: psycopg.Connection, listing: Listing, moment: Moment | None
) -> Position:
    """Return a place after which there is little more: the end of a page in reverse order."""
    sort = listing.sort.removeprefix("-") if listing.sort.startswith("-") else f"-{listing.sort}"
    other = replace(listing, sort=sort, limit=30)
    query = other.statement(then=bool(moment or other.as_of))
    rows = connection.cursor(row_factory=class_row(Page)).execute(query, other.values(None, moment))
    found = rows.fetchall()[0]
    assert found.last_instant
    assert found.last_id
    return Position(found.last_instant, found.last_id)


def around(sort: str, number: int) -> Position:
    """Return a place a little before a record in an order."""
    number += 30 if sort.startswith("-") else -30
    return Position(at(0, number), f"r{number}")


@pytest.mark.parametrize("when", MOMENTS)
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_page_costs_as_much_in_the_middle_and_at_the_end_as_at_the_beginning(
    connection: psycopg.Connection, sort: str, who: str, when: str
) -> None:
    moment, as_of = MOMENTS[when]
    listing = Listing(BY_NAME["claim"], READERS[who], sort=sort, as_of=as_of)
    end = near_the_end(connection, listing, moment)
    starts = [None, around(sort, 40_000), end, around(sort, 50_000)]
    costs = [cost(connection, listing, moment, start) for start in starts]
    first, middle, last, busy = (cost.rows for cost in costs)
    assert first <= 4 * PAGE
    assert max(middle, last) <= first + 2 * PAGE
    assert busy <= 4 * PAGE + BUSY
    assert all(cost.sorted <= SORTED and not cost.tables for cost in costs)


@pytest.mark.parametrize("when", MOMENTS)
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize(("term", "sort"), ORDERED)
def test_a_page_of_what_a_term_names_costs_no_more(
    connection: psycopg.Connection, term: str, sort: str, who: str, when: str
) -> None:
    moment, as_of = MOMENTS[when]
    kind, filters = TERMS[term]
    listing = Listing(BY_NAME[kind], READERS[who], filters, sort=sort, as_of=as_of)
    starts = [None, near_the_end(connection, listing, moment)] if term in COMMON else [None]
    for start in starts:
        found = cost(connection, listing, moment, start)
        assert found.rows <= 5 * PAGE
        assert found.sorted <= SORTED
        assert not found.tables


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize(("term", "sort"), STEADY)
def test_a_page_that_is_planned_once_for_all_costs_no_more(
    connection: psycopg.Connection, term: str, sort: str, who: str
) -> None:
    kind, filters = TERMS.get(term, ("claim", {}))
    listing = Listing(BY_NAME[kind], READERS[who], filters, sort=sort)
    assert listing.steady
    with connection.transaction():
        connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        ((before,),) = connection.execute(READ).fetchall()
        connection.execute(listing.statement(), listing.values(), prepare=True)
        ((read,),) = connection.execute(READ).fetchall()
    assert 0 < read - before <= 5 * PAGE


@pytest.mark.parametrize("who", READERS)
def test_a_search_ranks_what_it_finds_without_looking_the_records_up(
    connection: psycopg.Connection, who: str
) -> None:
    words = Words("troops", rules=["english"], asked=["troop"], worth=[1.0, 5.0])
    listing = Listing(BY_NAME["claim"], READERS[who], sort="relevance", words=words, count=True)
    query, values = listing.statement(), listing.values()
    [found] = connection.cursor(row_factory=class_row(Page)).execute(query, values)
    assert found.total == 100_000
    ((plan,),) = connection.execute(sql.SQL(EXPLAIN) + query, values, prepare=False).fetchall()
    ran = nodes(plan[0]["Plan"])
    assert sum(touched(node) for node in ran if node.get("Relation Name") == "revision") <= 2 * PAGE
