"""A stretch of time in the world, open or closed at either end."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import fields

from schemas.dates import HalfKnownDate, in_order
from schemas.fields import message
from schemas.structures import RuledObject


class PeriodSchema(RuledObject):
    """From when to when, of which one may be left open."""

    class Meta:
        """Names the members here, since Python has the first name for itself."""

        include: ClassVar[dict[str, fields.Field[Any]]] = {
            "from": HalfKnownDate(),
            "to": HalfKnownDate(),
        }

    def broken_rules(
        self, data: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield the faults of a period without any end, or with its ends reversed."""
        if not given.keys() & {"from", "to"}:
            yield "from", message("required", "give from, or to, or both")
        if {"from", "to"} <= data.keys() and not in_order(data["from"], data["to"]):
            yield "to", message("invalid", "to lies before from; expected the same or later")
