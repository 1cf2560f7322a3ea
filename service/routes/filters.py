"""The parameters of lists: which a kind knows, and what the statements make of them."""

from typing import Any

from marshmallow.fields import Field

from schemas.fields import Text
from service.kinds import BY_COLLECTION, KINDS, Kind
from service.kinds.faults import fault_of
from service.kinds.kind import term
from service.kinds.spans import first_day, tstzrange
from service.kinds.trails import fields_of
from service.records.listing import LIKENESS, LISTED, TERM_FILTERS
from service.records.people import Caller
from service.records.wording import Words
from service.routes.queries import ACTOR, Query

SORTS = ("created_at", "-created_at", "updated_at", "-updated_at", LIKENESS)
LONGEST_SEARCH = 200
EXTERNAL = {"external_id": Text(351)}
"""A system, a colon and an id: as long as both may be in a record."""

TIMES = ("created_from", "created_to", "updated_from", "updated_to")


def _known(kind: Kind) -> tuple[str, ...]:
    of_fields = [name for name in TERM_FILTERS if name in kind.filters or name == "external_id"]
    if kind.has_period:
        of_fields.append("valid_at")
    if "review_by" in fields_of(kind.schema):
        of_fields.append("review_before")
    return (*of_fields, "actor", *TIMES)


FILTERS = {kind.name: _known(kind) for kind in KINDS}
"""The filters of each kind, but for `status`."""


def filters(query: Query, kind: Kind, caller: Caller) -> dict[str, object]:
    """Return the filters asked for, as `listing.Listing` takes them."""
    statuses = [status for status in LISTED[caller.reader.keyed] if status in kind.statuses]
    found: dict[str, object] = {
        "status": query.chosen("status", statuses),
        "actor": query.several("actor", each=ACTOR),
        **{name: query.instant(name) for name in TIMES},
    }
    if (moment := query.half_known("valid_at")) is not None:
        found["valid_at"] = tstzrange({"from": moment, "to": moment})
    if (day := query.half_known("review_before")) is not None:
        found["review_before"] = first_day(day)
    if found["actor"] and not caller.reader.keyed:
        query.refuse("actor", "invalid", "this filter takes a key with the scope read")
    for name, field in (kind.filters | EXTERNAL).items():
        found[name] = terms(query, name, field)
    return {name: value for name, value in found.items() if value is not None}


def terms(query: Query, name: str, field: Field[Any]) -> list[str] | None:
    """Return the terms of which a record is to have one, or None where nothing is said."""
    values = query.several(name)
    for value in values or ():
        if fault := fault_of(field, value):
            query.refuse(name, fault.code, fault.detail)
    return values and [term(name, value) for value in values]


def searched(query: Query) -> Words | None:
    """Return what the list is searched for; a language that is asked for gives its rules."""
    text = query.text("q", LONGEST_SEARCH)
    asked = query.several("language") or []
    return Words(text, asked[0] if len(asked) == 1 else None) if text else None


def expansion(query: Query) -> tuple[str, ...]:
    """Return the kinds whose records shall come along."""
    collections = query.chosen("expand", tuple(BY_COLLECTION)) or []
    return tuple(BY_COLLECTION[name].name for name in collections)


class FieldNames(tuple[str, ...]):
    """The fields of a kind; a dotted path is known by its first name."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        """Tell whether the path begins with a field."""
        return super().__contains__(str(name).partition(".")[0])


def names_of(kind: Kind) -> FieldNames:
    """Return the fields that a record of the kind may have."""
    return FieldNames(
        name for name in fields_of(kind.schema) if name not in {"note", "reason", "actor"}
    )
