"""Files made to hold a reader up: each comes to its end, and to an answer.

What takes time that grows with the square of a size would not end within the hour here.
"""

import json
import subprocess
import sys

import pytest

from service.interop.claimreview import mending, nodes
from tests.interop.claimreview.reader import read, review

MUCH = 200_000


def item(members: str) -> bytes:
    """Return a review with members as they are written."""
    return f'{{"@type":"ClaimReview","claimReviewed":"x",{members}}}'.encode()


def page(text: str) -> bytes:
    """Return a page."""
    return f"<html>{text}".encode()


FILES = {
    "ten megabytes of text": item(f'"name":"{"a" * 10_000_000}"'),
    "tags that never end": item(f'"name":"{"<a " * MUCH}"'),
    "entities that never end": item(f'"name":"{"&#" * MUCH}&#{"9" * 5000};"'),
    "blanks without end": item(f'"name":{json.dumps(" " * MUCH + chr(10) * MUCH)}'),
    "a label of colons": item(f'"reviewRating":"{":" * MUCH}"'),
    "an address of schemes": item(f'"url":"{"https://" * 2000}"'),
    "an address of dots": item(f'"url":"{"a." * 9000}"'),
    "an address of parameters": item(f'"url":"https://a.example/?{"a=1&" * 4900}"'),
    "a date of numbers": item(f'"datePublished":"{"1 " * 49}"'),
    "a number of digits": item(f'"x":{"1" * MUCH}'),
    "a list without end": item(f'"citation":[{",".join(["5"] * MUCH)}]'),
    "names without end": item(",".join(f'"n{n}":1' for n in range(MUCH))),
    "lists in lists": item(f'"author":{"[" * 900}"x"{"]" * 900}'),
    "brackets alone": b"[" * MUCH,
    "braces alone": b'{"a":' * MUCH,
    "braces that turn": b"}{" * MUCH,
    "quotes alone": b'{"a":"' + b'" ' * MUCH,
    "escapes that are none": b'{"a":"' + b"\\q" * MUCH,
    "backslashes alone": b'{"' + b"\\" * MUCH,
    "commas alone": b'{"a":[1' + b", " * MUCH + b"]}",
    "blanks alone": b"{" + b" " * MUCH + b"x",
    "comments that never end": page("<!--" * MUCH),
    "comments in JSON": b"<!-- " * MUCH + b"{}",
    "scripts that never end": page("<script " * MUCH),
    "scripts in scripts": page('<script type="application/ld+json">{' * 2000),
    "ends that are none": page('<script type="application/ld+json">' + "</scrip " * MUCH),
    "links that never end": page(
        "<link " * MUCH + '<script type="application/ld+json">{}</script>'
    ),
    "angles alone": b"<" * MUCH,
    "a call without end": b"a" * MUCH + b"(",
    "lines of nothing": b"\n" * MUCH,
    "lines of braces": b'{"a":\n' * 2000,
    "references in a chain": json.dumps(
        {"@graph": [{"@id": f"x{n}", "n": {"@id": f"x{n + 1}"}} for n in range(2000)]}
    ).encode(),
    "NaN": item('"reviewRating":{"ratingValue":NaN,"bestRating":Infinity,"worstRating":-Infinity}'),
    "numbers beyond all": item(
        '"reviewRating":{"ratingValue":1e400,"bestRating":9007199254740993}'
    ),
    "halves of characters": item(r'"name":"\ud800","\udfff":1,"url":"https://a.example/\ud800"'),
    "U+0000": item(r'"name":"\u0000","\u0000":"\u0000","url":"https://a.example/\u0000"'),
    "names that are code": item('"__proto__":{"x":1},"constructor":5,"__class__":"x"'),
    "names given twice": item('"name":"a","name":"b","name":"c"'),
    "turns of direction": item('"name":"\u202e\u2066\u200fx\u202c"'),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_made_to_hold_up_comes_to_an_end(what: str) -> None:
    found = read(FILES[what])
    assert found.counts["understood"] <= 1


@pytest.mark.parametrize("sent", ["javascript:alert(1)", " JAVASCRIPT:alert(1)", "java\\nscript:x",
    "&#x6A;avascript:alert(1)", "data:text/html,<script>", "vbscript:x", "\\u0001javascript:x"])  # fmt: skip
def test_an_address_that_a_browser_would_run_is_in_no_record(sent: str) -> None:
    places = ("url", "image", "author", "publisher", "citation", "mainEntityOfPage", "@id")
    work = {"url": sent, "sameAs": [sent], "appearance": [sent, {"url": sent}], "author": sent}
    members: dict[str, object] = {name: {"url": sent, "logo": sent} for name in places}
    members |= {"itemReviewed": work | {"image": sent, "associatedMedia": {"contentUrl": sent}}}
    text = json.dumps(members)[1:-1].replace("\\\\", "\\")
    for record in read(item(text)).records:
        kept = {name: value for name, value in record.items() if name != "origin"}
        addresses = json.dumps([kept.get(name) for name in ("url", "image", "publisher")])
        assert "script" not in addresses.casefold()
        assert "data:" not in addresses
        assert "same_as" not in json.dumps(kept)


EIGHT = [{"@id": "#a"}] * 8
FAN = {"@id": "#a", "x": 1, "url": EIGHT, "name": EIGHT, "author": EIGHT, "sameAs": EIGHT}
MEMBERS = ("url", "author", "publisher", "citation", "image", "itemReviewed", "reviewRating")
CHAIN = [
    {"@id": f"#{n}", "url": [{"@id": f"#{n + 1}"}] * 20, "author": [{"@id": f"#{n + 1}"}] * 20}
    for n in range(8)
]
REFERRING = [
    *({"@graph": [{"@type": "ClaimReview", "claimReviewed": "x", name: {"@id": "#a"}}, FAN]}
        for name in MEMBERS),
    *({"@graph": [{"@type": "ClaimReview", "claimReviewed": "x", name: {"@id": "#0"}}, *CHAIN]}
        for name in MEMBERS),
]  # fmt: skip
LIMITED = """
import resource, sys
from tests.interop.claimreview.reader import read
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for line in sys.stdin:
    assert read(line).counts["understood"] == 1
"""


def test_references_that_fan_out_take_no_more_than_a_few_seconds_of_the_processor() -> None:
    lines = "\n".join(map(json.dumps, REFERRING))
    subprocess.run([sys.executable, "-c", LIMITED], input=lines, text=True, check=True)


@pytest.mark.parametrize("item", REFERRING)
def test_what_is_reached_through_references_is_counted(
    monkeypatch: pytest.MonkeyPatch, item: dict[str, object]
) -> None:
    monkeypatch.setattr(nodes, "LOOKS", 0)
    assert "references-cut" in read(item).codes


def test_things_that_many_refer_to_are_read_each_time() -> None:
    cited = [{"name": f"{n}", "url": f"https://a.example/{n}", "publisher": {"@id": "#us"}} for n in range(100)]  # fmt: skip
    us = {"@id": "#us", "name": "Checkers", "logo": {"@id": "#us"}}
    found = read({"@graph": [review(citation=cited, author={"@id": "#us"}), us]})
    assert {one["publisher"] for one in found.of("source")} == {"Checkers"}
    assert "references-cut" not in found.codes


def test_what_an_article_says_is_no_more_work_than_what_is_referred_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nodes, "LOOKS", 50)
    inner = {"@type": "ClaimReview", "claimReviewed": "x", "reviewRating": {"alternateName": "F"}}
    around = {"@type": "Article", "author": [{"name": ["B"] * 500}] * 500, "review": inner}
    assert "references-cut" in read(around).codes
    many = {"@id": "#a", "name": "B"} | {f"n{number}": 1 for number in range(500)}
    found = read({"@graph": [inner | {"author": {"@id": "#a"}}, many]})
    assert "references-cut" in found.codes
    assert "publisher" not in found.verdict


def test_a_large_text_is_read_or_refused_and_not_mended_by_trial(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(mending, "_mends", lambda text: tried.append(text) or [])
    large = f'{{"x":"{"x" * mending.TRIED}","claimReviewed":"x"'
    assert read(large + "}").counts["understood"] == 1
    assert "more than 1,048,576" in read(large + ",}").found("json-unreadable")["made"]
    assert read(b'{"a":' * MUCH).found("json-unreadable")["made"] == "it is nested too deep"
    assert tried == []
