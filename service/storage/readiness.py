"""Whether a database is ready for this release, and how well it guards the revisions."""

from dataclasses import dataclass

from service.storage.database import Database
from service.storage.migrations import migrations
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Ledger:
    """What ran, on which server, whether the service's role owns the tables, and the lag."""

    ran: list[str]
    database: str
    owns: bool
    lag: float | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Migrations still to run; `protection` names what keeps revisions from being changed.

    `lag` is how many seconds a standby is behind its primary; None on a primary.
    """

    missing: list[str]
    database: str
    protection: str
    lag: float | None


def readiness(database: Database) -> Readiness:
    """Return how ready the database is; raises `Unavailable` when it cannot be reached."""
    found = database.all(Ledger, statement("readiness"))[0]
    missing = [file.name for file in migrations() if file.name not in found.ran]
    protection = "triggers" if found.owns else "grants and triggers"
    return Readiness(missing, found.database, protection, found.lag)
