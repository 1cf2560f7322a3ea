"""Dates as people read them; what is half known is said as it is known."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from markupsafe import Markup

from service.documents.instants import read

if TYPE_CHECKING:
    from service.documents.values import JsonObject

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
YEAR, MONTH, DAY = 4, 7, 10
"""Characters of a date that has no more than that."""


def said(date: str) -> str:
    """Return ``2022``, ``February 2022``, ``16 February 2022`` or that with ``, 12:05 UTC``.

    An instant is told in UTC, to the minute. What is no date is returned as it came.
    """
    if len(date) == YEAR:
        return date
    try:
        if len(date) == MONTH:
            return f"{MONTHS[int(date[5:]) - 1]} {date[:4]}"
        found = datetime.fromisoformat(date) if len(date) == DAY else read(date)
    except (ValueError, IndexError):
        return date
    day = f"{found.day} {MONTHS[found.month - 1]} {found.year}"
    return day if len(date) == DAY else f"{day}, {found.astimezone(UTC):%H:%M} UTC"


def when(date: object) -> Markup:
    """Return the date as an element that says it to programs too; nothing for none."""
    if not date:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(date, said(str(date)))


def period(span: object) -> Markup:
    """Return ``from … to …`` of a period, or the one end that it has."""
    ends = cast("JsonObject", span) if isinstance(span, dict) else {}
    start, stop = ends.get("from"), ends.get("to")
    if start and start == stop:
        return when(start)
    parts = [
        Markup("{} {}").format(word, when(date))
        for word, date in (("from", start), ("to", stop))
        if date
    ]
    return Markup(" ").join(parts)
