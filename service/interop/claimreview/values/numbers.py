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
_LONGEST = 60


def read(node: Node | None) -> tuple[float | None, float | None]:
    """Return a number, and the best of which it says that it is a part, if it does."""
    node = node.one() if node else None
    if node is None:
        return None, None
    value, best = _of(node)
    if value is None or abs(value) > bounds.INTEGER:
        node.note("number-unusable", found=node.value)
        return None, None
    if isinstance(node.value, str):
        made = value if best is None else f"{value:g} of {best:g}"
        node.note("number-mended", found=f'"{node.value}"', made=made)
    return value, best


def _of(node: Node) -> tuple[float | None, float | None]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return None, None
    if isinstance(value, int | float):
        return (None if value != value else value), None  # noqa: PLR0124 -- NaN is not itself
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None, None
    text = in_ascii(value)
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
