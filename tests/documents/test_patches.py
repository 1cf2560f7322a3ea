"""Merge patches and JSON Patches do what their RFCs say, within bounds."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.patches import apply, merge
from service.documents.values import equal
from service.errors import InvalidRecord
from tests.documents.strategies import Json, alike

pointers = st.lists(st.sampled_from(["a", "b", "~0~1", "0", "1", "-"]), max_size=3).map(
    lambda tokens: "".join(f"/{token}" for token in tokens)
)
operations = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test"]),
        "path": pointers,
        "from": pointers,
        "value": alike,
    }
)


def applied(document: Json, patch: Json) -> Json:
    """Return the patched document, for a test to look into."""
    return apply(document, patch)


def refusal(document: Json, *steps: Json) -> tuple[str | None, str]:
    """Return pointer and detail of the first fault that a patch is refused with."""
    with pytest.raises(InvalidRecord) as caught:
        applied(document, list(steps))
    assert {fault.code for fault in caught.value.errors} == {"patch-failed"}
    return caught.value.errors[0].pointer, caught.value.errors[0].detail


# RFC 7396, appendix A.
@pytest.mark.parametrize(
    ("document", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_the_examples_of_rfc_7396_merge(document: Json, patch: Json, result: Json) -> None:
    assert equal(merge(document, patch), result)


# RFC 6902, appendix A, and its rules in section 4.
@pytest.mark.parametrize(
    ("document", "steps", "result"),
    [
        ({"foo": "bar"}, [("add", "/baz", "qux")], {"baz": "qux", "foo": "bar"}),
        ({"foo": [1, 3]}, [("add", "/foo/1", 2)], {"foo": [1, 2, 3]}),
        ({"foo": [1]}, [("add", "/foo/-", [2])], {"foo": [1, [2]]}),
        ({"foo": [1]}, [("add", "/foo/1", 2)], {"foo": [1, 2]}),
        ({"foo": 1}, [("add", "/foo", 2)], {"foo": 2}),
        ({"foo": 1}, [("add", "", [])], []),
        ({"foo": 1}, [("replace", "", None)], None),
        ({"baz": 1, "foo": 2}, [("remove", "/baz", None)], {"foo": 2}),
        ([1, 2, 3], [("remove", "/1", None)], [1, 3]),
        ({"a": 1}, [("replace", "/a", {"b": 2})], {"a": {"b": 2}}),
        ([1, 2], [("replace", "/0", 9)], [9, 2]),
        ({"/": 9, "~1": 10}, [("test", "/~01", 10), ("remove", "/~1", None)], {"~1": 10}),
        ({"a": 1}, [("test", "/a", 1.0), ("test", "", {"a": 1})], {"a": 1}),
        ({"": {"0": 1}}, [("replace", "//0", 2)], {"": {"0": 2}}),
    ],
)
def test_operations_with_a_value_do_what_rfc_6902_says(
    document: Json, steps: list[tuple[str, str, Json]], result: Json
) -> None:
    patch = [{"op": op, "path": path, "value": value} for op, path, value in steps]
    assert equal(applied(document, patch), result)


@pytest.mark.parametrize(
    ("op", "origin", "path", "result"),
    [
        ("move", "/a/b", "/c", {"a": {}, "l": [1, 2, 3], "c": 1}),
        ("move", "/l/0", "/l/2", {"a": {"b": 1}, "l": [2, 3, 1]}),
        ("move", "/l/0", "/l/-", {"a": {"b": 1}, "l": [2, 3, 1]}),
        ("move", "/a", "/a", {"a": {"b": 1}, "l": [1, 2, 3]}),
        ("move", "", "", {"a": {"b": 1}, "l": [1, 2, 3]}),
        ("move", "/a", "/l", {"l": {"b": 1}}),
        ("move", "/l", "", [1, 2, 3]),
        ("copy", "/a", "/l/0", {"a": {"b": 1}, "l": [{"b": 1}, 1, 2, 3]}),
        ("copy", "/a", "/a/b", {"a": {"b": {"b": 1}}, "l": [1, 2, 3]}),
        ("copy", "", "/a", {"a": {"a": {"b": 1}, "l": [1, 2, 3]}, "l": [1, 2, 3]}),
    ],
)
def test_move_and_copy_do_what_rfc_6902_says(op: str, origin: str, path: str, result: Json) -> None:
    document: Json = {"a": {"b": 1}, "l": [1, 2, 3]}
    assert equal(applied(document, [{"op": op, "from": origin, "path": path}]), result)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"op": "test", "path": "/s", "value": "draft"}, 'test failed: /s is "published", not'),
        ({"op": "test", "path": "/n", "value": True}, "test failed: /n is 1, not true"),
        ({"op": "test", "path": "", "value": 1}, "test failed: the document is {"),
        ({"op": "test", "path": "/x", "value": 1}, "test failed: /x does not exist"),
        ({"op": "remove", "path": "/x"}, "remove failed: /x does not exist: the document has"),
        ({"op": "remove", "path": ""}, "remove failed: the whole document cannot"),
        ({"op": "replace", "path": "/l/3", "value": 1}, "replace failed: /l/3 does not exist"),
        ({"op": "replace", "path": "/l/-", "value": 1}, "replace failed: /l/- does not exist"),
        ({"op": "add", "path": "/l/4", "value": 1}, "add failed: /l/4 is no place for an item"),
        ({"op": "add", "path": "/l/01", "value": 1}, "add failed: /l/01 is no place"),
        ({"op": "add", "path": "/l/x", "value": 1}, "add failed: /l/x is no place"),
        ({"op": "add", "path": "/n/x", "value": 1}, "add failed: /n/x does not exist: /n is"),
        ({"op": "add", "path": "/x/y", "value": 1}, "add failed: /x does not exist"),
        ({"op": "move", "from": "/o", "path": "/o/p"}, "move failed: /o cannot be moved into"),
        ({"op": "move", "from": "", "path": "/o"}, "move failed: the document cannot be moved"),
        ({"op": "move", "from": "/x", "path": "/o"}, "move failed: /x does not exist"),
        ({"op": "copy", "from": "/l/9", "path": "/o"}, "copy failed: /l/9 does not exist"),
    ],
)
def test_an_operation_that_cannot_be_done_says_why(step: Json, said: str) -> None:
    document: Json = {"s": "published", "n": 1, "l": [1, 2, 3], "o": {}}
    pointer, detail = refusal(document, {"op": "test", "path": "/n", "value": 1}, step)
    assert pointer == "#/1"
    assert detail.startswith(said)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (1, "An operation is an object with op and path"),
        ({}, "op is null; it must be one of add, remove"),
        ({"op": ["add"]}, 'op is ["add"]; it must be one of'),
        ({"op": "Add", "path": ""}, 'op is "Add"; it must be one of'),
        ({"op": "add", "value": 1}, "add needs the member path"),
        ({"op": "add", "path": 1, "value": 1}, "add needs the member path"),
        ({"op": "add", "path": "a", "value": 1}, "a is not a JSON Pointer"),
        ({"op": "add", "path": "/a"}, "add needs the member value"),
        ({"op": "test", "path": "/a"}, "test needs the member value"),
        ({"op": "move", "path": "/a"}, "move needs the member from"),
        ({"op": "copy", "path": "/a", "from": "~2"}, "~2 is not a JSON Pointer"),
    ],
)
def test_a_malformed_operation_says_what_it_needs(step: Json, said: str) -> None:
    pointer, detail = refusal({}, {"op": "add", "path": "/a", "value": 1, "why": "x"}, step)
    assert pointer == "#/1"
    assert detail.startswith(said)


def test_all_malformed_operations_are_named_at_once_and_twenty_at_most() -> None:
    with pytest.raises(InvalidRecord, match="#/0: ") as caught:
        applied({}, [{}] * 30)
    assert [fault.pointer for fault in caught.value.errors] == [f"#/{n}" for n in range(20)]


def test_an_object_is_no_json_patch() -> None:
    with pytest.raises(InvalidRecord, match=r"application/merge-patch\+json"):
        applied({}, {"a": 1})


def test_a_patch_has_at_most_1000_operations() -> None:
    step: Json = {"op": "test", "path": "", "value": {}}
    assert applied({}, [step] * 1_000) == {}
    with pytest.raises(InvalidRecord, match="at most 1000 operations"):
        applied({}, [step] * 1_001)


def test_a_document_cannot_be_doubled_without_end() -> None:
    step: Json = {"op": "copy", "from": "", "path": "/a/-"}
    pointer, detail = refusal({"a": ["x" * 1_000], "b": "x" * 300_000}, *[step] * 12)
    assert (pointer, detail[:11]) == ("#/3", "copy failed")
    assert "more than 4194304 bytes" in detail


def test_a_patch_cannot_copy_the_same_for_ever() -> None:
    step: Json = {"op": "copy", "from": "/a", "path": "/b"}
    assert refusal({"a": "x" * 100_000}, *[step] * 1_000)[0] == "#/41"


def test_a_result_over_1_mib_is_refused_and_one_that_only_was_is_not() -> None:
    document: Json = {"a": "x" * 600_000}
    twice: Json = {"op": "copy", "from": "/a", "path": "/b"}
    assert refusal(document, twice)[1].startswith("the result has 1200")
    assert applied(document, [twice, {"op": "remove", "path": "/b"}]) == document


def test_a_result_cannot_be_nested_over_32() -> None:
    assert refusal({}, *[{"op": "move", "from": "/a", "path": "/a/a"}])[0] == "#/0"
    deeper: Json = {"op": "copy", "from": "", "path": "/a"}
    pointer, detail = refusal({}, *[deeper] * 40)
    assert (pointer, detail) == (
        "#/31",
        "copy failed: the result would be nested more than 32 deep",
    )


@given(alike, alike)
def test_a_merge_changes_neither_document_nor_patch(document: Json, patch: Json) -> None:
    kept = copy.deepcopy((document, patch))
    merge(document, patch)
    assert (document, patch) == kept


@given(alike, st.lists(operations, max_size=6))
def test_a_patch_is_applied_or_refused_and_changes_nothing_else(
    document: Json, patch: list[Json]
) -> None:
    kept = copy.deepcopy((document, patch))
    try:
        applied(document, patch)
    except InvalidRecord as problem:
        assert len(problem.errors) == 1  # noqa: PT017 - both ways out are right
    assert repr((document, patch)) == repr(kept)


@given(alike, alike)
def test_any_json_may_be_sent_as_a_patch(document: Json, patch: Json) -> None:
    if patch != []:
        with pytest.raises(InvalidRecord):
            applied(document, patch)


def test_a_result_shares_nothing_with_what_it_was_made_of() -> None:
    document, value = {"a": [1]}, [2]
    result = applied(document, [{"op": "add", "path": "/b", "value": value}])
    result["a"].append(3)
    result["b"].append(3)
    assert (document, value) == ({"a": [1]}, [2])
