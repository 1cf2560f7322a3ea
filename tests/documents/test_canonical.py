"""Canonical text is RFC 8785's, by whichever way it is made; fingerprints are over it."""

import hashlib
import math

import pytest
import rfc8785
from hypothesis import given

from service.documents.canonical import canonical, fingerprint
from service.documents.parsing import parse
from service.documents.values import equal
from tests.documents.strategies import Json, values


@given(values)
def test_canonical_text_is_that_of_the_reference(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(values)
def test_canonical_text_is_read_as_the_same_value(value: Json) -> None:
    assert equal(parse(canonical(value)), value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5e-324, b"5e-324"),
        (1.7976931348623157e308, b"1.7976931348623157e+308"),
        (-0.0, b"0"),
        (9.999999999999997e22, b"9.999999999999997e+22"),
        (1e21, b"1e+21"),
        (1e-6, b"0.000001"),
        (1e-7, b"1e-7"),
        (333333333.3333332, b"333333333.3333332"),
        (4.5, b"4.5"),
        (2e-3, b"0.002"),
    ],
)
def test_numbers_are_written_as_the_rfc_says(number: float, text: bytes) -> None:
    assert canonical(number) == text


def test_names_are_sorted_by_utf_16() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]
    text = canonical(dict.fromkeys(names, 0)).decode()
    order = ["\\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert text == "{" + ",".join(f'"{name}":0' for name in order) + "}"


def test_text_is_escaped_as_little_as_the_rfc_says() -> None:
    every = "".join(map(chr, range(1, 0x80))) + "é😀"
    assert canonical(every) == rfc8785.dumps(every)


@pytest.mark.parametrize("value", [2**53, -(2**53), math.nan, math.inf, "\ud800", {"\ud800": 1}])
def test_what_has_no_canonical_text_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"domain|representable|codepoints|surrogates"):
        canonical({"a": [value]})


def test_a_fingerprint_is_the_hash_of_salt_and_canonical_text() -> None:
    text = b'{"a":1,"note":"Typo.","reason":"typo","status":"published"}'
    expected = hashlib.sha256(b"salt" + text).digest()
    assert fingerprint(b"salt", {"a": 1.0}, "published", "Typo.", "typo") == expected


def test_a_note_that_was_not_given_is_not_in_the_fingerprint() -> None:
    expected = hashlib.sha256(b'salt{"a":1,"status":"draft"}').digest()
    assert fingerprint(b"salt", {"a": 1}, "draft") == expected
