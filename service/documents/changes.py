"""What has to be done to one document to make it another, step by step."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Literal, NamedTuple

import orjson

from service.documents.canonical import canonical
from service.documents.pointers import Path, pointer
from service.documents.sequences import Effort, Hunk, hunks
from service.documents.values import JsonObject, JsonValue, equal

_FRAME = len('{"op":"replace","path":"","value":}')


class Change(NamedTuple):
    """One step; steps are done in order, and `path` is the place at that moment.

    `was` is the place in the document before all of them. `old` is what stood there
    (null for add), `new` what will (null for remove).
    """

    kind: Literal["add", "remove", "replace"]
    path: Path
    was: Path
    old: JsonValue = None
    new: JsonValue = None


def changes(
    before: JsonValue, after: JsonValue, effort: Effort | None = None, *, compact: bool = False
) -> list[Change]:
    """Return the steps from one document to the other; none when they are equal.

    Arrays are aligned by their equal items, with bounded effort (see `sequences`): `effort`
    is what is left of it where several comparisons share it. With `compact`, a value below
    the top is replaced whole where that is shorter to say as JSON than its inner steps.
    """
    return _Comparison(effort or Effort(), compact=compact).between(before, after, (), ())


class _Comparison:
    """The rules and the effort left of one comparison, through all its levels."""

    def __init__(self, effort: Effort, *, compact: bool) -> None:
        self._compact = compact
        self._effort = effort

    def between(self, before: JsonValue, after: JsonValue, path: Path, was: Path) -> list[Change]:
        if equal(before, after):
            return []
        whole = [Change("replace", path, was, before, after)]
        if isinstance(before, dict) and isinstance(after, dict):
            steps = list(self._members(before, after, path, was))
        elif isinstance(before, list) and isinstance(after, list):
            steps = list(self._items(before, after, path, was))
        else:
            return whole
        return whole if path and self._compact and _length(whole) < _length(steps) else steps

    def _members(
        self, before: JsonObject, after: JsonObject, path: Path, was: Path
    ) -> Iterator[Change]:
        for name, member in before.items():
            if name in after:
                yield from self.between(member, after[name], (*path, name), (*was, name))
            else:
                yield Change("remove", (*path, name), (*was, name), old=member)
        for name, member in after.items():
            if name not in before:
                yield Change("add", (*path, name), (*was, name), new=member)

    def _items(
        self, before: list[JsonValue], after: list[JsonValue], path: Path, was: Path
    ) -> Iterator[Change]:
        for hunk in hunks([*map(_key, before)], [*map(_key, after)], self._effort):
            yield from self._hunk(hunk, before, after, path, was)

    def _hunk(
        self, hunk: Hunk, before: list[JsonValue], after: list[JsonValue], path: Path, was: Path
    ) -> Iterator[Change]:
        """Change items one to one as far as both sides go, then remove or add the rest.

        All hunks before this one are done, so its items begin where those of `after` do.
        """
        start, stop, new_start, new_stop = hunk
        paired = min(stop - start, new_stop - new_start)
        for offset in range(paired):
            old, new = before[start + offset], after[new_start + offset]
            place, former = (*path, new_start + offset), (*was, start + offset)
            yield from self.between(old, new, place, former)
        for position in range(start + paired, stop):
            place = (*path, new_start + paired)
            yield Change("remove", place, (*was, position), old=before[position])
        for position in range(new_start + paired, new_stop):
            place = (*path, position)
            yield Change("add", place, (*was, stop), new=after[position])


def _key(item: JsonValue) -> Hashable:
    """Return what can be hashed and is equal when the items are."""
    if isinstance(item, dict | list):
        return canonical(item)
    return (True, item) if isinstance(item, bool) else item


def _length(steps: Sequence[Change]) -> int:
    """Return about how many bytes the steps take as a JSON Patch."""
    values = sum(len(orjson.dumps(step.new)) for step in steps if step.kind != "remove")
    return values + sum(_FRAME + len(pointer(step.path)) for step in steps)
