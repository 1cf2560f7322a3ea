"""The faults of a payload as lines of pointer and message."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError


def faults(schema: Schema, payload: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return ``/pointer code: detail`` for each fault, sorted; empty when there is none."""
    return sorted(f"{pointer} {text}" for pointer, text in found(schema, payload))


def codes(schema: Schema, payload: Any) -> set[str]:  # noqa: ANN401 (JSON)
    """Return the codes of the faults."""
    return {text.partition(": ")[0] for _, text in found(schema, payload)}


def found(schema: Schema, payload: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (JSON)
    """Return pointer and text of each fault."""
    try:
        schema.load(payload)
    except ValidationError as error:
        return list(placed(error.messages))
    return []


def placed(messages: Any, pointer: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (nested)
    """Yield pointer and text; what stands under ``_schema`` is about the object itself."""
    if isinstance(messages, dict):
        for name, inside in messages.items():
            yield from placed(inside, pointer if name == "_schema" else f"{pointer}/{name}")
    else:
        yield from ((pointer, text) for text in messages)
