"""Saved pages: the JSON-LD in their scripts.

Only scripts and comments are told apart from the rest, and each character is looked at once: the
html.parser of Python 3.11 takes 14 s for 40 kB of `<a `, four times that for twice as much, and
raises `AssertionError` on `<![<![`.
"""

import html
import re
from collections.abc import Iterator

_PLACE = re.compile(r"<!--|<script\b", re.IGNORECASE)
_TAG = re.compile(
    r"(?:[^>\"'=]++|=\s{0,9}(?:\"[^\"]*+\"|'[^']*+')|[\"'=])*+>",
)
"""The rest of a tag: what a quoted value has in it does not end it."""

_LONGEST_TAG = 2000
_END = re.compile(r"</script", re.IGNORECASE)
_LD_JSON = re.compile(r"type\s{0,9}=\s{0,9}[\"']?\s{0,9}application/ld\+json", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_CANONICAL = re.compile(r"rel\s{0,9}=\s{0,9}[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(r"href\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})')", re.IGNORECASE)


def scripts(page: str) -> Iterator[tuple[int, str]]:
    """Yield each script of JSON-LD with the line on which it begins."""
    place, line, counted = 0, 1, 0
    while found := _PLACE.search(page, place):
        if found[0] == "<!--":
            place = page.find("-->", found.end())
            if place < 0:
                return
            continue
        tag = _TAG.match(page, found.end(), found.end() + _LONGEST_TAG)
        begin = tag.end() - 1 if tag else page.find(">", found.end())
        if begin < 0:
            return
        end = _END.search(page, begin)
        stop = end.start() if end else len(page)
        if _LD_JSON.search(html.unescape(page[found.end() : begin][:4000])):
            line += page.count("\n", counted, begin)
            counted = begin
            yield line, page[begin + 1 : stop]
        place = end.end() if end else len(page)


def canonical(page: str) -> str | None:
    """Return the address that a page says is its own."""
    for link in _LINK.finditer(page):
        if _CANONICAL.search(link[0]) and (found := _HREF.search(link[0])):
            return html.unescape(found[1] or found[2])
    return None
