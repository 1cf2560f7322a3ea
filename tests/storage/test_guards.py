"""A revision once written stays as it is: grants hold the service, triggers everybody."""

from collections.abc import Generator
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors, sql

from service.storage.database import Database
from service.storage.migrations import migrate, migrations
from service.storage.readiness import readiness
from tests.clusters import Cluster

CLOSING = {"superseded_at", "closed_by", "withdrawn_at", "withdrawn_by"}
CHANGES: dict[str, LiteralString] = {
    "seq": "DEFAULT",
    "kind": "'claim'",
    "id": "'other'",
    "revision": "revision + 1",
    "status": "'retracted'",
    "public": "NOT public",
    "body": "'{}'",
    "internal": "'{}'",
    "raw": "'{}'",
    "created_at": "created_at - interval '1 day'",
    "first_public": "first_public + 1",
    "recorded_at": "recorded_at - interval '1 day'",
    "key_name": "'other'",
    "actor": "'other'",
    "note": "'other'",
    "reason": "'typo'",
    "sha256": "sha256('other')",
    "salt": "substr(sha256('other'), 1, 16)",
    "imported": "NOT imported",
    "refs": "'{source/other}'",
    "terms": "'{topic=other}'",
    "valid": "'[2022-02-16,)'",
    "review_by": "'2022-02-16'",
    "position": "pg_current_xact_id()",
    "opened_by": "pg_current_xact_id()",
    "begun_at": "clock_timestamp()",
    "purged_at": "clock_timestamp()",
    "purges": "'{1}'",
}
"""A new value for each column that never changes."""

REMOVALS: list[LiteralString] = [
    "DELETE FROM revision",
    "TRUNCATE revision",
    "TRUNCATE revision CASCADE",
]
FORBIDDEN: list[LiteralString] = [
    *REMOVALS,
    "INSERT INTO revision (seq) OVERRIDING SYSTEM VALUE VALUES (1)",
    "INSERT INTO revision (opened_by) VALUES ('3')",
    "UPDATE wording SET shown = true",
    "DELETE FROM wording",
    "INSERT INTO word VALUES ('mine', 1, 1)",
    "UPDATE wording_total SET shown = 0",
    "DELETE FROM wording_change",
    "INSERT INTO posting VALUES (1, now(), 'mine')",
    "DELETE FROM posting",
    "UPDATE api_key SET secret_sha256 = sha256('mine')",
    "UPDATE api_key SET name = 'other'",
    "DELETE FROM api_key",
    "UPDATE installation SET cursor_secret = 'known'",
    "INSERT INTO migration VALUES ('0002.sql', '')",
    "SELECT grant_service('newsroom')",
    "SELECT grant_retries('newsroom')",
    "SELECT grant_allowances('newsroom')",
    "SELECT grant_purging('newsroom')",
    "SELECT grant_postings('newsroom')",
    "CREATE TABLE mine ()",
    "ALTER TABLE revision DISABLE TRIGGER ALL",
    "DROP TABLE revision",
    "SET session_replication_role = replica",
]
"""What the service's role is refused."""

BLANK: LiteralString = (
    "UPDATE revision SET body = NULL, internal = NULL, raw = NULL, note = NULL, salt = NULL,"
    " refs = '{}', terms = '{}', valid = NULL, review_by = NULL, purged_at = clock_timestamp()"
)
"""What purging does to a row."""

CLOSE = "UPDATE revision SET superseded_at = clock_timestamp(), closed_by = pg_current_xact_id()"
WITHDRAW = (
    "UPDATE revision SET withdrawn_at = clock_timestamp(), withdrawn_by = pg_current_xact_id()"
)
REOPEN: list[LiteralString] = [
    "UPDATE revision SET superseded_at = NULL, closed_by = NULL",
    "UPDATE revision SET superseded_at = superseded_at + interval '1 second'",
    "UPDATE revision SET closed_by = '3'",
    "UPDATE revision SET withdrawn_at = NULL, withdrawn_by = NULL",
    "UPDATE revision SET withdrawn_at = withdrawn_at + interval '1 second'",
    "UPDATE revision SET withdrawn_by = '3'",
]
"""What is refused of a revision that is closed in both intervals."""

HALF_CLOSED: list[LiteralString] = [
    "UPDATE revision SET superseded_at = clock_timestamp()",
    "UPDATE revision SET closed_by = pg_current_xact_id()",
    "UPDATE revision SET withdrawn_at = clock_timestamp()",
    "UPDATE revision SET withdrawn_by = pg_current_xact_id()",
    "UPDATE revision SET superseded_at = recorded_at, closed_by = pg_current_xact_id()",
    "UPDATE revision SET withdrawn_at = recorded_at, withdrawn_by = pg_current_xact_id()",
]


@pytest.fixture(params=["owner", "newsroom"])
def as_each(
    request: pytest.FixtureRequest, as_owner: psycopg.Connection, as_service: psycopg.Connection
) -> psycopg.Connection:
    """Speak as the owner and as the service's role, one after the other."""
    return as_owner if request.param == "owner" else as_service


@pytest.fixture
def alone(each_cluster: Cluster) -> Generator[str]:
    """Make a database of a role that is no superuser; yield how that role reaches it."""
    role, name = sql.Identifier("alone"), sql.Identifier("storage_alone")
    each_cluster.run(
        sql.SQL("CREATE ROLE {} LOGIN").format(role),
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 OWNER {}").format(name, role),
    )
    yield each_cluster.url("storage_alone", "alone")
    each_cluster.run(
        sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name),
        sql.SQL("DROP ROLE {}").format(role),
    )


