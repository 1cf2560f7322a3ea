"""Filters: each finds what it names and nothing else."""

from typing import Any
from urllib.parse import quote

import pytest

from service.kinds import KINDS
from service.routes.filters import FILTERS
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import put, revise

PAGE = "https://www.news.example/story/?b=2&a=1&utm_source=mail#top"
SAME_PAGE = "http://news.example/story?a=1&b=2"

SEEN = {"described_as": "x"}

Row = tuple[str, str, Json, list[str], list[str]]

FOUND: list[Row] = [
    ("claim", "claimant", {"claimant": {"name": "Jane Doe"}}, ["Jane Doe", "JANE DOE"], ["Jane"]),
    ("claim", "topic", {"topics": ["War", "Weather"]}, ["war", "weather"], ["wea"]),
    ("claim", "language", {"language": "pt-BR"}, ["pt-br", "PT-BR"], ["pt"]),
    ("claim", "claim_type", {"claim_type": "event"}, ["event"], ["opinion"]),
    ("claim", "claim_id", {"relations": [{"type": "repeats", "claim_id": "c"}]}, ["c"], ["one"]),
    ("claim", "source_id", {"attribution": [{"source_id": "s"}]}, ["s"], ["S"]),
    ("claim", "source_id", {"appearances": [{"source_id": "s"}]}, ["s"], ["c"]),
    ("claim", "url", {"appearances": [{"url": PAGE}]}, [PAGE, SAME_PAGE], ["https://news.example/"]),
    ("claim", "url", {"appearances": [{"archived_url": PAGE}]}, [SAME_PAGE], ["https://x.example"]),
    ("claim", "url", {"media": [{"url": PAGE}]}, [SAME_PAGE], ["https://x.example/"]),
    ("claim", "url", {"media": [{"url": "https://x.example/", "archived_url": PAGE}]}, [PAGE], ["https://y.example/"]),
    ("source", "url", {"url": PAGE}, [SAME_PAGE], ["https://news.example/story"]),
    ("source", "url", {"archived_url": PAGE}, [SAME_PAGE], ["https://news.example:8080/story?a=1&b=2"]),
    ("source", "publisher", {"publisher": "The Desk"}, ["the desk"], ["desk"]),
    ("source", "language", {"language": "uk"}, ["uk"], ["en"]),
    ("source", "source_id", {"derived_from": ["s"]}, ["s"], ["one"]),
    ("verdict", "claim_id", {"claim_id": "c"}, ["c"], ["d"]),
    ("verdict", "source_id", {"evidence": [{"source_id": "s"}]}, ["s"], ["c"]),
    ("verdict", "stance", {"evidence": [SEEN | {"stance": "refutes"}]}, ["refutes"], ["context"]),
    ("verdict", "rating", {"scale_id": "truth", "rating": "true"}, ["true"], ["false"]),
    ("verdict", "scale_id", {"scale_id": "truth", "rating": "true"}, ["truth"], ["other"]),
    ("verdict", "publisher", {"publisher": {"name": "The Desk"}}, ["THE DESK"], ["The"]),
    ("verdict", "url", {"url": PAGE}, [SAME_PAGE], ["https://news.example/other"]),
    ("verdict", "language", {"language": "en"}, ["EN"], ["de"]),
    ("scale", "rating", {"ratings": [{"key": "a"}, {"key": "b"}]}, ["a", "b"], ["A", "c"]),
    *(
        (kind.name, "external_id", {"external_ids": {"cms": "a:1"}}, ["cms:a:1"], ["cms:a"])
        for kind in KINDS
    ),
]  # fmt: skip
"""Kind, filter, what a record has, values that find it and values that do not."""

OWN: dict[str, Json] = {
    "claim": {"text": "x"},
    "source": {"title": "x"},
    "scale": {"name": "x", "ratings": [{"key": "five"}]},
    "verdict": {"claim_id": "c"},
}


def found(http: Newsroom, kind: str, query: str, key: str | None = None) -> list[str]:
    """Return the ids that a list finds, oldest first; sorted the other way it finds the same."""
    answers = [
        http.get(f"/v1/{kind}s?{query}&sort={sort}", key=key)
        for sort in ("created_at", "-created_at")
    ]
    oldest, newest = ([item["id"] for item in one.json()["items"]] for one in answers)
    assert oldest == newest[::-1]
    return oldest


