"""Pages for people that are no record's own: the start, search, a past moment, files."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import orjson
from flask import Response, request

from service.documents.instants import written
from service.errors import NotFound
from service.feed.corrections import Period, corrections
from service.kinds import BY_NAME
from service.records.listing import Listing
from service.records.presence import NO_STORE
from service.records.surroundings import HANDFUL, Extent, Surroundings, one_moment, surroundings
from service.records.walking import ask
from service.routes import answers, conditions, context, hypertext
from service.routes.forms import negotiated
from service.routes.queries import Query
from service.search.asked import Asked
from service.search.matching import matches
from service.site import fronts
from service.site.assets import ASSETS

if TYPE_CHECKING:
    from service.documents.values import JsonObject

NEWEST: Final = 10
"""Verdicts on the first page."""

CORRECTED: Final = 5
"""Corrections on the first page."""

RESULTS: Final = 20
LONGEST: Final = 2_000
"""Characters of what is searched for, as in a match."""

LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?")
"""What the field of a browser for day and time sends (HTML, section 2.3.5): no zone."""

A_MOMENT: Final = "a day and time, such as 2022-02-17T12:00"

LASTING: Final = "public, max-age=31536000, immutable"
PASSING: Final = "public, max-age=3600"
SHARED: Final = "embed.js"
"""The script that pages of others load."""


def start() -> Response:
    """Show people where to begin: a search, the newest verdicts, the newest corrections."""
    reader, state = context.caller().reader, context.state()
    wanted = Listing(BY_NAME["verdict"], reader, limit=NEWEST, wanted=("claim", "scale"))
    with one_moment(state.database) as door:
        page = ask(door, wanted)
        corrected = corrections(door, "correction", Period(), None, CORRECTED)
    verdicts: list[JsonObject] = orjson.loads(page.items)
    around = Surroundings.of_expanded(page.expanded)
    return hypertext.page(fronts.start(hypertext.site(), verdicts, around, corrected))


def search() -> Response:
    """Show people the claims that a text matches, with the verdicts on them."""
    reader = context.caller().reader
    with Query("q") as query:
        text = query.text("q", LONGEST) if request.args.get("q") else None
    _ = negotiated("html")
    with one_moment(context.state().database) as door:
        found = matches(door, reader, Asked(text, limit=RESULTS)) if text else []
        claims: list[JsonObject] = [orjson.loads(one.texts.text) for one in found]
        around = surroundings(door, reader, claims, Extent(newest=HANDFUL))
    return hypertext.page(fronts.search(hypertext.site(), text, claims, around))


def go_back_to_claim(id: str) -> Response:  # noqa: A002 -- the path's own name for it
    """Lead to the page of a claim at the day and time, in UTC, that its form sends."""
    return go_back_to(f"/v1/claims/{id}")


def go_back_to_verdict(id: str) -> Response:  # noqa: A002 -- as above
    """Lead to the page of a verdict at the day and time, in UTC, that its form sends."""
    return go_back_to(f"/v1/verdicts/{id}")


def go_back_to(record: str) -> Response:
    """Lead to the page of a record at the day and time that its form sends, or the present one."""
    with Query("at") as query:
        given = request.args.get("at")
        at = query.parsed("at", _moment, A_MOMENT) if given else None
    path = f"{record}?format=html"
    there = f"{path}&as_of={written(at)}" if at else path
    return answers.empty(303, {"Location": there, "Cache-Control": "no-store"})


def asset(name: str) -> Response:
    """Return a file that pages are made with."""
    found = ASSETS.get(name)
    if found is None:
        raise NotFound(f'There is no file "{name[:60]}".', headers=NO_STORE)
    headers = {
        "ETag": f'"{found.digest}"',
        "Cache-Control": LASTING if found.lasting else PASSING,
        **({"Cross-Origin-Resource-Policy": "cross-origin"} if name == SHARED else {}),
    }
    if conditions.has(headers["ETag"]):
        return answers.empty(304, headers)
    return Response(found.body, headers=headers, content_type=found.media_type)


def _moment(text: str) -> datetime:
    if not LOCAL.fullmatch(text):
        raise ValueError
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
