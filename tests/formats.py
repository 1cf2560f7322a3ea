"""The formats of openapi.yaml that a pattern cannot tell, for jsonschema."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from jsonschema import FormatChecker

FORMATS = FormatChecker(())


@FORMATS.checks("date-time", ValueError)
def is_instant(value: object) -> bool:
    """Tell whether a string is an RFC 3339 instant; `ValueError` also means no."""
    if not isinstance(value, str):
        return True
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return bool(re.fullmatch(form, value) and datetime.fromisoformat(value))


@FORMATS.checks("imf-fixdate", ValueError)
def is_http_date(value: object) -> bool:
    """Tell whether a string is a date as HTTP writes it today; `ValueError` also means no."""
    if not isinstance(value, str):
        return True
    day = datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT")  # noqa: DTZ007 -- in GMT
    return value == f"{day:%a, %d %b} {day.year:04} {day:%H:%M:%S} GMT"


@FORMATS.checks("uri", ValueError)
def is_uri(value: object) -> bool:
    """Tell whether a string is a URI with a scheme (RFC 3986); `ValueError` also means no."""
    return not isinstance(value, str) or (is_reference(value) and bool(urlsplit(value).scheme))


@FORMATS.checks("uri-reference", ValueError)
def is_reference(value: object) -> bool:
    """Tell whether a string has only characters of a URI reference (RFC 3986, section 2)."""
    return not isinstance(value, str) or bool(
        re.fullmatch(r"[!#$&-;=?-Z_a-z~\[\]%]*", value) and urlsplit(value)
    )
