"""Texts, numbers and languages of reviews, out of what systems made of them."""

import pytest

from service.interop.claimreview.values import languages, numbers, texts
from tests.interop.claimreview.reader import node, told

TEXTS = [
    ("It rained", "It rained", []), ("It&#039;s &amp;quot;wet&amp;quot;", "It's \"wet\"", ["text-mended"]),
    ("a<br />\r\n<br />\r\nb", "a\n\nb", ["text-mended"]), ("<p>a</p><p>b</p>", "a\nb", ["text-mended"]),
    ("1 < 2 and 3 > 2, a<b", "1 < 2 and 3 > 2, a<b", []), ("AT&T & Co", "AT&T & Co", []),
    ("x?a=1&copy=2", "x?a=1&copy=2", []), ("&#99999999999999999999;", "&#99999999999999999999;", []),
    ("\u202eevil\u0000\u0007", "evil", ["text-mended"]), ("\ud83d\ude00\ud800", "\U0001f600", ["text-mended"]),
    ("  a \u200b\u00ad ", "a", ["text-mended"]), ("a&lt;script&gt;x < y&lt;/script&gt;b<style>p {}</style>c<script>", "abc", ["text-mended"]),
    ("a:<ul><li>b<li>c</ul>d", "a:\nb\nc\nd", ["text-mended"]),
    ("a\u2028b\u2029c", "a\nb\n\nc", ["text-mended"]), ("<![CDATA[a]]>", "a", ["text-mended"]),
    ("a\n\n\n\n\nb", "a\n\nb", ["text-mended"]), ("می‌خواهم", "می‌خواهم", []),
    (5, "5", ["number-for-text"]), (2.5, "2.5", ["number-for-text"]), (True, None, ["wrong-shape"]),
    ({"name": "n"}, "n", ["object-for-text"]), ({"x": "n"}, None, ["wrong-shape"]),
    (["a", "b"], "a", ["list-for-one"]), ([], None, ["list-for-one"]), ("<br>", None, ["text-mended"]),
]  # fmt: skip

NUMBERS = [
    (1, (1, None), None), (2.5, (2.5, None), None), ("1", (1, None), "number-mended"),
    ("1,5", (1.5, None), "number-mended"), (" 2 ", (2, None), "number-mended"),
    ("4/5", (4, 5), "number-mended"), ("3 out of 5", (3, 5), "number-mended"),
    ("-1", (-1, None), "number-mended"), ("५", (5, None), "number-mended"),
    ("5 stars", (5, None), "number-mended"), ("1 (False)", (1, None), "number-mended"),
    ({"value": 2}, (2, None), "number-mended"), ({"value": []}, (None, None), "number-unusable"),
    (True, (None, None), "number-unusable"), ("x", (None, None), "number-unusable"),
    ("9" * 15 + "9", (None, None), "number-unusable"), (1e300, (None, None), "number-unusable"),
    (float("nan"), (None, None), "number-unusable"), ("1" * 100, (None, None), "number-unusable"),
    ({}, (None, None), "number-unusable"), ([3], (3, None), "list-for-one"),
    ([None], (None, None), "list-for-one"), ("1e5", (None, None), "number-unusable"),
]  # fmt: skip

LANGUAGES = [
    ("en", "en", None), ("pt-BR", "pt-BR", None), ("pt_BR", "pt-BR", None), ("English", "en", None),
    ("Español", "es", None), ("हिन्दी", "hi", None), ({"name": "Spanish", "alternateName": "es"}, "es", None),
    (["de", "en"], "de", "list-for-one"), ("the usual one", None, "language-unknown"),
    (5, None, "language-unknown"), ("x" * 10_000, None, "language-unknown"), ([], None, "list-for-one"),
    ("en-a", None, "language-unknown"), ({"x": 1}, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "text", "codes"), TEXTS)
def test_a_text_is_cleared(sent: object, text: str | None, codes: list[str]) -> None:
    found = node(sent)
    assert texts.read(found, 5000, lines=True) == text
    assert told(found) == codes


def test_a_line_has_no_breaks() -> None:
    assert texts.read(node("a<br>b\n c"), 100) == "a b c"


def test_a_text_that_is_too_long_ends_with_an_ellipsis() -> None:
    for length in (101, 1000, 10_000_000):
        found = node("a" * length)
        assert texts.read(found, 100) == "a" * 99 + "…"
        assert told(found) == ["shortened"]


@pytest.mark.parametrize("made", [" ", "<script>", "<style>", " <li>", "</script", "<li", "&lt;"])
def test_a_text_that_was_made_to_hold_up_is_read_as_fast_as_another(made: str) -> None:
    found = node("a" + made * (400_000 // len(made)) + "</style>b")
    assert (texts.read(found, 100_000, lines=True) or "").startswith("a")


@pytest.mark.parametrize(("sent", "number", "code"), NUMBERS)
def test_a_number_is_read(sent: object, number: tuple[object, object], code: str | None) -> None:
    found = node(sent)
    assert numbers.read(found) == number
    assert told(found) == ([code] if code else [])


@pytest.mark.parametrize(("sent", "language", "code"), LANGUAGES)
def test_a_language_is_what_it_is_said_to_be(
    sent: object, language: str | None, code: str | None
) -> None:
    found = node(sent)
    assert languages.read(found) == language
    assert told(found) == ([code] if code else [])
