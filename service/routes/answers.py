"""Answers: bytes, validators and links; nothing is decided here."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from urllib.parse import urlencode

import orjson
from flask import Response, request
from werkzeug.http import http_date

from service.documents.trimming import trim
from service.errors import NotAcceptable, Problem
from service.records.outcome import Outcome
from service.records.people import Caller
from service.records.place import Place
from service.records.rows import Found, HistoryPage, Page, Revision
from service.routes.bodies import JSON, NDJSON
from service.routes.conditions import last_modified, not_modified

PROBLEM = "application/problem+json"

REPLAYED = {"Idempotency-Replayed": "true"}

MAX_AGE = 300
"""Seconds for which caches may keep a revision: a purge reaches them within that time."""


def acceptable(*offered: str) -> str:
    """Return the media type to answer with; raises `NotAcceptable` if the client takes none."""
    best = request.accept_mimetypes.best_match(offered) if request.accept_mimetypes else offered[0]
    if best is None:
        raise NotAcceptable(f"This address gives {', '.join(offered)}.")
    return best


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
    """Return a record, perhaps trimmed and expanded, with validators and version links.

    The ETag is the revision number; that of an expansion also tells, in 8 hex
    digits, the other records that went into it.
    """
    body, etag = trimmed(str(found.text), fields), str(found.revision)
    if fields:
        etag += "-" + hashlib.sha256(",".join(fields).encode()).hexdigest()[:8]
    if found.expanded:
        body = f'{body[:-1]}{"" if body == "{}" else ","}"expanded":{found.expanded}}}'
        etag += "-expand-" + hashlib.sha256(found.expanded.encode()).hexdigest()[:8]
    link = f'<{place.path}/revisions>; rel="version-history"'
    return readable(body, caller, f'"{etag}"', found.recorded_at, {"Link": link, **headers})


def memento(place: Place, found: Found, caller: Caller, *, settled: bool) -> dict[str, str]:
    """Return the headers of an answer that tells how a record read at an instant."""
    return {
        "Content-Location": f"{place.path}/revisions/{found.revision}",
        "Memento-Datetime": http_date(found.recorded_at),
        "Cache-Control": kept(caller) if settled else "no-store",
    }


def page(found: Page, following: str | None, fields: list[str] | None) -> Response:
    """Return a page of a list, with the link to the next."""
    items = found.items
    if fields:
        trimmed_items = [trim(item, fields) for item in orjson.loads(items)]
        items = orjson.dumps(trimmed_items).decode()
    members = [f'"items":{items}', f'"next":{orjson.dumps(following).decode()}']
    if found.total is not None:
        members.append(f'"total":{found.total}')
    if found.expanded:
        members.append(f'"expanded":{found.expanded}')
    return listed("{" + ",".join(members) + "}", following)


def history(found: HistoryPage, fields: list[str] | None) -> Response:
    """Return a page of a record's revisions, with the link to the next."""
    items = found.text
    if fields:
        items = orjson.dumps([trim(item, fields) for item in orjson.loads(items)]).decode()
    following = next_page(None if found.after is None else str(found.after))
    return listed(f'{{"items":{items},"next":{orjson.dumps(following).decode()}}}', following)


def revision(
    place: Place,
    number: int,
    row: Revision,
    caller: Caller,
    fields: list[str] | None,
) -> Response:
    """Return a record as it read in one revision, with its digest and its neighbours.

    What the public may see caches keep for `MAX_AGE`; the rest is private.
    """
    body, path = trimmed(str(row.text), fields), place.path
    around = {"predecessor-version": row.before, "successor-version": row.after}
    links = [f'<{path}/revisions>; rel="version-history"', f'<{path}>; rel="latest-version"']
    links += [f'<{path}/revisions/{n}>; rel="{rel}"' for rel, n in around.items() if n]
    trimming = "-" + hashlib.sha256(",".join(fields).encode()).hexdigest()[:8] if fields else ""
    headers = {
        "Link": ", ".join(links),
        "Repr-Digest": digest(body),
        "Cache-Control": kept(caller),
    }
    modified = row.recorded_then or row.recorded_at
    return readable(body, caller, f'"{number}{trimming}"', modified, headers)


def difference(body: str, media_type: str, caller: Caller) -> Response:
    """Return what differs between two revisions; it stays so as long as they do."""
    headers = {"Vary": "Authorization, Accept", "Cache-Control": kept(caller)}
    return Response(body, headers=headers, content_type=media_type)


def kept(caller: Caller) -> str:
    """Return how long caches may keep what no later write changes, and whose they are."""
    return f"{'private' if caller.key_name else 'public'}, max-age={MAX_AGE}"


def listed(body: str, following: str | None) -> Response:
    """Return the text of a page; pages are made anew each time."""
    headers = {"Vary": "Authorization, Accept", "Cache-Control": "no-store"}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    return json(body, headers=headers)


def readable(
    body: str, caller: Caller, etag: str, modified: datetime, headers: Mapping[str, str]
) -> Response:
    """Return a representation with its validators, or 304 if the client has it already."""
    scope = "private" if caller.key_name else "public"
    found = {
        "ETag": etag,
        "Last-Modified": last_modified(modified),
        "Vary": "Authorization, Accept",
        "Cache-Control": f"{scope}, no-cache",
        **headers,
    }
    if not_modified(etag, modified):
        return empty(304, found)
    return json(body, headers=found)


def written(done: tuple[Outcome, bool]) -> Response:
    """Return the answer to a write: the record, or with ``Prefer: return=minimal`` no body.

    The second of `done` tells that the request was done before; the answer is the same.
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


def lines(items: Iterable[str], following: str | None) -> Response:
    """Return a page as NDJSON; its link to the next is in the header alone."""
    response = listed("", following)
    response.set_data("".join(f"{item}\n" for item in items))
    response.headers["Content-Type"] = NDJSON
    return response


def table(rows: Iterator[str], name: str) -> Response:
    """Return rows of CSV, which a browser keeps as a file of this name."""
    headers = {
        "Vary": "Authorization, Accept",
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    whole = chain([next(rows)], rows)
    return Response(whole, headers=headers, content_type="text/csv; charset=utf-8; header=present")


def next_page(cursor: str | None, name: str = "cursor") -> str | None:
    """Return the path of the next page: this request's own query with another cursor."""
    if cursor is None:
        return None
    query = [(other, value) for other, value in request.args.items() if other != name]
    return f"{request.path}?{urlencode([*query, (name, cursor)])}"


def problem(found: Problem, instance: str) -> Response:
    """Return a problem as RFC 9457 has it."""
    headers = {"Cache-Control": "no-store", "Vary": "Authorization, Accept", **found.headers}
    body = orjson.dumps(found.as_dict(instance), option=orjson.OPT_APPEND_NEWLINE)
    return Response(body, found.status, headers, content_type=PROBLEM)
