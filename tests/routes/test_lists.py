"""Lists: order, pages, counts, fields; nothing is lost and nothing comes twice."""

import time
from typing import Any

import pytest

from tests.kinds.smallest import Json, Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, draft, put, refused, revise

UNKNOWN = "unknown-parameter"
NDJSON = {"Content-Type": "application/x-ndjson"}


def several(http: Newsroom, sample: Sample, count: int = 5) -> list[str]:
    """Publish records of a kind and return their ids in the order of their making."""
    ids = [f"r{number}" for number in range(count)]
    for identifier in ids:
        put(http, f"{sample.collection}/{identifier}", sample.public())
    return ids


def ids_of(http: Newsroom, path: str, key: str | None = None) -> list[str]:
    """Return the ids of a page, without those that the test did not make."""
    answer = http.get(path, key=key)
    assert answer.status == 200, answer.text
    return [item["id"] for item in answer.json()["items"] if item["id"] not in {"truth", "subject"}]


def walk(http: Newsroom, path: str | None, key: str | None = None) -> list[str]:
    """Follow `next` as it stands to the end and return the ids on the way."""
    found: list[str] = []
    while path:
        assert len(found) < 300, "the walk goes round in circles"
        answer = http.get(path, key=key)
        found += [item["id"] for item in answer.json()["items"]]
        path = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{path}>; rel="next"' if path else None)
    return [one for one in found if one not in {"truth", "subject"}]


def test_a_list_holds_the_newest_first(http: Newsroom, sample: Sample) -> None:
    ids = several(http, sample)
    assert ids_of(http, sample.collection) == ids[::-1]
    first = http.get(sample.collection).json()["items"][0]
    assert first == http.get(f"{sample.collection}/r4").json()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("created_at", "r0 r1 r2"),
        ("-created_at", "r2 r1 r0"),
        ("updated_at", "r0 r2 r1"),
        ("-updated_at", "r1 r2 r0"),
    ],
)
def test_a_list_is_sorted_either_way(http: Newsroom, sample: Sample, sort: str, order: str) -> None:
    several(http, sample, 3)
    revise(http, f"{sample.collection}/r1", **{sample.member: "Changed"}, **WHY)
    assert ids_of(http, f"{sample.collection}?sort={sort}") == order.split()
    assert walk(http, f"{sample.collection}?sort={sort}&limit=1") == order.split()


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "updated_at", "-updated_at"])
def test_records_of_one_instant_are_sorted_by_id(http: Newsroom, sort: str) -> None:
    line = b'{"type":"claim","id":"%s","revision":1,"recorded_at":"2022-02-16T18:00:00Z",'
    line += b'"status":"published","body":{"text":"x"}}\n'
    data = b"".join(line % one for one in (b"c", b"B", b"a", b"d", b"10", b"9"))
    assert (
        http.post("/v1/import?history=true", data=data, key=http.admin, headers=NDJSON).status
        == 200
    )
    order = ["10", "9", "B", "a", "c", "d"]
    expected = order[::-1] if sort.startswith("-") else order
    for limit in (1, 2, 50):
        assert walk(http, f"/v1/claims?sort={sort}&limit={limit}") == expected


@pytest.mark.parametrize("who", ["public", "desk"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_a_walk_meets_every_record_once(
    http: Newsroom,
    sample: Sample,
    limit: int,
    who: str,
) -> None:
    ids = several(http, sample)
    for identifier in ids:
        revise(http, f"{sample.collection}/{identifier}", status="draft")
    key = getattr(http, who, None)
    assert walk(http, f"{sample.collection}?limit={limit}", key) == ids[::-1]


def test_a_page_that_is_just_full_is_the_last(http: Newsroom, sample: Sample) -> None:
    several(http, sample, 3)
    more = len(http.get(f"{sample.collection}?limit=200").json()["items"])
    assert http.get(f"{sample.collection}?limit={more}").json()["next"] is None
    assert http.get(f"{sample.collection}?limit={more - 1}").json()["next"] is not None


def test_the_next_page_keeps_what_was_asked_for(http: Newsroom, sample: Sample) -> None:
    several(http, sample, 3)
    query = "status=published,retracted&limit=1&count=true&fields=id&sort=created_at"
    first = http.get(f"{sample.collection}?{query}").json()
    second = http.get(first["next"]).json()
    assert second["total"] == first["total"]
    assert [set(item) for item in second["items"]] == [{"id"}]
    assert first["items"] != second["items"]


def test_a_page_may_have_another_size_than_the_one_before(http: Newsroom, sample: Sample) -> None:
    ids = several(http, sample)
    first = http.get(f"{sample.collection}?limit=2").json()
    rest = first["next"].replace("limit=2", "limit=200")
    assert [item["id"] for item in first["items"]] + ids_of(http, rest) == ids[::-1]


def test_more_than_200_are_taken_as_200(http: Newsroom) -> None:
    line = b'{"type":"source","id":"s%d","revision":1,"recorded_at":"2022-02-16T18:00:00Z",'
    line += b'"status":"published","body":{"title":"x"}}\n'
    data = b"".join(line % number for number in range(201))
    http.post("/v1/import?history=true", data=data, key=http.admin, headers=NDJSON)
    for limit, count in (("201", 200), ("999999999999999999", 200), ("200", 200)):
        assert len(http.get(f"/v1/sources?limit={limit}").json()["items"]) == count
    assert len(http.get("/v1/sources").json()["items"]) == 50


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "1.5", "9999999999999999999", "٣", "%2B1"])
def test_a_limit_is_a_whole_number_from_one(http: Newsroom, sample: Sample, limit: str) -> None:
    answer = http.get(f"{sample.collection}?limit={limit}")
    assert (answer.status, answer.codes) == (400, {"limit": "invalid"})