@pytest.fixture(autouse=True)
def surroundings(http: Newsroom) -> None:
    """Write what filters must pass over, and what records refer to."""
    for kind, identifier in (("claim", "c"), ("source", "s"), ("verdict", "v"), ("scale", "x")):
        put(http, f"/v1/{kind}s/{identifier}", OWN[kind] | {"external_ids": {"other": "1"}})
    put(http, "/v1/claims/d", OWN["claim"])


@pytest.mark.parametrize(
    "row", FOUND, ids=[f"{row[0]}-{row[1]}-{n}" for n, row in enumerate(FOUND)]
)
def test_a_filter_finds_what_it_names_and_nothing_else(http: Newsroom, row: Row) -> None:
    kind, name, member, values, misses = row
    put(http, f"/v1/{kind}s/one", OWN[kind] | member)
    for value in values:
        assert "one" in found(http, kind, f"{name}={quote(value)}", http.desk)
    for value in misses:
        assert "one" not in found(http, kind, f"{name}={quote(value)}", http.desk)
    both = ",".join(quote(value) for value in (*misses, values[0]))
    assert "one" in found(http, kind, f"{name}={both}", http.desk)


def test_every_filter_of_every_kind_is_in_this_table() -> None:
    tried = {(kind, name) for kind, name, *_ in FOUND}
    elsewhere = {"valid_at", "review_before", "actor", "created_from", "created_to"}
    elsewhere |= {"updated_from", "updated_to"}
    known = {(kind, name) for kind, names in FILTERS.items() for name in names}
    assert {pair for pair in known - tried if pair[1] not in elsewhere} == set()


