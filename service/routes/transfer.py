"""Everything in, everything out: NDJSON."""

from collections.abc import Iterable
from itertools import chain

from flask import Response, request

from service.bulk import importing
from service.bulk.exporting import export
from service.errors import BodyTooLarge
from service.records import retries
from service.routes import answers, bodies, context
from service.routes.queries import Query
from service.routes.retrying import attempt, idempotency_key
from service.storage.database import Door

CHUNK = 64 * 1024


def export_records() -> Response:
    """Export all records that the caller may see, or all their revisions."""
    caller = context.caller()
    with Query("history") as query:
        history = query.flag("history")
    _ = answers.acceptable(bodies.NDJSON)
    lines = export(context.state().database, caller.reader, history=history)
    # The first line is there when the database has answered: until then a problem can be told.
    whole = chain([next(lines)], lines)
    headers = {"Cache-Control": "no-store", "Vary": "Authorization, Accept"}
    return Response(whole, headers=headers, content_type=bodies.NDJSON)


def import_records() -> Response:
    """Import a history into an empty server."""
    caller = context.require("admin")
    # However long it is: each of its statements has the deadline.
    context.state().database.stop_clock()
    with Query("history") as query:
        if not query.flag("history"):
            query.refuse("history", "required", "give history=true; nothing else is imported yet")
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.NDJSON)
    database = context.state().database
    if idempotency_key() is None:  # with one, the server may be full for having done this before
        importing.check_empty(database)
    moving = importing.read_history(database, chunks(), four_eyes=caller.four_eyes)

    def move_in(door: Door) -> str:
        done = importing.move_in(door, moving)
        return f'{{"records":{done.records},"revisions":{done.revisions}}}'

    text, replayed = retries.once(database, attempt(caller, moving.sha256), move_in)
    return answers.json(text, headers=answers.REPLAYED if replayed else {})


def chunks() -> Iterable[bytes]:
    """Yield the body in pieces; raises `BodyTooLarge` once there is too much of it."""
    most, seen = context.state().settings.max_import, 0
    request.max_content_length = None
    while chunk := request.stream.read(CHUNK):
        seen += len(chunk)
        if seen > most:
            raise BodyTooLarge(f"Send at most {most:,} bytes.")
        yield chunk
