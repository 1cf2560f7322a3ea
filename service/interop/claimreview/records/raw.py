"""The raw item, as far as it can be kept on the verdict that was made of it."""

import hashlib
import json
from typing import Final

from schemas import bounds
from schemas.free import walk
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.values.texts import joined

_HALF: Final = bounds.RAW_BYTES // 2 - 16
"""Bytes of a text that fit for certain, however many of them JSON escapes."""


def origin(node: Node, url: str | None) -> JsonObject:
    """Return where a verdict comes from: the address, the item, and the hash of the item."""
    made: JsonObject = {} if url is None else {"url": url}
    value = storable(node.value) if _depth(node.value) <= bounds.DEPTH else None
    text = _text(node.value if value is None else value)
    if text is None:
        node.note("raw-cut", found=node.value)
        return made
    raw = text.encode("utf-8", "ignore")
    made["sha256"] = hashlib.sha256(raw).hexdigest()
    if value is None or len(raw) > bounds.RAW_BYTES:
        value = joined(raw[:_HALF].decode("utf-8", "ignore"))
        node.note("raw-cut", found=f"{len(raw)} bytes", made=f"{len(value.encode())} bytes")
    return made | {"raw": value}


def storable(value: JsonValue) -> JsonValue:
    """Return a value without what no database keeps: U+0000 and halves of characters."""
    if isinstance(value, str):
        return joined(value).replace("\0", "")
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {joined(name).replace("\0", ""): storable(one) for name, one in value.items()}
    if isinstance(value, int | float) and not abs(value) <= bounds.INTEGER:
        return str(value)
    return value


def _depth(value: JsonValue) -> int:
    return max((deep for one, deep in walk(value) if isinstance(one, dict | list)), default=0)


def _text(value: JsonValue) -> str | None:
    """Return the JSON of a value, None for one that is nested too deep to be written."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    except (RecursionError, ValueError):
        return None
