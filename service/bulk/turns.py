"""Turns: in which order the records of one kind are written, each after those it refers to."""

from collections.abc import Iterable, Iterator


def turns(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return how many others each place has to wait for, one behind another; 0 is left out.

    An edge leads from a place to one that comes first. Where they go in circles, one of the
    circle has to begin. Nothing has to wait where all edges lead to places before their own.
    """
    targets: dict[int, list[int]] = {}
    forward = False
    for place, target in edges:
        targets.setdefault(place, []).append(target)
        forward = forward or target > place
    found: dict[int, int] = {}
    for place in targets if forward else ():
        _visit(place, targets, found)
    return found


def _visit(start: int, targets: dict[int, list[int]], found: dict[int, int]) -> None:
    """Find the turns of a place and of all that it waits for, without recursion."""
    path: list[tuple[int, Iterator[int]]] = []
    if start not in found:
        path.append(_entered(start, targets, found))
    while path:
        place, waiting = path[-1]
        target = next((one for one in waiting if one in targets and one not in found), None)
        if target is not None:
            path.append(_entered(target, targets, found))
        else:
            found[place] = 1 + max(found.get(one, 0) for one in targets[place])
            _ = path.pop()


def _entered(
    place: int, targets: dict[int, list[int]], found: dict[int, int]
) -> tuple[int, Iterator[int]]:
    found[place] = 0  # so that a circle ends where it began
    return place, iter(targets[place])
