"""Dates in the spellings that reviews have, as half-known dates: what is certain, and no more."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from schemas.dates import HalfKnownDate, is_to_come
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.values.months import MONTHS
from service.interop.claimreview.values.numbers import in_ascii
from service.kinds.faults import fault_of

_HALF_KNOWN = HalfKnownDate()
_LONGEST = 100
_FIRST, _LAST = 1000, 2200
"""Years that are believed: others stand for what was not filled in."""

_TIME = (
    r"(?:[T ,]+(?:at )?(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})"
    r"(?P<part>[.,][0-9]{1,12})?)? ?(?P<half>[ap]\.?m\.?)?"
    r" ?(?P<offset>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{1,2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})(?:[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2})"
    rf"(?:{_TIME})?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?:{_TIME})?"
    r"(?:T(?P<clock>[0-9]{6})(?P<zone>Z)?)?",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<between>[-/.])(?P<two>[0-9]{1,2})[-/.](?P<year>[0-9]{4})(?:[T ,].*)?"
)
_WORDS = re.compile(r"[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0610-\u061a\u064b-\u065f\u0900-\u0963])*")
_SCRIPT = re.compile(
    r"(?:[A-Za-z]{3},? )?(?P<month>[A-Za-z]{3}) (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"
    r" (?P<time>[0-9:]{5,8})(?: (?P<zone>GMT|UTC)?(?P<offset>[+-][0-9]{4})?(?: \(.{1,60}\))?)?"
)
"""A date as JavaScript writes it."""

_CHARACTERS = re.compile(r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?")
_STAMP = re.compile(r"[0-9]{13}|1[0-8][0-9]{8}|[2-9][0-9]{8}")
"""An instant as a text; of ten digits what begins with 19 or 20 is rather day and hour."""


def read(node: Node | None, *, past: bool = False) -> str | None:
    """Return a half-known date; with `past` none that is yet to come."""
    node = node.one() if node else None
    if node is None:
        return None
    found = _of(node.value)
    if found is None or fault_of(_HALF_KNOWN, found):
        node.note("date-unusable", found=node.value)
        return None
    if past and is_to_come(found, datetime.now(UTC)):
        node.note("date-in-the-future", found=node.value)
        return None
    if found != node.value:
        lost = isinstance(node.value, str) and _digits_of(found) < _digits_of(node.value)
        node.note("date-in-part" if lost else "date-mended", found=node.value, made=found)
    return found


def _digits_of(text: str) -> int:
    return sum(map(str.isdigit, text[:_LONGEST]))


def _of(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    if fault_of(_HALF_KNOWN, value) is None and _FIRST <= int(value[:4]) <= _LAST:
        return value
    return _of_text(in_ascii(value))


def _of_text(text: str) -> str | None:
    """Return what a text with digits of ASCII comes to."""
    if _STAMP.fullmatch(text):
        return _of_number(int(text))
    text = _SCRIPT.sub(_in_order, _CHARACTERS.sub(_joined, text))
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _of_parts(found.groupdict())
    if found := _YEAR_LAST.fullmatch(text):
        return _of_day_first(found)
    return _of_mail(text) or _of_words(text)


def _joined(found: re.Match[str]) -> str:
    return "-".join(filter(None, found.groups()))


def _in_order(found: re.Match[str]) -> str:
    """Return a date of JavaScript with its year first."""
    month = MONTHS.get(found["month"].casefold())
    offset = found["offset"] or found["zone"] or ""
    day = f"{found['year']}-{month}-{found['day']}"
    return f"{day} {found['time']} {offset}".rstrip() if month else found[0]


def _of_number(value: float) -> str | None:
    """Return the year that a number is, or the instant, in seconds or milliseconds since 1970."""
    if _FIRST <= value <= _LAST and value == int(value):
        return f"{int(value):04}"
    seconds = value / 1000 if value > 1e11 else value  # noqa: PLR2004 -- the year 5138 in seconds
    if not 1e8 <= seconds <= 1e10:  # noqa: PLR2004 -- from 1973 on
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_parts(parts: dict[str, str | None]) -> str | None:
    """Return what is certain of year, month, day, time and offset: no time without offset."""
    known = _day(parts["year"], parts["month"], parts["day"])
    if known is None or len(known) < len("2022-02-16"):
        return known
    if clock := parts.get("clock"):
        zone = parts.get("zone")
        return f"{known}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z" if zone and _sound(clock) else known
    instant = _instant(known, parts)
    return known if instant is None or fault_of(_HALF_KNOWN, instant) else instant


def _sound(clock: str) -> bool:
    return clock[:2] < "24" and clock[2:4] < "60" and clock[4:] < "60"


def _instant(day: str, parts: dict[str, str | None]) -> str | None:
    hour, minute, offset = parts["hour"], parts["minute"], parts["offset"]
    if hour is None or minute is None or offset is None:
        return None
    number = int(hour)
    if half := parts["half"]:
        number = number % 12 + (12 if half[0] in "pP" else 0)
    part = (parts["part"] or "").replace(",", ".")[:10]
    return f"{day}T{number:02}:{minute}:{parts['second'] or '00'}{part}{_offset(offset)}"


def _offset(text: str) -> str:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    digits = text[1:].replace(":", "")
    digits = f"{digits:0>2}00" if len(digits) < len("0530") else digits
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


def _day(year: str | None, month: str | None, day: str | None) -> str | None:
    """Return year, month and day as far as they can be."""
    if year is None or not _FIRST <= int(year) <= _LAST:
        return None
    if month is None or not 1 <= int(month) <= 12:  # noqa: PLR2004 -- months
        return year
    known = f"{year}-{int(month):02}"
    try:
        return date(int(year), int(month), int(day or 0)).isoformat()
    except ValueError:
        return known


def _of_day_first(found: re.Match[str]) -> str | None:
    """Return a date whose year stands last; of two orders of day and month the one that can be."""
    one, two = found["one"], found["two"]
    if found["between"] == "." or int(one) > 12 or one == two:  # noqa: PLR2004 -- months
        return _day(found["year"], two, one)
    if int(two) > 12:  # noqa: PLR2004 -- months
        return _day(found["year"], one, two)
    return _day(found["year"], None, None)


def _of_mail(text: str) -> str | None:
    """Return a date as in mail (RFC 5322)."""
    try:
        instant = parsedate_to_datetime(text)
        if instant.tzinfo is None or not _FIRST <= instant.year <= _LAST:
            return None
        return instant.isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _of_words(text: str) -> str | None:
    """Return a date with the name of a month: `June 23, 2020`, `23 de junio de 2020`."""
    words = _WORDS.findall(text.casefold())
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [word for word in words if len(word) == len("2022") and word.isdecimal() and int(word)]
    days = [word for word in words if word.isdecimal() and len(word) <= len("31")]
    if len(set(months)) != 1 or len(set(years)) != 1:
        return None
    return _day(years[0], str(months[0]), days[0] if days else None)
