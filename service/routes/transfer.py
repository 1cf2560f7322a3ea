"""Everything in, everything out: NDJSON, and CSV for sheets."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from flask import Response, request

from service.bulk import importing, sheets
from service.bulk.exporting import Wish, begin
from service.bulk.lines import Order
from service.bulk.records import Records
from service.bulk.staging import Staging
from service.bulk.taking import Taking
from service.errors import BodyTooLarge
from service.interop.claimreview.exporting import exported
from service.kinds import BY_NAME, KINDS
from service.records import reading, retries
from service.records.people import PUBLIC, Caller
from service.routes import answers, bodies, context, feeds
from service.routes.forms import FORMS, form
from service.routes.queries import CHANGE, Query
from service.routes.retrying import attempt, idempotency_key
from service.storage.database import Door

CHUNK = 64 * 1024
FLAGS = ("overwrite", "partial", "dry_run")
NO_STORE = {"Cache-Control": "no-store"}
GIVEN, TAKEN = ([kind.name for kind in kinds] for kinds in (sheets.GIVEN, sheets.TAKEN))


def export_records() -> Response:
    """Export all records that the caller may see, or all their revisions."""
    caller = context.caller()
    with Query("history", "type", "as_of", "format") as query:
        history, as_of = query.flag("history"), query.instant("as_of")
        names = query.chosen("type", tuple(BY_NAME)) or list(BY_NAME)
        wanted = form(query, "ndjson", "csv", "jsonld")
        if wanted == "csv" and (history or len(names) > 1 or names[0] not in GIVEN):
            query.refuse("type", "required", f"a sheet is of one type: {', '.join(GIVEN)}")
        if wanted == "jsonld" and (history or "verdict" not in names):
            query.refuse("type", "invalid", "a feed of reviews is of verdicts as they are")
    database = context.state().database
    settled = as_of is not None and reading.wait_until_settled(database, as_of)
    if wanted == "jsonld":
        names, caller = ["verdict"], replace(caller, scopes=PUBLIC.scopes)
    kinds = tuple(kind for kind in KINDS if kind.name in names)
    found = begin(database, Wish(caller.reader, kinds, history=history, as_of=as_of))
    if wanted == "jsonld":
        lines = exported(found, context.newsroom(), feeds.here())
    elif wanted == "csv":
        lines = sheets.sheet(kinds[0], (line.text for line in found.rows()))
    else:
        lines = found.lines(context.state().marks)
    kept = answers.kept(caller) if settled else "no-store"
    headers = {"Cache-Control": kept, "Vary": "Authorization, Accept"}
    return Response(lines, headers=headers, content_type=FORMS[wanted])


def import_records() -> Response:
    """Import records, or a whole history into an empty server."""
    caller = context.require("admin" if request.args.get("history") == "true" else "write")
    # However long it is: each of its statements has the deadline.
    context.state().database.stop_clock()
    with Query(*CHANGE, *FLAGS, "history", "type") as query:
        defaults, history = query.change(), query.flag("history")
        flags = {name: query.flag(name) for name in FLAGS}
        kind = BY_NAME.get(query.choice("type", TAKEN) or "")
        for name in (*CHANGE, *FLAGS, "type") if history else ():
            if name in request.args:
                query.refuse(name, "invalid", "a history has it all in its lines, and moves whole")
        if "type" not in request.args and request.mimetype == bodies.CSV and not history:
            query.refuse("type", "required", f"say what the rows are: {' or '.join(TAKEN)}")
        if kind and request.mimetype == bodies.NDJSON and not history:
            query.refuse("type", "invalid", "lines of NDJSON say their type themselves")
    if history:
        return _history(caller)
    order = Order(caller, defaults, context.state().settings.publisher, **flags)
    _ = answers.acceptable(bodies.NDJSON if order.partial else bodies.JSON)
    if kind is None:
        _ = bodies.media_type(bodies.NDJSON, bodies.CSV)
        return _records(order, Records())
    _ = bodies.media_type(bodies.CSV)
    return _records(order, sheets.Sheet(kind))


def _history(caller: Caller) -> Response:
    """Import a history into an empty server."""
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


def _records(order: Order, file: Records | sheets.Sheet) -> Response:
    """Import records, each line of which is a write."""
    database = context.state().database
    staging = Staging(database)
    key = None if order.dry_run else idempotency_key()
    taking = Taking(staging, order, keeps=key is not None)
    try:
        taking.stage(file.read(chunks()))
        trial = attempt(order.caller, file.sha256) if key else None

        def once(act: Callable[[Door], str]) -> tuple[str, bool]:
            return retries.once(database, trial, act)

        text, replayed = taking.finish(once)
    except BaseException:
        staging.remove()
        raise
    headers = answers.REPLAYED if replayed else {}
    if not order.partial:
        staging.remove()
        return answers.json(text, headers=headers)
    lines = [text.encode()] if text else taking.answer(database)
    response = Response(lines, 207, headers | NO_STORE, content_type=bodies.NDJSON)
    _ = response.call_on_close(staging.remove)
    return response


def chunks() -> Iterable[bytes]:
    """Yield the body in pieces; raises `BodyTooLarge` once there is too much of it."""
    most, seen = context.state().settings.max_import, 0
    request.max_content_length = None
    while chunk := request.stream.read(CHUNK):
        seen += len(chunk)
        if seen > most:
            raise BodyTooLarge(f"Send at most {most:,} bytes.")
        yield chunk
