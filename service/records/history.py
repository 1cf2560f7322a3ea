"""A record's history: its revisions, one of them, and what differs between two."""

from datetime import datetime

import orjson

from service.documents.values import JsonObject
from service.errors import Fault, InvalidQuery, NotFound
from service.records.people import Reader
from service.records.place import Place
from service.records.presence import NO_STORE, beneath, check_standing, of_then, purged
from service.records.rows import HistoryPage, Revision, Standing
from service.storage.database import Database, Door
from service.storage.statements import statement


def revisions(
    door: Door,
    place: Place,
    reader: Reader,
    stretch: tuple[int, int | None],
    *,
    limit: int,
) -> HistoryPage:
    """Return up to `limit` revisions, oldest first, that follow the first number of a stretch.

    A walk ends with the second, which was the last on its first page. Raises `NotFound`
    and, for the public, `Gone` and `Withheld`.
    """
    after, last = stretch
    values = place.values | {"keyed": reader.keyed, "after": after, "last": last, "limit": limit}
    page = door.one(HistoryPage, statement("revisions", until=reader.until), values)
    return beneath(place, page, reader)


def revision(database: Database, place: Place, reader: Reader, number: int) -> Revision:
    """Return one revision with the record's text as it read then.

    Raises `NotFound` for one that is not there for this reader, `Gone` for a
    tombstone, `Withheld` for what the public may not see.
    """
    values = place.values | {"keyed": reader.keyed, "number": number}
    found = database.one(Revision, statement("revision", until=reader.until), values)
    row = beneath(place, found, reader)
    then = _then(row, number)
    if then is None:
        detail = f"There is no revision {number}. GET {place.path}/revisions lists them."
        raise NotFound(detail, headers=NO_STORE)
    check_standing(place, then, reader, of_then(then))
    if row.text is None:
        raise purged(place, number, of_then(then))
    return row


def pair(
    database: Database, place: Place, reader: Reader, numbers: tuple[int | None, int]
) -> tuple[JsonObject, JsonObject]:
    """Return the record at two revisions; the first defaults to the one before the second.

    Raises `NotFound` when one is not there for this reader, or nothing lies before.
    """
    first, second = numbers
    after = revision(database, place, reader, second)
    if first is None:
        first = after.before
    if first is None:
        detail = f"Nothing that is left lies before revision {second}. Name another with ?from=."
        fault = Fault("required", "no earlier revision is there to compare with", parameter="from")
        raise InvalidQuery(detail, errors=[fault])
    before = revision(database, place, reader, first)
    return orjson.loads(str(before.text)), orjson.loads(str(after.text))


def _then(row: Revision, number: int) -> Standing | None:
    if row.status_then is None:
        return None
    recorded = row.recorded_then
    assert isinstance(recorded, datetime)  # noqa: S101 -- it goes with the status
    return Standing(number, row.status_then, recorded, row.note_then, row.reason_then)
