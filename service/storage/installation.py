"""What a database holds for all servers that use it."""

from dataclasses import dataclass

from service.errors import Unavailable
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret that signs cursors."""

    cursor_secret: bytes


def cursor_secret(database: Database) -> bytes:
    """Return the secret that the first migration made; raises `Unavailable` before it ran."""
    found = database.one(Secret, statement("cursor_secret"))
    if found is None:
        detail = "The database is not set up. Whoever runs this service calls factcheck migrate."
        raise Unavailable(detail)
    return found.cursor_secret
