"""A feed as XML: what an entry and a feed consist of, and nothing that XML cannot hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from service.documents.xml import clean

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
ATOM: Final = "application/atom+xml"

NO_IRI: Final = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')
"""Characters that an address of ours may have and an IRI must not (RFC 3987, section 2.2)."""

EARLIEST: Final = "1970-01-01T00:00:00Z"
"""When a feed without entries was last changed: always the same, so that it stays the same."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where something leads, as what, and of which media type if that is known."""

    href: str
    rel: str = "alternate"
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """What kind of thing an entry is, for programs and for people."""

    term: str
    label: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `content` is HTML, the rest plain text, dates are of RFC 3339."""

    id: str
    title: str
    updated: str
    content: str
    links: Sequence[Link]
    published: str | None = None
    summary: str | None = None
    authors: Sequence[str] = ()
    categories: Sequence[Category] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or a page of one (RFC 5005); its author is that of entries that name none."""

    id: str
    title: str
    author: str
    links: Sequence[Link]
    entries: Sequence[Entry] = ()
    rights: str | None = None
    logo: str | None = None
    following: str | None = None
    """The address of the next page."""


def xml(feed: Feed) -> str:
    """Return a feed as XML."""
    root = Element("feed", {"xmlns": NAMESPACE})
    _text(root, "id", iri(feed.id))
    _text(root, "title", feed.title)
    _text(root, "updated", max((one.updated for one in feed.entries), default=EARLIEST))
    _author(root, feed.author)
    _text(root, "rights", feed.rights)
    _text(root, "logo", feed.logo and iri(feed.logo))
    _links(root, feed.links)
    if feed.following:
        _links(root, [Link(feed.following, "next", ATOM)])
    for one in feed.entries:
        _entry(SubElement(root, "entry"), one)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def iri(address: str) -> str:
    """Return an address with what an IRI cannot have in per cent."""
    return NO_IRI.sub(lambda found: quote(found[0], safe=""), clean(address))


def _entry(root: Element, entry: Entry) -> None:
    if entry.language:
        root.set("xml:lang", entry.language)
    _text(root, "id", iri(entry.id))
    _text(root, "title", entry.title)
    _text(root, "updated", entry.updated)
    _text(root, "published", entry.published)
    for name in entry.authors:
        _author(root, name)
    for one in entry.categories:
        known = {"term": one.term, "scheme": one.scheme and iri(one.scheme), "label": one.label}
        _ = SubElement(root, "category", {k: clean(v) for k, v in known.items() if v})
    _links(root, entry.links)
    _text(root, "summary", entry.summary)
    SubElement(root, "content", {"type": "html"}).text = clean(entry.content)


def _links(root: Element, links: Sequence[Link]) -> None:
    for one in links:
        known = {"rel": one.rel, "type": one.type, "href": iri(one.href)}
        _ = SubElement(root, "link", {k: v for k, v in known.items() if v})


def _author(root: Element, name: str) -> None:
    _text(SubElement(root, "author"), "name", name)


def _text(root: Element, name: str, text: str | None) -> None:
    if text is not None:
        SubElement(root, name).text = clean(text)
