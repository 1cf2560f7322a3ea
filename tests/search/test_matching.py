"""A text finds the claims that say what it says, as they are at this moment and for this reader."""

from typing import Any, Final
from urllib.parse import quote

import orjson
import psycopg
import pytest

from service.storage.statements import statement
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import delete, purge, put, restore, revise

DAM: Final = {"text": "The Kakhovka dam was blown up by its guards", "status": "published"}
BUS: Final = {"text": "Bus fares rose by a third in March", "status": "published"}
RATED: Final = {"claim_id": "dam", "scale_id": "truth", "rating": "false", "status": "published"}
WHY: Final = {"note": "Counted again", "reason": "correction"}
ASKED: Final = "did guards blow up the dam?"


def match(http: Newsroom, text: str, query: str = "", *, keyed: bool = False) -> list[Any]:
    """Match a text and return what matches."""
    path = f"/v1/match?text={quote(text)}{query}"
    answer = http.get(path, key=http.editor if keyed else None)
    assert answer.status == 200, answer.text
    return answer.json()["items"]


def found(http: Newsroom, text: str, query: str = "", *, keyed: bool = False) -> list[str]:
    """Match a text and return the ids of the claims that match."""
    return [one["claim"]["id"] for one in match(http, text, query, keyed=keyed)]


def post(http: Newsroom, **order: object) -> Answer:
    """Send an order to match."""
    return http.post("/v1/match", json=order)


@pytest.fixture
def two(http: Newsroom) -> Newsroom:
    """Return a newsroom that has two claims."""
    put(http, "/v1/claims/dam", DAM)
    put(http, "/v1/claims/bus", BUS)
    return http


def test_a_claim_is_matched_by_the_next_request(two: Newsroom) -> None:
    [one] = match(two, ASKED)
    assert (one["claim"]["id"], one["verdicts"]) == ("dam", [])
    assert 0.2 < one["score"] < 1
    assert found(two, "fares") == ["bus"]
    assert found(two, "nothing of the sort") == []


def test_whatever_becomes_of_a_claim_shows_at_once(two: Newsroom) -> None:
    revise(two, "/v1/claims/dam", text="A bridge fell into the river", **WHY)
    assert (found(two, ASKED), found(two, "bridges")) == ([], ["dam"])
    revise(two, "/v1/claims/dam", status="retracted", **WHY)
    assert found(two, "bridges") == []
    revise(two, "/v1/claims/dam", status="published", **WHY)
    delete(two, "/v1/claims/dam")
    assert found(two, "bridges", keyed=True) == []
    restore(two, "/v1/claims/dam", 1, status="published", **WHY)
    assert found(two, ASKED) == ["dam"]
    revise(two, "/v1/claims/dam", status="withheld", **WHY)
    assert (found(two, ASKED), found(two, ASKED, keyed=True)) == ([], [])
    assert purge(two, "/v1/claims/dam").status == 204
    assert found(two, ASKED, keyed=True) == []


def test_drafts_are_matched_for_keys_alone(two: Newsroom) -> None:
    put(two, "/v1/claims/draft", {"text": "Guards slept at the dam"})
    revise(two, "/v1/claims/dam", text="Nobody knows who it was", status="draft")
    assert found(two, "guards") == ["dam"]
    assert found(two, "guards", keyed=True) == ["draft"]
    assert found(two, "nobody knows", keyed=True) == ["dam"]
    assert found(two, "nobody knows") == []


def test_a_claim_is_found_by_its_published_verdicts_too(two: Newsroom) -> None:
    put(two, "/v1/verdicts/v", {**RATED, "title": "No proof of sabotage", "status": "draft"})
    assert found(two, "sabotage", keyed=True) == []
    revise(two, "/v1/verdicts/v", status="published")
    [one] = match(two, "sabotage")
    assert [verdict["id"] for verdict in one["verdicts"]] == ["v"]
    revise(two, "/v1/claims/dam", status="retracted", **WHY)
    assert found(two, "sabotage") == []


