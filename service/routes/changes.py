"""The changes feed: a page, a page as lines, or a stream of what is and what comes."""

import difflib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import orjson
from flask import Response, request

from schemas.record import REASONS
from service.errors import Fault, InvalidQuery
from service.feed.changes import (
    PATTERNS,
    TYPES,
    Stretch,
    Wanted,
    first,
    newest,
    patterns,
    read_changes,
)
from service.feed.following import Listener
from service.feed.marks import BEGINNING, Mark
from service.records.people import Reader
from service.routes import answers, bodies, context, paging, streaming
from service.routes.queries import AN_INSTANT, Query

FORMATS: Final = {"json": bodies.JSON, "ndjson": bodies.NDJSON}
LONGEST_WAIT: Final = 30
"""Seconds; more is taken as these."""

LONGEST_INSTANT: Final = 40
"""Characters; a cursor has more."""

NOW: Final = "now"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the feed: from where, for how much, in which form, as whom."""

    since: datetime | str
    wanted: Wanted
    limit: int
    wait: int | None
    reader: Reader


def list_changes() -> Response:
    """Return the changes after a place, or stream them."""
    caller = context.caller()
    with Query("since", "until", "type", "reason", "wait", "limit", "format") as query:
        wanted = Wanted(types(query), query.chosen("reason", REASONS), until=query.instant("until"))
        wait = query.number("wait", minimum=0)
        wait = None if wait is None else min(wait, LONGEST_WAIT)
        asked = Asked(beginning(query), wanted, query.limit(), wait, caller.reader)
        form = FORMATS.get(query.choice("format", FORMATS) or "")
    form = form or answers.acceptable(bodies.JSON, bodies.NDJSON, streaming.EVENTS)
    if form == streaming.EVENTS or wait:
        # They have a bound of their own, and come all at once when a server was started anew;
        # a browser that is refused a stream does not try again.
        context.state().database.go_first()
    return stream(asked) if form == streaming.EVENTS else page(asked, form)


def types(query: Query) -> list[str] | None:
    """Return the types that patterns such as ``verdict.*`` stand for."""
    asked = query.several("type")
    for pattern in asked or ():
        if pattern not in PATTERNS:
            nearest = difflib.get_close_matches(pattern[:60], PATTERNS, n=1)
            hint = f'did you mean "{nearest[0]}"?' if nearest else "verdict.*, *.corrected, …"
            query.refuse("type", "not-a-choice", f'there is no "{pattern[:60]}"; {hint}')
    return asked and [one for one in TYPES if not patterns(one).isdisjoint(asked)]


def beginning(query: Query) -> datetime | str:
    """Return where to begin: an instant, ``now``, a cursor, or nothing for the first change."""
    given = request.args.get("since", "")
    if given in ("", NOW) or len(given) > LONGEST_INSTANT:
        return given
    return query.instant("since", f"the id of a change, {AN_INSTANT}, or {NOW}") or ""


def place(asked: Asked) -> tuple[Mark, datetime | None]:
    """Return the place to begin at, and the instant before which nothing is told.

    Raises `InvalidCursor`, `ForeignCursor`, `CursorExpired`.
    """
    database, marks = context.state().database, context.state().marks
    if isinstance(asked.since, datetime):
        return first(database, asked.since), asked.since
    if asked.since == NOW:
        return newest(database), None
    return marks.start(asked.since) if asked.since else (BEGINNING, None)


def page(asked: Asked, form: str) -> Response:
    """Return a page with the link to the next, which is always there."""
    database, marks = context.state().database, context.state().marks
    mark, since = place(asked)
    asked = replace(asked, wanted=replace(asked.wanted, since=since))
    found = read_changes(database, asked.reader, mark, asked.limit, asked.wanted)
    if not found.changes and asked.wait and request.method == "GET":
        found = waited(asked, found.end)
    events = [change.event(marks) for change in found.changes]
    following = paging.next_page(marks.make(found.end, since), "since")
    if form == bodies.JSON:
        body = f'{{"items":[{",".join(events)}],"next":{orjson.dumps(following).decode()}}}'
        return paging.paged(body, following)
    return paging.lines(events, following)


def waited(asked: Asked, mark: Mark) -> Stretch:
    """Return what comes after a place, as soon as it comes, or nothing when the time is up.

    Raises `TooManyStreams`, and `Unauthorized` if the key was revoked meanwhile.
    """
    poller = context.state().poller
    channel = poller.admit(asked.reader)
    try:
        context.state().database.stop_clock()
        listener = Listener(poller, channel, streaming.stopping(), mark, asked.wanted, asked.limit)
        changes = listener.hear(asked.wait or 0)
    finally:
        poller.dismiss(channel)
    _ = context.caller()
    return Stretch(changes, listener.mark)


def stream(asked: Asked) -> Response:
    """Return a stream of server-sent events, from `Last-Event-ID` on where that is given.

    Raises `TooManyStreams`.
    """
    if asked.wanted.until:
        fault = Fault("invalid", "leave it out of a stream, which goes on", parameter="until")
        raise InvalidQuery("Mend: until. A page takes it: ask for JSON.", errors=[fault])
    poller, marks = context.state().poller, context.state().marks
    last = request.headers.get("Last-Event-ID")
    mark, since = place(asked)
    mark = marks.read(last) if last else mark
    wanted = replace(asked.wanted, since=since)
    if request.method == "HEAD":
        return streaming.response(())
    channel = poller.admit(asked.reader)
    listener = Listener(poller, channel, streaming.stopping(), mark, wanted)
    events = streaming.events(listener, marks, context.renewal(), asked.wait)
    response = streaming.response(events)
    response.call_on_close(lambda: poller.dismiss(channel))
    return response
