"""The operations of a JSON Patch (RFC 6902, section 4), as they were sent."""

from dataclasses import dataclass

import orjson

from service.documents.pointers import PointerError, parse, shown
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, InvalidRecord

MAX_OPERATIONS = 1_000

_SECOND_MEMBER = {
    "add": "value",
    "remove": None,
    "replace": "value",
    "move": "from",
    "copy": "from",
    "test": "value",
}
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a patch; `origin` is the ``from`` of move and copy, else empty."""

    op: str
    path: tuple[str, ...]
    origin: tuple[str, ...] = ()
    value: JsonValue = None


def read(patch: JsonValue) -> list[Operation]:
    """Return the operations of a patch document.

    Members that RFC 6902 does not know are ignored, as it asks. Raises `InvalidRecord`
    with a fault for each operation that is malformed, 20 at most.
    """
    if not isinstance(patch, list):
        advice = "an object is a merge patch, sent as application/merge-patch+json"
        raise failed("#", f"A JSON Patch is an array of operations; {advice}")
    if len(patch) > MAX_OPERATIONS:
        raise failed("#", f"A patch has at most {MAX_OPERATIONS} operations; send the whole record")
    operations: list[Operation] = []
    faults: list[Fault] = []
    for position, item in enumerate(patch):
        try:
            operations.append(_operation(item))
        except ValueError as error:
            faults.append(fault(f"#/{position}", str(error)))
    if faults:
        message = f"{faults[0].pointer}: {faults[0].detail}"
        raise InvalidRecord(message, errors=faults[:_MOST_FAULTS])
    return operations


def fault(where: str, detail: str) -> Fault:
    """Make the fault of an operation that cannot be read or done."""
    return Fault("patch-failed", detail, pointer=where)


def failed(where: str, detail: str) -> InvalidRecord:
    """Make the problem of a patch that fails at one place."""
    return InvalidRecord(f"{where}: {detail}; nothing was changed", errors=[fault(where, detail)])


def text(value: JsonValue) -> str:
    """Return the value as JSON, cut to fit a message."""
    return shown(orjson.dumps(value).decode())


def _operation(item: JsonValue) -> Operation:
    if not isinstance(item, dict):
        message = "An operation is an object with op and path"
        raise ValueError(message)  # noqa: TRY004 - wrong input, not a wrong call
    op = item.get("op")
    if not isinstance(op, str) or op not in _SECOND_MEMBER:
        message = f"op is {text(op)}; it must be one of {', '.join(_SECOND_MEMBER)}"
        raise ValueError(message)
    path, second = _pointer(item, "path"), _SECOND_MEMBER[op]
    if second == "from":
        return Operation(op, path, origin=_pointer(item, "from"))
    if second == "value" and "value" not in item:
        message = f"{op} needs the member value"
        raise ValueError(message)
    return Operation(op, path, value=item.get("value"))


def _pointer(item: JsonObject, member: str) -> tuple[str, ...]:
    given = item.get(member)
    if not isinstance(given, str):
        message = f"{item['op']} needs the member {member}, a JSON Pointer such as /text"
        raise PointerError(message)
    return parse(given)
