"""Keys: kept as hashes, trusted for a moment, noted when used."""

import itertools
import time
import uuid
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from service.errors import InvalidBody, Unauthorized
from service.records import keys
from service.records.keys import Keyring
from service.records.people import SHIPPER
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


@pytest.mark.parametrize("name", ["", "factcheck", "x" * 101, "a\nb", "a\u200bb", " a", "a "])
def test_some_names_are_for_no_key(name: str) -> None:
    with pytest.raises(InvalidBody) as refusal:
        keys.wanted({"name": name})
    assert [fault.pointer for fault in refusal.value.errors] == ["#/name"]


@pytest.mark.parametrize("name", ["x", "Die Prüfer 2", "x" * 100, "factcheck 2"])
def test_other_names_may_be_chosen(name: str) -> None:
    assert keys.wanted({"name": name}).name == name


def test_the_name_of_what_every_server_starts_with_is_for_no_key() -> None:
    with pytest.raises(InvalidBody):
        keys.wanted({"name": SHIPPER})


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


def test_a_revoked_key_is_believed_for_less_than_a_second(
    database: Database, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, secret = make(database, "read")
    keyring, now = Keyring(database), time.monotonic()
    monkeypatch.setattr(keys.time, "monotonic", lambda: now)
    assert keyring.caller(secret).key_name == name
    owner.execute("UPDATE api_key SET revoked_at = clock_timestamp() WHERE name = %s", [name])
    assert keyring.caller(secret).key_name == name
    monkeypatch.setattr(keys.time, "monotonic", lambda: now + 0.75)
    with pytest.raises(Unauthorized):
        keyring.caller(secret)


def test_a_key_that_expires_is_asked_about_again_when_it_has(
    database: Database, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, soon = f"key {uuid.uuid4()}", datetime.now(UTC) + timedelta(hours=1)
    secret = str(keys.create(database, name, ["read"], soon))
    keyring, now = Keyring(database), time.monotonic()
    monkeypatch.setattr(keys, "TRUST", 7200)
    _ = keyring.caller(secret)
    owner.execute("UPDATE api_key SET revoked_at = clock_timestamp() WHERE name = %s", [name])
    monkeypatch.setattr(keys.time, "monotonic", lambda: now + 1800)
    assert keyring.caller(secret).key_name == name
    monkeypatch.setattr(keys.time, "monotonic", lambda: now + 3601)
    with pytest.raises(Unauthorized):
        keyring.caller(secret)


def test_a_slow_read_makes_no_trust_longer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring, clock = Keyring(database), itertools.count(1000.0)
    monkeypatch.setattr(keys.time, "monotonic", lambda: next(clock))
    _ = keyring.caller(make(database, "read")[1])
    assert [until for until, _ in keyring.known.values()] == [1000 + keys.TRUST]


def test_a_key_is_forgotten_by_its_name_and_no_other_is(database: Database) -> None:
    keyring, (name, secret), (other, more) = Keyring(database), make(database), make(database)
    _ = keyring.caller(secret), keyring.caller(more)
    keyring.forget(name)
    assert [caller.key_name for _, caller in keyring.known.values()] == [other]


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
