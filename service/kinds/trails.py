"""Trails: where in the records of a schema the values lie that the service looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from marshmallow import Schema, fields

from service.documents.pointers import Path
from service.documents.values import JsonValue

EACH = None
"""The step into every item of a list."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Lead from a record to the values of one field: ``("evidence", EACH, "source_id")``."""

    steps: tuple[str | None, ...]
    field: fields.Field[Any]

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Return what the schema says of the field's uses."""
        return self.field.metadata

    def follow(self, record: JsonValue) -> Iterator[tuple[Path, JsonValue]]:
        """Yield path and value for each place where the record has the field."""
        if isinstance(record, dict) and self.steps[0] not in record:
            return iter(())  # most fields of a record are absent, and a walk costs 1 µs
        return _follow(self.steps, record, ())


def trails(schema: Schema) -> list[Trail]:
    """Return a trail for each field whose metadata the service has a use for."""
    return list(_of_schema(schema, ()))


def fields_of(schema: Schema) -> dict[str, fields.Field[Any]]:
    """Return the fields of a schema by their names in payloads."""
    return cast("dict[str, fields.Field[Any]]", schema.fields)  # pyright: ignore[reportUnknownMemberType]


def _of_schema(schema: Schema, steps: tuple[str | None, ...]) -> Iterator[Trail]:
    for name, field in fields_of(schema).items():
        yield from _of_field(field, (*steps, name))


def _of_field(field: fields.Field[Any], steps: tuple[str | None, ...]) -> Iterator[Trail]:
    if field.metadata:
        yield Trail(steps, field)
    if isinstance(field, fields.List):
        yield from _of_field(cast("fields.Field[Any]", field.inner), (*steps, EACH))  # pyright: ignore[reportUnknownMemberType]
    elif isinstance(field, fields.Nested):
        yield from _of_schema(field.schema, steps)


def _follow(
    steps: tuple[str | None, ...], value: JsonValue, path: Path
) -> Iterator[tuple[Path, JsonValue]]:
    if not steps:
        yield path, value
    elif steps[0] is EACH:
        for place, item in enumerate(value if isinstance(value, list) else ()):
            yield from _follow(steps[1:], item, (*path, place))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _follow(steps[1:], value[steps[0]], (*path, steps[0]))
