"""Nodes: values of a JSON-LD document by the names that schema.org gives them.

Names may have the prefix of the vocabulary or its address before them; a value may be an object
around it, a list of one, or a reference to what stands elsewhere in the same document.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from service.documents.pointers import Path
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.lint import Lint

T = TypeVar("T")

ITEMS = 500
"""Items of a list that are looked at."""

DEEPEST = 12
"""Steps from an item down to where a value is still looked into: references may go in circles."""

LOOKS = 2_000
"""Values of one item that are looked at through references: a few bytes can refer to any number."""

_VOCABULARY = re.compile(r"^(?:https?://(?:www\.|pending\.)?schema\.org/|schema:)", re.IGNORECASE)
_WHOLE = re.compile(r"https?://(?:www\.)?schema\.org[/#]?", re.IGNORECASE)
_REFERENCE = frozenset({"@id", "@type"})
_LONGEST_NAME = 200


@dataclass
class Scope:
    """What the nodes of one item share: its findings, and what can be referred to.

    `looks` counts the values that were reached through references so far; `borrowed` are members
    of the item that it has from elsewhere, which count as such. `terms` are names and prefixes of
    its own that a document has for those of schema.org; `language` is that of the item.
    """

    lint: Lint = field(default_factory=Lint)
    known: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    language: str | None = None
    looks: int = 0
    borrowed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Node:
    """A value, where it stands in its item, and what it shares with the rest of that.

    `through` are the references that led to it, none of which is followed once more.
    """

    value: JsonValue
    path: Path
    scope: Scope
    through: tuple[str, ...] = ()

    def get(self, *names: str) -> "Node | None":
        """Return the first of these members that is there and not empty."""
        for name in names:
            key = self._names.get(name.casefold())
            if key is None:
                continue
            inner = self._inner(key)
            if not is_empty(inner.value):
                if plain(key, self.scope.terms) != name:
                    self.note("name-form", found=key, made=name, name=key)
                return inner
            if inner.value is not None and inner.value != []:
                self.note("empty", found=inner.value, name=key)
        return None

    def each(self, most: int = ITEMS) -> "list[Node]":
        """Return the items of a list, or the value itself as one, without what is empty."""
        value = unwrapped(self.value)
        if not isinstance(value, list):
            return [self]
        inner = [self.at(place, one) for place, one in enumerate(value[:ITEMS])]
        items = [one for one in inner if not is_empty(one.value)]
        if len(value) > ITEMS or len(items) > most:
            kept = f"{min(most, len(items))} items"
            self.note("too-many", found=f"{len(value)} items", made=kept)
        return items[:most]

    def one(self) -> "Node | None":
        """Return the value, the first item of a list."""
        if not isinstance(unwrapped(self.value), list):
            return self
        items = self.each()
        self.note("list-for-one", found=self.value, made=items[0].value if items else None)
        return items[0].one() if items and not self.deep else None

    def at(self, step: str | int, value: JsonValue) -> "Node":
        """Return a value inside this one, or what it refers to; nothing once enough was seen."""
        value, through, path = unwrapped(value), self.through, (*self.path, step)
        name = _referred(value)
        if name in self.scope.known and name not in through:
            value, through = self.scope.known[name], (*through, name)
        if not self.path and step in self.scope.borrowed:
            through = (*through, "")
        if through:  # to look through the names of many members takes time as well
            self.scope.looks += 1 + (len(value) // 8 if isinstance(value, dict) else 0)
            if self.scope.looks > LOOKS:
                self.scope.lint.note("references-cut", (), made=f"{LOOKS} values")
                value = None
        return Node(value, path, self.scope, through)

    def note(
        self, code: str, *, found: object = None, made: object = None, name: str | None = None
    ) -> None:
        """Tell of this value, or of the member of that name."""
        path = self.path if name is None else (*self.path, name)
        self.scope.lint.note(code, path, found, made)

    def kept(self, found: Sequence[T], most: int, name: str | None = None) -> list[T]:
        """Return as many as a record takes of what was found here, or in the member of a name."""
        if len(found) > most:
            self.note("too-many", found=f"{len(found)} items", made=f"{most} items", name=name)
        return list(found[:most])

    @property
    def deep(self) -> bool:
        """Tell whether it lies too deep to be looked into."""
        return len(self.path) >= DEEPEST

    @property
    def members(self) -> JsonObject | None:
        """Return the members of an object, None of anything else."""
        return self.value if isinstance(self.value, dict) else None

    @cached_property
    def types(self) -> list[str]:
        """Return the types of an object, as schema.org names them."""
        return types_of(self.value, self.scope.terms)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the names of the members by what they are without case and prefix."""
        members = self.value if isinstance(self.value, dict) else {}
        terms = self.scope.terms
        return {plain(name, terms).casefold(): name for name in reversed(members)}

    def _inner(self, key: str) -> "Node":
        return self.at(key, self.value[key] if isinstance(self.value, dict) else None)


def plain(name: str, terms: Mapping[str, str] | None = None) -> str:
    """Return a name without the prefix or the address of the vocabulary."""
    if terms:
        prefix, colon, rest = name.partition(":")
        name = terms.get(name) or (rest if colon and f"{prefix}:" in terms else name)
    return _VOCABULARY.sub("", name[:_LONGEST_NAME])


def terms_of(contexts: Iterable[JsonValue]) -> dict[str, str]:
    """Return what contexts call by names of their own; of a prefix, with its colon, nothing."""
    said: dict[str, str] = {}
    for context in contexts:
        for one in context if isinstance(context, list) else [context]:
            for name, meant in one.items() if isinstance(one, dict) else ():
                address = meant.get("@id") if isinstance(meant, dict) else meant
                if isinstance(address, str) and not name.startswith("@"):
                    said[name] = address
    prefixes = {f"{name}:": "" for name, address in said.items() if _WHOLE.fullmatch(address)}
    found = {name: plain(address, prefixes) for name, address in said.items()}
    return prefixes | {name: one for name, one in found.items() if one not in {said[name], name}}


def types_of(value: JsonValue, terms: Mapping[str, str] | None = None) -> list[str]:
    """Return the types that an object says it is of."""
    if not isinstance(value, dict):
        return []
    said = next((value[name] for name in ("@type", "type") if name in value), None)
    listed = said if isinstance(said, list) else [said]
    return [plain(one.strip(), terms) for one in listed[:ITEMS] if isinstance(one, str)]


def unwrapped(value: JsonValue) -> JsonValue:
    """Return the value inside the object that JSON-LD may put around it."""
    for name in ("@value", "@list", "@set"):
        if isinstance(value, dict) and name in value:
            return value[name]
    return value


def _referred(value: JsonValue) -> str:
    """Return the name of the thing that a value does nothing but refer to."""
    if isinstance(value, dict) and "@id" in value and value.keys() <= _REFERENCE:
        return str(value["@id"])
    return ""


def is_empty(value: JsonValue) -> bool:
    """Tell whether there is nothing in a value."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and value.isspace())
