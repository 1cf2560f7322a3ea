"""The difference of two documents as a JSON Patch or a merge patch.

Laws, for all documents a and b: ``apply(a, json_patch(a, b)) == b``, and
``merge(a, merge_patch(a, b)) == b`` wherever there is a merge patch.
"""

from service.documents.changes import Change, changes
from service.documents.operations import MAX_OPERATIONS
from service.documents.pointers import pointer
from service.documents.values import JsonObject, JsonValue, equal


class NoMergePatchError(ValueError):
    """No merge patch can say it: null would have to be a value (RFC 7396, section 1)."""


def json_patch(before: JsonValue, after: JsonValue) -> list[JsonValue]:
    """Return the RFC 6902 operations that make `after` of `before`; none if they are equal.

    Only add, remove and replace are used. Where more than 1,000 would be needed, which
    `patches.apply` refuses, the patch replaces the document whole.
    """
    steps = changes(before, after, compact=True)
    if len(steps) > MAX_OPERATIONS:
        steps = [Change("replace", (), (), before, after)]
    return [_operation(step) for step in steps]


def merge_patch(before: JsonValue, after: JsonValue) -> JsonValue:
    """Return the RFC 7396 patch that makes `after` of `before`.

    ``{}`` if they are equal objects. Raises `NoMergePatchError` if a member becomes
    null, or an object that comes in has one that is; nulls inside arrays are no trouble.
    """
    if not isinstance(after, dict):
        return after
    if not isinstance(before, dict):
        return _without_nulls(after)
    patch: JsonObject = dict.fromkeys(name for name in before if name not in after)
    for name, member in after.items():
        if name not in before:
            patch[name] = _without_nulls(member)
        elif not equal(before[name], member):
            patch[name] = _value(merge_patch(before[name], member))
    return patch


def _operation(step: Change) -> JsonObject:
    place: JsonObject = {"op": step.kind, "path": pointer(step.path)}
    return place if step.kind == "remove" else {**place, "value": step.new}


def _without_nulls(value: JsonValue) -> JsonValue:
    """Return the value if a merge patch can put it in as it is."""
    if isinstance(value, dict):
        for member in value.values():
            _without_nulls(member)
    return _value(value)


def _value(value: JsonValue) -> JsonValue:
    """Refuse null, which in a merge patch takes a member out."""
    if value is None:
        message = "a merge patch cannot make a member null; ask for a JSON Patch"
        raise NoMergePatchError(message)
    return value
