"""A kind of record: its schema, and everything that follows from the schema's metadata."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from marshmallow import Schema
from marshmallow.fields import Field

from service.documents.values import JsonObject
from service.errors import Fault
from service.kinds.addresses import identity
from service.kinds.facts import Facts, Reference
from service.kinds.faults import faults
from service.kinds.spans import first_day, tstzrange
from service.kinds.trails import Trail, fields_of, trails

if TYPE_CHECKING:
    from schemas.fields import Choice

FOLDED = frozenset({"claimant", "language", "publisher", "topic"})
"""Filters that compare without regard to case."""


LONGEST = 500
"""Characters of a value in a term; an index entry of PostgreSQL ends at some 2,700 bytes."""


@dataclass(frozen=True)
class Kind:
    """Name a kind and its schema; the rest is read off the schema.

    A `judged` kind carries a rating on a scale and is published with both. Terms
    that begin with `lasting` are never lost once public.
    """

    name: str
    schema: Schema
    judged: bool = False
    lasting: str | None = None
    trails: list[Trail] = field(init=False)

    def __post_init__(self) -> None:
        """Walk the schema once."""
        object.__setattr__(self, "trails", trails(self.schema))

    @property
    def collection(self) -> str:
        """Return the name of the kind's list in paths."""
        return f"{self.name}s"

    @cached_property
    def filters(self) -> dict[str, Field[Any]]:
        """Return the list parameters that this kind's fields answer to, each with a field."""
        marked = (trail for trail in self.trails if "filter" in trail.metadata)
        return {trail.metadata["filter"]: trail.field for trail in marked}

    @cached_property
    def has_period(self) -> bool:
        """Tell whether records of this kind speak of a time in the world."""
        return any("period" in trail.metadata for trail in self.trails)

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """Return the statuses that a client may set."""
        return cast("Choice", fields_of(self.schema)["status"]).choices

    def check(self, sent: JsonObject) -> list[Fault]:
        """Return every fault of a record as it was sent."""
        return faults(self.schema, sent)

    def facts(self, body: JsonObject) -> Facts:
        """Return what the columns beside a sound body hold."""
        return Facts(
            tuple(self.references(body)),
            tuple(dict.fromkeys(self._terms(body))),
            next((tstzrange(period) for period in self._periods(body)), None),
            first_day(str(body["review_by"])) if "review_by" in body else None,
        )

    def references(self, body: JsonObject) -> Iterator[Reference]:
        """Yield the places that name other records; those of a faulty body as far as they can."""
        for kind, trail in self._used["refers_to"]:
            rated = kind == "scale" and "rating" in body
            term = f"rating={body['rating']}" if rated else None
            for path, identifier in trail.follow(body):
                if isinstance(identifier, str):
                    yield Reference(path, f"{kind}/{identifier}", term)

    @cached_property
    def _used(self) -> Mapping[str, list[tuple[str, Trail]]]:
        """Return the trails of each use, with what the schema says of it."""
        return {
            use: [(trail.metadata[use], trail) for trail in self.trails if use in trail.metadata]
            for use in ("refers_to", "filter", "period")
        }

    def _periods(self, body: JsonObject) -> Iterator[Any]:
        return (value for _, trail in self._used["period"] for _, value in trail.follow(body))

    def _terms(self, body: JsonObject) -> Iterator[str]:
        for name, trail in self._used["filter"]:
            yield from (term(name, str(value)) for _, value in trail.follow(body))
        for system, identifier in cast("Mapping[str, str]", body.get("external_ids", {})).items():
            yield term("external_id", f"{system}:{identifier}")


def term(name: str, value: str) -> str:
    """Return the term by which a list parameter finds a value."""
    if name == "url":
        value = identity(value)
    if len(value) > LONGEST:
        value = "sha256:" + hashlib.sha256(value.encode()).hexdigest()
    return f"{name}={value.casefold() if name in FOLDED else value}"
