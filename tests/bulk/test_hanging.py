"""What hangs on refused lines, and what does not."""

import pytest

from service.bulk.hanging import hanging

Needs = list[tuple[int, int, bool]]


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ([], {}),
        ([(1, 2, False), (2, 3, False)], {}),
        ([(1, 2, False), (2, 3, True)], {1: [2], 2: [3]}),
        ([(2, 1, True), (3, 2, False)], {2: [1], 3: [2]}),
        ([(1, 2, False), (2, 1, False), (1, 3, True)], {1: [3, 2], 2: [1]}),
        ([(1, 3, True), (1, 2, False), (2, 3, True), (4, 5, False)], {1: [3, 2], 2: [3]}),
    ],
    ids=["nothing", "all sound", "forwards", "backwards", "a circle", "by two ways"],
)
def test_what_needs_refused_lines_hangs_on_them(needs: Needs, found: dict[int, list[int]]) -> None:
    assert hanging(needs) == found
