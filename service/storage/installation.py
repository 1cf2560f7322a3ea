"""What a database holds for all servers that use it."""

from dataclasses import dataclass

from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret that signs cursors."""

    cursor_secret: bytes


def cursor_secret(database: Database) -> bytes:
    """Return the secret that the first migration made; raises `Unavailable` before it ran."""
    return database.all(Secret, statement("cursor_secret"))[0].cursor_secret
