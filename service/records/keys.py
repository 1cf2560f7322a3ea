"""API keys: made once, shown once, kept as a hash."""

import hashlib
import re
import secrets
import time
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from service.errors import Unauthorized
from service.records.people import SHIPPER, Caller
from service.storage.database import Database
from service.storage.statements import statement

PREFIX = "fck_"
NAME = re.compile(r"\S(?:.{0,98}\S)?")
TRUST = 1.0
"""Seconds for which a worker believes what it read of a key: a revocation holds after that."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that is in force; `stale` tells that its last use was noted over a minute ago."""

    id: uuid.UUID
    name: str
    scopes: list[str]
    vouches: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Made:
    """That a key was made, under this id."""

    id: uuid.UUID


def check_name(name: str) -> None:
    """Raise `ValueError` for a name that no key can have."""
    if not NAME.fullmatch(name) or not name.isprintable() or name == SHIPPER:
        message = f'the name of a key has 1 to 100 printable characters and is not "{SHIPPER}"'
        raise ValueError(message)


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
        sha256 = digest(secret)
        until, caller = self.known.get(sha256, (0.0, None))
        if caller is None or until < time.monotonic():
            caller = self._read(sha256)
            self._remember(sha256, caller)
        return caller

    def _read(self, sha256: bytes) -> Caller:
        # The index finds a hash, never a secret: the time it takes tells nothing of use.
        row = self.database.one(KeyRow, statement("find_key"), {"secret_sha256": sha256})
        if row is None:
            detail = "This key is unknown, revoked or expired. Send Authorization: Bearer fck_…"
            raise Unauthorized(detail, headers={"WWW-Authenticate": "Bearer"})
        if row.stale:
            _ = self.database.all(Made, statement("touch_key"), {"id": row.id})
        return Caller(row.name, frozenset(row.scopes), row.vouches, self.four_eyes)

    def _remember(self, sha256: bytes, caller: Caller) -> None:
        now = time.monotonic()
        self.known = {key: kept for key, kept in self.known.items() if kept[0] >= now}
        self.known[sha256] = (now + TRUST, caller)
