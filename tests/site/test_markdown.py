"""Markdown as HTML that can do nothing."""

import pytest

from service.site.markdown import RULES, markdown

LINK = f'rel="{RULES}"'


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\nscript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example)",
        "[a](/v1/claims)",
        "<javascript:alert(1)>",
        "[a][b]\n\n[b]: javascript:alert(1)",
    ],
)
def test_a_link_leads_to_the_web_or_is_none(text: str) -> None:
    assert "href" not in markdown(text)


@pytest.mark.parametrize(
    "text", ["[a](https://a.example)", "<http://a.example>", "[a](mailto:a@b.c)"]
)
def test_a_link_says_that_we_do_not_vouch_for_it(text: str) -> None:
    assert LINK in markdown(text)


def test_html_is_shown_as_it_was_written() -> None:
    assert markdown("a <b onclick=x>b</b>\n\n<script>\n</script>") == (
        "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n<p>&lt;script&gt;\n&lt;/script&gt;</p>\n"
    )


def test_a_picture_is_not_loaded() -> None:
    assert "<img" not in markdown("![a](https://a.example/p.png)")


def test_headings_stand_below_those_of_the_page() -> None:
    assert markdown("# a\n\n###### b\n\nc\n=") == "<h3>a</h3>\n<h6>b</h6>\n<h3>c</h3>\n"


def test_a_table_has_no_styles_of_its_own() -> None:
    assert "style" not in markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert "<td>1</td>" in markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |")


def test_nothing_is_nothing() -> None:
    assert markdown(None) == ""


@pytest.mark.parametrize("mark", ["[", "![", "`a", "*a **a ", "a\n\n", "&"])
def test_a_text_of_nothing_but_marks_is_shown_as_it_was_written(mark: str) -> None:
    text = mark * (200_000 // len(mark))
    assert markdown(text) == f'<p class="long">{text.replace("&", "&amp;")}</p>'
