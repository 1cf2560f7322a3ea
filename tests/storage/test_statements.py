"""Statements are read by PostgreSQL, and none walks through all revisions to find one."""

import re
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
import pytest
from psycopg import sql
from psycopg.pq import ExecStatus

from service.kinds import BY_NAME
from service.records.listing import Listing
from service.records.moments import Moment, Snapshot
from service.records.people import Reader
from service.storage.statements import Statement, Value, statement
from tests.clusters import Cluster

FOLDER = Path(__file__).parents[2] / "service/sql"
NAMES = sorted(path.stem for path in FOLDER.glob("*.sql"))
IDENTIFIERS = {
    "until": "superseded_at",
    "closed_by": "closed_by",
    "present": "head",
    "instant": "created_at",
}
VALUES = {"kind": Value("claim"), "most": Value(51), "listed": Value(("published",))}
VALUE = re.compile(r"%\((\w+)\)s")
KEPT = 4096
"""Characters up to which psycopg keeps its reading of a query."""

FILLING: LiteralString = """
INSERT INTO revision (
    kind, id, revision, status, public, body, created_at, first_public, recorded_at,
    superseded_at, closed_by, withdrawn_at, withdrawn_by, key_name, reason, sha256, salt, refs,
    terms
)
SELECT kind, 'r' || n, number, CASE number WHEN 3 THEN 'draft' ELSE 'published' END, number < 3,
    '{"text":"More than 148,000 troops are at the border"}', made, 1, made + number * second,
    CASE WHEN number < 3 THEN made + (number + 1) * second END,
    CASE WHEN number < 3 THEN pg_current_xact_id() END,
    CASE number WHEN 1 THEN made + 2 * second WHEN 3 THEN made + 3 * second END,
    CASE WHEN number <> 2 THEN pg_current_xact_id() END,
    'desk', CASE WHEN number = 2 AND n % 10 = 0 THEN 'correction' END, sha256('hash'), NULL,
    ARRAY['source/r' || n],
    CASE kind WHEN 'verdict' THEN ARRAY['claim_id=r' || n]
        ELSE ARRAY['topic=' || n, 'language=en'] END
FROM generate_series(1, 550) AS n, unnest('{claim,source,verdict}'::text[]) AS kind,
    generate_series(1, 3) AS number,
    (VALUES (interval '1 second')) AS seconds (second),
    LATERAL (VALUES ('2022-02-16Z'::timestamptz + n * interval '1 minute')) AS times (made)
"""
"""Some 5,000 revisions: of each record one that was public, one that is, and a draft over it."""

SCANS: LiteralString = """
SELECT indexrelid::regclass::text, pg_stat_get_xact_numscans(indexrelid)
FROM pg_index WHERE indrelid = 'revision'::regclass
UNION ALL
SELECT 'every row', pg_stat_get_xact_numscans('revision'::regclass)
"""
INDEXES: LiteralString = (
    "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'revision'::regclass"
)
READERS = {"head": Reader(keyed=True), "shown": Reader(keyed=False)}
PLANS: list[LiteralString] = ["force_custom_plan", "force_generic_plan"]
RARE = ["topic=7", "topic=8"]
COMMON = ["language=en", "language=de"]
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
THEN = [
    (None, datetime(2022, 2, 16, 3, tzinfo=UTC)),
    (None, datetime(2022, 2, 16, 9, tzinfo=UTC)),
    (Moment(Snapshot(3, 3), NEVER), None),
    (Moment(Snapshot(10_000_000, 10_000_000), NEVER), None),
]
"""Moments long ago and of late, as instants and as snapshots."""

OF_EACH_PAGE = {"revision_in_feed", "revision_head_recorded"}
"""The indexes that tell a page at which moment it was made."""

PLACE = {"kind": "claim", "id": "r7"}
READS: dict[str, Mapping[str, object]] = {
    "get": {},
    "get_as_of": {"as_of": "2022-02-16T00:07:02Z", "wanted": []},
    "get_expanded": {"wanted": ["source", "verdict"]},
    "memento": {"instant": "2022-02-16T00:07:02Z"},
    "revision": {"number": 2},
    "revisions": {"after": 0, "last": None, "limit": 50},
    "timemap": {"after": 0, "limit": 1000},
}
"""Reads of one record, by either reader, and what they take beside its place."""

FEED: Mapping[str, object] = {
    "position": 0,
    "seq": 0,
    "within": 50,
    "limit": 50,
    "types": None,
    "reasons": None,
    "since": None,
    "until": None,
}
"""What a look at the feed takes beside its reader."""

REGISTER: Mapping[str, object] = {
    "reasons": ["correction", "clarification"],
    "start": None,
    "stop": None,
    "after_instant": None,
    "after_seq": None,
    "limit": 10,
}
"""What a page of the register of corrections takes."""

