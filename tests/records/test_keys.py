"""Keys: kept as hashes, trusted for a moment, noted when used."""

import time
import uuid
from collections.abc import Generator
from contextlib import closing, contextmanager

import psycopg
import pytest

from service.errors import Unauthorized
from service.records import keys
from service.records.keys import Keyring
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster


@contextmanager
def opened(url: str, settings: Settings) -> Generator[Database]:
    """Open a database of a test's own."""
    found = Database(url, size=2, deadline=settings.deadline, prepare=True)
    with closing(found):
        yield found


def make(database: Database, *scopes: str) -> tuple[str, str]:
    """Make a key of a name of its own; return name and secret."""
    name = f"key {uuid.uuid4()}"
    return name, str(keys.create(database, name, scopes))


def test_a_secret_is_long_and_kept_nowhere(database: Database, owner: psycopg.Connection) -> None:
    _, secret = make(database, "read")
    assert secret.startswith("fck_")
    assert len(secret) == 47
    rows = owner.execute("SELECT k::text FROM api_key AS k").fetchall()
    assert all(secret not in row[0] for row in rows)


def test_a_name_is_given_once(database: Database) -> None:
    name, _ = make(database, "read")
    assert keys.create(database, name, ["read"]) is None


@pytest.mark.parametrize("name", ["", "factcheck", "x" * 101, "a\nb", "a\u200bb"])
def test_some_names_are_for_no_key(name: str) -> None:
    with pytest.raises(ValueError, match="the name of a key"):
        keys.check_name(name)


@pytest.mark.parametrize("name", ["x", "Die Prüfer 2", "x" * 100])
def test_other_names_may_be_chosen(name: str) -> None:
    assert keys.check_name(name) is None


def test_the_first_key_of_all_is_an_admins_and_made_once(
    cluster: Cluster, settings: Settings
) -> None:
    with cluster.database("first_key") as name, opened(cluster.url(name), settings) as database:
        with keys.first(database) as secret:
            assert secret is not None
        assert Keyring(database).caller(secret).may("admin")
        with keys.first(database) as second:
            assert second is None


def test_a_first_key_that_was_not_handed_over_was_not_made(
    cluster: Cluster, settings: Settings
) -> None:
    with cluster.database("no_key") as name, opened(cluster.url(name), settings) as database:
        with pytest.raises(OSError, match="disk full"), keys.first(database):
            raise OSError("disk full")
        with keys.first(database) as secret:
            assert secret is not None


def test_a_key_brings_its_name_and_scopes(database: Database) -> None:
    name, secret = make(database, "write")
    caller = Keyring(database).caller(secret)
    assert (caller.key_name, caller.scopes) == (name, {"write"})


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ("read", {"read"}),
        ("write", {"read", "write"}),
        ("publish", {"read", "write", "publish"}),
        ("admin", {"read", "write", "publish", "admin"}),
    ],
)
def test_a_scope_implies_the_lesser_ones(database: Database, scope: str, may: set[str]) -> None:
    caller = Keyring(database).caller(make(database, scope)[1])
    assert {one for one in ("read", "write", "publish", "admin") if caller.may(one)} == may
    assert caller.reader.keyed


def test_a_key_without_scopes_reads_as_the_public_does(database: Database) -> None:
    assert not Keyring(database).caller(make(database)[1]).reader.keyed


def test_a_revoked_key_is_believed_for_a_second_and_no_longer(
    database: Database, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, secret = make(database, "read")
    keyring, now = Keyring(database), time.monotonic()
    assert keyring.caller(secret).key_name == name
    owner.execute("UPDATE api_key SET revoked_at = clock_timestamp() WHERE name = %s", [name])
    monkeypatch.setattr(keys.time, "monotonic", lambda: now + keys.TRUST + 1)
    with pytest.raises(Unauthorized):
        keyring.caller(secret)


def test_what_is_not_believed_any_more_is_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring, now = Keyring(database), time.monotonic()
    _ = keyring.caller(make(database, "read")[1])
    monkeypatch.setattr(keys.time, "monotonic", lambda: now + keys.TRUST + 1)
    _ = keyring.caller(make(database, "read")[1])
    assert len(keyring.known) == 1


def test_the_last_use_is_noted_once_a_minute(database: Database, owner: psycopg.Connection) -> None:
    name, secret = make(database, "read")
    asked = "SELECT last_used_at FROM api_key WHERE name = %s"
    assert owner.execute(asked, [name]).fetchone() == (None,)
    _ = Keyring(database).caller(secret)
    first = owner.execute(asked, [name]).fetchone()
    _ = Keyring(database).caller(secret)
    assert first != (None,)
    assert owner.execute(asked, [name]).fetchone() == first
