"""What marshmallow found wrong, as faults with pointers."""

from collections.abc import Iterator
from typing import Any, cast

from marshmallow import Schema, ValidationError
from marshmallow.fields import Field

from schemas.soundness import is_sound
from service.documents.pointers import Path, fragment
from service.documents.values import JsonValue
from service.errors import Fault


def fault_of(field: Field[Any], value: object) -> Fault | None:
    """Return the first fault of a single value, without a place."""
    try:
        field.deserialize(value)  # pyright: ignore[reportUnknownMemberType]
    except ValidationError as error:
        return next(_faults(error.messages, ()))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return None


def faults(schema: Schema, sent: JsonValue) -> list[Fault]:
    """Return the faults of `sent`, in the order of its members where that is known."""
    try:
        if not is_sound(schema, sent):
            schema.load(sent)  # pyright: ignore[reportUnknownMemberType, reportArgumentType]
    except ValidationError as error:
        return list(_faults(error.messages, ()))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return []


def _faults(messages: object, path: Path) -> Iterator[Fault]:
    """Walk messages nested by name and index; a text reads ``code: what to do``."""
    if isinstance(messages, dict):
        for name, inner in cast("dict[str | int, object]", messages).items():
            yield from _faults(inner, path if name == "_schema" else (*path, name))
    else:
        for message in cast("list[str]", messages):
            code, _, detail = message.partition(": ")
            yield Fault(code, detail, pointer=fragment(path))
