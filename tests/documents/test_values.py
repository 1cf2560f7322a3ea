"""When two JSON values are the same, how deep one is, and what a copy is."""

import pytest
from hypothesis import given

from service.documents.canonical import canonical
from service.documents.values import copied, depth, equal
from tests.documents.strategies import Json, alike, values


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}),
        ([[], {}, None], [[], {}, None]),
        (2**53 - 1, float(2**53 - 1)),
    ],
)
def test_the_same_values_are_equal(one: Json, other: Json) -> None:
    assert equal(one, other)
    assert equal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (False, 0),
        (0, None),
        ("1", 1),
        ([], {}),
        ({}, None),
        ([1, 2], [2, 1]),
        ([1], [1, 1]),
        ({"a": 1}, {"b": 1}),
        ({"a": [1]}, {"a": [True]}),
        ("é", "e\u0301"),
    ],
)
def test_what_differs_is_not_equal(one: Json, other: Json) -> None:
    assert not equal(one, other)
    assert not equal(other, one)


@given(alike, alike)
def test_values_are_equal_exactly_when_their_canonical_texts_are(one: Json, other: Json) -> None:
    assert equal(one, other) == (canonical(one) == canonical(other))


@pytest.mark.parametrize(("value", "deep"), [(1, 0), ([], 1), ({"a": [1, {}]}, 3), ([[[]], 1], 3)])
def test_depth_counts_what_lies_inside_each_other(value: Json, deep: int) -> None:
    assert depth(value) == deep


@given(values)
def test_a_copy_is_equal(value: Json) -> None:
    assert equal(copied(value), value)


def test_a_copy_shares_nothing() -> None:
    items: Json = [1]
    copy = copied({"a": [{"b": items}]})
    items.append(2)
    assert copy == {"a": [{"b": [1]}]}
