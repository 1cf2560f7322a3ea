"""A record's history: its revisions, one of them, a difference, a restore."""

from dataclasses import replace
from typing import cast

import orjson
from flask import Response

from schemas.restore import RestoreSchema
from service.documents.diffs import NoMergePatchError, json_patch, merge_patch
from service.documents.readable import readable
from service.documents.values import JsonObject
from service.errors import Fault, NotAcceptable
from service.kinds import Kind
from service.kinds.faults import faults
from service.records import history, mementos, restoring
from service.records.place import Place
from service.records.proposals import Proposal
from service.records.purging import purge
from service.routes import answers, bodies, context, paging
from service.routes.conditions import match
from service.routes.filters import names_of
from service.routes.mementos import LINK_FORMAT, MOST, timemap, ways_left
from service.routes.proposing import standing_first
from service.routes.queries import CHANGE, WRITE, Query
from service.routes.retrying import do

TEXT = "text/plain"
FORMATS = {"json": bodies.JSON, "link": LINK_FORMAT}
REVISION_FIELDS = (
    "revision",
    "recorded_at",
    "recorded_by",
    "note",
    "reason",
    "status",
    "sha256",
    "salt",
    "self",
    "body",
)
RESTORE = RestoreSchema()


def list_revisions(kind: Kind, id: str) -> Response:  # noqa: A002
    """List the revisions of a record, oldest first; as link-format that is its TimeMap."""
    caller, place = context.caller(), Place(kind, id)
    with Query("limit", "cursor", "fields", "format") as query:
        asked = query.choice("format", FORMATS)
        wanted = FORMATS[asked] if asked else answers.preferred(*FORMATS.values())
        stretch, fields = query.stretch("cursor"), query.chosen("fields", REVISION_FIELDS)
        limit = query.limit(MOST, MOST) if wanted == LINK_FORMAT else query.limit()
        if fields and wanted == LINK_FORMAT:
            query.refuse("fields", "invalid", f"not together with {LINK_FORMAT}")
    database, reader = context.state().database, caller.reader
    if wanted == LINK_FORMAT:
        times = mementos.timemap(database, place, reader, after=stretch[0], limit=limit)
        return paging.timemap(*timemap(place, times, after=stretch[0], limit=limit))
    page = history.revisions(database, place, reader, stretch, limit=limit)
    _ = wanted or answers.acceptable(*FORMATS.values())
    return paging.history(page, fields)


def get_revision(kind: Kind, id: str, n: int) -> Response:  # noqa: A002
    """Return a record as it read in one revision."""
    place = Place(kind, id)
    caller = context.caller()
    with Query("fields") as query:
        fields = query.chosen("fields", names_of(kind))
    with ways_left(place, caller):
        row = history.revision(context.state().database, place, caller.reader, n)
    _ = answers.acceptable(bodies.JSON)
    return answers.revision(place, n, row, caller, fields)


def diff_revision(kind: Kind, id: str, n: int) -> Response:  # noqa: A002
    """Return what differs between two revisions of a record."""
    caller = context.caller()
    with Query("from") as query:
        first = query.number("from")
    numbers = (first, n)
    before, after = history.pair(context.state().database, Place(kind, id), caller.reader, numbers)
    how = answers.acceptable(bodies.JSON_PATCH, bodies.MERGE_PATCH, TEXT)
    return answers.difference(difference(how, before, after), how, caller)


def difference(how: str, before: JsonObject, after: JsonObject) -> str:
    """Return the difference as a JSON Patch, a merge patch or text for people."""
    if how == TEXT:
        return readable(before, after)
    if how == bodies.JSON_PATCH:
        return orjson.dumps(json_patch(before, after)).decode()
    try:
        return orjson.dumps(merge_patch(before, after)).decode()
    except NoMergePatchError as error:
        raise NotAcceptable(f"{error}".capitalize()) from None


def restore_revision(kind: Kind, id: str) -> Response:  # noqa: A002
    """Write a new revision with the content of an old one; this undeletes too."""
    place = Place(kind, id)
    caller = context.require("write")
    with Query(*WRITE) as query:
        change = query.change(kind.statuses)
    wish = Proposal(place, caller, "draft", change, undeletes=True)
    with standing_first(wish):
        _ = answers.acceptable(bodies.JSON)
        _ = bodies.media_type(bodies.JSON)
        asked, sent = match(), bodies.json_object()
        agreed = bodies.agreed(change, sent)
    found = faults(RESTORE, sent)
    if agreed.status not in {None, *kind.statuses}:
        detail = f"expected one of {', '.join(kind.statuses)}"
        found.append(Fault("not-a-choice", detail, "#/status"))
    status = agreed.status if agreed.status in kind.statuses else "draft"
    proposal = replace(wish, status=status, change=agreed, faults=tuple(found))
    number = 0 if found else int(cast("float", sent["restore"]))
    done = do(proposal, lambda door: restoring.restore(door, proposal, number, asked))
    return answers.written(done)


def purge_revision(kind: Kind, id: str, n: int) -> Response:  # noqa: A002
    """Erase the content of one revision, as the law asks, and write one that says so."""
    caller = context.require("admin")
    with Query(*CHANGE) as query:
        change = query.change()
    proposal = Proposal(Place(kind, id), caller, "deleted", change, undeletes=True)
    with standing_first(proposal):
        asked = match()
    return answers.deleted(do(proposal, lambda door: purge(door, proposal, n, asked)))
