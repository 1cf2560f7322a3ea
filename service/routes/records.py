"""Records: lists, and one record made, read, replaced, changed and deleted."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import Response

from service.errors import Busy, Fault, InvalidQuery, Unavailable
from service.kinds import BY_NAME, Kind
from service.records import history, mementos, reading, writing
from service.records.ids import new_id
from service.records.judging import check_status
from service.records.outcome import Outcome
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Proposal
from service.records.purging import purge
from service.records.surroundings import shown
from service.routes import answers, bodies, context, representations
from service.routes.conditions import match
from service.routes.filters import expansion, names_of
from service.routes.mementos import VARY, asked, located, ways_left
from service.routes.proposing import patched, proposed, standing_first
from service.routes.queries import CHANGE, WRITE, Query
from service.routes.retrying import do
from service.search.similar import similar
from service.storage.database import Door

CLAIM = BY_NAME["claim"]


def create_record(kind: Kind) -> Response:
    """Create a record under an id of the service's, or of the client's own."""
    caller = context.require("write")
    with Query(*WRITE) as query:
        change = query.change(kind.statuses)
    check_status(change.status, caller)
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON)
    sent = bodies.json_object()
    sent_id = sent.get("id")
    place = Place(kind, sent_id if isinstance(sent_id, str) else new_id())
    proposal = proposed(place, caller, change, sent)
    done = do(proposal, lambda door: writing.create(door, proposal))
    return answers.written(done, _hint(done[0], caller))


def get_record(kind: Kind, id: str) -> Response:  # noqa: A002 -- the path's own name for it
    """Return a record as it is now, as of an instant, or as its own TimeGate (RFC 7089)."""
    place = Place(kind, id)
    caller = context.caller()
    others = representations.others(kind)
    with Query("fields", "expand", "as_of", *(["format"] if others else [])) as query:
        fields, wanted = query.chosen("fields", names_of(kind)), expansion(query)
        as_of = query.instant("as_of")
        form = representations.wanted(query, kind)
    second = asked()
    database = context.state().database
    with ways_left(place, caller):
        if form in others:
            with shown(database, place, caller.reader, as_of) as there:
                return representations.represented(str(form), there, caller)
        # An address with as_of is one moment already: there is nothing to negotiate.
        if second and not as_of:
            return get_at(place, caller, second, fields, wanted)
        if as_of:
            found, settled = reading.get_as_of(database, place, caller.reader, as_of, wanted)
        else:
            found, settled = reading.get(database, place, caller.reader, wanted), None
    if form is None:
        _ = answers.acceptable(bodies.JSON)
    headers = {} if settled is None else answers.memento(place, found, caller, settled=settled)
    return answers.record(place, found, caller, fields, headers)


def get_at(
    place: Place, caller: Caller, second: datetime, fields: list[str] | None, wanted: Sequence[str]
) -> Response:
    """Return the memento of a record that `Accept-Datetime` leads to (RFC 7089, pattern 1.2).

    Of the two ways in which a record can be its own TimeGate this is the one without a
    redirect: it costs one request, a client that follows none (curl, a mirror) gets what
    it asked for, and none has to send its key a second time. `Content-Location` names the
    revision, which answers the same. An expansion has no such address, so it is refused.
    """
    if wanted:
        fault = Fault("invalid", "not together with Accept-Datetime", parameter="expand")
        raise InvalidQuery("Mend: expand.", errors=[fault])
    database = context.state().database
    number, settled = mementos.number_at(database, place, caller.reader, second)
    row = history.revision(database, place, caller.reader, number)
    _ = answers.acceptable(bodies.JSON)
    memento = answers.revision(place, number, row, caller, fields)
    memento.headers |= {"Content-Location": located(place, number), "Vary": VARY}
    if not settled:
        memento.headers["Cache-Control"] = "no-store"
    return memento


def put_record(kind: Kind, id: str) -> Response:  # noqa: A002
    """Create a record under an id of the client's own, or replace it."""
    place = Place(kind, id)
    caller = context.require("write")
    with Query(*WRITE) as query:
        change = query.change(kind.statuses)
    wish = Proposal(place, caller, "draft", change)
    with standing_first(wish, may_be_new=True):
        _ = answers.acceptable(bodies.JSON)
        _ = bodies.media_type(bodies.JSON)
        asked, sent = match(), bodies.json_object()
        proposal = proposed(place, caller, change, sent)
    done = do(proposal, lambda door: writing.put(door, proposal, asked))
    return answers.written(done, _hint(done[0], caller))


def _hint(outcome: Outcome, caller: Caller) -> dict[str, str]:
    """Return a link to each claim that says nearly what a new one says."""
    if not outcome.new or outcome.place.kind is not CLAIM:
        return {}
    try:
        found = similar(context.state().database, caller.reader, outcome.place.id)
    except (Busy, Unavailable):
        return {}  # The claim is written, whatever becomes of the database afterwards.
    links = [f'<{Place(CLAIM, other).path}>; rel="similar"' for other in found]
    return {"Link": ", ".join(links)} if links else {}


def patch_record(kind: Kind, id: str) -> Response:  # noqa: A002
    """Change parts of a record: merge patch, JSON Patch, or plain JSON as a merge patch."""
    place = Place(kind, id)
    caller = context.require("write")
    with Query(*WRITE) as query:
        change = query.change(kind.statuses)
    wish = Proposal(place, caller, "draft", change)
    with standing_first(wish):
        _ = answers.acceptable(bodies.JSON)
        how = bodies.media_type(bodies.JSON, bodies.MERGE_PATCH, bodies.JSON_PATCH)
        asked = match()
        patch = bodies.json_value() if how == bodies.JSON_PATCH else bodies.json_object()
    read = partial(patched, wish, how, patch)
    return answers.written(do(wish, lambda door: writing.patch(door, read, wish, asked)))


def delete_record(kind: Kind, id: str) -> Response:  # noqa: A002
    """Write a tombstone over a record; its revisions stay for who reads drafts, or are purged."""
    caller = context.require("write")
    with Query(*CHANGE, "purge") as query:
        change, purges = query.change(), query.flag("purge")
    if purges:
        caller = context.require("admin")
    proposal = Proposal(Place(kind, id), caller, "deleted", change, undeletes=purges)
    with standing_first(proposal):
        asked = match()

    def act(door: Door) -> Outcome:
        if purges:
            return purge(door, proposal, None, asked)
        return writing.delete(door, proposal, asked)

    return answers.deleted(do(proposal, act))
