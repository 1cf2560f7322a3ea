"""JSON Pointers (RFC 6901): the address of a value inside a document."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from service.documents.values import JsonObject, JsonValue, equal

Path = tuple[str | int, ...]

_INDEX = re.compile("0|[1-9][0-9]{0,8}")
_BAD_ESCAPE = re.compile("~(?![01])")
_FRAGMENT_SAFE = "/~!$&'()*+,;=:@?"
_SHOWN = 80


class PointerError(ValueError):
    """The text is not a JSON Pointer, or names nothing in the document; the message says why."""


def parse(text: str) -> tuple[str, ...]:
    """Return the unescaped tokens; the empty pointer, the whole document, has none.

    Raises `PointerError` for anything but RFC 6901, section 3.
    """
    if not text:
        return ()
    if not text.startswith("/"):
        message = f"{shown(text)} is not a JSON Pointer: it starts with / or is empty"
        raise PointerError(message)
    if _BAD_ESCAPE.search(text):
        message = f"{shown(text)} is not a JSON Pointer: write ~ as ~0 and / in a name as ~1"
        raise PointerError(message)
    return tuple(unescape(token) for token in text[1:].split("/"))


def escape(token: str) -> str:
    """Return the token as it stands between slashes: ``~`` is ``~0`` and ``/`` is ``~1``."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """Undo `escape`."""
    return token.replace("~1", "/").replace("~0", "~")


def pointer(path: Iterable[str | int]) -> str:
    """Return the pointer to a path of names and indices: ``/evidence/0/source_id``."""
    return "".join("/" + escape(str(token)) for token in path)


def fragment(path: Iterable[str | int]) -> str:
    """Return the pointer as a URI fragment (RFC 6901, section 6): ``#/evidence/0/source_id``."""
    return "#" + quote(pointer(path), safe=_FRAGMENT_SAFE)


def resolve(document: JsonValue, text: str) -> JsonValue:
    """Return the value that the pointer names; raises `PointerError` when there is none."""
    value = document
    tokens = parse(text)
    for depth in range(len(tokens)):
        value = child(value, tokens, depth)
    return value


def child(parent: JsonValue, tokens: tuple[str, ...], depth: int) -> JsonValue:
    """Return what ``tokens[depth]`` names in the value at ``tokens[:depth]``.

    Raises `PointerError`, which names the place and what is there instead.
    """
    token = tokens[depth]
    if isinstance(parent, dict) and token in parent:
        return parent[token]
    if isinstance(parent, list):
        position = index(token)
        if position is not None and position < len(parent):
            return parent[position]
    raise missing(parent, tokens, depth)


def missing(parent: JsonValue, tokens: tuple[str, ...], depth: int) -> PointerError:
    """Make the error that says what is in the value at ``tokens[:depth]`` instead."""
    place, above = (shown(pointer(tokens[:end])) for end in (depth + 1, depth))
    return PointerError(f"{place} does not exist: {above or 'the document'} {_contents(parent)}")


def index(token: str) -> int | None:
    """Return the array index that a token is, or None: digits without a leading zero."""
    return int(token) if _INDEX.fullmatch(token) else None


def changed(before: JsonValue, after: JsonValue) -> list[str]:
    """Return the fewest pointers under which everything lies that differs.

    Members are compared by name. Items are compared one by one when the arrays are
    equally long or one begins with the other; else the array itself is named.
    """
    return [pointer(path) for path in _changed(before, after, ())]


def shown(text: str) -> str:
    """Return the text, cut to fit a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _contents(value: JsonValue) -> str:
    """Say what a value holds, for the reader of an error."""
    if isinstance(value, list):
        return f"has {len(value)} item{'' if len(value) == 1 else 's'}, counted from 0"
    if isinstance(value, dict):
        return f"has {shown(', '.join(value)) or 'no members'}"
    return "is neither an object nor an array"


def _changed(before: JsonValue, after: JsonValue, path: Path) -> Iterator[Path]:
    if equal(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _changed_members(before, after, path)
    elif isinstance(before, list) and isinstance(after, list) and _comparable(before, after):
        common = min(len(before), len(after))
        for position in range(common):
            yield from _changed(before[position], after[position], (*path, position))
        for position in range(common, max(len(before), len(after))):
            yield (*path, position)
    else:
        yield path


def _changed_members(before: JsonObject, after: JsonObject, path: Path) -> Iterator[Path]:
    for name, member in before.items():
        if name in after:
            yield from _changed(member, after[name], (*path, name))
        else:
            yield (*path, name)
    for name in after:
        if name not in before:
            yield (*path, name)


def _comparable(before: list[JsonValue], after: list[JsonValue]) -> bool:
    return len(before) == len(after) or all(map(equal, before, after))
