"""HTML answers: what goes with every page, and refusals as pages."""

from collections.abc import Mapping
from typing import Final

import orjson
from flask import Response, request

from service.errors import Problem
from service.interop.newsroom import Newsroom
from service.routes import answers, context
from service.routes.forms import FORMS
from service.site import refusals
from service.site.rendering import NAMELESS, Site

HTML: Final = FORMS["html"]
_RULES: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
POLICY: Final = {"Content-Security-Policy": f"{_RULES}; frame-ancestors 'none'"}
"""Pages run no script, load from here alone, and stand in no frame."""

FRAMED: Final = {
    "Content-Security-Policy": f"{_RULES}; script-src 'self'; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Cards stand in the frames of others, and tell by script how high they are."""

CARD: Final = "get_card"
PAGES: Final = frozenset(
    {
        *("claim.get_record", "verdict.get_record", "root", "list_corrections"),
        *("search", "corrections_page", "go_back_to_claim", "go_back_to_verdict", CARD),
    }
)
"""The endpoints whose refusals are pages for those who would rather read HTML than JSON."""


def site(newsroom: Newsroom | None = None) -> Site:
    """Return what all pages of this server share."""
    found = newsroom or context.newsroom()
    return Site(found.publisher.get("name", NAMELESS), found.base, found.license)


def page(body: str, status: int = 200, headers: Mapping[str, str] = POLICY) -> Response:
    """Return a page that is made anew each time."""
    found = {"Vary": "Authorization, Accept", "Cache-Control": "no-store", **headers}
    return Response(body, status, found, content_type=f"{HTML}; charset=utf-8")


def reads_pages() -> bool:
    """Tell whether a refusal of this request is to be a page.

    So it is at the addresses of pages, for a client that says it would rather have HTML than
    JSON: a browser does, and neither curl nor a program that takes anything.
    """
    accepted = request.accept_mimetypes
    html, json = accepted[HTML], max(accepted["application/json"], accepted[answers.PROBLEM])
    return request.endpoint in PAGES and request.method in {"GET", "HEAD"} and html > json


def problem(found: Problem, instance: str) -> Response:
    """Return a problem as a page, with the status and the header fields that it has as JSON."""
    framed = request.endpoint == CARD
    document = orjson.loads(orjson.dumps(found.as_dict(instance)))
    body = refusals.page(site(), document, framed=framed)
    return page(body, found.status, {**(FRAMED if framed else POLICY), **found.headers})
