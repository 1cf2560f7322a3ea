"""Dates as Google has them: instants, where people may only know the year."""

from contextlib import suppress
from datetime import UTC, datetime

from schemas.dates import DAY
from service.documents.instants import read
from service.kinds.spans import first_day


def first_instant(text: str) -> datetime:
    """Return the first instant, in UTC, that a half-known date may mean."""
    if len(text) > DAY:
        with suppress(ValueError):  # an offset that would lead out of the years there are
            return read(text)
    day = first_day(text)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def written(text: str) -> str:
    """Return a half-known date as an instant of RFC 3339, to the second."""
    instant = first_instant(text).replace(microsecond=0)
    return instant.isoformat().replace("+00:00", "Z")
