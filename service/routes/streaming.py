"""Server-sent events (HTML, 9.2): the feed as an answer that goes on."""

from collections.abc import Callable, Iterable, Iterator
from threading import Event
from time import monotonic
from typing import Final

from flask import Response, request

from service.errors import Problem
from service.feed.changes import Change
from service.feed.following import Listener
from service.feed.marks import Marks

EVENTS: Final = "text/event-stream"
PING: Final = 15.0
"""Seconds of silence after which a line is sent that says nothing: so that proxies keep the
connection, and we learn of a reader who has left."""

FRESH: Final = 5.0
"""Seconds after which what was heard and not sent yet is heard anew: a slow reader is told nothing
that was taken back meanwhile, nor by a key that is no longer in force."""

PAUSE: Final = 1.0
"""Seconds before a database in trouble is asked again."""

RETRY: Final = 1000
"""Milliseconds after which a reader whose stream has ended comes again."""

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Vary": "Authorization, Accept",
    # nginx would hold the events back until there are 4 KB of them.
    "X-Accel-Buffering": "no",
}


def stopping() -> Event:
    """Return the event that is set when the server begins to stop."""
    return request.environ.get("factcheck.stopping") or Event()


def response(events: Iterable[bytes]) -> Response:
    """Return an answer of events."""
    return Response(events, headers=HEADERS, content_type=EVENTS)


def events(
    listener: Listener, marks: Marks, renew: Callable[[], object], quiet: float | None
) -> Iterator[bytes]:
    """Yield what the listener hears, and pings; after so many `quiet` seconds, if any, the end.

    The place is told at once and with each ping, so that whoever comes again with it
    misses nothing and has nothing searched a second time. The stream ends when `renew`
    raises: the key is no longer in force, or nobody can tell.
    """
    yield f"retry: {RETRY}\n".encode() + _place(listener, marks)
    heard = monotonic()
    while not listener.stopping.is_set():
        left = PING if quiet is None else min(PING, heard + quiet - monotonic())
        changes = _heard(listener, left)
        fresh = monotonic() + FRESH
        try:
            renew()
        except Problem:
            return
        for change in changes:
            cursor = marks.make(change.mark)
            yield f"id: {cursor}\ndata: {change.event(marks)}\n\n".encode()
            if monotonic() >= fresh:
                listener.mark = change.mark
                break
        heard = monotonic() if changes else heard
        if quiet is not None and monotonic() >= heard + quiet:
            return
        if not changes:
            yield b": ping\n" + _place(listener, marks)


def _heard(listener: Listener, patience: float) -> list[Change]:
    """Return what is heard; nothing while the database is in trouble."""
    try:
        return listener.hear(patience)
    except Problem:
        listener.stopping.wait(PAUSE)
        return []


def _place(listener: Listener, marks: Marks) -> bytes:
    """Return an event without data, which no reader is shown: it only says where we are."""
    return f"id: {marks.make(listener.mark)}\n\n".encode()
