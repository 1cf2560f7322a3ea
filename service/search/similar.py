"""Which claims are so close to a new one that whoever wrote it will want to know."""

from dataclasses import dataclass

from service.records.people import Reader
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Similar:
    """The id of a claim."""

    id: str


def similar(database: Database, reader: Reader, claim: str) -> list[str]:
    """Return the ids of claims that have nearly the same words as one, the likest first.

    That is far less than a match: a handful of rows with its rarest words is looked at. Raises
    what the database refuses.
    """
    values = {"id": claim, "keyed": reader.keyed}
    return [one.id for one in database.all(Similar, statement("similar"), values)]