def test_quotes_and_context_are_searched(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    quoted = [{"source_id": "s", "quote": "We heard an explosion"}]
    put(
        http,
        "/v1/claims/c",
        {**DAM, "context": "Downstream of Zaporizhzhia", "appearances": quoted},
    )
    assert found(http, "explosions") == found(http, "zaporizhzhia") == ["c"]


@pytest.mark.parametrize(
    ("said", "language", "asked"),
    [
        ("Подкрепления переброшены к границе", "ru", "подкрепление на границе"),
        ("Греблю підірвали зсередини", "uk", "хто підірвали греблю"),
        ("俄罗斯军队正在撤离边境", "zh", "军队撤离"),
        ("انسحبت القوات من الحدود", "ar", "القوات الروسية"),
        ("Die Truppen ziehen ab", "de", "Truppe zieht ab"),
        ("It rained in the U.S. on 148,000 men", None, "148000 men in the US"),
    ],
)
def test_a_language_is_found_by_its_own_rules(
    http: Newsroom, said: str, language: str | None, asked: str
) -> None:
    tag = {"language": language} if language else {}
    put(http, "/v1/claims/c", {"text": said, "status": "published", **tag})
    put(http, "/v1/claims/d", BUS)
    assert found(http, asked) == ["c"]
    assert language is None or found(http, asked, f"&language={language}") == ["c"]


def test_the_earliest_of_equals_comes_first(http: Newsroom) -> None:
    for name in ("b", "c", "a"):
        put(http, f"/v1/claims/{name}", DAM)
    assert found(http, ASKED) == ["b", "c", "a"]
    assert found(http, ASKED, "&limit=2") == ["b", "c"]


def test_as_many_match_as_are_asked_for(http: Newsroom) -> None:
    lines = [
        {"type": "claim", "id": f"c{number:02}", "text": "Guards of dams", "status": "published"}
        for number in range(55)
    ]
    body = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    kind = {"Content-Type": "application/x-ndjson"}
    assert http.post("/v1/import", data=body, key=http.editor, headers=kind).status == 200
    assert [len(found(http, ASKED, f"&limit={most}")) for most in (12, 45, 99)] == [12, 45, 50]
    assert len(found(http, ASKED)) == 10
    assert len(post(http, text=ASKED, limit=45).json()["items"]) == 45


def test_what_is_withheld_meanwhile_is_not_told(two: Newsroom, owner: psycopg.Connection) -> None:
    for status in ("retracted", "withheld"):
        revise(two, "/v1/claims/dam", status=status, **WHY)
        for until, keyed in (("withdrawn_at", False), ("superseded_at", True)):
            values = {"ids": ["dam", "bus"], "keyed": keyed}
            rows = owner.execute(statement("matched", until=until), values).fetchall()
            assert [row[0] for row in rows] == ["bus"]


def test_a_rare_word_counts_more_than_a_common_one(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    for number in range(20):
        put(
            http, f"/v1/claims/c{number}", {"text": f"Rain fell on {number}", "status": "published"}
        )
    put(http, "/v1/claims/rare", {"text": "Frogs fell on Tuesday", "status": "published"})
    owner.execute("SELECT fold_wording(1000)")
    assert found(http, "rain and frogs fell")[0] == "rare"


def test_a_score_tells_where_it_comes_from(two: Newsroom, owner: psycopg.Connection) -> None:
    owner.execute("SELECT fold_wording(1000)")
    [one] = match(two, ASKED, "&explain=true")
    gave = one["explanation"]
    assert gave["words"].keys() == {"guard", "blow", "dam"} & gave["words"].keys()
    assert {"guard", "dam"} <= gave["words"].keys()
    assert sum(gave["words"].values()) + gave["letters"] == pytest.approx(one["score"], abs=1e-4)
    [same] = match(two, DAM["text"])
    assert same["score"] > 0.9


def test_words_that_a_language_passes_over_are_not_missed(two: Newsroom) -> None:
    before = match(two, ASKED)[0]["score"]
    put(two, "/v1/claims/uk", {"text": "Греблю підірвали", "language": "uk", "status": "published"})
    assert match(two, ASKED)[0]["score"] == pytest.approx(before, abs=0.05)


def test_a_misspelt_word_is_found_by_its_letters(two: Newsroom, owner: psycopg.Connection) -> None:
    owner.execute("SELECT fold_wording(1000)")
    plain, misspelt = (match(two, f"guards of the {word} dam")[0] for word in ("x", "Kachovka"))
    assert misspelt["score"] > plain["score"]


def test_a_document_is_matched_sentence_by_sentence(two: Newsroom) -> None:
    document = "Nothing happened. The Kakhovka dam was blown up by its guards! They say so."
    answer = post(two, document=document, language="en")
    [one] = answer.json()["items"]
    assert document[one["start"] : one["end"]] == one["text"] == f"{DAM['text']}!"
    assert [each["claim"]["id"] for each in one["matches"]] == ["dam"]


def test_the_same_sentence_is_told_each_time_it_is_there(two: Newsroom) -> None:
    items = post(two, document=f"{DAM['text']}. {DAM['text']}.").json()["items"]
    assert [one["start"] for one in items] == [0, len(DAM["text"]) + 2]


def test_a_document_of_too_many_sentences_is_refused(two: Newsroom) -> None:
    answer = post(two, document="Guards blew up dams. " * 501)
    assert (answer.status, answer.codes) == (422, {"#/document": "too-long"})
    assert "at most 500" in answer.text


@pytest.mark.parametrize(
    "text", ["雨" * 5_000, "— " + " " * 4_990 + "x", "." * 4_999 + "x", "@a#b" * 1_000]
)
def test_the_strangest_texts_have_an_answer(two: Newsroom, text: str) -> None:
    assert post(two, text=text).status == post(two, document=text * 4).status == 200


def test_a_post_is_matched_without_what_surrounds_it(two: Newsroom) -> None:
    text = "They did! https://t.co/fares #KakhovkaDam"
    assert [one["claim"]["id"] for one in post(two, text=text).json()["items"]] == ["dam"]


@pytest.mark.parametrize(
    ("passed", "ids"),
    [
        ("topic=water", ["dam"]),
        ("topic=water,traffic", ["dam", "gate"]),
        ("claimant=the+ministry", ["gate"]),
        ("rating=false", ["dam"]),
        ("rating=unproven", []),
        ("topic=traffic&rating=false", []),
        ("created_from=2000-01-01T00:00:00Z", ["dam", "gate"]),
        ("created_to=2000-01-01T00:00:00Z", []),
    ],
)
@pytest.mark.parametrize("few", [0, 2_000])
def test_only_claims_that_pass_the_filters_match(
    two: Newsroom, monkeypatch: pytest.MonkeyPatch, passed: str, ids: list[str], few: int
) -> None:
    monkeypatch.setattr("service.search.matching.FEW", few)
    revise(two, "/v1/claims/dam", topics=["water"], **WHY)
    gate = {"text": "Guards of a dam", "topics": ["traffic"], "claimant": {"name": "The Ministry"}}
    put(two, "/v1/claims/gate", {**gate, "status": "published"})
    put(two, "/v1/verdicts/v", RATED)
    assert sorted(found(two, ASKED, f"&{passed}")) == ids
    answer = two.post(f"/v1/match?{passed}", json={"text": ASKED})
    assert sorted(one["claim"]["id"] for one in answer.json()["items"]) == ids


def test_of_what_passes_a_filter_all_is_compared_however_common_its_words(
    http: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(http, "/v1/claims/c", {"text": "Rain fell", "topics": ["a"], "status": "published"})
    monkeypatch.setattr("service.search.matching.arms", lambda *_: ["'frogs'"])
    assert found(http, "rain") == []
    assert found(http, "rain", "&topic=a") == ["c"]


@pytest.mark.parametrize("passed", ["topic=", "created_from=then", "rating=%21", "topics=a"])
def test_a_filter_that_cannot_be_is_refused(two: Newsroom, passed: str) -> None:
    assert two.get(f"/v1/match?text=x&{passed}").status == 400
    assert two.post(f"/v1/match?{passed}", json={"text": "x"}).status == 400


@pytest.mark.parametrize(
    ("order", "faults"),
    [
        ({}, {"#/text": "required"}),
        ({"text": "x", "document": "y"}, {"#/text": "required"}),
        ({"text": " "}, {"#/text": "too-short"}),
        ({"text": "x" * 5_001}, {"#/text": "too-long"}),
        ({"text": "x", "limit": 0}, {"#/limit": "out-of-range"}),
        ({"text": "x", "language": "!"}, {"#/language": "invalid"}),
        ({"text": "x", "txt": "y"}, {"#/txt": "unknown-field"}),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    http: Newsroom, order: dict[str, object], faults: dict[str, str]
) -> None:
    answer = post(http, **order)
    assert (answer.status, answer.codes) == (422, faults)


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("", [("text", "required")]),
        ("?text=", [("text", "invalid")]),
        (f"?text={'x' * 2_001}", [("text", "too-long")]),
        ("?text=x&language=!", [("language", "invalid")]),
        ("?text=x&explain=maybe", [("explain", "not-a-choice")]),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    http: Newsroom, query: str, faults: list[tuple[str, str]]
) -> None:
    answer = http.get(f"/v1/match{query}")
    assert answer.status == 400
    assert [(one["parameter"], one["code"]) for one in answer.json()["errors"]] == faults


@pytest.mark.parametrize("text", ["the of and", "https://t.co/x", "' \\ & | ! :* <-> (", "👍"])
def test_a_text_without_words_matches_nothing(two: Newsroom, text: str) -> None:
    assert found(two, text) == []
