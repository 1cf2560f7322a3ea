"""Pages of what is listed: the items, and the way to the next page."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import orjson
from flask import Response, request

from service.documents.trimming import trim
from service.records.people import Caller
from service.records.rows import HistoryPage
from service.records.walking import Listed
from service.routes import mementos
from service.routes.answers import json, kept
from service.routes.bodies import NDJSON


def page(
    listed: Listed, caller: Caller, fields: list[str] | None, excerpts: str | None = None
) -> Response:
    """Return a page of a list, with the link to the next; caches keep that of a settled instant."""
    found, following = listed.page, next_page(listed.following)
    items = found.items
    if fields:
        trimmed_items = [trim(item, fields) for item in orjson.loads(items)]
        items = orjson.dumps(trimmed_items).decode()
    members = [f'"items":{items}', f'"next":{orjson.dumps(following).decode()}']
    if found.total is not None:
        members.append(f'"total":{found.total}')
    if found.expanded:
        members.append(f'"expanded":{found.expanded}')
    if excerpts:
        members.append(f'"excerpts":{excerpts}')
    return paged("{" + ",".join(members) + "}", following, caching(listed, caller))


def caching(listed: Listed, caller: Caller) -> str:
    """Return for how long a page may be kept: that of a settled instant for a while."""
    return kept(caller) if listed.settled else "no-store"


def history(found: HistoryPage, fields: list[str] | None) -> Response:
    """Return a page of a record's revisions, with the link to the next."""
    items = found.text
    if fields:
        items = orjson.dumps([trim(item, fields) for item in orjson.loads(items)]).decode()
    following = next_page(found.following)
    return paged(f'{{"items":{items},"next":{orjson.dumps(following).decode()}}}', following)


def members(items: Sequence[Mapping[str, object]], following: str | None) -> Response:
    """Return a page of objects, with the link to the next."""
    return paged(orjson.dumps({"items": items, "next": following}).decode(), following)


def lines(items: Iterable[str], following: str | None, caching: str = "no-store") -> Response:
    """Return a page as NDJSON; its link to the next is in the header alone."""
    response = paged("", following, caching)
    response.set_data("".join(f"{item}\n" for item in items))
    response.headers["Content-Type"] = NDJSON
    return response


def timemap(text: str, following: str | None) -> Response:
    """Return a record's revisions as link-format, with the link to the next TimeMap."""
    response = paged("", following)
    response.set_data(text)
    response.content_type = mementos.LINK_FORMAT
    return response


def paged(body: str, following: str | None, caching: str = "no-store") -> Response:
    """Return the text of a page."""
    headers = {"Vary": "Authorization, Accept", "Cache-Control": caching}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    return json(body, headers=headers)


def next_page(cursor: str | None, name: str = "cursor") -> str | None:
    """Return the path of the next page: this request's own query with another cursor."""
    if cursor is None:
        return None
    query = [(other, value) for other, value in request.args.items() if other != name]
    # As short as it may be: what was sent unescaped and fitted into a request is to fit again.
    return f"{request.path}?{urlencode([*query, (name, cursor)], safe='/:,')}"
