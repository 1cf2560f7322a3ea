"""Instants as text: RFC 3339 in UTC, always six digits of the second; and HTTP dates, without."""

from datetime import UTC, datetime
from email.utils import format_datetime


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
