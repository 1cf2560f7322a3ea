"""Prose out of HTML, sound or broken."""

import pytest

from service.documents.cutting import cut
from service.interop.ninjs.prose import line, prose


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("<p>One,\n two.</p><p>Three</p>", "One, two.\n\nThree"),
        ("<P>Bo<b>ld</b> &amp; <a href='x'>li</a>nked</P>", "Bold & linked"),
        ("a<script>var x = '<p>';</script>b", "ab"),
        ("a<STYLE>p {}</STYLE><p>b", "a\n\nb"),
        ("a</script>b", "a\n\nb"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("a <script", "a <script"),
        ("a<!-- b -->c", "a\n\nc"),
        ("<p></p><br>", ""),
        ("&lt;b&gt; &nbsp; stays", "<b> stays"),
    ],
)
def test_prose_is_what_a_reader_reads(markup: str, text: str) -> None:
    assert prose(markup) == text


def test_a_line_has_no_breaks() -> None:
    assert line("<h1>Some</h1>\n<p>words</p>") == "Some words"


def test_a_text_that_is_cut_says_so() -> None:
    assert [cut("seven days", longest) for longest in (10, 9, 7)] == [
        "seven days",
        "seven da…",
        "seven…",
    ]


@pytest.mark.parametrize("piece", ["<", "<p", "<!--", "<script>", "&", "</script "])
def test_broken_html_of_any_length_is_read_in_one_go(piece: str) -> None:
    assert len(prose(piece * 100_000)) <= len(piece) * 100_000
