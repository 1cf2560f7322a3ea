"""A document that is being edited: a private copy, changed in place and within bounds."""

import orjson

from service.documents.pointers import PointerError, child, index, missing, pointer
from service.documents.values import MAX_DEPTH, JsonObject, JsonValue, copied, depth

MAX_SIZE = 2**20
"""Bytes that an edited document may have as JSON: 1 MiB."""

MAX_WORK = 4 * MAX_SIZE
"""Bytes that may be put into one document while it is edited, all together.

Without it a thousand copies of a large member, each over the last, cost a minute.
"""

Tokens = tuple[str, ...]


class Editing:
    """Edit a copy of a document at places given as the tokens of a JSON Pointer.

    Every method raises `PointerError` when the place is not there or a bound is passed;
    its message completes a sentence such as "add failed: …".
    """

    def __init__(self, document: JsonValue) -> None:
        """Copy the document, so that the original stays as it is."""
        self.document = copied(document)
        self._work = 0
        self._greatest_size = len(orjson.dumps(document))

    def get(self, path: Tokens) -> JsonValue:
        """Return the value at a place, itself and not a copy."""
        value = self.document
        for position in range(len(path)):
            value = child(value, path, position)
        return value

    def add(self, path: Tokens, value: JsonValue) -> None:
        """Put a copy of the value there: a member anew or over the old, an item between others."""
        self._admit(path, value)
        fresh = copied(value)
        if not path:
            self.document = fresh
            return
        parent = self._parent(path)
        if isinstance(parent, dict):
            parent[path[-1]] = fresh
        else:
            parent.insert(_insertion(parent, path), fresh)

    def replace(self, path: Tokens, value: JsonValue) -> None:
        """Put a copy of the value in the place of what is there."""
        self.get(path)
        parent = self._parent(path) if path else None
        if isinstance(parent, list):
            self._admit(path, value)
            parent[int(path[-1])] = copied(value)
        else:
            self.add(path, value)

    def remove(self, path: Tokens) -> None:
        """Take out what is there; the whole document cannot be."""
        if not path:
            message = "the whole document cannot be taken out; delete the record with DELETE"
            raise PointerError(message)
        self.get(path)
        parent = self._parent(path)
        if isinstance(parent, dict):
            del parent[path[-1]]
        else:
            del parent[int(path[-1])]

    def check_size(self) -> None:
        """Refuse a document that has grown over `MAX_SIZE`."""
        if self._greatest_size <= MAX_SIZE:
            return
        size = len(orjson.dumps(self.document))
        if size > MAX_SIZE:
            message = f"the result has {size} bytes and may have {MAX_SIZE}; shorten it"
            raise PointerError(message)

    def _parent(self, path: Tokens) -> JsonObject | list[JsonValue]:
        parent = self.get(path[:-1])
        if isinstance(parent, dict | list):
            return parent
        raise missing(parent, path, len(path) - 1)

    def _admit(self, path: Tokens, value: JsonValue) -> None:
        """Refuse a value that is too deep for its place or too much for this document."""
        if len(path) + depth(value) > MAX_DEPTH:
            message = f"the result would be nested more than {MAX_DEPTH} deep"
            raise PointerError(message)
        size = len(orjson.dumps(value))
        self._work += size
        self._greatest_size += size + len(path[-1]) if path else size
        if self._work > MAX_WORK:
            message = f"the patch puts in more than {MAX_WORK} bytes; send the whole record"
            raise PointerError(message)


def _insertion(items: list[JsonValue], path: Tokens) -> int:
    """Return where in the array a new item goes: an index, or ``-`` for the end."""
    position = len(items) if path[-1] == "-" else index(path[-1])
    if position is not None and position <= len(items):
        return position
    message = f"{pointer(path)} is no place for an item: use 0 to {len(items)}, or - for the end"
    raise PointerError(message)
