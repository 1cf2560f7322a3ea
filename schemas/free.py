"""JSON of any shape that is only kept: bounded in bytes and depth, with sound numbers."""

import json
from collections.abc import Iterator
from typing import Any, Unpack, cast

from schemas import bounds
from schemas.fields import Options, Single, refuse


class FreeObject(Single[dict[str, Any]]):
    """Take an object of whatever members, unseen."""

    def take(self, value: object) -> dict[str, Any]:
        """Return an object."""
        if not isinstance(value, dict):
            refuse("invalid", "expected an object (in JSON, braces around members)")
        return cast("dict[str, Any]", value)


class BoundedObject(FreeObject):
    """Take an object of whatever members, of at most `maximum` bytes as compact JSON."""

    def __init__(self, maximum: int, **options: Unpack[Options]) -> None:
        """Keep the bound."""
        super().__init__(**options)
        self.maximum = maximum

    def take(self, value: object) -> dict[str, Any]:
        """Return an object that can be kept."""
        members = super().take(value)
        check_kept(members, self.maximum)
        return members


class RawItem(Single[Any]):
    """Take an object, a list or a text as it was found, at most `maximum` bytes as JSON."""

    def __init__(self, maximum: int, **options: Unpack[Options]) -> None:
        """Keep the bound."""
        super().__init__(**options)
        self.maximum = maximum

    def take(self, value: object) -> object:
        """Return what can be kept and is no number, truth value or null."""
        if not isinstance(value, dict | list | str):
            refuse("invalid", "expected an object, a list or a text")
        kept = cast("object", value)
        check_kept(kept, self.maximum)
        return kept


def check_kept(value: object, maximum: int) -> None:
    """Refuse what is deeper than `bounds.DEPTH`, has unsound numbers or too many bytes."""
    for item, depth in walk(value):
        if depth > bounds.DEPTH and isinstance(item, dict | list):
            refuse("invalid", f"at most {bounds.DEPTH} levels inside one another")
        # JSON writers differ over numbers beyond these, and fail on NaN and infinity
        if isinstance(item, int | float) and not -bounds.INTEGER <= item <= bounds.INTEGER:
            refuse("out-of-range", f"a number is not within ±{bounds.INTEGER}; keep it as text")
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > maximum:
        refuse("too-long", f"at most {maximum} bytes as JSON, these are {size}")


def walk(value: object) -> Iterator[tuple[object, int]]:
    """Yield everything in a JSON value with its depth, however deep, without recursion."""
    waiting: list[tuple[object, int]] = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        if isinstance(item, dict):
            inside = cast("dict[str, object]", item)
            waiting += [(member, depth + 1) for member in inside.values()]
        elif isinstance(item, list):
            inside = cast("list[object]", item)
            waiting += [(member, depth + 1) for member in inside]
