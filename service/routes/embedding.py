"""Cards for the pages of others, and oEmbed, by which their systems find them."""

import hashlib
from typing import Final

import orjson
from flask import Response, request

from service.errors import NotFound
from service.kinds import BY_NAME
from service.records.people import PUBLIC
from service.records.place import Place
from service.records.surroundings import shown
from service.routes import answers, articles, context, hypertext
from service.routes.conditions import has
from service.routes.forms import negotiated
from service.routes.queries import Query, no_parameters
from service.site import cards, verdicts

VERDICT: Final = BY_NAME["verdict"]
LARGEST: Final = 100_000
"""Pixels that nobody asks for more of."""

XML: Final = "text/xml; charset=utf-8"
VARY: Final = "Authorization, Accept"


def get_card(id: str) -> Response:  # noqa: A002 -- the path's own name for it
    """Show a verdict in short, for a frame in a page of others; as the public has it.

    Caches ask each time: what is withheld is so in their frames at once.
    """
    caller = context.caller()
    no_parameters()
    with shown(context.state().database, Place(VERDICT, id), PUBLIC.reader, None) as found:
        _ = negotiated("html")
        body = verdicts.card(hypertext.site(), found, articles.past(found))
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"'
    beside = {"ETag": etag, "Vary": VARY, "Cache-Control": answers.checked(caller)}
    kept = {**hypertext.FRAMED, **beside}
    if has(etag):
        return answers.empty(304, kept)
    return hypertext.page(body, headers=kept)


def oembed() -> Response:
    """Tell how to show the card of a verdict, by the address of its page (oEmbed 1.0).

    What else consumers of oEmbed send is passed over, for they send it to everyone.
    """
    caller = context.caller()
    with Query("url", "format", "maxwidth", "maxheight", *request.args) as query:
        url = query.needed("url", "say which page is to be shown", 2_000)
        form = query.choice("format", ("json", "xml"))
        width, height = (query.number(name, 1) or LARGEST for name in ("maxwidth", "maxheight"))
    site = hypertext.site()
    identifier = cards.named(url, site.base)
    if identifier is None:
        raise NotFound("That is not the page of a verdict here, which is /v1/verdicts/{id}.")
    place = Place(VERDICT, identifier)
    with shown(context.state().database, place, PUBLIC.reader, None) as found:
        answer = cards.described(site, place, found.record, (width, height))
    headers = {"Cache-Control": answers.checked(caller), "Vary": VARY}
    if form == "xml":
        return Response(cards.as_xml(answer), headers=headers, content_type=XML)
    return answers.json(orjson.dumps(answer).decode(), headers=headers)
