"""Atom feeds as answers: what stands around the entries, and whether a reader has them already."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, request

from service.interop.atom.writing import Entry, Feed, Link, xml
from service.records.people import Caller
from service.routes import answers, context
from service.routes.conditions import has
from service.routes.forms import FORMS

OF_A_PAGE = ("cursor", "limit")
"""Parameters that tell one page of a feed from another."""


def here(*left_out: str, **changed: str) -> str:
    """Return the whole address of what is asked for, less some parameters, with others changed.

    The parameters are in the order of their names: in whatever order they came, it is the same.
    """
    kept = {name: value for name, value in request.args.items() if name not in left_out}
    query = urlencode(sorted({**kept, **changed}.items()))
    return context.newsroom().at(f"{request.path}?{query}" if query else request.path)


def page(title: str, entries: Sequence[Entry], following: str | None) -> Feed:
    """Return entries as a page of the feed that this address is, with the way to the next."""
    newsroom = context.newsroom()
    return Feed(
        id=here(*OF_A_PAGE, format="atom"),
        title=f"{title}: {newsroom.name}",
        author=newsroom.name,
        links=[
            Link(here(), "self", FORMS["atom"]),
            Link(here(format="json"), "alternate", FORMS["json"]),
        ],
        entries=entries,
        rights=newsroom.license,
        logo=newsroom.publisher.get("logo"),
        following=following and newsroom.at(following),
    )


def answer(feed: Feed, caller: Caller, kept: str | None, *, weak: bool = False) -> Response:
    """Return a feed, or 304 if the reader has it already; `kept` says how caches may keep it.

    The ETag is a hash of it. It is a weak one where the link to the next page may differ
    while all else is the same.
    """
    same = replace(feed, following="next") if weak and feed.following else feed
    text = xml(same)
    mark = hashlib.sha256(text.encode()).hexdigest()[:32]
    headers = {
        "ETag": f'"{mark}"',
        "Vary": "Authorization, Accept",
        "Cache-Control": kept or answers.checked(caller),
    }
    known = has(headers["ETag"])
    if weak:
        headers["ETag"] = f"W/{headers['ETag']}"
    if feed.following:
        path = feed.following.removeprefix(context.newsroom().base)
        headers["Link"] = f'<{path}>; rel="next"'
    if known:
        return answers.empty(304, headers)
    text = text if same is feed else xml(feed)
    return Response(text, headers=headers, content_type=f"{FORMS['atom']}; charset=utf-8")
