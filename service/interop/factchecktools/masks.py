"""Partial answers, as Google's `fields` asks for them: `claims(text,claimReview/url)`."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from service.documents.values import JsonObject, JsonValue

Mask: TypeAlias = "dict[str, Mask]"
"""The members to keep, each with those of it; none means all. `*` stands for any name."""

TOKEN: Final = re.compile(r"[A-Za-z0-9]+|[*/(),]")
DEEPEST: Final = 8


class _Reader:
    """Read a mask from left to right; what is none raises `ValueError`."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        if "".join(self.tokens) != "".join(text.split()):
            raise ValueError(text)

    def fields(self, depth: int) -> Mask:
        """Read what stands between commas, up to a bracket that closes or the end."""
        mask: Mask = {}
        while True:
            name, inner = self.field(depth)
            mask[name] = joined(mask[name], inner) if name in mask else inner
            if not self.taken(","):
                return mask

    def field(self, depth: int) -> tuple[str, Mask]:
        """Read a name and what follows it: a path, or names in brackets."""
        if depth > DEEPEST or not self.tokens or self.tokens[0] in "/(),":
            raise ValueError(depth)
        name = self.tokens.pop(0)
        if self.taken("/"):
            inner, mask = self.field(depth + 1)
            return name, {inner: mask}
        if not self.taken("("):
            return name, {}
        found = self.fields(depth + 1)
        if not self.taken(")"):
            raise ValueError(name)
        return name, found

    def taken(self, token: str) -> bool:
        """Tell whether a token comes next, and pass over it."""
        if self.tokens[:1] != [token]:
            return False
        del self.tokens[0]
        return True


def joined(one: Mask, other: Mask) -> Mask:
    """Return the mask that keeps what one of two keeps; one of nothing keeps all."""
    if not one or not other:
        return {}
    both = {name: joined(one[name], other[name]) for name in one.keys() & other.keys()}
    return one | other | both


def mask_of(text: str) -> Mask:
    """Return the mask that a text writes; raises `ValueError` for what is none."""
    reader = _Reader(text)
    mask = reader.fields(0)
    if reader.tokens:
        raise ValueError(text)
    return mask


def masked(value: Mapping[str, JsonValue], mask: Mask) -> JsonObject:
    """Return the members that a mask keeps; one that is not there is passed over."""
    kept: JsonObject = {}
    for name, member in value.items():
        inner = mask.get(name, mask.get("*"))
        if inner is not None:
            kept[name] = _within(member, inner) if inner else member
    return kept


def _within(value: JsonValue, mask: Mask) -> JsonValue:
    if isinstance(value, list):
        return [_within(item, mask) for item in value]
    return masked(value, mask) if isinstance(value, dict) else value
