"""Reading one record: as it is now, or as it was recorded at an instant."""

import time
from collections.abc import Sequence
from datetime import datetime

from service.errors import Fault, InvalidQuery, NotYetRecorded
from service.records.people import Reader
from service.records.place import Place
from service.records.presence import NO_STORE, beneath, check_standing, not_found, purged
from service.records.rows import Clock, Found
from service.storage.database import Database, Door
from service.storage.statements import statement

PATIENCE = 2.0
"""Seconds that an instant is waited for to become settled."""

POLL = 0.02


def get(door: Door, place: Place, reader: Reader, wanted: Sequence[str] = ()) -> Found:
    """Return the record as the reader has it now, expanded by the kinds `wanted`.

    Raises `NotFound`, `Gone` and, for the public, `Withheld`.
    """
    values = place.values | {"keyed": reader.keyed}
    if wanted:
        query = statement("get_expanded", until=reader.until)
        found = door.one(Found, query, values | {"wanted": list(wanted)})
    else:
        found = door.one(Found, statement("get", until=reader.until), values)
    if found is None:
        raise not_found(place)
    check_standing(place, found, reader)
    return found


def get_as_of(
    database: Database,
    place: Place,
    reader: Reader,
    as_of: datetime,
    wanted: Sequence[str] = (),
) -> tuple[Found, bool]:
    """Return the record as the reader had it at an instant, and whether that is settled.

    It is expanded by the kinds `wanted`, as they were at that instant. What is withheld or
    deleted now is so at every instant for the public. Raises `NotYetRecorded` for an instant
    before the record, or before it was public.
    """
    settled = wait_until_settled(database, as_of)
    values = place.values | {"keyed": reader.keyed}
    now = database.one(Found, statement("get", until=reader.until), values)
    _ = beneath(place, now, reader)
    query = statement("get_as_of", until=reader.until)
    found = database.one(Found, query, values | {"as_of": as_of, "wanted": list(wanted)})
    if found is None:
        raise NotYetRecorded(f"The {place} was recorded later than that.", headers=NO_STORE)
    check_standing(place, found, reader)
    if found.text is None:
        raise purged(place, found.revision)
    return found, settled


def wait_until_settled(database: Database, as_of: datetime) -> bool:
    """Wait until no writer may still record before an instant, for at most `PATIENCE`.

    Returns whether that came true; raises `InvalidQuery` for an instant to come.
    """
    end = time.monotonic() + PATIENCE
    while True:
        clock = database.all(Clock, statement("clock"), {"as_of": as_of})[0]
        if clock.to_come:
            fault = Fault("in-the-future", "as_of lies in the past", parameter="as_of")
            raise InvalidQuery("That instant is still to come.", errors=[fault])
        if clock.settled or time.monotonic() > end:
            return clock.settled
        time.sleep(POLL)
