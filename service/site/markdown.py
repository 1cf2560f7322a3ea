"""Markdown as HTML that can do nothing: no tags of its own, no pictures, links to the web alone."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

RULES: Final = "nofollow ugc noopener noreferrer"
"""What a link in a text of somebody says of itself: we do not vouch for where it leads."""

MARKS: Final = "[]`*_~<&\\|!\n"
"""What makes a text dear to read: 200,000 brackets take 5 s."""

MOST: Final = 20_000
"""Marks of a text that is read as Markdown, in a second at the most; an article has hundreds."""

_HARMLESS: Final = re.compile("(https?://|mailto:)", re.IGNORECASE)
_LOWER: Final = 2
"""Levels by which headings of a text stand below those of its page."""


def harmless(address: str) -> bool:
    """Tell whether a link may lead there: to the web or to a letter box."""
    return bool(_HARMLESS.match(address.strip()))


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    made.enable(["table", "strikethrough"])
    made.disable(["image", "html_block", "html_inline"])
    made.validateLink = harmless  # pyright: ignore[reportAttributeAccessIssue]
    return made


_PARSER: Final = _parser()


def markdown(text: object) -> Markup:
    """Return a text as HTML; whatever is HTML in it stays to be read as it was written.

    So does the whole of a text with more marks than `MOST`.
    """
    written = str(text or "")
    if sum(map(written.count, MARKS)) > MOST:
        return Markup('<p class="long">{}</p>').format(written)
    tokens = _PARSER.parse(written)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + _LOWER)}"
        _mark(token)
        for child in token.children or ():
            _mark(child)
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))  # noqa: S704 -- escaped by it


def _mark(token: Token) -> None:
    """Say of a link that it is not ours, and of cells how they stand without inline styles."""
    if token.type == "link_open":
        token.attrSet("rel", RULES)
    _ = token.attrs.pop("style", None)
