"""Edit scripts: right always, short while the effort lasts."""

from hypothesis import given
from hypothesis import strategies as st

from service.documents.sequences import Effort, Hunk, hunks

letters = st.text("abc", max_size=12)


def rebuilt(before: str, after: str, effort: Effort) -> str:
    """Make `after` of `before` by its hunks."""
    text, position = "", 0
    for start, stop, new_start, new_stop in hunks(before, after, effort):
        text += before[position:start] + after[new_start:new_stop]
        position = stop
    return text + before[position:]


def common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence, by the book."""
    row = [0] * (len(other) + 1)
    for letter in one:
        last = row
        row = [0]
        for position, counterpart in enumerate(other):
            longer = last[position] + 1 if letter == counterpart else last[position + 1]
            row.append(max(row[-1], longer))
    return row[-1]


@given(letters, letters, st.integers(0, 40))
def test_hunks_make_one_of_the_other_however_little_effort_is_left(
    before: str, after: str, steps: int
) -> None:
    assert rebuilt(before, after, Effort(steps)) == after


@given(letters, letters)
def test_no_shorter_script_exists(before: str, after: str) -> None:
    found = hunks(before, after, Effort())
    edits = sum(hunk.stop - hunk.start + hunk.new_stop - hunk.new_start for hunk in found)
    assert edits == len(before) + len(after) - 2 * common(before, after)


def test_equal_sequences_have_no_hunks() -> None:
    assert hunks("abc", "abc", Effort()) == []


def test_sequences_far_apart_give_one_hunk() -> None:
    before, after = range(1_000), range(5_000, 6_000)
    assert hunks([*before, 0, 1], [*after, 0, 1], Effort()) == [Hunk(0, 1_000, 0, 1_000)]


def test_effort_is_used_up_across_comparisons() -> None:
    effort = Effort(3)
    assert len(hunks("xay", "ubv", effort)) == 1
    assert effort.steps <= 0
    assert hunks("xay", "uav", effort) == [Hunk(0, 3, 0, 3)]