def test_a_comma_means_or(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x", "topics": ["war"]})
    put(http, "/v1/claims/two", {"text": "x", "topics": ["weather"]})
    assert found(http, "claim", "topic=weather,war", http.desk) == ["one", "two"]
    assert found(http, "claim", "topic=weather%2C%20war", http.desk) == ["one", "two"]


def test_two_filters_must_both_hold(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x", "topics": ["war"], "language": "en"})
    put(http, "/v1/claims/two", {"text": "x", "topics": ["war"], "language": "de"})
    assert found(http, "claim", "topic=war&language=de", http.desk) == ["two"]


def test_the_public_finds_by_what_the_public_sees(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x", "topics": ["war"], "status": "published"})
    revise(http, "/v1/claims/one", topics=["weather"], status="draft")
    assert (found(http, "claim", "topic=war"), found(http, "claim", "topic=weather")) == (
        ["one"],
        [],
    )
    assert found(http, "claim", "topic=weather", http.desk) == ["one"]


@pytest.mark.parametrize(
    ("kind", "query", "code"),
    [
        ("claim", "claim_type=lie", "not-a-choice"),
        ("claim", "language=english!", "invalid"),
        ("claim", "url=news.example", "invalid"),
        ("claim", "claim_id=-x", "invalid"),
        ("claim", "topic=" + "x" * 101, "too-long"),
        ("claim", "topic=", "invalid"),
        ("claim", "topic=war,,weather", "invalid"),
        ("claim", "topic=" + ",".join(str(n) for n in range(51)), "invalid"),
        ("claim", "claimant=%00", "invalid"),
        ("claim", "rating=true", "unknown-parameter"),
        ("claim", "valid_at=yesterday", "invalid"),
        ("claim", "created_from=2022-02-16", "invalid"),
        ("claim", "created_to=0001-01-01T00:00:00%2B14:00", "invalid"),
        ("claim", "external_id=" + "x" * 352, "too-long"),
        ("source", "valid_at=2022", "unknown-parameter"),
        ("scale", "review_before=2022", "unknown-parameter"),
        ("verdict", "stance=against", "not-a-choice"),
        ("verdict", "review_before=soon", "invalid"),
        ("verdict", "claimant=x", "unknown-parameter"),
    ],
)
def test_a_value_that_no_record_can_have_is_refused(
    http: Newsroom, kind: str, query: str, code: str
) -> None:
    answer = http.get(f"/v1/{kind}s?{query}")
    assert (answer.status, answer.codes) == (400, {query.partition("=")[0]: code})


@pytest.mark.parametrize("name", ["created", "updated"])
def test_instants_bound_a_list_from_and_up_to(http: Newsroom, name: str) -> None:
    made = [put(http, f"/v1/claims/r{n}", {"text": "x"})[f"{name}_at"] for n in range(3)]
    query = f"{name}_from={made[1]}"
    assert found(http, "claim", query, http.desk) == ["r1", "r2"]
    assert found(http, "claim", f"{query}&{name}_to={made[2]}", http.desk) == ["r1"]
    shifted = quote(made[1].replace("Z", "+00:00"))
    assert found(http, "claim", f"{name}_from={shifted}", http.desk) == ["r1", "r2"]
    unescaped = made[1].replace("Z", "+00:00")
    assert found(http, "claim", f"{name}_from={unescaped}", http.desk) == ["r1", "r2"]


def test_updated_is_when_the_reader_got_what_is_there(http: Newsroom) -> None:
    made = put(http, "/v1/claims/one", {"text": "x", "status": "published"})["updated_at"]
    drafted = revise(http, "/v1/claims/one", text="y", status="draft")["updated_at"]
    assert found(http, "claim", f"updated_from={drafted}") == []
    assert found(http, "claim", f"updated_from={made}") == ["one"]
    assert found(http, "claim", f"updated_from={drafted}", http.desk) == ["one"]


def test_a_list_can_be_bound_to_who_wrote(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x", "actor": "a. b.", "status": "published"})
    assert found(http, "claim", "actor=a.%20b.,c.%20d.", http.desk) == ["one"]
    assert found(http, "claim", "actor=A.%20B.", http.desk) == []
    answer = http.get("/v1/claims?actor=a.%20b.")
    assert (answer.status, answer.codes) == (400, {"actor": "invalid"})


@pytest.mark.parametrize(
    ("kind", "period", "inside", "outside"),
    [
        ("claim", {"from": "2022-02", "to": "2022"},
         ["2022-02-01", "2022", "2022-12-31T23:59:59Z", "2022-01-31T20:00:00-14:00", "2022-02"],
         ["2022-01", "2023", "2022-01-31T23:59:59Z", "2021"]),
        ("verdict", {"from": "2022-02-16T18:00:00Z"},
         ["2022-02-16T18:00:00Z", "2022-02-16", "9999", "2022-02-16T19:00:00+01:00"],
         ["2022-02-15", "2022-02-16T17:59:59Z"]),
        ("verdict", {"to": "2022-02-24T04:00:00Z"},
         ["0001", "2022-02-24T04:00:00Z", "2022-02-24T05:00:00 01:00"],
         ["2022-02-24T04:00:01Z", "2022-02-25"]),
        ("verdict", {"from": "2022-02-16", "to": "9999"}, ["9999-12-31"], ["2022-02-15"]),
    ],
)  # fmt: skip
def test_a_list_can_be_bound_to_a_time_in_the_world(
    http: Newsroom, kind: str, period: Json, inside: list[str], outside: list[str]
) -> None:
    member = {"claim": "about", "verdict": "valid"}[kind]
    put(http, f"/v1/{kind}s/one", OWN[kind] | {member: period})
    hits = {at: found(http, kind, f"valid_at={at}", http.desk) for at in (*inside, *outside)}
    assert hits == {at: ["one"] if at in inside else [] for at in hits}


@pytest.mark.parametrize(
    ("before", "ids"),
    [("2022-03-01", []), ("2022-03-02", ["one"]), ("2022-04", ["one"]), ("2022", [])],
)
def test_reviews_that_are_due_are_found(http: Newsroom, before: str, ids: list[str]) -> None:
    put(http, "/v1/verdicts/one", {"claim_id": "c", "review_by": "2022-03"})
    assert found(http, "verdict", f"review_before={before}", http.desk) == ids


def test_a_long_value_is_found(http: Newsroom) -> None:
    long = "https://x.example/" + "a" * 900
    put(http, "/v1/sources/one", {"title": "x", "url": long})
    assert found(http, "source", f"url={quote(long)}", http.desk) == ["one"]
    assert found(http, "source", f"url={quote(long)}b", http.desk) == []


def test_a_filter_does_not_match_another_field(http: Newsroom) -> None:
    sent: Any = {"text": "x", "topics": ["source_id=s"], "external_ids": {"topic": "war"}}
    put(http, "/v1/claims/one", sent)
    assert found(http, "claim", "source_id=s", http.desk) == []
    assert found(http, "claim", "topic=war", http.desk) == []
