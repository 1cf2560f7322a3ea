"""A record in another form than its own: what it says, in the vocabulary of others."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Response, request

from service.interop.claimreview.writing.review import markup
from service.interop.newsroom import Newsroom
from service.interop.ninjs.news import news
from service.kinds import Kind
from service.records.people import Caller
from service.records.surroundings import Shown
from service.routes import answers, articles, context, hypertext, mementos
from service.routes.conditions import has
from service.routes.forms import FORMS, preferred
from service.routes.queries import Query


@dataclass(frozen=True, slots=True)
class Representation:
    """How a record is written in a form, and the headers that go with it."""

    write: Callable[[Shown, Newsroom], str]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    made: bool = False
    """Whether more goes into it than the records around it: the ETag then tells the bytes."""


NONE: Final[Mapping[str, Representation]] = {}
OF: Final[Mapping[str, Mapping[str, Representation]]] = {
    "claim": {"html": Representation(articles.claim, hypertext.POLICY, made=True)},
    "verdict": {
        "jsonld": Representation(markup),
        "html": Representation(articles.verdict, hypertext.POLICY, made=True),
        "ninjs": Representation(news),
    },
}
"""The forms that a kind has beside JSON, by the names that `format` has for them."""


def others(kind: Kind) -> Mapping[str, Representation]:
    """Return the forms of a kind beside JSON."""
    return OF.get(kind.name, NONE)


def wanted(query: Query, kind: Kind) -> str | None:
    """Return the form that a record is wanted in; None where that is one it does not have.

    `format` goes before `Accept`, and what JSON alone can be asked for goes before that.
    """
    known = others(kind)
    form = query.choice("format", ("json", *known)) if known else None
    of_json = [name for name in ("fields", "expand") if name in request.args]
    for name in of_json if form in known else ():
        query.refuse(name, "invalid", "this is asked of JSON alone: format=json")
    if form in known and mementos.asked() and "as_of" not in request.args:
        query.refuse("format", "invalid", "not together with Accept-Datetime; ask with as_of")
    return form if form or of_json or mementos.asked() else preferred("json", *known)


def represented(form: str, shown: Shown, caller: Caller) -> Response:
    """Return a record in a form, or 304 if the client has it already.

    The ETag is the revision number, the form, and 8 hex digits that tell the other records
    and the settings that went into it, or the bytes: as these may change alone, there is no
    `Last-Modified`.
    """
    place, found, newsroom = shown.place, shown.found, context.newsroom()
    representation = others(place.kind)[form]
    body = representation.write(shown, newsroom) if representation.made else None
    used = f"{shown.mark} {newsroom}" if body is None else body
    mark = hashlib.sha256(used.encode()).hexdigest()[:8]
    headers = {
        "ETag": f'"{found.revision}-{form}-{mark}"',
        "Link": mementos.ways(place),
        "Vary": mementos.VARY,
        "Cache-Control": answers.checked(caller),
        **representation.headers,
    }
    if shown.settled is not None:
        headers |= answers.memento(place, found, caller, settled=shown.settled)
    if has(headers["ETag"]):
        return answers.empty(304, headers)
    body = representation.write(shown, newsroom) if body is None else body
    return Response(body, headers=headers, content_type=f"{FORMS[form]}; charset=utf-8")
