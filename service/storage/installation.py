"""What a database holds for all servers that use it."""

from dataclasses import dataclass

from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Installation:
    """The secret that signs cursors, and the identifier of the cluster that they hold for."""

    cursor_secret: bytes
    system: int


def installation(database: Database) -> Installation:
    """Return what the migrations made; raises `Unavailable` before they ran."""
    return database.all(Installation, statement("installation"))[0]
