"""Lines of an import, each as a proposal: the rules of a single write, as far as one line shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import orjson

from schemas.import_line import RecordLineSchema
from service.bulk import waiting
from service.bulk.histories import type_of
from service.bulk.waiting import Waiting
from service.documents import patches
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, Problem
from service.kinds import BY_NAME, Kind
from service.kinds.faults import fault_of, faults
from service.kinds.trails import fields_of
from service.records.ids import new_id
from service.records.members import SERVER_SET
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import (
    Change,
    Proposal,
    propose,
    published_by,
    without_own,
)

OPERATIONS = ("put", "patch", "delete")
LINE = RecordLineSchema()
OWN = ("op", "if_revision")
"""Members of a line that are no members of a record."""

DROPPED = frozenset(SERVER_SET) - {"type"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of all lines of an import, and by whom; a line's own word goes before."""

    caller: Caller
    defaults: Change = field(default_factory=Change)
    publisher: Mapping[str, str] = field(default_factory=dict[str, str])
    overwrite: bool = False
    partial: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Make of each line what waits of it."""

    order: Order

    def read(self, place: int, value: JsonValue | Problem) -> Waiting:
        """Return what waits of a line: a proposal, a patch as it was sent, or faults alone."""
        if isinstance(value, Problem):
            return waiting.refused(place, value.errors)
        if not isinstance(value, dict):
            return waiting.refused(place, [Fault("invalid", "expected an object", "#")])
        kind = BY_NAME.get(type_of(value))
        if kind is None:
            return waiting.refused(place, [_unknown_type(value)])
        return self._of_record(place, kind, value)

    def patched(self, place: Place, sent: JsonObject, current: JsonObject) -> Proposal:
        """Return the proposal that a line's merge patch makes of its record as it is."""
        members, changed = without_own(patches.merge(current, sent), current)
        proposal = self._proposed(place, members)
        return replace(proposal, faults=(*proposal.faults, *changed))

    def _of_record(self, number: int, kind: Kind, line: JsonObject) -> Waiting:
        own = {name: line[name] for name in OWN if name in line}
        sent = {name: value for name, value in line.items() if name not in own}
        of_own = faults(LINE, own) if own else []
        if "if_revision" not in own:  # an export tells of another server, or of another time
            sent = {name: value for name, value in sent.items() if name not in DROPPED}
        op = str(own.get("op", "put")) if not of_own else "put"
        identifier = sent.get("id")
        named = (
            isinstance(identifier, str)
            and fault_of(fields_of(kind.schema)["id"], identifier) is None
        )
        place = Place(kind, str(identifier) if named else new_id())
        known: dict[str, Any] = {"made": not named, "op": op, "if_revision": _number(own, of_own)}
        if op != "put" and "id" not in line:
            detail = "name the record that this is about"
            return waiting.refused(number, [Fault("required", detail, "#/id")])
        if op == "patch" and named and not of_own:
            kept = orjson.dumps({name: v for name, v in sent.items() if name not in {"type", "id"}})
            rank = waiting.RANKS[kind.name]
            return Waiting(
                place=number, kind=kind.name, rank=rank, id=place.id, sent=kept.decode(), **known
            )
        proposal = self._deletion(place, sent) if op == "delete" else self._proposed(place, sent)
        if of_own or not named:  # of an id that can be none the schema tells, and that is enough
            beside = [one for one in proposal.faults if named or one.code != "read-only-field"]
            proposal = replace(proposal, faults=(*of_own, *beside))
        return waiting.proposed(number, proposal, **known)

    def _proposed(self, place: Place, sent: JsonObject) -> Proposal:
        sent = published_by(self.order.publisher, place.kind, sent)
        return propose(place, sent, self._change(sent), self.order.caller)

    def _deletion(self, place: Place, sent: JsonObject) -> Proposal:
        """Return the proposal of a tombstone; a record sent along is passed over, as it is."""
        known = fields_of(place.kind.schema)
        found = [
            Fault("unknown-field", "a deletion takes no such member", f"#/{name}")
            for name in sent
            if name not in known
        ]
        beside = {name: sent[name] for name in ("note", "reason", "actor", "id") if name in sent}
        found += [one for name, value in beside.items() if (one := _at(known[name], value, name))]
        change = replace(self._change(sent), status=None)
        return Proposal(place, self.order.caller, "deleted", change, faults=tuple(found))

    def _change(self, sent: JsonObject) -> Change:
        said = {
            name: value
            for name in ("note", "reason", "actor", "status")
            if isinstance(value := sent.get(name), str)
        }
        defaults = self.order.defaults
        if not said:
            return defaults
        given = {"note": defaults.note, "reason": defaults.reason, "actor": defaults.actor}
        return Change(**cast("dict[str, Any]", given | said))


def _number(own: JsonObject, found: list[Fault]) -> int | None:
    return int(cast("float", own["if_revision"])) if "if_revision" in own and not found else None


def _at(field: Any, value: JsonValue, name: str) -> Fault | None:  # noqa: ANN401 -- marshmallow's
    found = fault_of(field, value)
    return found and replace(found, pointer=f"#/{name}")


def _unknown_type(line: JsonObject) -> Fault:
    expected = f"expected one of {', '.join(BY_NAME)}"
    if "type" not in line:
        return Fault("required", f"say what the line is: {expected}", "#/type")
    code = "not-a-choice" if isinstance(line["type"], str) else "invalid"
    return Fault(code, expected, "#/type")
