"""Ids, addresses and languages of every sort that people send."""

import pytest
from marshmallow import ValidationError

from schemas.fields import Patterned
from schemas.texts import Color, Key, KeyName, Language, RecordId, Sha256, Url


def takes(field: Patterned, text: str) -> bool:
    """Tell whether the field takes the text."""
    try:
        return field.deserialize(text) == text
    except ValidationError:
        return False


@pytest.mark.parametrize("text", ["a", "0", "cnn-2022-02-16", "A.b_c~d-e", "x" * 100])
def test_an_id_is_taken(text: str) -> None:
    assert takes(RecordId(), text)


@pytest.mark.parametrize("text", ["", "-a", ".", "a b", "a/b", "é", "a\n", "x" * 101])
def test_an_id_that_a_path_cannot_carry_is_refused(text: str) -> None:
    assert not takes(RecordId(), text)


@pytest.mark.parametrize(
    "text",
    [
        "http://a",
        "https://desk.example",
        "https://desk.example:8443/checks?q=a%20b&c=[1]#top",
        "https://desk.example?q=me@desk.example",
        "https://192.0.2.7/",
        "https://правда.example/новини/лютий",
        "https://desk.example/" + "x" * 1_979,
    ],
)
def test_an_address_is_taken(text: str) -> None:
    assert takes(Url(), text)


@pytest.mark.parametrize(
    "text",
    [
        "desk.example",
        "//desk.example",
        "ftp://desk.example",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://me@desk.example",
        "https://me:secret@desk.example/",
        "https://desk.example\\@other.example",
        "https://desk.example/a b",
        "https://desk.example/\n",
        "https://desk.example:99999/",
        "https://desk.example:/",
        "http://[::1/",
        "http://[::1]/",
        "http://\u2100.example/",
        "https://desk.example/" + "x" * 1_980,
    ],
)
def test_an_address_that_leads_nowhere_or_hides_something_is_refused(text: str) -> None:
    assert not takes(Url(), text)


@pytest.mark.parametrize(
    "text",
    [
        "en",
        "mfe",
        "EN-gb",
        "zh-Hant-TW",
        "zh-cmn-Hans-CN",
        "es-419",
        "de-CH-1996",
        "sl-rozaj-biske",
        "en-u-ca-gregory-t-de",
        "uk-x-desk",
    ],
)
def test_a_language_is_taken(text: str) -> None:
    assert takes(Language(), text)


@pytest.mark.parametrize(
    "text",
    ["e", "englishlanguage", "en_GB", "en-", "-en", "en-GB-", "en--GB", "en-x", "e1", "en\n"],
)
def test_what_is_no_language_tag_is_refused(text: str) -> None:
    assert not takes(Language(), text)


def test_hashes_and_colours_are_of_their_length() -> None:
    assert takes(Sha256(), "0f" * 32)
    assert not takes(Sha256(), "0F" * 32)
    assert takes(Color(), "#00ffAA")
    assert not takes(Color(), "#0fa")


def test_a_key_is_shorter_than_an_id() -> None:
    assert takes(Key(), "x" * 50)
    assert not takes(Key(), "x" * 51)


@pytest.mark.parametrize("text", ["a", "Die Prüfer 2", "factcheck bot", "x" * 100])
def test_the_name_of_an_api_key_is_taken(text: str) -> None:
    assert takes(KeyName(), text)


@pytest.mark.parametrize(
    "text", ["", " ", " a", "a ", "a\n", "a\tb", "a\u200bb", "a\ud800", "factcheck", "x" * 101]
)
def test_a_name_that_no_line_can_show_is_refused(text: str) -> None:
    assert not takes(KeyName(), text)
