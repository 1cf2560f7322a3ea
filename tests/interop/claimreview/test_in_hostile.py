"""Files made to hold a reader up: each comes to its end within a bound of CPU, and to an answer."""

import json
import subprocess
import sys

import pytest

from service.interop.claimreview.reading import mending, nodes
from tests.interop.claimreview.hostile import FILES, item
from tests.interop.claimreview.reader import read, review

MUCH = 200_000


@pytest.fixture(scope="module")
def outcomes() -> dict[str, int]:
    """Return with which code the reading of each file ended."""
    command = [sys.executable, "-m", "tests.interop.claimreview.hostile"]
    found = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(found.stdout)


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_made_to_hold_up_comes_to_an_end(
    what: str, outcomes: dict[str, int]
) -> None:
    assert outcomes[what] == 0


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
