"""Dates, of which people know the year, the month, the day or the very instant.

A date is kept as it was written: ``2022-02`` never becomes the first of February.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final, Unpack

from schemas.fields import Options, Patterned, refuse

DAY: Final = len("2022-02-16")
FIRST_TO_SEE_A_DAY: Final = timedelta(hours=14)
"""How far the easternmost clocks are ahead of UTC."""

_YEAR = r"(?!0000)[0-9]{4}"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"(0[1-9]|[12][0-9]|3[01])"
_TIME = r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
# offsets beyond 14:59 are of no place on Earth, and PostgreSQL refuses those from 16:00
_OFFSET = r"(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"


class Instant(Patterned):
    """Take an RFC 3339 instant: capital T and Z, at most nine decimals, no leap second.

    With `future` what has come already is refused, and what UTC puts into the year 10000.
    """

    pattern = rf"^{_YEAR}-{_MONTH}-{_DAY}{_TIME}{_OFFSET}$"
    format = "date-time"
    expected = 'an instant as in RFC 3339, such as "2022-02-16T18:00:00Z"'

    def __init__(self, *, future: bool = False, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(35, **options)
        self.future = future

    def take(self, value: object) -> str:
        """Return an instant that the calendar has and that, where it must, is yet to come."""
        text = super().take(value)
        check_calendar(text)
        if self.future:
            check_to_come(datetime.fromisoformat(text), datetime.now(UTC))
        return text


class HalfKnownDate(Patterned):
    """Take ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or an RFC 3339 instant.

    With `past` what has not begun yet anywhere on Earth is refused.
    """

    pattern = rf"^{_YEAR}(-{_MONTH}(-{_DAY}({_TIME}{_OFFSET})?)?)?$"
    format = "half-known-date"
    expected = 'a date: "2022", "2022-02", "2022-02-16" or "2022-02-16T18:00:00Z"'

    def __init__(self, *, past: bool = False, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(35, **options)
        self.past = past

    def take(self, value: object) -> str:
        """Return a date that the calendar has and, where it must, lies in the past."""
        text = super().take(value)
        check_calendar(text)
        if self.past and is_to_come(text, datetime.now(UTC)):
            refuse("in-the-future", "this has not come yet; expected now or before")
        return text


def check_calendar(text: str) -> None:
    """Refuse a day that its month has not; `text` is of the form of a half-known date."""
    if len(text) < DAY:
        return
    try:
        _ = date.fromisoformat(text[:DAY])
    except ValueError:
        refuse("invalid", "the calendar has no such day")


def check_to_come(instant: datetime, now: datetime) -> None:
    """Refuse an instant that lies not after `now`, or beyond the last year of UTC."""
    if instant <= now:
        refuse("in-the-past", "this has come already; expected an instant after now")
    try:
        _ = instant.astimezone(UTC)
    except OverflowError:
        refuse("invalid", "expected an instant that in UTC is of the year 9999 or before")


def in_order(first: str, last: str) -> bool:
    """Tell whether two half-known dates may follow each other, the first perhaps the last.

    Two instants are compared as such; otherwise the dates as written, as far as both are known.
    """
    if len(first) > DAY and len(last) > DAY:
        return datetime.fromisoformat(first) <= datetime.fromisoformat(last)
    known = min(len(first), len(last), DAY)
    return first[:known] <= last[:known]


def is_to_come(text: str, now: datetime) -> bool:
    """Tell whether a half-known date has not begun anywhere at the instant `now`."""
    if len(text) > DAY:
        return datetime.fromisoformat(text) > now
    return text > (now + FIRST_TO_SEE_A_DAY).date().isoformat()[: len(text)]
