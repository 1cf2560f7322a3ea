"""Instants: as RFC 3339 in UTC, with six digits of the second; as HTTP dates; as numbers."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

DAY: Final = len("2022-02-16")
"""Characters of a day."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def written(instant: datetime) -> str:
    """Return ``2022-02-16T18:00:00.000000Z``; a year has four digits, which strftime forgets."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """Return the instant that RFC 3339 text names.

    Raises `ValueError` without an offset, and where UTC would need a year 0 or 10000.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        message = "an instant needs its offset, such as Z"
        raise ValueError(message)
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(*error.args) from error


def counted(instant: datetime) -> int:
    """Return the microseconds from the start of 1970 to an instant."""
    return (instant - _EPOCH) // _MICROSECOND


def from_count(microseconds: int) -> datetime:
    """Return the instant that `counted` gave a number; raises `OverflowError` beyond year 9999."""
    return _EPOCH + microseconds * _MICROSECOND


def http_date(instant: datetime) -> str:
    """Return ``Wed, 16 Feb 2022 18:00:00 GMT``, the second in which the instant lies."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def read_http_date(text: str) -> datetime:
    """Return the second that an IMF-fixdate names (RFC 9110, section 5.6.7), letter by letter.

    Raises `ValueError` for anything else, a day of the week that was another included.
    """
    instant = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    if http_date(instant) != text:
        message = "not an IMF-fixdate, or not a day of the calendar"
        raise ValueError(message)
    return instant


def as_instant(date: object) -> str | None:
    """Return a date as RFC 3339 has it, if the day is known; a day alone begins by UTC."""
    text = str(date)
    if date is None or len(text) < DAY:
        return None
    return text if len(text) > DAY else f"{text}T00:00:00Z"
