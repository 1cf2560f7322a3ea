"""Where two sequences differ: an edit script of bounded cost."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_MAX_EDITS = 256


class Hunk(NamedTuple):
    """``before[start:stop]`` became ``after[new_start:new_stop]``; one of them may be empty."""

    start: int
    stop: int
    new_start: int
    new_stop: int


@dataclass(slots=True)
class Effort:
    """The steps of comparing that are left, shared by all parts of one comparison.

    A million steps are some 0.3 s. When they are used up hunks grow coarse, and stay right.
    """

    steps: int = 1_000_000


def hunks(before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort) -> list[Hunk]:
    """Return what differs, in order: the fewest insertions and removals if `effort` lasts.

    Sequences more than 256 edits apart give one hunk between their common ends.
    """
    head = _common(before, after)
    rest, new_rest = before[head:], after[head:]
    tail = _common(rest[::-1], new_rest[::-1])
    middle, new_middle = rest[: len(rest) - tail], new_rest[: len(new_rest) - tail]
    kept = _kept(middle, new_middle, effort) if middle and new_middle else []
    ends = [(-1, -1), *kept, (len(middle), len(new_middle))]
    return [
        Hunk(head + x + 1, head + next_x, head + y + 1, head + next_y)
        for (x, y), (next_x, next_y) in pairwise(ends)
        if (x + 1, y + 1) != (next_x, next_y)
    ]


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Return how many items both begin with."""
    for position, (item, counterpart) in enumerate(zip(one, other, strict=False)):
        if item != counterpart:
            return position
    return min(len(one), len(other))


def _kept(
    before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort
) -> list[tuple[int, int]]:
    """Return the pairs of positions that stay as they are; none when that costs too much.

    The greedy algorithm of E. Myers (An O(ND) Difference Algorithm, 1986):
    ``furthest[k]`` is how far into `before` the edits so far lead on diagonal k.
    """
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    while len(trace) <= _MAX_EDITS and effort.steps > 0:
        edits = len(trace)
        trace.append(furthest.copy())
        for diagonal in range(-edits, edits + 1, 2):
            origin = _origin(furthest, diagonal, edits)
            start = furthest[origin] + (origin < diagonal)
            x = _slide(before, after, start, start - diagonal)
            furthest[diagonal] = x
            effort.steps -= 1 + x - start
            if x >= len(before) and x - diagonal >= len(after):
                return _walked_back(trace, len(before), len(after))
    return []


def _origin(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Return the diagonal the next edit comes from: below it a removal, above an insertion."""
    below, above = diagonal - 1, diagonal + 1
    if diagonal == -edits or (diagonal != edits and furthest[below] < furthest[above]):
        return above
    return below


def _slide(before: Sequence[Hashable], after: Sequence[Hashable], x: int, y: int) -> int:
    """Return how far equal items lead from here."""
    while x < len(before) and y < len(after) and before[x] == after[y]:
        x, y = x + 1, y + 1
    return x


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """Return the pairs passed on the way to the end, first to last."""
    pairs: list[tuple[int, int]] = []
    for edits, furthest in reversed(list(enumerate(trace))):
        origin = _origin(furthest, x - y, edits)
        came_x = furthest[origin]
        came_y = came_x - origin
        while x > came_x and y > came_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = came_x, came_y
    return pairs[::-1]
