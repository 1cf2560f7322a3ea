"""Columns: the members of a kind that a cell of a spreadsheet can hold, by dotted names."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, cast

import orjson
from marshmallow import fields

from schemas.fields import Choice, Number, ServerSet, Text
from schemas.structures import Many, Map, Part
from service.documents.cells import restored
from service.documents.parsing import parse
from service.documents.pointers import fragment
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, MalformedJson
from service.kinds import Kind
from service.kinds.trails import fields_of

How = Literal["text", "number", "list", "pairs"]

BETWEEN = "|"
"""Stands between the items of a list; in an item both it and a backslash have one before them."""

_PARTS = re.compile(r"\\.|[^|\\]+|\|", re.DOTALL)


class GivenTwiceError(ValueError):
    """A cell, or two of a row, name a thing twice."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its values lie in a record, and how a cell holds them."""

    path: tuple[str, ...]
    how: How

    @property
    def name(self) -> str:
        """Return the name at its head: ``claimant.name``."""
        return ".".join(self.path)

    def cell(self, record: JsonObject) -> str:
        """Return what a record has there as text."""
        value: JsonValue = record
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return self._text(value) if value is not None else ""

    def value(self, cell: str) -> JsonValue:
        """Return what a cell says; raises `ValueError` with the mend for what it cannot."""
        text = restored(cell)
        if self.how == "number":
            return _number(text)
        if self.how == "list":
            return list(_items(text))
        if self.how == "pairs":
            return _pairs(text)
        return text

    def fault(self, code: str, detail: str) -> Fault:
        """Return a fault of a value of this column."""
        return Fault(code, f'column "{self.name}": {detail}', fragment(self.path))

    def _text(self, value: JsonValue) -> str:
        if self.how == "list":
            return BETWEEN.join(_escaped(str(item)) for item in cast("list[JsonValue]", value))
        if self.how == "pairs":
            pairs = cast("JsonObject", value).items()
            return BETWEEN.join(_escaped(f"{name}:{text}") for name, text in pairs)
        return value if isinstance(value, str) else orjson.dumps(value).decode()


def columns(kind: Kind) -> dict[str, Column]:
    """Return the columns of a kind's own members, by their names."""
    return {column.name: column for column in _columns(fields_of(kind.schema), ())}


def unfit(kind: Kind) -> list[str]:
    """Return the members of a kind that no cell can hold."""
    return list(_unfit(fields_of(kind.schema), ()))


def _columns(known: dict[str, fields.Field[Any]], path: tuple[str, ...]) -> Iterator[Column]:
    for name, field in known.items():
        where = (*path, name)
        if isinstance(field, Part):
            yield from _columns(fields_of(field.schema), where)
        elif how := _how(field):
            yield Column(where, how)


def _unfit(known: dict[str, fields.Field[Any]], path: tuple[str, ...]) -> Iterator[str]:
    for name, field in known.items():
        where = (*path, name)
        if isinstance(field, Part):
            yield from _unfit(fields_of(field.schema), where)
        elif not _how(field) and not isinstance(field, ServerSet):
            yield ".".join(where)


def _how(field: fields.Field[Any]) -> How | None:
    if isinstance(field, Many):
        return "list" if isinstance(field.inner, Text) else None  # pyright: ignore[reportUnknownMemberType]
    if isinstance(field, Map):
        return "pairs"
    if isinstance(field, Number):
        return "number"
    return "text" if isinstance(field, Text | Choice) else None


def _number(text: str) -> JsonValue:
    with suppress(MalformedJson):
        value = parse(text.encode())
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
    message = "expected a number with a point and without separators, such as 148000 or 0.5"
    raise ValueError(message)


def _items(text: str) -> Iterator[str]:
    item, end = "", 0
    for part in _PARTS.finditer(text):
        end = part.end()
        if part[0] == BETWEEN:
            yield item.strip()
            item = ""
        else:
            item += part[0].removeprefix("\\")
    if end < len(text):
        message = "a backslash stands alone at the end; for one in an item write two"
        raise ValueError(message)
    yield item.strip()


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace(BETWEEN, f"\\{BETWEEN}")


def _pairs(text: str) -> JsonObject:
    found: JsonObject = {}
    for item in _items(text):
        system, colon, identifier = (part.strip() for part in item.partition(":"))
        if not colon:
            message = "expected a system, a colon and an id, such as wikidata:Q212"
            raise ValueError(message)
        if system in found:
            message = f'"{system}" stands here twice; once'
            raise GivenTwiceError(message)
        found[system] = identifier
    return found
