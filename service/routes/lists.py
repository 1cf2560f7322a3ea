"""Lists of records: filtered, in an order, page by page, in the form that is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from flask import Response, request

from service.kinds import BY_NAME, Kind
from service.records import listing, walking
from service.records.people import Caller
from service.routes import answers, context, excerpting, listings, paging
from service.routes.filters import FILTERS, SORTS, expansion, filters, names_of, searched
from service.routes.forms import FORMS, preferred
from service.routes.queries import Query

CLAIM: Final = BY_NAME["claim"]
WITH_EXCERPTS: Final = 50
"""Records of a page at the most that come with excerpts."""

LISTING: Final = ("sort", "limit", "cursor", "fields", "expand", "count", "as_of", "q", "excerpts")
OF_SHEETS: Final = ("bom",)

LINES: Final = ("json", "ndjson")
"""The forms that every list has."""

GIVEN: Final[Mapping[str, Sequence[str]]] = {
    "claim": (*LINES, "csv"),
    "verdict": (*LINES, "jsonld", "atom"),
}
"""The forms of lists that have others too."""

NOT_WITH: Final[Mapping[str, Sequence[str]]] = {
    "ndjson": ("expand", "count", "excerpts"),
    "jsonld": ("fields", "expand", "count", "excerpts"),
    "atom": ("fields", "expand", "count", "excerpts"),
    "csv": ("fields", "expand", "count", "excerpts", "limit", "cursor"),
}
"""What cannot be asked of a form: it has no place for it, or is no page."""


def list_records(kind: Kind) -> Response:
    """List records of a kind, a page at a time; as a sheet all at once."""
    caller = context.caller()
    beside = ("format", *(OF_SHEETS if kind is CLAIM else ()))
    with Query("status", *FILTERS[kind.name], *LISTING, *beside) as query:
        form = wanted(query, kind)
        sought = sought_by(query, kind, caller, form)
        if wants_excerpts := query.flag("excerpts"):
            sought = replace(sought, limit=min(sought.limit, WITH_EXCERPTS))
        cursor, fields = query.text("cursor", 2_000), query.chosen("fields", names_of(kind))
        bom = query.flag("bom")
        if "bom" in request.args and form != "csv":
            query.refuse("bom", "invalid", "this is asked of a sheet alone: format=csv")
    if form == "csv":
        return listings.sheet(sought, bom=bom)
    state = context.state()
    found = walking.page(state.database, state.cursors, sought, cursor)
    if form is None:
        _ = answers.acceptable(*(FORMS[name] for name in fitting(kind)))
    if form == "ndjson":
        return listings.lines(found, caller, fields)
    if form == "jsonld":
        return listings.reviews(found, sought, caller)
    if form == "atom":
        return listings.feed(found, sought, caller)
    shown = excerpting.of_page(state.database, found) if wants_excerpts else None
    return paging.page(found, caller, fields, shown)


def wanted(query: Query, kind: Kind) -> str | None:
    """Return the form that a list is wanted in, None where it is none that it has.

    `format` goes before `Accept`, and of that what goes with all that is asked for.
    """
    names = GIVEN.get(kind.name, LINES)
    form = query.choice("format", names)
    for name in NOT_WITH.get(form or "", ()):
        if name in request.args:
            query.refuse(name, "invalid", f"not together with format={form}")
    return form or preferred(*fitting(kind))


def fitting(kind: Kind) -> list[str]:
    """Return the forms of a list that go with what is asked for."""
    asked = request.args.keys()
    return [name for name in GIVEN.get(kind.name, LINES) if not asked & {*NOT_WITH.get(name, ())}]


def sought_by(query: Query, kind: Kind, caller: Caller, form: str | None) -> listing.Listing:
    """Return what is to be listed; in a feed comes first what changed last."""
    words = searched(query)
    usual = listing.LIKENESS if words else "-updated_at" if form == "atom" else "-created_at"
    found = listing.Listing(
        kind,
        caller.reader,
        filters(query, kind, caller),
        sort=query.choice("sort", SORTS) or usual,
        limit=query.limit(),
        count=query.flag("count"),
        wanted=expansion(query),
        as_of=query.instant("as_of"),
        words=words,
    )
    if found.sort == listing.LIKENESS and not words:
        query.refuse("sort", "invalid", "records are alike to something: give q")
    return found
