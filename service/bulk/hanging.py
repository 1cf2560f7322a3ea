"""Hanging: which lines of an import fall with others that are refused, however long the chain."""

from array import array
from collections.abc import Iterable


def hanging(needs: Iterable[tuple[int, int, bool]]) -> dict[int, list[int]]:
    """Return the places of lines that hang on refused ones, each with those that it hangs on.

    A need leads from a place to one without which it does not hold, and tells whether that
    is refused. Each is looked at once.
    """
    needing: dict[int, array[int]] = {}
    refused: set[int] = set()
    for place, target, fell in needs:
        needing.setdefault(target, array("q")).append(place)
        if fell:
            refused.add(target)
    found: dict[int, list[int]] = {}
    fallen = list(refused)
    while fallen:
        target = fallen.pop()
        for place in needing.get(target, ()):
            if place not in found:
                fallen.append(place)
            found.setdefault(place, []).append(target)
    return found