WRITE: dict[str, object] = {
    "status": "published",
    "visible": True,
    "body": '{"text":"150,000"}',
    "key_name": "desk",
    "note": "Counted again",
    "reason": "correction",
    "sha256": bytes(32),
    "salt": bytes(16),
    "refs": ["source/r1", "source/r2"],
    "needed": [None, None],
    "terms": ["topic=1"],
    "allowed_from": ["draft", "published"],
    "may_publish": True,
    "four_eyes": False,
}
"""What a write takes beside its place; everything else is absent."""


@pytest.fixture(scope="module")
def owner_url(each_cluster: Cluster) -> Generator[str]:
    """Make a database with some 5,000 revisions in it."""
    with each_cluster.database("storage_statements") as name:
        with psycopg.connect(each_cluster.url(name)) as connection:
            _ = connection.execute(FILLING)
            _ = connection.execute("ANALYZE revision")
        yield each_cluster.url(name)


@pytest.fixture(scope="module")
def service_url(owner_url: str, each_cluster: Cluster) -> str:
    """Return how the service's role reaches it."""
    return each_cluster.url("storage_statements", "newsroom")


def any_statement(name: str, given: frozenset[str] | None = None) -> Statement:
    """Return a statement by its name, with everything that it may ask for unless that is told."""
    row = "last" if name.startswith("walk") else "r"
    return statement(name, given, **IDENTIFIERS, row=row, ordered=row, **VALUES)


def values_of(name: str) -> list[str]:
    """Return the names of the values that a statement takes."""
    text = any_statement(name).as_string()
    return list(dict.fromkeys(VALUE.findall(text)))


def numbered(name: str) -> bytes:
    """Return a statement as PostgreSQL takes it, with numbers for the names of values."""
    names, text = values_of(name), any_statement(name).as_string()
    return VALUE.sub(lambda at: f"${names.index(at[1]) + 1}", text).encode()


def scans(connection: psycopg.Connection) -> dict[str, int]:
    """Return how often each index of the table, and all of it, was gone through so far."""
    return dict(connection.execute(SCANS).fetchall())


def used(
    connection: psycopg.Connection, query: sql.Composed, values: Mapping[str, object]
) -> set[str]:
    """Run a statement that gives rows; return which indexes it used, or "every row"."""
    before = scans(connection)
    assert connection.execute(query, values, prepare=True).fetchall()
    return {name for name, count in scans(connection).items() if count > before[name]}


def listed(who: str, sort: str = "-created_at", **filters: object) -> tuple[sql.Composed, Any]:
    """Return the statement of a list of claims, and its values."""
    listing = Listing(BY_NAME["claim"], READERS[who], filters, sort=sort)
    return listing.statement(), listing.values()


def listed_then(
    who: str, moment: Moment | None, as_of: datetime | None, **asked: object
) -> tuple[sql.Composed, Any]:
    """Return the statement of a list of claims as they stood, and its values."""
    sort, filters = str(asked.pop("sort", "-created_at")), asked
    listing = Listing(BY_NAME["claim"], READERS[who], filters, sort=sort, as_of=as_of)
    return listing.statement(then=True), listing.values(None, moment)


def explained(connection: psycopg.Connection, query: sql.Composed, values: object) -> str:
    """Return the plan that PostgreSQL makes for a statement and its values."""
    rows = connection.execute(sql.SQL("EXPLAIN ") + query, cast("Any", values)).fetchall()
    return "\n".join(line for (line,) in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_short_enough_for_psycopg_to_keep_its_reading(name: str) -> None:
    usual = frozenset({"topic", "language", "created_from", "created_to"})
    assert len(any_statement(name, usual).as_bytes()) <= KEPT


@pytest.mark.parametrize("name", NAMES)
def test_postgresql_reads_a_statement_whatever_its_values(
    as_service: psycopg.Connection, name: str
) -> None:
    read = as_service.pgconn.prepare(b"", numbered(name))
    assert read.status == ExecStatus.COMMAND_OK, read.error_message.decode()


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("name", READS)
def test_a_read_of_one_record_goes_by_an_index(
    as_service: psycopg.Connection, name: str, who: str, plan: LiteralString
) -> None:
    as_service.execute(sql.SQL("SET LOCAL plan_cache_mode = {}").format(sql.Identifier(plan)))
    values = {**PLACE, **READS[name], "keyed": READERS[who].keyed}
    found = used(as_service, statement(name, until=READERS[who].until), values)
    assert "every row" not in found
    assert f"revision_{who}" in found


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", ["create", "revise", "state", "content"])
def test_a_write_and_what_it_asks_go_by_an_index(
    as_service: psycopg.Connection, name: str, plan: LiteralString
) -> None:
    as_service.execute(sql.SQL("SET LOCAL plan_cache_mode = {}").format(sql.Identifier(plan)))
    identifier = "new" if name == "create" else "r7"
    values = {**dict.fromkeys(values_of(name)), **WRITE, **PLACE, "id": identifier, "number": 3}
    assert "every row" not in used(as_service, statement(name), values)


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "updated_at", "-updated_at"])
def test_a_list_walks_the_index_of_its_order(
    as_service: psycopg.Connection, sort: str, who: str
) -> None:
    index = f"revision_{who}_{'created' if 'created' in sort else 'recorded'}"
    assert used(as_service, *listed(who, sort)) == {index, *OF_EACH_PAGE}
    plan = explained(as_service, *listed(who, sort))
    assert f"using {index}" in plan