def test_a_total_counts_what_the_reader_sees(http: Newsroom, sample: Sample) -> None:
    several(http, sample, 3)
    before = {
        key: http.get(f"{sample.collection}?count=true&limit=1", key=key).json()["total"]
        for key in (None, http.desk)
    }
    draft(http, sample)
    for key, more in ((None, 0), (http.desk, 1)):
        page = http.get(f"{sample.collection}?count=true&limit=1", key=key).json()
        assert page["total"] == before[key] + more
    assert "total" not in http.get(sample.collection).json()


def test_a_list_of_nothing_is_a_page(http: Newsroom, sample: Sample) -> None:
    path = f"{sample.collection}?status=retracted&count=true&expand=claims"
    page = http.get(path).json()
    assert page == {"items": [], "next": None, "total": 0, "expanded": {"claims": {}}}


def test_only_the_fields_asked_for_are_listed(http: Newsroom, sample: Sample) -> None:
    put(http, sample.path, sample.public(external_ids={"cms": "1", "wiki": "2"}))
    page = http.get(f"{sample.collection}?fields=external_ids.wiki,type,self").json()
    assert page["items"][0] == {
        "type": sample.kind,
        "self": sample.path,
        "external_ids": {"wiki": "2"},
    }


def test_a_page_comes_with_what_its_records_refer_to(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    put(http, "/v1/claims/d", {"text": "x", "status": "published"})
    for claim in ("c", "d"):
        sent = {"claim_id": claim, "scale_id": "truth", "rating": "true", "status": "published"}
        put(http, f"/v1/verdicts/{claim}", sent)
    expanded = http.get("/v1/verdicts?expand=claims,scales").json()["expanded"]
    assert {name: set(found) for name, found in expanded.items()} == {
        "claims": {"c", "d"},
        "scales": {"truth"},
    }
    assert set(http.get("/v1/verdicts?expand=claims&limit=1").json()["expanded"]["claims"]) == {"d"}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("sort=title", {"sort": "not-a-choice"}),
        ("sort=", {"sort": "invalid"}),
        ("count=yes", {"count": "not-a-choice"}),
        ("expand=author", {"expand": "not-a-choice"}),
        ("fields=nonsense", {"fields": "not-a-choice"}),
        ("status=deleted", {"status": "not-a-choice"}),
        ("status=published,nonsense", {"status": "not-a-choice"}),
        ("limit=1&limit=2", {"limit": "given-twice"}),
        ("limt=1", {"limt": UNKNOWN}),
        ("as_of=yesterday", {"as_of": "invalid"}),
        ("limit=0&sort=x&zz=1", {"limit": "invalid", "sort": "not-a-choice", "zz": UNKNOWN}),
        ("sort=%00", {"sort": "invalid"}),
        ("status=%00", {"status": "invalid"}),
        ("cursor=%00", {"cursor": "invalid"}),
        ("fields=%00id", {"fields": "invalid"}),
        ("%00=1", {"\x00": UNKNOWN}),
        ("fields=" + ",".join(["id"] * 51), {"fields": "invalid"}),
        ("cursor=" + "x" * 2001, {"cursor": "too-long"}),
        ("z" * 2000 + "=1", {"z" * 1000: UNKNOWN}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_every_parameter_that_is_not_understood_is_told(
    http: Newsroom, sample: Sample, query: str, codes: dict[str, str]
) -> None:
    answer = http.get(f"{sample.collection}?{query}")
    assert refused(answer) == (400, "invalid-query")
    assert answer.codes == codes


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("stats", 'did you mean "status"?'),
        ("Limit", 'did you mean "limit"?'),
        ("zz9", "known here: "),
    ],
)
def test_an_unknown_parameter_is_answered_with_the_nearest(
    http: Newsroom, sample: Sample, name: str, hint: str
) -> None:
    answer = http.get(f"{sample.collection}?{name}=x")
    assert answer.json()["errors"][0]["detail"].startswith(hint)


