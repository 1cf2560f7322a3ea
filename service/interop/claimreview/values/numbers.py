"""Numbers as reviews have them: plain, as texts, or as a fraction of the best."""

import re
import unicodedata

from schemas import bounds
from service.interop.claimreview.reading.nodes import Node

_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?")
_FRACTION = re.compile(
    r"([+-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?) ?(?:/|out of|of|von|de|sur|su) ?"
    r"([0-9]{1,15}(?:[.,][0-9]{1,10})?)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?P<number>[+-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?)\s{0,9}"
    r"(?:\((?P<label>[^()]{1,50})\)|(?:stars?|points?|sterne?|punkte?|estrellas?|[ée]toiles?|★+))",
    re.IGNORECASE,
)
"""A number with what it means, or of what it is so many."""

_LONGEST = 60


def read(node: Node | None) -> tuple[float | None, float | None]:
    """Return a number, and the best of which it says that it is a part, if it does."""
    node = node.one() if node else None
    if node is None:
        return None, None
    if node.members is not None and not node.deep and (inner := node.get("value")):
        node.note("number-mended", found=node.value, made=inner.value)
        return read(inner)
    value, best = _of(node)
    if value is None or abs(value) > bounds.INTEGER:
        node.note("number-unusable", found=node.value)
        return None, None
    if isinstance(node.value, str):
        made = value if best is None else f"{value:g} of {best:g}"
        node.note("number-mended", found=f'"{node.value}"', made=made)
    return value, best


def beside(node: Node | None) -> Node | None:
    """Return the label that stands in brackets after a number."""
    text = node.value if node else None
    found = _BESIDE.fullmatch(in_ascii(text)) if node and isinstance(text, str) else None
    label = found["label"] if found else None
    return Node(label, node.path, node.scope) if node and label else None


def _of(node: Node) -> tuple[float | None, float | None]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return None, None
    if isinstance(value, int | float):
        return (None if value != value else value), None  # noqa: PLR0124 -- NaN is not itself
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None, None
    text = in_ascii(value)
    if found := _BESIDE.fullmatch(text):
        text = found["number"]
    if _DECIMAL.fullmatch(text):
        return _number(text), None
    if found := _FRACTION.fullmatch(text):
        return _number(found[1]), _number(found[2])
    return None, None


def in_ascii(text: str) -> str:
    """Return a text with the digits of any script as those of ASCII."""
    normal = unicodedata.normalize("NFKC", text).strip()
    return "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in normal)


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    return int(number) if number == int(number) else number
