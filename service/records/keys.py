"""API keys: made once, shown once, kept as a hash."""

import hashlib
import secrets
import time
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from schemas.key import NewKeySchema
from service.documents.instants import read
from service.documents.values import JsonObject
from service.errors import InvalidBody, KeyNameTaken, Unauthorized, Unavailable
from service.kinds.faults import faults
from service.records.people import Caller
from service.storage.database import Database
from service.storage.statements import statement

PREFIX = "fck_"
TRUST = 0.5
"""Seconds for which a worker believes what it read of a key: a revocation holds after that."""

NEW_KEY = NewKeySchema()


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that is in force, for `remaining` seconds if it expires.

    `stale` tells that its last use was noted over a minute ago.
    """

    id: uuid.UUID
    name: str
    scopes: list[str]
    vouches: bool
    remaining: float | None
    stale: bool

    @property
    def trust(self) -> float:
        """Return for how many seconds this may be believed: never past the key's expiry."""
        return TRUST if self.remaining is None else min(TRUST, self.remaining)


@dataclass(frozen=True, slots=True)
class Made:
    """That a key was made, under this id."""

    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key that somebody asks to be made."""

    name: str
    scopes: Sequence[str] = ()
    expires_at: datetime | None = None
    vouches: bool = False


def wanted(sent: JsonObject) -> Wanted:
    """Return the key that was asked for; raises `InvalidBody` with every fault."""
    if found := faults(NEW_KEY, sent):
        raise InvalidBody("Mend what errors lists, and send it again.", errors=found)
    members = {**cast("dict[str, Any]", sent)}
    if "expires_at" in members:
        members["expires_at"] = read(members["expires_at"])
    return Wanted(**members)


def make(database: Database, asked: Wanted) -> str:
    """Make a key and return its secret; raises `KeyNameTaken`."""
    secret = create(database, asked.name, asked.scopes, asked.expires_at, vouches=asked.vouches)
    if secret is None:
        detail = f'A key named "{asked.name}" was made before, and names are kept: choose another.'
        raise KeyNameTaken(detail)
    return secret


def create(
    database: Database,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
    *,
    vouches: bool = False,
) -> str | None:
    """Make a key and return its secret, which is kept nowhere; None if the name is taken."""
    secret = PREFIX + secrets.token_urlsafe(32)
    values = _row(secret, name, scopes) | {"expires_at": expires_at, "vouches": vouches}
    return secret if database.one(Made, statement("create_key"), values) else None


@contextmanager
def first(database: Database) -> Generator[str | None]:
    """Make the first key of all, ``admin``, in force when the ``with`` block has ended well.

    Yields its secret, or None where there are keys; of several servers one makes it.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    with database.transaction() as transaction:
        values = _row(secret, "admin", ["admin"])
        yield secret if transaction.one(Made, statement("create_first_key"), values) else None


def _row(secret: str, name: str, scopes: Sequence[str]) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "name": name,
        "secret_sha256": digest(secret),
        "scopes": list(scopes),
    }


def digest(secret: str) -> bytes:
    """Return what the table holds of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


def not_in_force() -> Unauthorized:
    """Return the problem of a key that opens nothing, or no longer."""
    detail = "This key is unknown, revoked or expired. Ask an admin for another: POST /v1/keys."
    return Unauthorized(detail, headers={"WWW-Authenticate": "Bearer"})


@dataclass(slots=True)
class Keyring:
    """Find callers by their secrets, each read of the table trusted for `TRUST` seconds."""

    database: Database
    four_eyes: bool = False
    known: dict[bytes, tuple[float, Caller]] = field(
        default_factory=dict[bytes, tuple[float, Caller]]
    )

    def caller(self, secret: str) -> Caller:
        """Return who bears the secret; raises `Unauthorized` for one not in force."""
        sha256, now = digest(secret), time.monotonic()
        until, caller = self.known.get(sha256, (0.0, None))
        if caller is None or until <= now:
            row = self._read(sha256)
            caller = Caller(row.name, frozenset(row.scopes), row.vouches, self.four_eyes)
            # Counted from before the read: however long it took, the answer was true then.
            self._remember(sha256, caller, now, now + row.trust)
        return caller

    def forget(self, name: str) -> None:
        """Believe nothing of a key any longer, as when it has just been revoked."""
        self.known = {key: kept for key, kept in self.known.items() if kept[1].key_name != name}

    def _read(self, sha256: bytes) -> KeyRow:
        # What is compared, byte by byte, are SHA-256 values, here and in the index. Time may
        # tell how far two of them agree; of the secret, 256 random bits, that tells nothing.
        row = self.database.one(KeyRow, statement("find_key"), {"secret_sha256": sha256})
        if row is None:
            raise not_in_force()
        if row.stale:
            # Where nothing can be written now, reading goes on.
            with suppress(Unavailable):
                _ = self.database.all(Made, statement("touch_key"), {"id": row.id})
        return row

    def _remember(self, sha256: bytes, caller: Caller, now: float, until: float) -> None:
        self.known = {key: kept for key, kept in self.known.items() if kept[0] >= now}
        self.known[sha256] = (until, caller)
