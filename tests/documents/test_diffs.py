"""A difference, put on one document, gives the other."""

import pytest
from hypothesis import given

from service.documents.canonical import canonical
from service.documents.diffs import NoMergePatchError, json_patch, merge_patch
from service.documents.patches import apply, merge
from service.documents.values import equal
from tests.documents.strategies import Json, alike, objects, values


def steps(before: Json, after: Json) -> Json:
    """Return the JSON Patch, for a test to look into."""
    return json_patch(before, after)


def without_nulls(value: Json) -> Json:
    """Return the value without members that are null, inside arrays too."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return list(map(without_nulls, value)) if isinstance(value, list) else value


@given(alike, alike)
def test_a_json_patch_makes_one_document_of_the_other(before: Json, after: Json) -> None:
    assert equal(apply(before, json_patch(before, after)), after)


@given(values, values)
def test_a_json_patch_makes_any_value_of_any_other(before: Json, after: Json) -> None:
    assert equal(apply(before, json_patch(before, after)), after)


@given(alike, alike)
def test_a_merge_patch_makes_one_document_of_the_other(before: Json, after: Json) -> None:
    try:
        patch = merge_patch(before, after)
    except NoMergePatchError:
        assert b'":null' in canonical(after)
    else:
        assert equal(merge(before, patch), after)


@given(objects, objects)
def test_records_without_null_always_have_a_merge_patch(before: Json, after: Json) -> None:
    wanted = without_nulls(after)
    assert equal(merge(before, merge_patch(before, wanted)), wanted)


@given(objects)
def test_the_patches_of_equal_records_are_empty(record: Json) -> None:
    assert json_patch(record, record) == []
    assert merge_patch(record, record) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": 1}, {"a": None}),
        ({}, {"a": None}),
        ({}, {"a": {"b": None}}),
        ({"a": 1}, {"a": {"b": {"c": None}}}),
        ({"a": {"b": 1}}, {"a": {"b": None}}),
        ([], {"a": None}),
    ],
)
def test_a_merge_patch_cannot_say_null(before: Json, after: Json) -> None:
    with pytest.raises(NoMergePatchError, match="ask for a JSON Patch"):
        merge_patch(before, after)


@pytest.mark.parametrize(
    ("before", "after", "patch"),
    [
        ({"a": None}, {"a": None, "b": 1}, {"b": 1}),
        ({"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"c": 1, "d": 3}}, {"a": None, "b": {"d": 3}}),
        ({}, {"a": [{"number": None}]}, {"a": [{"number": None}]}),
        ({"a": 1}, {"a": {}}, {"a": {}}),
        ({"a": 1}, None, None),
    ],
)
def test_a_merge_patch_says_what_differs(before: Json, after: Json, patch: Json) -> None:
    assert merge_patch(before, after) == patch
    assert equal(merge(before, patch), after)


@pytest.mark.parametrize(
    ("before", "after", "patch"),
    [
        ([1, 2, 3], [1, 9, 2, 3], [("add", "/1", 9)]),
        ([1, 2, 3, 4], [1, 4], [("remove", "/1", None), ("remove", "/1", None)]),
        (
            [1, 2, 3, 4, 5],
            [2, 3, 9, 5, 6],
            [("remove", "/0", None), ("replace", "/2", 9), ("add", "/4", 6)],
        ),
        ({"a": True}, {"a": 1}, [("replace", "/a", 1)]),
        ({"a": 1, "b": 2}, {"b": 2, "c": 3}, [("remove", "/a", None), ("add", "/c", 3)]),
        (
            {"a": {"b": 1, "c": "same " * 9}},
            {"a": {"b": 2, "c": "same " * 9}},
            [("replace", "/a/b", 2)],
        ),
        ({"a": {"b": 1}}, {"a": {"c": 2}}, [("replace", "/a", {"c": 2})]),
        ([], {}, [("replace", "", {})]),
    ],
)
def test_a_json_patch_is_short(
    before: Json, after: Json, patch: list[tuple[str, str, Json]]
) -> None:
    found = steps(before, after)
    assert [(step["op"], step["path"], step.get("value")) for step in found] == patch
    assert all("value" not in step for step in found if step["op"] == "remove")


def test_a_patch_of_more_than_1000_operations_replaces_the_whole() -> None:
    before, after = {}, {str(number): number for number in range(1_001)}
    assert steps(before, after) == [{"op": "replace", "path": "", "value": after}]


def test_an_item_put_before_a_thousand_others_is_one_operation() -> None:
    items = [{"source_id": f"source-{number}"} for number in range(1_000)]
    assert len(steps(items, [{"source_id": "new"}, *items[:500], *items[501:]])) == 2


def test_arrays_with_nothing_in_common_are_compared_in_time() -> None:
    before: Json = [[number] for number in range(3_000)]
    after: Json = [[-number] for number in range(1, 3_000)]
    assert equal(apply(before, steps(before, after)), after)
