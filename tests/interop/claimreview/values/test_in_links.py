"""Addresses of reviews: put right where there is no doubt, never one that a browser runs."""

import pytest

from service.interop.claimreview.values import links
from tests.interop.claimreview.reader import node, told

BASE = "https://r.example/b/c"
SPELLED = [
    ("https://x.example/a", "https://x.example/a", None),
    ("https://web.archive.example/web/2020/https://x.example/", None, None),
    ("https://l.example/l.php?u=https://x.example/a", None, None),
    ("aosfatos.example/noticias/x/", "https://aosfatos.example/noticias/x/", "url-mended"),
    ("x.examplehttps://static.x.example/a.png", "https://static.x.example/a.png", "url-mended"),
    ("http://https://x.example/a", "https://x.example/a", "url-mended"),
    ("https://https//x.example/", "https://x.example/", "url-mended"),
    ("http:/x.example", "http://x.example", "url-mended"),
    ("htttps://x.example", None, "url-unusable"), ("ttps://x.example/", "https://x.example/", "url-mended"),
    ("//x.example/a", "https://x.example/a", "url-mended"),
    ("  https://x.example/a b ", "https://x.example/a%20b", "url-mended"),
    ("https://x.example/\u200ba", "https://x.example/a", "url-mended"),
    ("https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&b=2", "url-mended"),
    ("https://user:pw@x.example/", "https://x.example/", "url-mended"),
    ("see https://x.example/a.", "https://x.example/a", "url-mended"),
    ("<https://x.example/a>", "https://x.example/a", "url-mended"),
    ("<a class=x href='https://x.example/a'>here</a>", "https://x.example/a", "url-mended"),
    ('<a href="/a">here</a>', "https://r.example/a", "url-mended"), ("<a href=''>x</a>", None, "url-unusable"),
    ("https://x.example/14'>here</a", "https://x.example/14", "url-mended"),
    ("/author/x", "https://r.example/author/x", "url-relative"),
    ("../x", "https://r.example/x", "url-relative"), ("?p=1", "https://r.example/b/c?p=1", "url-relative"),
    ("/", None, "url-unusable"), ("#", None, "url-unusable"), ("#a", None, "url-unusable"),
    ("javascript:alert(1)", None, "url-unusable"), ("JaVaScRiPt:alert(1)//x.example", None, "url-unusable"),
    ("java\tscript:alert(1)", None, "url-unusable"), ("\x01javascript:alert(1)", None, "url-unusable"),
    ("&#106;avascript:alert(1)", None, "url-unusable"), ("data:text/html,x", None, "url-unusable"),
    ("vbscript:x", None, "url-unusable"), ("mailto:a@x.example", None, "url-unusable"),
    ("ftp://x.example/", None, "url-unusable"), ("Réseaux sociaux", None, "url-unusable"),
    ("@handle", None, "url-unusable"), ("https://", None, "url-unusable"),
    ("http://[::1]/", None, "url-unusable"), ("https://x.example:99999/", None, "url-unusable"),
    ("a" * 30_000, None, "url-unusable"), (5, None, "url-unusable"), ([[1]], None, "url-unusable"),
    ({"url": "https://x.example"}, "https://x.example", None), ({"name": "x"}, None, None),
    (["", "https://x.example"], "https://x.example", None),
    ("https://x.example/?a=1&b=" + "c" * 3000, "https://x.example/?a=1", "url-shortened"),
    ("https://x.example/" + "c" * 3000, None, "url-unusable"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "address", "code"), SPELLED)
def test_an_address_is_put_right_or_left_out(
    sent: object, address: str | None, code: str | None
) -> None:
    found = node(sent)
    same = sent if address is None and code is None and isinstance(sent, str) else address
    assert links.read(found, BASE) == same
    assert told(found) == ([code] if code else [])


def test_a_relative_address_needs_another_to_be_completed() -> None:
    assert links.read(node("/author/x")) is None
    assert links.mended("/x", "http://[") is None


def test_every_address_of_a_list_is_taken_once() -> None:
    sent = ["https://x.example", "junk", "x.example", {"url": "https://y.example"}]
    assert links.every(node(sent)) == ["https://x.example", "https://y.example"]
    assert links.every(None) == []
