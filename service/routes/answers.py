"""Answers: bytes, validators and links; nothing is decided here."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain

import orjson
from flask import Response, request

from service.documents.instants import http_date
from service.documents.trimming import trim
from service.errors import NotAcceptable, Problem
from service.records.outcome import Outcome
from service.records.people import Caller
from service.records.place import Place
from service.records.rows import Found, Revision
from service.routes import mementos
from service.routes.bodies import JSON
from service.routes.conditions import last_modified, not_modified

PROBLEM = "application/problem+json"

REPLAYED = {"Idempotency-Replayed": "true"}

MAX_AGE = 300
"""Seconds for which caches may keep a revision: a purge reaches them within that time."""


def acceptable(*offered: str) -> str:
    """Return the media type to answer with; raises `NotAcceptable` if the client takes none."""
    best = preferred(*offered)
    if best is None:
        raise NotAcceptable(f"This address gives {', '.join(offered)}.")
    return best


def preferred(*offered: str) -> str | None:
    """Return the media type that the client likes best, None if it takes none."""
    # What nearly all programs send: to weigh it takes 20 µs where there are four to choose from.
    if request.headers.get("Accept") in {None, "*/*", offered[0]}:
        return offered[0]
    return request.accept_mimetypes.best_match(offered) if request.accept_mimetypes else offered[0]


def json(body: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer of JSON text; it ends its line, for the sake of terminals."""
    return Response(f"{body}\n", status, headers, content_type=JSON)


def empty(status: int, headers: Mapping[str, str]) -> Response:
    """Return an answer without a body, and without the media type of one."""
    response = Response(status=status, headers=headers)
    del response.headers["Content-Type"]
    return response


def trimmed(text: str, fields: list[str] | None) -> str:
    """Return a record's text, only with the fields wanted, if any are named."""
    return orjson.dumps(trim(orjson.loads(text), fields)).decode() if fields else text


def record(
    place: Place,
    found: Found,
    caller: Caller,
    fields: list[str] | None,
    headers: Mapping[str, str],
) -> Response:
    """Return a record, perhaps trimmed and expanded, with validators and the ways to its past.

    The ETag is the revision number; that of an expansion also tells, in 8 hex
    digits, the other records that went into it: as these may change alone, it has no
    `Last-Modified`.
    """
    body, etag = trimmed(str(found.text), fields), str(found.revision)
    if fields:
        etag += "-" + hashlib.sha256(",".join(fields).encode()).hexdigest()[:8]
    if found.expanded:
        body = f'{body[:-1]}{"" if body == "{}" else ","}"expanded":{found.expanded}}}'
        etag += "-expand-" + hashlib.sha256(found.expanded.encode()).hexdigest()[:8]
    known = {"Link": mementos.ways(place), "Vary": mementos.VARY, **headers}
    modified = None if found.expanded else found.recorded_at
    return readable(body, caller, f'"{etag}"', modified, known)


def memento(place: Place, found: Found, caller: Caller, *, settled: bool) -> dict[str, str]:
    """Return the headers of an answer that tells how a record read at an instant."""
    return {
        "Content-Location": mementos.located(place, found.revision),
        "Memento-Datetime": http_date(found.recorded_at),
        "Cache-Control": kept(caller) if settled else "no-store",
    }


def revision(
    place: Place,
    number: int,
    row: Revision,
    caller: Caller,
    fields: list[str] | None,
) -> Response:
    """Return a record as it read in one revision, with its digest and its neighbours.

    It is a memento of the record (RFC 7089). What the public may see caches keep for
    `MAX_AGE`; the rest is private.
    """
    body = trimmed(str(row.text), fields)
    trimming = "-" + hashlib.sha256(",".join(fields).encode()).hexdigest()[:8] if fields else ""
    modified = row.recorded_then or row.recorded_at
    headers = {
        "Link": mementos.ways_between(place, number, row),
        "Memento-Datetime": http_date(modified),
        "Repr-Digest": digest(body),
        "Cache-Control": kept(caller),
    }
    return readable(body, caller, f'"{number}{trimming}"', modified, headers)


def difference(body: str, media_type: str, caller: Caller) -> Response:
    """Return what differs between two revisions; it stays so as long as they do."""
    headers = {"Vary": "Authorization, Accept", "Cache-Control": kept(caller)}
    return Response(body, headers=headers, content_type=media_type)


def kept(caller: Caller) -> str:
    """Return how long caches may keep what no later write changes, and whose they are."""
    return f"{'private' if caller.key_name else 'public'}, max-age={MAX_AGE}"


def checked(caller: Caller) -> str:
    """Return that caches ask each time whether what they have still holds, and whose they are."""
    return f"{'private' if caller.key_name else 'public'}, no-cache"


def readable(
    body: str, caller: Caller, etag: str, modified: datetime | None, headers: Mapping[str, str]
) -> Response:
    """Return a representation with its validators, or 304 if the client has it already."""
    found = {
        "ETag": etag,
        **({} if modified is None else {"Last-Modified": last_modified(modified)}),
        "Vary": "Authorization, Accept",
        "Cache-Control": checked(caller),
        **headers,
    }
    if not_modified(etag, modified):
        return empty(304, found)
    return json(body, headers=found)


def written(done: tuple[Outcome, bool], beside: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a write: the record, or with ``Prefer: return=minimal`` no body.

    The second of `done` tells that the request was done before; the answer is the same, but for
    the headers `beside`.
    """
    outcome, replayed = done
    path, row, new = outcome.place.path, outcome.row, outcome.new
    headers = {
        "ETag": f'"{row.revision}"',
        # Unlike that of a read it is the same whenever the answer is given.
        "Last-Modified": http_date(row.recorded_at),
        "Content-Location": path,
        "Vary": "Authorization, Accept",
        "Cache-Control": "no-store",
        **(REPLAYED if replayed else {}),
        **(beside or {}),
    }
    if new:
        headers["Location"] = path
    if "return=minimal" not in request.headers.get("Prefer", "").replace(" ", "").split(","):
        return json(row.text, 201 if new else 200, headers)
    headers["Preference-Applied"] = "return=minimal"
    return empty(201 if new else 204, headers)


def deleted(done: tuple[Outcome, bool]) -> Response:
    """Return the answer to a deletion, which names the tombstone."""
    outcome, replayed = done
    headers = {"ETag": f'"{outcome.row.revision}"', "Cache-Control": "no-store"}
    return empty(204, headers | (REPLAYED if replayed else {}))


def digest(body: str) -> str:
    """Return the value of `Repr-Digest` (RFC 9530) for JSON text."""
    sha256 = base64.b64encode(hashlib.sha256(f"{body}\n".encode()).digest()).decode()
    return f"sha-256=:{sha256}:"


def table(rows: Iterator[str], name: str) -> Response:
    """Return rows of CSV, which a browser keeps as a file of this name."""
    headers = {
        "Vary": "Authorization, Accept",
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    whole = chain([next(rows)], rows)
    return Response(whole, headers=headers, content_type="text/csv; charset=utf-8; header=present")


def problem(found: Problem, instance: str) -> Response:
    """Return a problem as RFC 9457 has it."""
    headers = {"Cache-Control": "no-store", "Vary": "Authorization, Accept", **found.headers}
    body = orjson.dumps(found.as_dict(instance), option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, found.status, headers, content_type=PROBLEM)
