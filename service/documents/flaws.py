"""What is JSON by its grammar and yet cannot be kept, and where in a body it stands."""

import json
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar, cast

from service.documents.pointers import Path, fragment, shown
from service.documents.values import MAX_INTEGER, JsonValue
from service.errors import Fault

Number = TypeVar("Number")

_MOST_FAULTS = 20
_LONGEST_POINTER = 500
_CERTAIN_DIGITS = 15
_MOST_DIGITS = 17
_FIRST_EXPONENT = 1e21
"""From here on canonical JSON writes a number with an exponent (RFC 8785, section 3.2.2.3)."""


class Flaw(ValueError):  # noqa: N818 - as often a value as an exception
    """One thing that cannot be kept, in the words of a `Fault`."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep code and detail."""
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Members(list[tuple[str, object]]):
    """An object as it was written, names given twice included."""


def integer(literal: str) -> int:
    """Read an integer; raises `Flaw` beyond ±(2^53 - 1), where readers begin to round."""
    if len(literal) <= _CERTAIN_DIGITS:
        return int(literal)
    if len(literal) <= _MOST_DIGITS and -MAX_INTEGER <= int(literal) <= MAX_INTEGER:
        return int(literal)
    raise Flaw("out-of-range", _too_large(literal))


def decimal(literal: str) -> float:
    """Read a number with fraction or exponent; raises `Flaw` if it cannot come back as it was.

    That is one which overflows a double, and one between 2^53 and 10^21: canonical
    JSON writes those as plain integers, which `integer` would refuse to read again.
    """
    number = float(literal)
    size = abs(number)
    if size <= MAX_INTEGER or _FIRST_EXPONENT <= size < math.inf:
        return number
    raise Flaw("out-of-range", _too_large(literal))


def constant(literal: str) -> float:
    """Refuse NaN, Infinity and -Infinity; raises `Flaw`, always."""
    raise Flaw("invalid", f"{literal} is not JSON; leave the member out or send a text")


def members(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Make an object; raises `Flaw` if a name is given twice."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Flaw("given-twice", "A name is given twice")
    return made


def find(text: str) -> list[Fault]:
    """Return the first 20 faults of a text that follows the grammar, each with its pointer.

    Slow and thorough: for texts already known or suspected to have one.
    """
    return list(islice(_faults(_EVERYTHING.decode(text), ()), _MOST_FAULTS))


def _too_large(literal: str) -> str:
    return (
        f"{shown(literal)} cannot be kept exactly: integers go from -{MAX_INTEGER}"
        f" to {MAX_INTEGER}; send it as a text"
    )


def _kept(read: Callable[[str], Number]) -> Callable[[str], Number | Flaw]:
    """Make a reader that gives the flaw back instead of raising it."""

    def reader(literal: str) -> Number | Flaw:
        try:
            return read(literal)
        except Flaw as flaw:
            return flaw

    return reader


_EVERYTHING = json.JSONDecoder(
    object_pairs_hook=Members,
    parse_int=_kept(integer),
    parse_float=_kept(decimal),
    parse_constant=_kept(constant),
)


def _faults(value: object, path: Path) -> Iterator[Fault]:
    if isinstance(value, Members):
        yield from _faults_of_members(value, path)
    elif isinstance(value, list):
        for position, item in enumerate(cast("list[object]", value)):
            yield from _faults(item, (*path, position))
    elif isinstance(value, Flaw):
        yield _fault(value.code, value.detail, path)
    elif isinstance(value, str) and (reason := _unwritable(value)):
        yield _fault("invalid", f"The text holds {reason}; take it out", path)


def _faults_of_members(pairs: Members, path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, member in pairs:
        if reason := _unwritable(name):
            detail = f"The name {shown(json.dumps(name))} holds {reason}; take it out"
            yield _fault("invalid", detail, path)
            continue
        if name in seen:
            detail = f"The name {shown(json.dumps(name))} is given twice; give it once"
            yield _fault("given-twice", detail, (*path, name))
        seen.add(name)
        yield from _faults(member, (*path, name))


def _unwritable(text: str) -> str | None:
    """Say which character of a text cannot be kept."""
    if "\0" in text:
        return "the character U+0000"
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        return "half of a surrogate pair"
    return None


def _fault(code: str, detail: str, path: Path) -> Fault:
    """Point at the place, or at the nearest one around it if its pointer would fill the answer."""
    while len(where := fragment(path)) > _LONGEST_POINTER:
        path = path[:-1]
    return Fault(code, detail, pointer=where)
