"""Excerpts show where the words stand that were asked for, as the record has them."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import orjson
import psycopg
import pytest

from service.kinds import KINDS
from service.search.excerpts import texts
from tests.newsroom import Newsroom
from tests.routes.acts import put

LONG: Final = (
    "Rain fell. " * 50 + "Guards of the dam slept, and the dams burst. " + "Snow fell. " * 50
)
CLAIM: Final = {
    "type": "claim",
    "text": "one",
    "language": "en",
    "context": "two",
    "appearances": [{"quote": "three"}, {"url": "https://x.example/"}],
    "attribution": [{"source_id": "s", "quote": "four"}],
    "translations": [{"language": "de", "text": "fünf"}],
}
SOURCE: Final = {
    "type": "source",
    "title": "one",
    "publisher": "two",
    "authors": ["three", "four"],
    "translations": [{"language": "fr", "title": "cinq"}],
}
VERDICT: Final = {
    "type": "verdict",
    "claim_id": "c",
    "title": "one",
    "summary": "two",
    "explanation": "not searched",
    "authors": ["not searched"],
    "publisher": {"name": "not searched"},
    "translations": [{"language": "de", "title": "drei", "summary": "vier"}],
}
SCALE: Final = {"type": "scale", "name": "one", "ratings": [{"key": "x", "labels": {"en": "y"}}]}


def marked(excerpt: dict[str, Any]) -> list[str]:
    """Return the words that are marked."""
    return [excerpt["text"][start:end] for start, end in excerpt["marks"]]


def matched(http: Newsroom, text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield record, field and marked words of the excerpts of the one match."""
    answer = http.get(f"/v1/match?text={quote(text)}&excerpts=true")
    assert answer.status == 200, answer.text
    [one] = answer.json()["items"]
    yield from ((each["record"], each["field"], marked(each)) for each in one["excerpts"])


def searched(http: Newsroom, query: str) -> dict[str, list[list[str]]]:
    """Return the marked words of a list's excerpts, by record."""
    answer = http.get(f"/v1/claims?{query}&excerpts=true")
    assert answer.status == 200, answer.text
    found = answer.json()["excerpts"]
    return {name: [marked(one) for one in each] for name, each in found.items()}


def test_a_match_shows_its_words_in_claim_and_verdicts(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "Guards blew up the dam", "status": "published"})
    rated = {"claim_id": "c", "scale_id": "truth", "rating": "false", "status": "published"}
    put(http, "/v1/verdicts/v", {**rated, "title": "No guard was there", "summary": "Rain fell"})
    assert list(matched(http, "Did a guard blow up dams?")) == [
        ("/v1/claims/c", "/text", ["Guards", "dam"]),
        ("/v1/verdicts/v", "/title", ["guard"]),
    ]


def test_a_list_shows_the_words_of_each_record(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "Guards blew up the dam", "status": "published"})
    put(http, "/v1/claims/d", {"text": "A dam burst", "status": "published"})
    assert searched(http, "q=dams") == {"c": [["dam"]], "d": [["dam"]]}
    assert searched(http, "q=%22guards+blew%22&fields=id") == {"c": [["Guards", "blew"]]}


def test_a_long_text_is_cut_to_where_most_of_the_words_are(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "context": LONG, "status": "published"})
    answer = http.get("/v1/claims?q=guards+dam+snow&excerpts=true")
    [one] = answer.json()["excerpts"]["c"]
    assert marked(one)[:3] == ["Guards", "dam", "dams"]
    assert one["text"] in LONG
    assert len(one["text"]) <= 240
    assert one["field"] == "/context"


@pytest.mark.parametrize(
    ("said", "language", "asked", "shown"),
    [
        ("俄罗斯军队正在撤离边境", "zh", "军队撤离", ["军队", "撤离"]),
        ("Подкрепления переброшены", "ru", "подкрепление", ["Подкрепления"]),
        ("It rained in the U.S. on 148,000 men", "en", "148000 USA", ["U.S.", "148,000"]),
        ("全国有3.5亿人感染新冠病毒", "zh", "新冠", ["新冠"]),
        ("किसान आंदोलन", "hi", "किसान", ["किसान"]),
        ("Cafe\u0301 noir", "en", "Cafe\u0301", ["Cafe\u0301"]),
        ("O’Neill’s car", "en", "o'neill", ["O’Neill’s"]),  # noqa: RUF001 -- as it is written
    ],
)
def test_words_are_marked_by_the_rules_by_which_they_are_found(
    http: Newsroom, said: str, language: str, asked: str, shown: list[str]
) -> None:
    put(http, "/v1/claims/c", {"text": said, "language": language, "status": "published"})
    [(_, _, words)] = matched(http, asked)
    assert words == shown


@pytest.mark.parametrize("text", [",".join(map(str, range(300))), "哈" * 2_000, "x-" * 400 + "x 7"])
def test_no_excerpt_is_longer_than_it_may_be(http: Newsroom, text: str) -> None:
    put(http, "/v1/claims/c", {"text": text, "status": "published"})
    for asked in ("7", "哈哈", "x"):
        answer = http.get(f"/v1/claims?q={quote(asked)}&excerpts=true")
        for one in answer.json()["excerpts"].get("c", []):
            assert len(one["text"]) <= 240
            assert all(marked(one))


def test_a_page_with_excerpts_has_fifty_records_at_most(http: Newsroom) -> None:
    lines = [
        {"type": "source", "id": f"s{number:02}", "title": "Rain", "status": "published"}
        for number in range(60)
    ]
    body = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    kind = {"Content-Type": "application/x-ndjson"}
    assert http.post("/v1/import", data=body, key=http.editor, headers=kind).status == 200
    page = http.get("/v1/sources?q=rain&limit=200&excerpts=true").json()
    assert len(page["items"]) == len(page["excerpts"]) == 50


def test_what_is_searched_is_what_is_marked(http: Newsroom, owner: psycopg.Connection) -> None:
    samples = {body["type"]: body for body in (CLAIM, SOURCE, VERDICT, SCALE)}
    assert samples.keys() == {kind.name for kind in KINDS}
    assert http
    for kind, body in samples.items():
        query = "SELECT language, said FROM texts_of(%s, %s::jsonb)"
        rows = set(owner.execute(query, [kind, orjson.dumps(body).decode()]))
        assert {(text.language, text.said) for text in texts(dict(body))} == rows


def test_without_words_there_are_no_excerpts(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "Rain", "status": "published"})
    assert searched(http, "sort=created_at") == {"c": []}