def update(column: str) -> sql.Composed:
    """Return the statement that gives a column its new value."""
    change = sql.SQL("UPDATE revision SET {} = {}")
    return change.format(sql.Identifier(column), sql.SQL(CHANGES[column]))


def granted(connection: psycopg.Connection, act: str) -> set[str]:
    """Return the columns of a revision for which the role has the privilege."""
    query = """SELECT attname FROM pg_attribute WHERE attrelid = 'revision'::regclass
        AND attnum > 0 AND has_column_privilege('newsroom', attrelid, attnum, %s)"""
    return {name for (name,) in connection.execute(query, [act])}


def protection(url: str) -> str:
    """Return what readiness says of the protection that a role leaves."""
    database = Database(url, size=1, deadline=10, prepare=True)
    try:
        return readiness(database).protection
    finally:
        database.close()


def test_every_column_of_a_revision_is_guarded_or_closes_it(as_owner: psycopg.Connection) -> None:
    assert granted(as_owner, "SELECT") == CHANGES.keys() | CLOSING
    assert not CHANGES.keys() & CLOSING


def test_the_service_may_update_only_what_closes_a_revision(as_owner: psycopg.Connection) -> None:
    assert granted(as_owner, "UPDATE") == CLOSING


def test_the_service_may_not_say_when_or_by_what_a_revision_was_opened(
    as_owner: psycopg.Connection,
) -> None:
    opening = {"seq", "opened_by", "begun_at"}
    assert granted(as_owner, "INSERT") == (CHANGES.keys() | CLOSING) - opening


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_service_is_refused_by_grants(
    as_service: psycopg.Connection, statement: LiteralString
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        as_service.execute(statement)


@pytest.mark.parametrize("column", CHANGES)
def test_the_service_changes_no_column(as_service: psycopg.Connection, column: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        as_service.execute(update(column))


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_changes_for_the_owner_either(as_owner: psycopg.Connection, column: str) -> None:
    with pytest.raises(psycopg.Error, match="a revision is never changed") as refusal:
        as_owner.execute(update(column))
    assert refusal.value.sqlstate == "FC001"


def test_the_content_of_a_revision_goes_whole_and_once(as_owner: psycopg.Connection) -> None:
    as_owner.execute(BLANK)
    with pytest.raises(psycopg.Error, match="a revision is never changed"):
        as_owner.execute("UPDATE revision SET body = '{}'")


@pytest.mark.parametrize(
    ("gone", "instead"),
    [
        ("body = NULL", "body = '{}'"),
        ("salt = NULL", "salt = substr(sha256('other'), 1, 16)"),
        ("terms = '{}'", "terms = '{topic=other}'"),
        ("review_by = NULL", "review_by = '2022-02-16'"),
    ],
)
def test_nothing_takes_the_place_of_what_goes(
    as_owner: psycopg.Connection, gone: LiteralString, instead: LiteralString
) -> None:
    with pytest.raises(psycopg.Error, match="a revision is never changed"):
        as_owner.execute(BLANK.replace(gone, instead))


@pytest.mark.parametrize("statement", REMOVALS)
def test_no_revision_is_removed_by_the_owner_either(
    as_owner: psycopg.Connection, statement: LiteralString
) -> None:
    with pytest.raises(psycopg.Error, match="a revision is never removed") as refusal:
        as_owner.execute(statement)
    assert refusal.value.sqlstate == "FC001"


def test_a_revision_is_closed_in_each_interval_on_its_own(as_each: psycopg.Connection) -> None:
    assert as_each.execute(CLOSE).rowcount == 1
    assert as_each.execute(WITHDRAW).rowcount == 1


@pytest.mark.parametrize("statement", REOPEN)
def test_what_is_closed_stays_closed(as_each: psycopg.Connection, statement: LiteralString) -> None:
    as_each.execute(CLOSE)
    as_each.execute(WITHDRAW)
    with pytest.raises(psycopg.Error, match="a revision is never changed"):
        as_each.execute(statement)


@pytest.mark.parametrize("statement", HALF_CLOSED)
def test_a_revision_is_closed_whole_and_after_it_began(
    as_each: psycopg.Connection, statement: LiteralString
) -> None:
    with pytest.raises(errors.CheckViolation):
        as_each.execute(statement)


def test_a_key_is_revoked_and_its_scopes_changed_by_the_service(
    as_service: psycopg.Connection,
) -> None:
    as_service.execute(
        "INSERT INTO api_key (id, name, secret_sha256, scopes)"
        " VALUES (gen_random_uuid(), 'desk', sha256('secret'), '{write}')"
    )
    change = "UPDATE api_key SET scopes = '{read}', revoked_at = now(), expires_at = now()"
    assert as_service.execute(change).rowcount == 1


def test_readiness_says_that_grants_and_triggers_hold(service_url: str) -> None:
    assert protection(service_url) == "grants and triggers"


def test_readiness_says_that_triggers_alone_hold_for_the_owner(owner_url: str) -> None:
    assert protection(owner_url) == "triggers"


def test_a_single_role_without_other_rights_is_enough(alone: str) -> None:
    assert migrate(alone, alone) == [file.name for file in migrations()]
    assert protection(alone) == "triggers"
    with (
        psycopg.connect(alone) as connection,
        pytest.raises(psycopg.Error, match="a revision is never changed"),
    ):
        connection.execute("UPDATE revision SET note = 'other'")


def test_an_owner_without_other_rights_grants_the_service_what_it_needs(
    alone: str, each_cluster: Cluster
) -> None:
    service = each_cluster.url("storage_alone", "newsroom")
    migrate(alone, service)
    assert protection(service) == "grants and triggers"
    with psycopg.connect(service) as connection:
        assert connection.execute(CLOSE).rowcount == 1
