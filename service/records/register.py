"""The register of keys: every key that was made, shown without its secret, and revoked."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from service.documents.instants import written
from service.errors import NotFound, OwnKey
from service.records.keys import not_in_force
from service.records.presence import NO_STORE
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key, but for the hash of its secret."""

    id: uuid.UUID
    name: str
    scopes: list[str]
    vouches: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @property
    def path(self) -> str:
        """Return the key's own address."""
        return f"/v1/keys/{self.id}"

    def as_dict(self) -> dict[str, object]:
        """Return the members that are shown."""
        return {
            "id": str(self.id),
            "name": self.name,
            "scopes": self.scopes,
            "vouches": self.vouches,
            "created_at": written(self.created_at),
            "expires_at": self.expires_at and written(self.expires_at),
            "revoked_at": self.revoked_at and written(self.revoked_at),
            "last_used_at": self.last_used_at and written(self.last_used_at),
            "self": self.path,
        }

    def as_line(self) -> tuple[str, ...]:
        """Return name, scopes, state and last use, in words."""
        used = f"used {written(self.last_used_at)}" if self.last_used_at else "never used"
        scopes = " ".join(self.scopes) or "no scope"
        return self.name, scopes, self.state, f"{used}{', vouches' if self.vouches else ''}"

    @property
    def state(self) -> str:
        """Return whether the key is in force, and since or until when."""
        if self.revoked_at:
            return f"revoked {written(self.revoked_at)}"
        if not self.expires_at:
            return "in force"
        past = self.expires_at <= datetime.now(UTC)
        return f"{'expired' if past else 'until'} {written(self.expires_at)}"


@dataclass(frozen=True, slots=True)
class Held:
    """A key that nobody else can revoke until the transaction ends."""

    name: str
    in_force: bool


def listed(database: Database, after: int = 0, limit: int | None = None) -> list[Key]:
    """Return the keys that follow the first `after`, oldest first, all unless `limit` says less."""
    return database.all(Key, statement("list_keys"), {"after": after, "limit": limit})


def find(database: Database, *, id: str | None = None, name: str | None = None) -> Key:  # noqa: A002
    """Return the key of an id or of a name; raises `NotFound`."""
    key = database.one(Key, statement("get_key"), {"id": id, "name": name})
    if key is None:
        detail = "There is no such key. GET /v1/keys and factcheck keys list show those there are."
        raise NotFound(detail, headers=NO_STORE)
    return key


def revoke(database: Database, key: Key, bearer: str | None = None) -> None:
    """Revoke a key, for good; `bearer` is the name of the key that asks for it.

    Raises `OwnKey` for the bearer's own, and `Unauthorized` if that was itself revoked in
    the meantime: of two keys that revoke each other one is left.
    """
    if key.name == bearer:
        detail = (
            "Make another key with the scope admin and revoke this one with that, or call"
            " factcheck keys revoke where the service runs."
        )
        raise OwnKey(detail)
    with database.transaction() as transaction:
        held = transaction.all(Held, statement("hold_keys"), {"names": [key.name, bearer]})
        if any(one.name == bearer and not one.in_force for one in held):
            raise not_in_force()
        transaction.run(statement("revoke_key"), {"name": key.name})
