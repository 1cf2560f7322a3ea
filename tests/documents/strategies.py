"""JSON values for Hypothesis: all kinds of them, and few kinds that differ in interesting ways."""

from typing import Any, TypeAlias

from hypothesis import strategies as st

from service.documents.values import MAX_INTEGER

Json: TypeAlias = Any
"""JSON that a test looks into, knowing what is there."""

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
names = st.sampled_from(["", "a", "b", "~", "/", "é", "\ue000", "😀", "0", "-"]) | texts
integers = st.integers(-MAX_INTEGER, MAX_INTEGER)
decimals = st.floats(-MAX_INTEGER, MAX_INTEGER) | st.floats(1e21, allow_infinity=False)
scalars = st.none() | st.booleans() | integers | decimals | texts


def nested(
    leaves: st.SearchStrategy[Json], members: st.SearchStrategy[str], size: int
) -> st.SearchStrategy[Json]:
    """Make values of up to `size` leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=6) | st.dictionaries(members, inner, max_size=4),
        max_leaves=size,
    )


values = nested(scalars, names, 12)
alike = nested(
    st.sampled_from([None, True, False, 0, 1, 1.0, -0.0, 0.5, "", "a", "b c"]),
    st.sampled_from(["a", "b", "~/", "0"]),
    20,
)
"""Drawn from so little that two of them often have much in common."""

objects = st.dictionaries(st.sampled_from(["a", "b", "c"]), alike, max_size=3)
