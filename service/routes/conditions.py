"""Conditional requests (RFC 9110, section 13), by the number of a revision."""

import re
from datetime import UTC, datetime, timedelta

from flask import request
from werkzeug.http import parse_date

from service.documents.instants import http_date
from service.errors import BadRequest, Fault
from service.records.writing import Match

_TAG = re.compile(r'(?:W/)?(?:"([0-9]{1,18})(?:-[A-Za-z0-9-]*)?"|([0-9]{1,18}))')


def match() -> Match:
    """Return what the request asks of the record before a write.

    `If-Match` takes ``"3"``, ``3``, ``W/"3"``, a list of them, or ``*``; what is no
    revision matches none. Of `If-None-Match` a write knows ``*`` alone.
    """
    only_new = request.headers.get("If-None-Match")
    if only_new is not None and only_new.strip() != "*":
        detail = "On a write If-None-Match is * alone: create, replace nothing."
        raise BadRequest(detail, errors=[Fault("invalid", "expected *", header="If-None-Match")])
    tags = request.headers.get("If-Match")
    if tags is None:
        return Match(must_be_new=only_new is not None)
    numbers = [number for tag in tags.split(",") for number in _numbers(tag)]
    revisions = None if tags.strip() == "*" else numbers
    return Match(given=True, revisions=revisions, must_be_new=only_new is not None)


def not_modified(etag: str, modified: datetime | None) -> bool:
    """Tell whether the client has this representation already.

    `If-Modified-Since` counts only without `If-None-Match` and where it is known when this was
    `modified`, and never for a second in which another revision might share the HTTP date of
    the one that the client holds.
    """
    if modified is None or "If-None-Match" in request.headers:
        return has(etag)
    since = _date(request.headers.get("If-Modified-Since"))
    return since is not None and _next_second(modified) <= min(since, datetime.now(UTC))


def has(etag: str) -> bool:
    """Tell whether the client says in `If-None-Match` that it has this representation."""
    tags = request.headers.get("If-None-Match", "")
    held = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    return "*" in held or etag in held


def last_modified(instant: datetime) -> str:
    """Return the instant as an HTTP date.

    It is the second after, once that has come: then no later revision has the same
    date. Until then it is the second before, which never leads to a 304.
    """
    after = _next_second(instant)
    return http_date(after if after <= datetime.now(UTC) else instant)


def _date(text: str | None) -> datetime | None:
    """Return an HTTP date; None for what is none, which a condition then does not count for."""
    try:
        return parse_date(text)
    except OverflowError:  # a year or a second of twenty digits
        return None


def _next_second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0) + timedelta(seconds=bool(instant.microsecond))


def _numbers(tag: str) -> list[int]:
    found = _TAG.fullmatch(tag.strip())
    return [int(found[1] or found[2])] if found else []
