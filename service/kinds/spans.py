"""Half-known dates and periods as stretches of time that PostgreSQL can compare."""

import re
from datetime import UTC, date, datetime, timedelta

from service.documents.values import JsonValue

_BEYOND = re.compile(r"(\.[0-9]{6})[0-9]+")
_YEAR, _MONTH, _DAY = len("2022"), len("2022-02"), len("2022-02-16")


def first_day(text: str) -> date:
    """Return the first day that a half-known date may mean."""
    return date.fromisoformat((text + "-01-01")[:_DAY] if len(text) < _DAY else text[:_DAY])


def day_after(text: str) -> date | None:
    """Return the day after the last that a date without time may mean; None beyond year 9999."""
    first = first_day(text)
    try:
        if len(text) == _YEAR:
            return first.replace(year=first.year + 1)
        if len(text) == _MONTH:
            return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def tstzrange(period: JsonValue) -> str | None:
    """Return a period {from, to} as PostgreSQL reads a range; what is known in part is whole.

    ``{"from": "2022-02", "to": "2022"}`` is February to December: both ends belong
    to the period as far as they are known.
    """
    if not isinstance(period, dict):
        return None
    start, end = period.get("from"), period.get("to")
    lower = _start(start) if isinstance(start, str) else None
    upper, closing = _end(end) if isinstance(end, str) else (None, ")")
    if lower and upper and datetime.fromisoformat(lower) > datetime.fromisoformat(upper):
        # Sound as far as both ends are written, upside down only by their offsets.
        upper, closing = lower, "]"
    return f"[{lower or ''},{upper or ''}{closing}"


def _start(text: str) -> str:
    return _instant(text) if len(text) > _DAY else _midnight(first_day(text))


def _end(text: str) -> tuple[str | None, str]:
    if len(text) > _DAY:
        return _instant(text), "]"
    after = day_after(text)
    return (_midnight(after) if after else None), ")"


def _instant(text: str) -> str:
    """Return an instant to the microsecond, as Python takes it: PostgreSQL would round."""
    return _BEYOND.sub(r"\1", text)


def _midnight(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()
