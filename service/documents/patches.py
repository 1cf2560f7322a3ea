"""Changing a document by a merge patch (RFC 7396) or a JSON Patch (RFC 6902).

Neither changes what it is given. The result of `merge` shares with document and patch
what it took over whole; the result of `apply` shares nothing with either.
"""

from typing import overload

from service.documents.editing import Editing
from service.documents.operations import Operation, failed, read, text
from service.documents.pointers import PointerError, pointer, shown
from service.documents.values import JsonObject, JsonValue, equal


@overload
def merge(document: JsonValue, patch: JsonObject) -> JsonObject: ...
@overload
def merge(document: JsonValue, patch: JsonValue) -> JsonValue: ...
def merge(document: JsonValue, patch: JsonValue) -> JsonValue:
    """Apply a merge patch: null takes a member out, an object merges, all else replaces.

    Every JSON value is a merge patch (RFC 7396, section 2); one that is not an object
    becomes the result.
    """
    if not isinstance(patch, dict):
        return patch
    merged = dict(document) if isinstance(document, dict) else {}
    for name, member in patch.items():
        if member is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), member)
    return merged


def apply(document: JsonValue, operations: JsonValue) -> JsonValue:
    """Apply a JSON Patch, all of it or nothing, and return the result.

    Raises `InvalidRecord` whose faults (``patch-failed``) point at operations, as
    ``#/2``: all that are malformed, or the first that cannot be done or passes a bound.
    At most 1,000 operations, nesting of 32, and the sizes that `editing` states.
    """
    steps, editing = read(operations), Editing(document)
    for position, step in enumerate(steps):
        try:
            _do(step, editing)
        except PointerError as error:
            raise failed(f"#/{position}", f"{step.op} failed: {error}") from None
    try:
        editing.check_size()
    except PointerError as error:
        raise failed("#", str(error)) from None
    return editing.document


def _do(step: Operation, editing: Editing) -> None:
    """Do one operation (RFC 6902, section 4)."""
    match step.op:
        case "add":
            editing.add(step.path, step.value)
        case "remove":
            editing.remove(step.path)
        case "replace":
            editing.replace(step.path, step.value)
        case "copy":
            editing.add(step.path, editing.get(step.origin))
        case "move":
            _move(step.origin, step.path, editing)
        case _:
            _test(step, editing.get(step.path))


def _move(origin: tuple[str, ...], path: tuple[str, ...], editing: Editing) -> None:
    value = editing.get(origin)
    if path == origin:
        return
    if path[: len(origin)] == origin:
        place = shown(pointer(origin)) or "the document"
        message = f"{place} cannot be moved into itself; use copy"
        raise PointerError(message)
    editing.remove(origin)
    editing.add(path, value)


def _test(step: Operation, found: JsonValue) -> None:
    if not equal(found, step.value):
        place = shown(pointer(step.path)) or "the document"
        advice = "read the record again and look whether the patch still fits"
        message = f"{place} is {text(found)}, not {text(step.value)}; {advice}"
        raise PointerError(message)
