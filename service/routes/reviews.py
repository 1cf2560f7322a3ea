"""ClaimReview comes in: the reviews of a file or a page as records, and a report on each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

import orjson
from flask import Response

from service.bulk.lines import Order
from service.errors import InvalidRecord
from service.interop.claimreview.importing.entries import Entries
from service.interop.claimreview.importing.gathering import Reviews
from service.records.held import held
from service.records.judging import explained
from service.routes import answers, bodies, context
from service.routes.importing import taken

NO_STORE = {"Cache-Control": "no-store"}


def import_reviews(order: Order, status: str | None) -> Response:
    """Import reviews; what they are lies in the answer beside what came of their records.

    Who publishes the reviews of others is never filled in from the settings.
    """
    database, caller = context.state().database, order.caller
    known = partial(held, database, caller, order.defaults.actor)
    why = explained(order.defaults.note, order.defaults.reason)
    file = Reviews(known, status, order.overwrite, caller.four_eyes, explained=why)
    try:
        taking, text, replayed = taken(replace(order, publisher={}), file)
    except BaseException as error:
        told = file.problem(error) if isinstance(error, InvalidRecord) else None
        file.close()
        if told:
            raise told from error
        raise
    headers = answers.REPLAYED if replayed else {}
    if order.partial:
        lines = text.encode().splitlines(keepends=True) if text else taking.answer(database)
        told, code, form = in_lines(file, lines), 207, bodies.NDJSON
        headers = headers | NO_STORE
    else:
        told, code, form = whole(text, file.entries), 200, bodies.JSON
    response = Response(told, code, headers, content_type=form)
    return _closing(response, file.close, taking.staging.remove)


def whole(text: str, entries: Entries) -> Iterator[bytes]:
    """Yield the answer of an import as a whole: the counts, then what came of each item."""
    counts = orjson.dumps(orjson.loads(text) | entries.counts)
    yield counts[:-1] + b',"report":['
    for place, line in enumerate(entries.lines()):
        yield (b"," if place else b"") + line.rstrip(b"\n")
    yield b"]}\n"


def in_lines(file: Reviews, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what was found in each item, what came of each record, and at last the counts."""
    for entry in file.entries.lines():
        yield b'{"type":"report",' + entry[1:]
    for line in lines:
        result = orjson.loads(line)
        if result.get("type") == "end":
            yield orjson.dumps(result | file.entries.counts) + b"\n"
        else:
            item, number = file.place_of(result.pop("line"))
            yield orjson.dumps({"item": item, "line": number, **result}) + b"\n"


def _closing(response: Response, *acts: Callable[[], object]) -> Response:
    for act in acts:
        _ = response.call_on_close(act)
    return response
