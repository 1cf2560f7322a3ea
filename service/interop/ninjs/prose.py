"""Prose out of HTML: what a reader would read, paragraph by paragraph."""

import html
import re
from collections.abc import Iterator
from typing import Final

PIECES: Final = re.compile(r"(<[a-z/!?][^<>]*>)", re.IGNORECASE)
"""A tag, and what lies between tags. No piece is looked at twice, however the text is broken."""

NAME: Final = re.compile(r"</?\s*([a-z0-9]+)", re.IGNORECASE)
INLINE: Final = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u", re.IGNORECASE
)
"""Elements that do not end a paragraph."""

UNSEEN: Final = frozenset(("script", "style"))
PARAGRAPH: Final = "\n\n"


def prose(markup: str) -> str:
    """Return the text of HTML, its paragraphs with an empty line between them."""
    text = html.unescape("".join(_seen(markup)))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return PARAGRAPH.join(part for part in paragraphs if part)


def line(markup: str) -> str:
    """Return the text of HTML in one line."""
    return " ".join(prose(markup).split())


def _seen(markup: str) -> Iterator[str]:
    """Yield what is between the tags, and a paragraph's end for a tag that makes one."""
    unseen = ""
    for place, piece in enumerate(PIECES.split(markup)):
        if place % 2 == 0:
            yield "" if unseen else piece
            continue
        found, closes = NAME.match(piece), piece.startswith("</")
        name = found[1].lower() if found else ""
        if unseen:
            unseen = "" if closes and name == unseen else unseen
        elif name in UNSEEN and not closes:
            unseen = name
        elif not INLINE.fullmatch(name):
            yield PARAGRAPH
