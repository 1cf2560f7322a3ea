"""What a record's body says to the tables: its references, filter terms and spans of time."""

from dataclasses import dataclass
from datetime import date

from service.documents.pointers import Path


@dataclass(frozen=True, slots=True)
class Reference:
    """One place of a body that names another record.

    `target` is ``kind/id``; `term`, if any, is one that the record must have.
    """

    path: Path
    target: str
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the columns beside a body hold; `valid` is a PostgreSQL range."""

    references: tuple[Reference, ...]
    terms: tuple[str, ...]
    valid: str | None
    review_by: date | None
