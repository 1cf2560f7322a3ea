"""Mementos of a record (RFC 7089): which one a second leads to, and all that there are."""

from datetime import datetime, timedelta

from service.errors import InvalidQuery
from service.records.people import Reader
from service.records.place import Place
from service.records.presence import beneath, not_found
from service.records.reading import wait_until_settled
from service.records.rows import Chosen, TimeMap
from service.storage.database import Database, Door
from service.storage.statements import statement

REST_OF_SECOND = timedelta(seconds=1, microseconds=-1)


def number_at(
    database: Database, place: Place, reader: Reader, second: datetime
) -> tuple[int, bool]:
    """Return the number of the revision that a second leads to, and whether that is settled.

    HTTP dates have whole seconds: it is the newest revision recorded within the second or
    before it, so that the date of a revision leads to none that is older. What lies outside
    is no fault (RFC 7089, section 4.5.3): a second before the record leads to the first
    revision that can be read, one to come to the newest. Raises `NotFound`.
    """
    instant = second + REST_OF_SECOND
    try:
        settled = wait_until_settled(database, instant)
    except InvalidQuery:
        settled = False  # still to come: the newest may not stay so
    values = place.values | {"keyed": reader.keyed, "instant": instant}
    found = database.one(Chosen, statement("memento", until=reader.until), values)
    if found is None:
        raise not_found(place)
    return found.number, settled


def timemap(door: Door, place: Place, reader: Reader, *, after: int, limit: int) -> TimeMap:
    """Return up to `limit` revisions that can be read, and one more, that follow number `after`.

    Drafts are not among those of the public, and nobody reads what was withheld from him,
    a tombstone, or what was purged. Raises `NotFound` and, for the public, `Gone` and `Withheld`.
    """
    values = place.values | {"keyed": reader.keyed, "after": after, "limit": limit}
    found = door.one(TimeMap, statement("timemap", until=reader.until), values)
    return beneath(place, found, reader)
