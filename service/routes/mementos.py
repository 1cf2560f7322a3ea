"""Memento (RFC 7089) and version links (RFC 5829): the second asked for, and the ways between."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlencode

from flask import request

from service.documents.instants import http_date, read_http_date
from service.errors import BadRequest, Fault, Gone, Purged, Withheld
from service.records.people import Caller
from service.records.place import Place
from service.records.rows import Revision, TimeMap

LINK_FORMAT = "application/link-format"
MOST = 1_000
"""Mementos of a TimeMap; where there are more, it leads on to another."""
VARY = "Authorization, Accept, Accept-Datetime"
EXAMPLE = "Wed, 16 Feb 2022 18:00:00 GMT"

Memento = tuple[int, datetime]
"""Number and instant of a revision."""


def asked() -> datetime | None:
    """Return the second that `Accept-Datetime` names, if it is there; raises `BadRequest`."""
    text = request.headers.get("Accept-Datetime")
    if text is None:
        return None
    try:
        return read_http_date(text)
    except ValueError:
        detail = f"Accept-Datetime is not understood. Send a date of HTTP, such as {EXAMPLE}."
        fault = Fault("invalid", f"expected a date such as {EXAMPLE}", header="Accept-Datetime")
        raise BadRequest(detail, errors=[fault]) from None


def ways(place: Place) -> str:
    """Return the links of a record, which is its own TimeGate: none of them takes a look-up.

    Its mementos are left to its revisions and its TimeMap: to name the one before it would
    make every read dearer.
    """
    return (
        f'<{place.path}>; rel="original timegate", '
        f'<{place.path}/revisions?format=link>; rel="timemap"; type="{LINK_FORMAT}", '
        f'<{place.path}/revisions>; rel="version-history"'
    )


def ways_between(place: Place, number: int, row: Revision) -> str:
    """Return the links of a revision: those of its record, its neighbours and its mementos."""
    path, (_, before, after, _) = place.path, row.numbers
    links = [ways(place), f'<{path}>; rel="latest-version"']
    around = {"predecessor-version": before, "successor-version": after}
    links += [f'<{path}/revisions/{n}>; rel="{rel}"' for rel, n in around.items() if n]
    return ", ".join([*links, *map("; ".join, mementos(place, number, row))])


def mementos(place: Place, number: int, row: Revision) -> Iterator[list[str]]:
    """Yield the links to the revision itself, the first, the last and its neighbours, each once."""
    rels: dict[int, list[str]] = {number: []}
    instants = {number: row.recorded_then}
    names = ("first", "prev", "next", "last")
    for rel, other, instant in zip(names, row.numbers, row.instants, strict=True):
        if other is not None:
            rels.setdefault(other, []).append(rel)
            instants[other] = instant
    for other in sorted(rels):
        yield memento(place, other, instants[other], rels[other])


def memento(place: Place, number: int, instant: datetime | None, rels: Sequence[str]) -> list[str]:
    """Return the parts of a link to a memento: its date is the one that it bears itself."""
    assert instant is not None  # noqa: S101 -- it goes with the number
    rel, date = " ".join([*rels, "memento"]), http_date(instant)
    return [f"<{place.path}/revisions/{number}>", f'rel="{rel}"', f'datetime="{date}"']


def timemap(place: Place, found: TimeMap, *, after: int, limit: int) -> tuple[str, str | None]:
    """Return a TimeMap as link-format (RFC 6690), and the address of the next if there is one.

    It names its own period and, where it has no room for all mementos, another TimeMap and
    where that begins (RFC 7089, section 5.1.1).
    """
    numbers, instants = found.numbers[:limit], found.instants[:limit]
    is_last = len(found.numbers) <= limit
    following = None if is_last else address(place, cursor=numbers[-1])
    period = (("from", instants[:1]), ("until", instants[-1:]))
    links = [[f"<{place.path}>", 'rel="original timegate"']]
    links.append(to_timemap(address(place), "self", *period))
    if following:
        start = ("from", found.instants[limit:])
        links.append(to_timemap(following, "timemap next", start))
    for number, instant in zip(numbers, instants, strict=True):
        first = ["first"] if not after and number == numbers[0] else []
        last = ["last"] if is_last and number == numbers[-1] else []
        links.append(memento(place, number, instant, first + last))
    return ",\n".join(map(";".join, links)) + "\n", following


def to_timemap(target: str, rel: str, *dates: tuple[str, Sequence[datetime]]) -> list[str]:
    """Return the parts of a link to a TimeMap; a date that there is none of is left out."""
    named = [f'{name}="{http_date(instants[0])}"' for name, instants in dates if instants]
    return [f"<{target}>", f'rel="{rel}"', f'type="{LINK_FORMAT}"', *named]


def address(place: Place, **changed: int) -> str:
    """Return the address of the TimeMap that is asked for, or of another one."""
    kept = {name: request.args[name] for name in ("limit", "cursor") if name in request.args}
    return f"{place.path}/revisions?{urlencode({'format': 'link'} | kept | changed)}"


@contextmanager
def ways_left(place: Place, caller: Caller) -> Generator[None]:
    """Add to a refusal the ways to what there was, unless it is gone with all that there was.

    RFC 7089, sections 4.5.2 and 4.5.5: the record was deleted, or it was at the instant.
    """
    try:
        yield
    except (Gone, Purged, Withheld) as problem:
        if caller.reader.keyed or "Memento-Datetime" in problem.headers:
            problem.headers |= {"Link": ways(place), "Vary": VARY}
        raise


def located(place: Place, number: int) -> str:
    """Return the address of what an answer shows of a revision: all of it, or some fields."""
    fields = request.args.get("fields")
    query = f"?{urlencode({'fields': fields})}" if fields else ""
    return f"{place.path}/revisions/{number}{query}"
