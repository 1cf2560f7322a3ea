"""The rules of RFC 4287 and RFC 5005, as far as a document can show that it keeps them."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

NAMESPACE: Final = "{http://www.w3.org/2005/Atom}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
UNFIT: Final = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')

OF_FEEDS: Final = {
    "once": ("id", "title", "updated"),
    "at most once": ("generator", "icon", "logo", "rights", "subtitle"),
    "any": ("author", "category", "contributor", "link", "entry"),
}
OF_ENTRIES: Final = {
    "once": ("id", "title", "updated"),
    "at most once": ("content", "published", "rights", "source", "summary"),
    "any": ("author", "category", "contributor", "link"),
}


def parsed(text: str) -> Element:
    """Return a feed as an XML processor reads it."""
    return ET.fromstring(text)  # noqa: S314 -- what we have written ourselves


def entries(feed: Element) -> list[Element]:
    """Return the entries of a feed."""
    return feed.findall(f"{NAMESPACE}entry")


def text(element: Element, name: str) -> str | None:
    """Return what a child of an element says."""
    return element.findtext(f"{NAMESPACE}{name}")


def links(element: Element, rel: str) -> list[str]:
    """Return where the links of a relation lead."""
    found = element.findall(f"{NAMESPACE}link")
    return [one.attrib["href"] for one in found if one.get("rel", "alternate") == rel]


def terms(entry: Element) -> list[str]:
    """Return the terms of the categories of an entry."""
    return [one.attrib["term"] for one in entry.findall(f"{NAMESPACE}category")]


def flaws(feed: Element) -> list[str]:
    """Return which rules a feed breaks."""
    return [*_of_feed(feed), *(flaw for entry in entries(feed) for flaw in _of_entry(entry))]


def _of_feed(feed: Element) -> Iterator[str]:
    if feed.tag != f"{NAMESPACE}feed":
        yield f"the document is no feed but {feed.tag}"
    yield from _children(feed, OF_FEEDS)
    ids = [text(entry, "id") for entry in entries(feed)]
    if len(set(ids)) < len(ids):
        yield "two entries have the same id"
    if len(links(feed, "self")) != 1:
        yield "a feed has one link to itself"
    if len(links(feed, "next")) > 1:
        yield "a page has at most one that follows"
    if feed.find(f"{NAMESPACE}author") is None and not all(
        entry.find(f"{NAMESPACE}author") is not None for entry in entries(feed)
    ):
        yield "neither the feed nor each of its entries has an author"


def _of_entry(entry: Element) -> Iterator[str]:
    yield from _children(entry, OF_ENTRIES)
    if entry.find(f"{NAMESPACE}content") is None and not links(entry, "alternate"):
        yield "an entry without content has no alternate link"


def _children(element: Element, rules: dict[str, tuple[str, ...]]) -> Iterator[str]:
    names = [child.tag.removeprefix(NAMESPACE) for child in element]
    for name in names:
        if not any(name in known for known in rules.values()):
            yield f"{name} does not stand here"
    for name in (*rules["once"], *rules["at most once"]):
        if names.count(name) > 1 or (name in rules["once"] and name not in names):
            yield f"{name} stands here {names.count(name)} times"
    alternates = [
        (one.get("type"), one.get("hreflang"))
        for one in element.findall(f"{NAMESPACE}link")
        if one.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternates)) < len(alternates):
        yield "two alternate links are of the same type and language"
    for child in element:
        yield from _values(child)


def _values(child: Element) -> Iterator[str]:
    """Yield what is wrong with the values of an element (sections 3.1 to 3.3 and 4.2)."""
    name, value = child.tag.removeprefix(NAMESPACE), child.text or ""
    if name in {"updated", "published"} and not DATE.fullmatch(value):
        yield f"{name} is no date of RFC 3339: {value}"
    if name in {"id", "logo", "icon"} and not _is_absolute(value):
        yield f"{name} is no absolute IRI: {value}"
    if name == "link" and not _is_absolute(child.get("href", "")):
        yield f"a link does not lead to an absolute IRI: {child.get('href')}"
    if name == "author" and not child.findtext(f"{NAMESPACE}name"):
        yield "an author has no name"
    if name == "category" and not child.get("term"):
        yield "a category has no term"
    if child.get("type", "text") not in {"text", "html", "xhtml"} and name != "link":
        yield f"{name} is of an unknown type"


def _is_absolute(address: str) -> bool:
    found = urlsplit(address)
    return bool(found.scheme and found.netloc) and not UNFIT.search(address)
