"""Giving only the fields that were asked for, as ``?fields=`` does."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from service.documents.values import JsonObject, JsonValue

_Tree: TypeAlias = "dict[str, _Tree | None]"
"""A name leads to what is asked for inside it, or to None if it is asked for whole."""


def trim(record: Mapping[str, JsonValue], fields: Sequence[str]) -> JsonObject:
    """Return the members that are named, in the order of the record.

    A field is a name or a path with dots, ``claimant.name``; a path goes through every
    object in an array, ``evidence.source_id``. Arrays and objects on the way stay, even
    if nothing in them is named. A name that the record does not have is passed over.
    """
    return _trimmed(record, _tree(tuple(fields)))


@lru_cache(maxsize=256)
def _tree(fields: tuple[str, ...]) -> _Tree:
    """Turn fields into a tree: once for a page of records, since it costs as much as the rest."""
    tree: _Tree = {}
    for field in fields:
        here: _Tree | None = tree
        *above, last = field.split(".")
        for name in above:
            here = here.setdefault(name, {}) if here is not None else None
        if here is not None:
            here[last] = None
    return tree


def _trimmed(members: Mapping[str, JsonValue], tree: _Tree) -> JsonObject:
    trimmed: JsonObject = {}
    for name, member in members.items():
        if name in tree:
            inner = tree[name]
            if inner is None:
                trimmed[name] = member
            elif isinstance(member, dict):
                trimmed[name] = _trimmed(member, inner)
            elif isinstance(member, list):
                trimmed[name] = [_trimmed(item, inner) for item in member if isinstance(item, dict)]
    return trimmed
