"""JSON Pointers name one place each, and say what is wrong if they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.pointers import (
    PointerError,
    changed,
    escape,
    fragment,
    parse,
    pointer,
    resolve,
    unescape,
)
from service.documents.values import equal
from tests.documents.strategies import Json, alike, names

# The document of RFC 6901, section 5.
RFC: Json = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", RFC),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_the_examples_of_the_rfc_resolve(text: str, value: Json) -> None:
    assert resolve(RFC, text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foo", "foo is not a JSON Pointer: it starts with / or is empty"),
        ("/m~n", "/m~n is not a JSON Pointer: write ~ as ~0"),
        ("/foo/2", "/foo/2 does not exist: /foo has 2 items, counted from 0"),
        ("/foo/00", "/foo/00 does not exist"),
        ("/foo/-", "/foo/- does not exist"),
        ("/foo/٣", "/foo/٣ does not exist"),
        ("/foo/" + "9" * 5000, "/foo/999"),
        ("/fooo", "/fooo does not exist: the document has foo, "),
        ("/foo/0/x", "/foo/0/x does not exist: /foo/0 is neither an object nor an array"),
    ],
)
def test_a_pointer_to_nothing_says_what_is_there(text: str, said: str) -> None:
    with pytest.raises(PointerError) as caught:
        resolve(RFC, text)
    assert str(caught.value).startswith(said)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("document", "said"),
    [({}, "the document has no members"), ([1], "the document has 1 item,")],
)
def test_an_empty_object_and_a_single_item_are_worded_so(document: Json, said: str) -> None:
    with pytest.raises(PointerError, match=said):
        resolve(document, "/9")


@given(st.lists(names))
def test_a_pointer_is_read_as_it_was_written(path: list[str]) -> None:
    assert parse(pointer(path)) == tuple(path)
    assert [unescape(escape(token)) for token in path] == path


def test_a_pointer_is_built_of_names_and_indices() -> None:
    assert pointer(["evidence", 0, "source_id"]) == "/evidence/0/source_id"
    assert fragment(["a/b", 1, "c%d é"]) == "#/a~1b/1/c%25d%20%C3%A9"


@pytest.mark.parametrize(
    ("before", "after", "pointers"),
    [
        ({"a": 1, "b": [1]}, {"b": [1.0], "a": 1}, []),
        ({"a": 1, "b": 2}, {"a": 2, "c": 3}, ["/a", "/b", "/c"]),
        ({"a": [{"b": 1}, 2]}, {"a": [{"b": True}, 2]}, ["/a/0/b"]),
        ({"a": [1]}, {"a": [1, 2, 3]}, ["/a/1", "/a/2"]),
        ({"a": [1, 2]}, {"a": [1]}, ["/a/1"]),
        ({"a": [1, 2]}, {"a": [2]}, ["/a"]),
        ({"a": []}, {"a": {}}, ["/a"]),
        (1, 2, [""]),
    ],
)
def test_changed_names_the_places_that_differ(
    before: Json, after: Json, pointers: list[str]
) -> None:
    assert changed(before, after) == pointers


@given(alike, alike)
def test_nothing_changed_exactly_when_documents_are_equal(before: Json, after: Json) -> None:
    places = changed(before, after)
    assert (places == []) == equal(before, after)
    assert len(set(places)) == len(places)
