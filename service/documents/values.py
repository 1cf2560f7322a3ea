"""What a JSON value is here, and when two of them are the same."""

from collections.abc import Mapping
from typing import TypeAlias

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
"""Any value that `parsing.parse` gives: no NaN, no infinity, text that UTF-8 can write."""

JsonObject: TypeAlias = dict[str, JsonValue]

MAX_DEPTH = 32
"""Arrays and objects inside each other, the outermost counted: ``[[]]`` is 2 deep."""

MAX_INTEGER = 2**53 - 1
"""The greatest integer that every reader of JSON keeps exactly (RFC 8259, section 6)."""


def equal(one: JsonValue, other: JsonValue) -> bool:
    """Tell whether two values are the same JSON (RFC 6902, section 4.6).

    Numbers are compared by value (1 is 1.0, 0 is -0.0), members without regard to
    order, and ``true`` is not 1. Two values are equal exactly when their canonical
    texts are.
    """
    if isinstance(one, dict):
        return isinstance(other, dict) and _equal_objects(one, other)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def depth(value: JsonValue) -> int:
    """Return how many arrays and objects lie inside each other: 0 for a scalar, 1 for ``[]``."""
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


def copied(value: JsonValue) -> JsonValue:
    """Return a copy that shares no array or object with the original."""
    if isinstance(value, dict):
        return {name: copied(member) for name, member in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def members(value: JsonValue) -> JsonObject:
    """Return an object as it is, and of anything else that it has no members."""
    return value if isinstance(value, dict) else {}


def array(value: JsonValue) -> list[JsonValue]:
    """Return an array as it is, and of anything else that it has no items."""
    return value if isinstance(value, list) else []


def objects(value: JsonValue) -> list[JsonObject]:
    """Return the objects of an array; of anything else that there are none."""
    return [item for item in array(value) if isinstance(item, dict)]


def filled(given: Mapping[str, JsonValue]) -> JsonObject:
    """Return the members that say something: no null, and nothing empty."""
    return {name: value for name, value in given.items() if value not in (None, "", [], {})}


def _equal_objects(one: JsonObject, other: JsonObject) -> bool:
    return one.keys() == other.keys() and all(equal(one[name], other[name]) for name in one)
