"""Whether a payload is sound: a quick yes, from the very fields by which `load` goes.

`load` collects every fault with its place and its words, field by field through marshmallow's
machinery: 170 µs of a claim with two appearances, this 35. Nearly all that is sent is sound; what
this says no to goes to `load`, whose word is the last.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from marshmallow import RAISE, Schema, ValidationError, fields

from schemas.fields import Single
from schemas.structures import Many, Object, Part, RuledObject, check_size, doubles, repetitions

Check = Callable[[Any], object]
"""Raises `ValidationError`, of whatever words, for what is not sound."""


def is_sound(schema: Schema, sent: object) -> bool:
    """Say whether `load` would find no fault; no where only `load` can tell."""
    try:
        _ = _of_schema(schema)(sent)
    except ValidationError:
        return False
    return True


@cache
def _of_schema(schema: Schema) -> Check:
    """Return the check of an object."""
    if not isinstance(schema, Object) or schema.unknown != RAISE:
        return schema.load  # pyright: ignore[reportUnknownMemberType]
    known = cast("Mapping[str, fields.Field[Any]]", schema.load_fields)  # pyright: ignore[reportUnknownMemberType]
    members = {name: _of_field(field) for name, field in known.items()}
    required = {name for name, field in known.items() if field.required}
    rules = schema.broken_rules if isinstance(schema, RuledObject) else None

    def check(sent: object) -> None:
        if not isinstance(sent, dict):
            raise ValidationError("no object")
        given = cast("dict[str, object]", sent)
        if not required <= given.keys() <= members.keys():
            raise ValidationError("members missing, or unknown")
        for name, value in given.items():
            _ = members[name](value)
        for _ in rules(given, given) if rules else ():
            raise ValidationError("a broken rule")

    return check


def _of_field(field: fields.Field[Any]) -> Check:
    """Return the check of a member: `take` of the field, wherever that is all there is to it."""
    check = _of_value(field)
    if field.allow_none:
        return lambda value: value is None or check(value)
    return check


def _of_value(field: fields.Field[Any]) -> Check:
    if isinstance(field, Part):
        return _of_schema(field.schema)
    if isinstance(field, Many):
        return _of_items(field)
    return field.take if isinstance(field, Single) else field.deserialize  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _of_items(field: Many) -> Check:
    """Return the check of a list."""
    item = _of_field(field.inner)

    def check(sent: object) -> None:
        if not isinstance(sent, list):
            raise ValidationError("no list")
        items = cast("list[Any]", sent)
        check_size(items, field.minimum, field.maximum, "item")
        for one in items:
            _ = item(one)
        for _ in repetitions(items, field.unique):
            raise ValidationError("a repetition")
        for _ in doubles(items) if field.distinct else ():
            raise ValidationError("a double")

    return check
