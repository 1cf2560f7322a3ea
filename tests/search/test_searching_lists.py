"""Lists are searched for words, at this moment and at others, page by page."""

from typing import Any, Final
from urllib.parse import quote

import psycopg
import pytest

from service.kinds import BY_NAME
from service.records.people import Reader
from service.records.wording import Words
from service.storage.database import Database
from tests.newsroom import Newsroom
from tests.routes.acts import delete, put, revise

WHY: Final = {"note": "Counted again", "reason": "correction"}


def search(http: Newsroom, text: str, query: str = "", *, keyed: bool = False) -> Any:  # noqa: ANN401
    """Search claims and return the page."""
    path = f"/v1/claims?q={quote(text)}{query}"
    answer = http.get(path, key=http.editor if keyed else None)
    assert answer.status == 200, answer.text
    return answer.json()


def ids(page: Any) -> list[str]:  # noqa: ANN401 -- JSON
    """Return the ids of a page."""
    return [one["id"] for one in page["items"]]


def claim(http: Newsroom, name: str, text: str, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Publish a claim."""
    return put(http, f"/v1/claims/{name}", {"text": text, "status": "published", **members})


@pytest.fixture
def three(http: Newsroom) -> Newsroom:
    """Return a newsroom with three claims about rain."""
    claim(http, "a", "It rains more in the north", topics=["weather"])
    claim(http, "b", "Rain, rain and heavy rain fell on the ground troops", topics=["troops"])
    claim(http, "c", "No rain fell", context="They went by train to the north of the country")
    return http


def test_a_word_that_another_language_passes_over_has_to_be_there(http: Newsroom) -> None:
    claim(http, "de", "Der Krieg war lang", language="de")
    claim(http, "en", "Ukraine is at war", language="en")
    claim(http, "other", "Ukraine exports wheat", language="en")
    assert ids(search(http, "war Ukraine")) == ["en"]
    assert ids(search(http, "war Krieg")) == ["de"]
    assert {*ids(search(http, "Ukraine -war"))} == {"other"}


def test_a_walk_goes_on_by_the_rules_that_it_began_with(three: Newsroom) -> None:
    whole = ids(search(three, "rain fell north or troops"))
    page = search(three, "rain fell north or troops", "&limit=1")
    walked = ids(page)
    claim(three, "de", "Regen fiel im Norden", language="de")
    while page["next"]:
        page = three.get(page["next"]).json()
        walked += ids(page)
    assert walked == whole


def test_drafts_in_any_language_change_nothing_for_the_public(
    three: Newsroom, owner: psycopg.Connection
) -> None:
    owner.execute("SELECT fold_wording(1000)")
    said = {"text": "Sade ja sateet", "language": "fi"}
    asked = ["/v1/claims?q=sateita", "/v1/match?text=sateita+rain+north&explain=true"]
    before = [three.get(path).json() for path in asked]
    assert before[0]["items"] == []
    put(three, "/v1/claims/draft", said)
    owner.execute("SELECT fold_wording(1000)")
    assert [three.get(path).json() for path in asked] == before
    assert ids(three.get(asked[0], key=three.editor).json()) == ["draft"]
    claim(three, "shown", **said)
    assert ids(three.get(asked[0]).json()) == ["shown"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rain", {"a", "b", "c"}),
        ("raining", {"a", "b", "c"}),
        ("rain north", {"a", "c"}),
        ("rain -north", {"b"}),
        ('rain -"heavy rain"', {"a", "c"}),
        ('"ground troops"', {"b"}),
        ('"troops ground"', set()),
        ("train or troops", {"b", "c"}),
        ("rain -troops -train", {"a"}),
        ('rain -"', {"a", "b", "c"}),
        ("rain --north", {"b"}),
        ('"ground -troops"', {"b"}),
        ("snow", set()),
        ("the", set()),
        ("-rain", set()),
        ("' \\ & | ! :*", set()),
    ],
)
def test_words_are_asked_for_as_of_search_engines(
    three: Newsroom, text: str, found: set[str]
) -> None:
    page = search(three, text, "&count=true")
    assert {*ids(page)} == found
    assert page["total"] == len(found)


def test_the_likest_come_first_unless_another_order_is_asked_for(three: Newsroom) -> None:
    assert ids(search(three, "rain"))[0] == "b"
    assert ids(search(three, "rain", "&sort=created_at")) == ["a", "b", "c"]
    assert ids(search(three, "rain", "&sort=-created_at")) == ["c", "b", "a"]
    revise(three, "/v1/claims/a", context="Wet", **WHY)
    assert ids(search(three, "rain", "&sort=-updated_at")) == ["a", "c", "b"]
    assert ids(search(three, "rain", "&sort=updated_at")) == ["b", "c", "a"]


@pytest.mark.parametrize("query", ["", "&language=de", "&language=de,fr"])
def test_words_go_by_the_rules_of_each_record(three: Newsroom, query: str) -> None:
    claim(three, "de", "Die Truppen zogen ab", language="de")
    assert ids(search(three, "Truppe", query)) == ["de"]


def test_filters_narrow_a_search(three: Newsroom) -> None:
    assert ids(search(three, "rain", "&topic=weather")) == ["a"]
    assert ids(search(three, "rain", "&topic=weather&sort=relevance&expand=verdicts")) == ["a"]


def test_each_reader_finds_what_lists_show_them(three: Newsroom) -> None:
    revise(three, "/v1/claims/a", text="It snows", status="draft")
    put(three, "/v1/claims/d", {"text": "Rain is drafted"})
    revise(three, "/v1/claims/b", status="withheld", **WHY)
    delete(three, "/v1/claims/c")
    assert {*ids(search(three, "rain"))} == {"a"}
    assert {*ids(search(three, "rain", keyed=True))} == {"b", "d"}
    assert ids(search(three, "snow", keyed=True)) == ["a"]
    assert ids(search(three, "snow")) == []


@pytest.mark.parametrize("sort", ["relevance", "created_at", "-updated_at"])
def test_all_pages_show_the_moment_and_the_weights_of_the_first(
    three: Newsroom, owner: psycopg.Connection, sort: str
) -> None:
    whole = ids(search(three, "rain fell north or troops", f"&sort={sort}"))
    page = search(three, "rain fell north or troops", f"&sort={sort}&limit=1&count=true")
    walked = ids(page)
    revise(three, f"/v1/claims/{whole[-1]}", text="Nothing of the sort", **WHY)
    for number in range(5):
        claim(three, f"new{number}", "Rain fell on ground troops")
    owner.execute("SELECT fold_wording(1000)")
    while page["next"]:
        page = three.get(page["next"]).json()
        assert page["total"] == len(whole)
        walked += ids(page)
    assert walked == whole
    assert len(whole) > 1


def test_of_many_words_the_first_count_whatever_becomes_of_others(
    http: Newsroom, database: Database, owner: psycopg.Connection
) -> None:
    asked = [f"zy{number:02}x" for number in range(33, 0, -1)]
    words, claims = Words(" or ".join(asked), "en"), BY_NAME["claim"]
    before = words.weighed(database, claims, Reader(keyed=False)).asked
    for number, text in enumerate(asked[:20]):
        claim(http, f"c{number}", text)
    owner.execute("SELECT fold_wording(1000)")
    after = words.weighed(database, claims, Reader(keyed=False)).asked
    assert after == before
    assert sorted(before) == sorted(asked[:30])


def test_a_search_of_another_time_finds_what_was_said_then(three: Newsroom) -> None:
    then = revise(three, "/v1/claims/a", text="It snows in the north", **WHY)["updated_at"]
    revise(three, "/v1/claims/a", text="It hails", **WHY)
    at = f"&as_of={then}&count=true"
    assert {*ids(search(three, "north", at))} == {"a", "c"}
    assert ids(search(three, "snow", at)) == ["a"]
    assert ids(search(three, "hail", at)) == []
    assert ids(search(three, "hail")) == ["a"]


@pytest.mark.parametrize(
    ("path", "record", "text"),
    [
        ("sources", {"title": "Rainfall", "authors": ["Greta Thunberg"]}, "thunberg"),
        ("verdicts", {"claim_id": "a", "summary": "Records were kept by hand"}, "record hand"),
        ("scales", {"name": "Reliability", "ratings": [{"key": "x"}]}, "reliable"),
    ],
)
def test_every_kind_is_searched(
    three: Newsroom, path: str, record: dict[str, object], text: str
) -> None:
    put(three, f"/v1/{path}/x", record)
    found = three.get(f"/v1/{path}?q={quote(text)}", key=three.editor).json()["items"]
    assert [one["id"] for one in found] == ["x"]


@pytest.mark.parametrize("query", ["q=", "q=" + "x" * 201, "q=%00", "sort=relevance"])
def test_a_search_that_cannot_be_is_refused(http: Newsroom, query: str) -> None:
    assert http.get(f"/v1/claims?{query}").status == 400


def test_a_cursor_belongs_to_its_words(three: Newsroom) -> None:
    path = search(three, "rain", "&limit=1")["next"]
    answer = three.get(path.replace("q=rain", "q=north"))
    assert (answer.status, answer.json()["code"]) == (400, "foreign-cursor")