def test_the_same_parameter_twice_with_one_value_is_one(http: Newsroom, sample: Sample) -> None:
    assert http.get(f"{sample.collection}?limit=1&limit=1").status == 200


def test_the_public_does_not_ask_for_drafts(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    answer = http.get(f"{sample.collection}?status=draft")
    assert (answer.status, answer.codes) == (400, {"status": "not-a-choice"})
    assert ids_of(http, f"{sample.collection}?status=draft", http.desk) == ["one"]
    assert ids_of(http, f"{sample.collection}?status=published,withheld", http.desk) == []


def cursor_of(http: Newsroom, path: str, key: str | None = None) -> str:
    """Return the cursor that leads on from a page."""
    return http.get(path, key=key).json()["next"].rpartition("cursor=")[2]


@pytest.mark.parametrize(
    "other",
    [
        "/v1/sources?limit=1",
        "{c}?limit=1&sort=created_at",
        "{c}?limit=1&status=published",
        "{c}?limit=1&created_from=2022-01-01T00:00:00Z",
    ],
)
def test_a_cursor_leads_on_in_its_own_list_only(http: Newsroom, other: str) -> None:
    for number in range(2):
        put(http, f"/v1/claims/c{number}", {"text": "x", "status": "published"})
    cursor = cursor_of(http, "/v1/claims?limit=1")
    answer = http.get(f"{other.format(c='/v1/claims')}&cursor={cursor}")
    assert refused(answer) == (400, "foreign-cursor")


def test_a_cursor_of_a_key_is_not_for_the_public(http: Newsroom, sample: Sample) -> None:
    several(http, sample, 3)
    cursor = cursor_of(http, f"{sample.collection}?limit=1", http.desk)
    answer = http.get(f"{sample.collection}?limit=1&cursor={cursor}")
    assert refused(answer) == (400, "foreign-cursor")
    path = f"{sample.collection}?limit=1&cursor={cursor}"
    assert ids_of(http, path, http.editor) == ["r1"]


@pytest.mark.parametrize("place", [0, 20, -5])
def test_a_cursor_that_was_changed_is_refused(http: Newsroom, sample: Sample, place: int) -> None:
    several(http, sample, 3)
    cursor = cursor_of(http, f"{sample.collection}?limit=1")
    letter = "A" if cursor[place] != "A" else "B"
    changed = cursor[:place] + letter + cursor[len(cursor[:place]) + 1 :]
    assert len(changed) == len(cursor)
    answer = http.get(f"{sample.collection}?limit=1&cursor={changed}")
    assert refused(answer) == (400, "invalid-cursor")


@pytest.mark.parametrize("cursor", ["x", "abc!", "%C3%A9", "AAAA", "A" * 2000, "=", "%FF"])
def test_a_cursor_that_was_made_up_is_refused(http: Newsroom, sample: Sample, cursor: str) -> None:
    answer = http.get(f"{sample.collection}?cursor={cursor}")
    assert refused(answer) == (400, "invalid-cursor")


def test_a_cursor_lives_for_a_day(
    http: Newsroom, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(http, sample, 3)
    made = time.time()
    following: Any = http.get(f"{sample.collection}?limit=1").json()["next"]
    monkeypatch.setattr(time, "time", lambda: made + 24 * 3600 - 5)
    assert http.get(following).status == 200
    monkeypatch.setattr(time, "time", lambda: made + 24 * 3600 + 5)
    assert refused(http.get(following)) == (410, "cursor-expired")


def test_a_record_made_during_a_walk_disturbs_it_not(http: Newsroom, sample: Sample) -> None:
    ids = several(http, sample)
    first: Json = http.get(f"{sample.collection}?limit=2").json()
    put(http, f"{sample.collection}/later", sample.public())
    assert walk(http, first["next"]) == ids[::-1][2:]


def test_a_page_is_made_anew_each_time(http: Newsroom, sample: Sample) -> None:
    answer = http.get(sample.collection)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Vary"] == "Authorization, Accept"
    assert http.put(sample.path, json=sample.sent, key=http.desk, headers=ANY).status == 412
