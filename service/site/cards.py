"""How other sites show a card: the lines to paste, and the answer of oEmbed that has them."""

import re
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from service.documents.values import JsonObject
from service.documents.xml import clean
from service.records.place import Place
from service.site.rendering import Site

WIDTH: Final = 600
HEIGHT: Final = 360
"""Pixels of a card before it says how high it is, or where no script runs."""

KEPT: Final = 300
"""Seconds for which others may keep what they were told of a card."""

PATH: Final = re.compile("/(?:v1|embed)/verdicts/([A-Za-z0-9][A-Za-z0-9._~-]{0,99})/?")


def named(url: str, base: str) -> str | None:
    """Return the id of the verdict whose page or card an address is here, None for another."""
    try:
        asked, here = urlsplit(url), urlsplit(base)
    except ValueError:
        return None
    found = PATH.fullmatch(asked.path)
    same = asked.scheme in {"http", "https"} and asked.netloc.lower() == here.netloc.lower()
    return found[1] if found and same else None


def snippet(site: Site, place: Place, title: str, width: int, height: int) -> str:
    """Return the lines that show the card of a verdict, as high as it is where scripts run."""
    frame = (
        '<iframe class="factcheck-card" src="{base}/embed/verdicts/{id}" title="{title}"'
        ' width="{width}" height="{height}" loading="lazy" frameborder="0"></iframe>'
        '<script async src="{base}/assets/embed.js"></script>'
    )
    return Markup(frame).format(  # noqa: S704 -- the frame is ours, what goes into it is escaped
        base=site.base, id=place.id, title=title, width=width, height=height
    )


def described(site: Site, place: Place, verdict: JsonObject, most: tuple[int, int]) -> JsonObject:
    """Return the answer of oEmbed 1.0 (section 2.3.4) for a verdict, within the given pixels."""
    width, height = min(WIDTH, most[0]), min(HEIGHT, most[1])
    title = str(verdict.get("title") or f"Fact check: {verdict['id']}")
    authors = verdict.get("authors")
    names = ", ".join(map(str, authors)) if isinstance(authors, list) else ""
    named: JsonObject = {"author_name": names} if names else {}
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        **named,
        "provider_name": site.name,
        "provider_url": f"{site.base}/",
        "cache_age": KEPT,
        "html": str(snippet(site, place, title, width, height)),
        "width": width,
        "height": height,
    }


def as_xml(answer: JsonObject) -> str:
    """Return the answer of oEmbed as XML; characters that it cannot write are left out."""
    members = "".join(
        Markup("<{0}>{1}</{0}>").format(name, clean(str(value), ""))
        for name, value in answer.items()
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{members}</oembed>\n'
