"""Texts as people wrote them, out of what their systems made of them."""

import re
from typing import Final

from service.interop.claimreview.reading.mending import without_entities
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.values import languages

SLACK: Final = 4
"""How much longer than its field a text may be and still be looked through to its end."""

_LEVELS = 3
_UNSAID = re.compile(
    r"<(?:script|style)\b[^<>]*>.*?</(?:script|style)\b[^<>]*>?", re.IGNORECASE | re.DOTALL
)
_UNSAID_END = re.compile(r"</(?:script|style)\b[^<>]*>?", re.IGNORECASE)
_ITEM = re.compile(r"(?:\s{0,9}</?(?:li|ol|ul)\b[^<>]*>)+", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]"
    r"|head|hr|html|i|iframe|img|ins|label|li|link|mark|meta|noscript|object|ol|p|pre|q|s|script"
    r"|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|tr|u|ul|video)"
    r"\b[^<>]*>|<!--[^<>]*-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Control characters, those that turn the direction of what follows, and halves of characters."""
_BLANKS = " \t\xa0"
_GAP = re.compile(r"\n{3,}")


def read(node: Node | None, maximum: int, *, lines: bool = False) -> str | None:
    """Return the text of a value within its bound, None where there is none.

    With `lines` breaks stay; else the text comes to be one line. A list gives its first text,
    an object its name.
    """
    node = node.one() if node else None
    if node is None:
        return None
    if isinstance(node.value, bool):
        node.note("wrong-shape", found=node.value)
        return None
    if isinstance(node.value, int | float):
        text = f"{node.value}"[:maximum]
        node.note("number-for-text", found=node.value, made=text)
        return text
    if isinstance(node.value, str):
        return bounded(node, cleaned(node, node.value[: SLACK * maximum], lines=lines), maximum)
    return _inner(node, maximum, lines=lines)


def cleaned(node: Node, text: str, *, lines: bool = False) -> str:
    """Return a text without entities, tags and what cannot be seen; tell if that changed it."""
    found, text = text, joined(text)
    for _ in range(_LEVELS):
        text = _said(without_entities(text))
        text = _TAG.sub("", _BREAK.sub("\n", _ITEM.sub("\n", text)))
        if "&" not in text:
            break
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))
    text = _trimmed(text) if lines else " ".join(text.split())
    if text != found:
        node.note("text-mended", found=found, made=text)
    return text


def bounded(node: Node, text: str, maximum: int) -> str | None:
    """Return a text within its bound, None for an empty one; tell if it was cut."""
    whole = len(text) <= maximum and not _is_longer(node, maximum)
    if not whole:
        text = f"{text[: maximum - 1].rstrip()}…"
        node.note("shortened", found=f"{len(str(node.value))} characters", made=f"{len(text)}")
    return text or None


def joined(text: str) -> str:
    """Return a text whose halves of characters stand together again, where both are there."""
    if text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _trimmed(text: str) -> str:
    """Return a text whose lines neither begin nor end with blanks, with one empty line at most."""
    return _GAP.sub("\n\n", "\n".join(one.strip(_BLANKS) for one in text.split("\n"))).strip()


def _said(text: str) -> str:
    """Return a text without scripts and styles; behind the last end of one none is looked for."""
    ends = [one.end() for one in _UNSAID_END.finditer(text)]
    return _UNSAID.sub("", text[: ends[-1]]) + text[ends[-1] :] if ends else text


def _is_longer(node: Node, maximum: int) -> bool:
    return isinstance(node.value, str) and len(node.value) > SLACK * maximum


def _inner(node: Node, maximum: int, *, lines: bool) -> str | None:
    """Return the text that an object has for its name."""
    if key := languages.chosen(node.members or {}, node.scope.language):
        spoken = node.get(key)
        node.note("language-map", found=node.value, made=key)
        return read(spoken, maximum, lines=lines)
    inner = node.get("name", "text", "headline", "@id") if not node.deep else None
    found = read(inner, maximum, lines=lines) if inner else None
    node.note("object-for-text" if found else "wrong-shape", found=node.value, made=found)
    return found