@pytest.mark.parametrize("who", READERS)
def test_a_list_of_a_topic_goes_by_its_postings(as_service: psycopg.Connection, who: str) -> None:
    query, values = listed(who, topic=["topic=7"])
    assert used(as_service, query, values) == {f"revision_{who}", *OF_EACH_PAGE}
    assert "posting_pkey" in explained(as_service, query, values)


@pytest.mark.parametrize("who", READERS)
def test_a_list_of_two_rare_topics_goes_by_their_terms(
    as_service: psycopg.Connection, who: str
) -> None:
    query, values = listed(who, topic=RARE)
    assert used(as_service, query, values) == {f"revision_{who}_terms", *OF_EACH_PAGE}
    assert f"Bitmap Index Scan on revision_{who}_terms" in explained(as_service, query, values)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("who", READERS)
def test_the_feed_goes_by_its_index_and_sorts_nothing(
    as_service: psycopg.Connection, who: str, plan: LiteralString
) -> None:
    as_service.execute(sql.SQL("SET LOCAL plan_cache_mode = {}").format(sql.Identifier(plan)))
    query, values = statement("changes"), {**FEED, "keyed": READERS[who].keyed}
    indexes = {"revision_in_feed", "revision_pkey", "revision_shown"}
    assert used(as_service, query, values) == indexes
    shown = explained(as_service, query, values)
    assert "using revision_in_feed" in shown
    # The numbers that one purge took are put in order, of one record.
    assert not re.search(r"Sort Key: (?!p\.)|Seq Scan|Hash", shown), shown


@pytest.mark.parametrize("plan", PLANS)
def test_the_start_of_the_feed_is_found_in_its_index_alone(
    as_service: psycopg.Connection, plan: LiteralString
) -> None:
    as_service.execute(sql.SQL("SET LOCAL plan_cache_mode = {}").format(sql.Identifier(plan)))
    values = {"since": "2022-02-16T05:00:00Z"}
    assert used(as_service, statement("first_change"), values) == {"revision_in_feed"}
    shown = explained(as_service, statement("first_change"), values)
    assert "Index Only Scan using revision_in_feed" in shown


def test_how_late_webhooks_are_is_one_look_at_the_feed(as_service: psycopg.Connection) -> None:
    as_service.execute(
        "INSERT INTO webhook (id, url, reads, secret, position, seq)"
        " VALUES (gen_random_uuid(), 'https://cms.example', 'public', '', 0, 0)"
    )
    assert used(as_service, statement("longest_behind"), {}) == {"revision_in_feed"}
    assert "using revision_in_feed" in explained(as_service, statement("longest_behind"), {})


def test_the_register_of_corrections_goes_by_its_index(as_service: psycopg.Connection) -> None:
    query = statement("corrections")
    assert "revision_corrections" in used(as_service, query, REGISTER)
    assert not re.search("Sort|Seq Scan", explained(as_service, query, REGISTER))


def test_every_index_serves_a_read(as_service: psycopg.Connection) -> None:
    found = used(as_service, statement("content"), {**PLACE, "number": 3})
    found |= used(as_service, statement("newest_change"), {})
    found |= used(as_service, statement("corrections"), REGISTER)
    for who, reader in READERS.items():
        values = {**PLACE, "keyed": reader.keyed}
        found |= used(as_service, statement("get", until=reader.until), values)
        found |= used(as_service, *listed(who, topic=RARE))
        found |= used(as_service, *listed(who, "created_at"))
        found |= used(as_service, *listed(who, "updated_at"))
        for moment, as_of in THEN:
            asked = (who, moment, as_of)
            found |= used(as_service, *listed_then(*asked, sort="updated_at"))
            found |= used(as_service, *listed_then(*asked, topic=RARE))
            found |= used(as_service, *listed_then(*asked, language=COMMON))
    assert found == {name for (name,) in as_service.execute(INDEXES)}


@pytest.mark.parametrize("way", ["list", "stood", "walk"])
def test_the_two_orders_of_a_list_are_one_statement_but_for_the_direction(way: str) -> None:
    files = [FOLDER / f"{way}_{order}.sql" for order in ("ascending", "descending")]
    texts = [file.read_text("utf-8") for file in files]
    turned = texts[0].replace("oldest first", "newest first").replace(" ASC", " DESC")
    turned = turned.replace("'infinity'", "'-infinity'")
    turned = turned.replace("after_ascending", "after_descending")
    other = {"<": ">", ">": "<"}
    assert re.sub(r"(?<=\(instant, id\) )[<>]", lambda at: other[at[0]], turned) == texts[1]
