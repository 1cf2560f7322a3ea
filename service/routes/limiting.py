"""Rate limits at the door: who counts as one client, and what each answer says of its allowance."""

from contextlib import suppress
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from flask import Response, request

from service.errors import Busy, RateLimited, Unavailable
from service.records.allowances import Allowances, Counted, Shared, Standing

SAFE = ("GET", "HEAD", "OPTIONS")
COSTLY = ("/v1/match", "/v1alpha1/claims:search", "/search")
"""Addresses where to read counts as to write does."""

NOTED = "factcheck.standing"
NETWORK = 64
"""Bits of an IPv6 address that name a household or a hall: it has all the rest for itself."""


def spend(allowances: Allowances, client: str) -> None:
    """Count the request, once however often it asks; raises `RateLimited`.

    What reads at the price of a write is counted among the reads where the database takes no
    writes: a standby serves it too.
    """
    rule = str(request.url_rule)
    limit = allowances.writes
    if request.method in SAFE and rule not in COSTLY:
        limit = allowances.reads
    if NOTED in request.environ:
        return
    try:
        _spend(limit, client)
    except Unavailable as problem:
        if problem.trouble not in {"read-only", "full"} or rule not in COSTLY:
            raise
        _spend(allowances.reads, client)


def spend_failure(allowances: Allowances, client: str) -> None:
    """Count a key that is not in force; raises `RateLimited`."""
    # A database that cannot write now is no reason to hide what is wrong with the key.
    with suppress(Busy, Unavailable):
        _spend(allowances.failed_keys, client)


def _spend(limit: Counted | Shared | None, client: str) -> None:
    if limit is None:
        return
    standing = limit.spend(client)
    request.environ[NOTED] = client, standing
    if wait := standing.retry_after:
        what = f"{limit.limit.quota:,} {limit.limit.name.replace('-', ' ')}"
        detail = f"Wait {wait} s before the next request. One client has {what} a minute."
        raise RateLimited(detail, headers={"Retry-After": str(wait)})


def tell(allowances: Allowances, response: Response) -> Response:
    """Say in an answer what is left to the client; what it had already (304) costs nothing."""
    noted: tuple[str, Standing] | None = request.environ.get(NOTED)
    if noted is None:
        return response
    client, standing = noted
    if response.status_code == HTTPStatus.NOT_MODIFIED and allowances.reads:
        standing = allowances.reads.give_back(client, standing)
    # Adding looks for no earlier field of the name: there is none, and it is 1 µs the less.
    response.headers.add("RateLimit-Policy", standing.limit.policy)
    response.headers.add("RateLimit", standing.item)
    return response


def address(proxies: int) -> str:
    """Return the address that a request counts under: IPv4 whole, of IPv6 the network.

    Each proxy appends whom it heard from to `X-Forwarded-For`, so behind `proxies` of
    them the client is that many entries from the right; what stands to its left is
    anybody's word. What is no address gives way to the one that the connection has.
    """
    peer = request.environ.get("REMOTE_ADDR", "")
    found = None
    if proxies:
        heard = request.headers.get("X-Forwarded-For", "").split(",")
        found = _network(heard[-proxies:][0].strip())
    return found or _network(peer) or "unknown"


def _network(text: str) -> str | None:
    """Return the network of an address, which may have a port; None for what is no address."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        inside = IPv6Address(int(found) >> 128 - NETWORK << 128 - NETWORK)
        return str(found.ipv4_mapped or f"{inside}/{NETWORK}")
    return str(found)
