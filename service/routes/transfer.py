"""Everything in, everything out: NDJSON, and CSV for sheets."""

from dataclasses import replace

from flask import Response, request

from service.bulk import importing, sheets
from service.bulk.exporting import Wish, begin
from service.bulk.lines import Order
from service.bulk.records import Records
from service.interop.claimreview.writing.export import exported
from service.kinds import BY_NAME, KINDS, Kind
from service.meters import Meters
from service.records import reading, retries
from service.records.judging import check_status
from service.records.people import PUBLIC, Caller
from service.routes import answers, bodies, context, feeds
from service.routes.forms import FORMS, form
from service.routes.importing import Hashed, chunks, metered, taken
from service.routes.queries import CHANGE, Query
from service.routes.retrying import attempt, idempotency_key
from service.routes.reviews import import_reviews
from service.storage.database import Door

FLAGS = ("overwrite", "partial", "dry_run")
STATUSES = ("draft", "published")
"""What records made of reviews may be; other lines say theirs themselves."""

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
    reviews = request.mimetype in bodies.REVIEWS
    with Query(*CHANGE, *FLAGS, "history", "type", "status") as query:
        defaults, history = query.change(), query.flag("history")
        flags = {name: query.flag(name) for name in FLAGS}
        kind = BY_NAME.get(query.choice("type", TAKEN) or "")
        status = query.choice("status", STATUSES)
        for name in (*CHANGE, *FLAGS, "type", "status") if history else ():
            if name in request.args:
                query.refuse(name, "invalid", "a history has it all in its lines, and moves whole")
        if not history:
            _check_form(query, kind, reviews=reviews)
    if history:
        return _history(caller)
    check_status(status, caller)
    order = Order(caller, defaults, context.state().settings.publisher, **flags)
    _ = answers.acceptable(bodies.NDJSON if order.partial else bodies.JSON)
    if reviews:
        _ = bodies.media_type(*bodies.REVIEWS)
        return import_reviews(order, status)
    if kind is None:
        _ = bodies.media_type(bodies.NDJSON, bodies.CSV, *bodies.REVIEWS)
        return _records(order, Records())
    _ = bodies.media_type(bodies.CSV)
    return _records(order, sheets.Sheet(kind))


def _check_form(query: Query, kind: Kind | None, *, reviews: bool) -> None:
    """Refuse what a query says of a body of another form."""
    if "type" not in request.args and request.mimetype == bodies.CSV:
        query.refuse("type", "required", f"say what the rows are: {' or '.join(TAKEN)}")
    if kind and request.mimetype in {bodies.NDJSON, *bodies.REVIEWS}:
        query.refuse("type", "invalid", "only a sheet has rows of a type; leave it out")
    if "status" in request.args and not reviews:
        query.refuse("status", "invalid", "only of ClaimReview; records say theirs themselves")


def _history(caller: Caller) -> Response:
    """Import a history into an empty server."""
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.NDJSON)
    database = context.state().database
    if idempotency_key() is None:  # with one, the server may be full for having done this before
        importing.check_empty(database)
    with metered() as meters:
        return _moved(caller, meters)


def _moved(caller: Caller, meters: Meters) -> Response:
    database = context.state().database
    moving = importing.read_history(database, chunks(), four_eyes=caller.four_eyes)
    meters.imported("read", moving.holds.revisions)

    def move_in(door: Door) -> str:
        done = importing.move_in(door, moving)
        return f'{{"records":{done.records},"revisions":{done.revisions}}}'

    text, replayed = retries.once(database, attempt(caller, moving.sha256), move_in)
    meters.imported("written", 0 if replayed else moving.holds.revisions)
    return answers.json(text, headers=answers.REPLAYED if replayed else {})


def _records(order: Order, file: Hashed) -> Response:
    """Import records, each line of which is a write."""
    taking, text, replayed = taken(order, file)
    headers = answers.REPLAYED if replayed else {}
    if not order.partial:
        taking.staging.remove()
        return answers.json(text, headers=headers)
    lines = [text.encode()] if text else taking.answer(context.state().database)
    response = Response(lines, 207, headers | NO_STORE, content_type=bodies.NDJSON)
    _ = response.call_on_close(taking.staging.remove)
    return response
