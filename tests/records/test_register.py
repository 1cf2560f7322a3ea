"""The register of keys: revoked for good, and never the last one that could revoke."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest

from service.errors import NotFound, OwnKey, Unauthorized
from service.records import keys, register
from service.records.register import Key
from service.storage.database import Database


def made(database: Database, *scopes: str) -> Key:
    """Make a key of a name of its own."""
    name = f"key {uuid.uuid4()}"
    assert keys.create(database, name, scopes)
    return register.find(database, name=name)


def test_a_key_is_revoked_once(database: Database) -> None:
    key = made(database, "read")
    register.revoke(database, key)
    first = register.find(database, id=str(key.id)).revoked_at
    register.revoke(database, key)
    assert first
    assert register.find(database, name=key.name).revoked_at == first


def test_a_key_does_not_revoke_itself(database: Database) -> None:
    key = made(database, "admin")
    with pytest.raises(OwnKey):
        register.revoke(database, key, key.name)
    assert register.find(database, name=key.name) == key


def test_a_revoked_key_revokes_no_other(database: Database) -> None:
    key, other = made(database, "admin"), made(database, "admin")
    register.revoke(database, key, other.name)
    with pytest.raises(Unauthorized):
        register.revoke(database, other, key.name)
    assert register.find(database, name=other.name) == other


def test_of_two_keys_that_revoke_each_other_one_is_left(database: Database) -> None:
    for _ in range(20):
        pair, start = [made(database, "admin"), made(database, "admin")], Barrier(2)

        def revoke(key: Key, bearer: Key, start: Barrier = start) -> None:
            start.wait()
            with suppress(Unauthorized):
                register.revoke(database, key, bearer.name)

        with ThreadPoolExecutor() as threads:
            list(threads.map(revoke, pair, reversed(pair)))
        left = [register.find(database, name=key.name).revoked_at for key in pair]
        assert left.count(None) == 1


def test_what_is_not_there_is_not_found(database: Database) -> None:
    for wanted in ({"id": str(uuid.uuid4())}, {"id": "nonsense"}, {"name": "nobody"}):
        with pytest.raises(NotFound):
            register.find(database, **wanted)
