"""Other origins (CORS): pages of other sites may read here as the public does, and no more.

Neither credentials nor `Authorization` cross origins. A key in a page's script is in
the hands of everyone who opens the page, and a browser that remembers a key for
Basic authentication would lend it to any site that asks.
"""

from flask import Response, request

from service.routes.context import KEY_PARAMETERS
from service.routes.limiting import SAFE

EVERYONE = "*"
SHARED = ("/v1/", "/v1alpha1/", "/problems", "/openapi.", "/oembed")
"""What the addresses begin with that pages may read: records, cards, and what explains them."""
READS = "GET, HEAD"
FIELDS = "Accept, Accept-Datetime, If-Modified-Since, If-None-Match, Last-Event-ID, X-Request-Id"
"""Header fields of a read that a page may send."""
EXPOSED = (
    "Content-Location, ETag, Last-Modified, Link, Location, Memento-Datetime, RateLimit, "
    "RateLimit-Policy, Repr-Digest, Retry-After, Vary, X-Request-Id"
)
"""Header fields of an answer that a page may read, beside those that it always may."""
MAX_AGE = 3600
"""Seconds for which a browser need not ask again whether it may ask."""


def share(origins: tuple[str, ...], response: Response) -> Response:
    """Let pages of these origins read an answer to GET or HEAD, or ask for one (OPTIONS)."""
    readable = request.method in SAFE and request.path.startswith(SHARED)
    # A key in an address crosses origins unasked: to a page nothing is shown that a key may have.
    readable = readable and request.args.keys().isdisjoint(KEY_PARAMETERS)
    allowed = _allowed(origins, response) if origins and readable else None
    if allowed is None:
        return response
    response.headers.add("Access-Control-Allow-Origin", allowed)
    if request.method == "OPTIONS":
        response.headers.add("Access-Control-Allow-Methods", READS)
        response.headers.add("Access-Control-Allow-Headers", FIELDS)
        response.headers.add("Access-Control-Max-Age", str(MAX_AGE))
    else:
        response.headers.add("Access-Control-Expose-Headers", EXPOSED)
    return response


def _allowed(origins: tuple[str, ...], response: Response) -> str | None:
    """Return the origin to name; which one it is, caches must know where there are several."""
    if EVERYONE in origins:
        return EVERYONE
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    return origin if origin in origins else None
