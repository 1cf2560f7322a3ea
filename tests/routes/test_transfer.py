"""Export, and what a history is after it moved."""

import hashlib
from typing import Any

import orjson
import pytest
from flask import Flask

from service.bulk import exporting
from service.bulk.exporting import Wish, begin
from service.feed.changes import newest
from service.records.people import Reader
from service.storage.database import Database
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, put, refused, restore, revise
from tests.routes.conftest import Empty
from tests.routes.moving import TRUTH, give, live, take


def test_a_history_that_moved_is_the_same(http: Newsroom, empty: Empty) -> None:
    live(http)
    before = http.get("/v1/export?history=true", key=http.admin).body
    empty()
    done = take(http, data=before)
    lines = before.splitlines()
    assert done.json()["revisions"] == len(lines) - 2
    after = http.get("/v1/export?history=true", key=http.admin).body.splitlines()
    assert after[1:-1] == lines[1:-1]
    first, last = (orjson.loads(end) | {"sha256": ""} for end in (after[-1], lines[-1]))
    assert first == last
    assert done.json()["records"] == last["records"]


def looks(http: Newsroom) -> list[tuple[int, Any]]:
    """Return what the public and a desk get at many addresses."""
    paths = [f"/v1/{kind}?count=true" for kind in ("claims", "sources", "verdicts", "scales")]
    ids = ("claims/c", "claims/held", "claims/gone", "verdicts/v", "verdicts/w", "scales/truth")
    paths += [f"/v1/{one}{part}" for one in ids for part in ("", "/revisions", "/revisions/1")]
    paths += ["/v1/verdicts?valid_at=2022", "/v1/verdicts?review_before=9999"]
    paths += ["/v1/claims?source_id=s"]
    answers = [http.get(path, key=key) for path in paths for key in (None, http.desk)]
    return [(answer.status, answer.json() | {"instance": None}) for answer in answers]


def test_whoever_reads_sees_no_difference_after_a_move(http: Newsroom, empty: Empty) -> None:
    live(http)
    before, data = looks(http), http.get("/v1/export?history=true", key=http.admin).body
    empty()
    assert take(http, data=data).status == 200
    assert looks(http) == before


def test_a_record_that_moved_goes_on(http: Newsroom, empty: Empty) -> None:
    live(http)
    data = http.get("/v1/export?history=true", key=http.admin).body
    empty()
    take(http, data=data)
    assert revise(http, "/v1/claims/c", text="new", status="published", **WHY)["revision"] == 5
    assert restore(http, "/v1/claims/gone", 1)["revision"] == 5
    assert revise(http, TRUTH, name="Wahrheit", **WHY)["revision"] == 3
    assert http.get("/v1/claims/c").headers["ETag"] == '"5"'


@pytest.mark.parametrize("history", ["", "?history=true"])
@pytest.mark.parametrize("who", ["public", "desk"])
def test_the_end_of_an_export_is_true(http: Newsroom, history: str, who: str) -> None:
    live(http)
    body = http.get(f"/v1/export{history}", key=getattr(http, who, None)).body
    *lines, end = body.splitlines(keepends=True)
    told = orjson.loads(end)
    assert told["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    records = [orjson.loads(line) for line in lines[1:]]
    assert told["revisions"] == len(records)
    assert told["records"] == len({(one["type"], one["id"]) for one in records})
    assert orjson.loads(lines[0])["history"] is bool(history)


def test_the_public_exports_what_the_public_may_see(http: Newsroom) -> None:
    live(http)
    for query in ("", "?history=true"):
        text = str(give(http, query))
        for word in ("internal", "recorded_by", "raw", "held back", "gone", "draft", "in_review"):
            assert word not in text


def test_the_public_exports_no_revision_that_was_withheld_or_a_tombstone(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    revise(http, "/v1/claims/c", status="withheld", **WHY)
    revise(http, "/v1/claims/c", status="published", **WHY)
    delete(http, "/v1/claims/c")
    restore(http, "/v1/claims/c", 3, status="published", **WHY)
    lines = [line for line in give(http, "?history=true") if line["type"] == "claim"]
    assert [line["revision"] for line in lines] == [1, 3, 5]


def test_an_export_holds_the_records_as_they_read(http: Newsroom) -> None:
    live(http)
    for key in (None, http.desk):
        items = [line for line in give(http, key=key) if line["type"] not in {"meta", "end"}]
        why = [[item.pop(name, None) for name in ("note", "reason")] for item in items]
        assert items == [http.get(item["self"], key=key).json() for item in items]
        told = [any(said) == (item["status"] in {"retracted", "withheld"})
                for said, item in zip(why, items, strict=True)]  # fmt: skip
        assert all(told)
        kinds = [item["type"] for item in items]
        assert kinds == sorted(kinds, key=["scale", "source", "claim", "verdict"].index)


def test_an_export_is_for_no_cache_and_knows_its_parameters(http: Newsroom) -> None:
    assert http.get("/v1/export").headers["Cache-Control"] == "no-store"
    assert http.get("/v1/export?histroy=true").codes == {"histroy": "unknown-parameter"}
    assert http.get("/v1/export?history=yes").codes == {"history": "not-a-choice"}
    answer = http.get("/v1/export", headers={"Accept": "application/json"})
    assert refused(answer) == (406, "not-acceptable")


def test_an_export_is_of_one_moment_however_long_it_takes(
    http: Newsroom, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    for number in range(5):
        put(http, f"/v1/claims/c{number}", {"text": "then", "status": "published"})
    for wish in (Wish(Reader(keyed=False)), Wish(Reader(keyed=True), history=True)):
        export = begin(database, wish)
        rows = export.rows()
        first = [next(rows) for _ in range(2)]
        revise(http, "/v1/claims/c3", text=f"now {wish.history}", status="published", **WHY)
        put(http, f"/v1/claims/new-{wish.history}", {"text": "now", "status": "published"})
        seen = "".join(row.text for row in [*first, *rows])
        assert f"now {wish.history}" not in seen
        assert f"new-{wish.history}" not in seen


def test_what_is_withheld_meanwhile_is_left_out_for_the_public(
    http: Newsroom, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 1)
    for number in range(3):
        put(http, f"/v1/claims/c{number}", {"text": "x", "status": "published"})
    rows = begin(database, Wish(Reader(keyed=False))).rows()
    first = [next(rows) for _ in range(2)]
    revise(http, "/v1/claims/c1", status="withheld", **WHY)
    ids = [orjson.loads(row.text)["id"] for row in [*first, *rows]]
    assert ids == ["truth", "c0", "c2"]


def test_from_the_cursor_of_an_export_the_feed_goes_on_without_a_gap(
    http: Newsroom, app: Flask, database: Database
) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    [meta, *_] = give(http)
    mark = app.extensions["factcheck"].marks.read(meta["cursor"])
    assert mark == newest(database)


def test_an_export_as_of_an_instant_is_the_same_each_time(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "then"})
    then = put(http, "/v1/claims/c", {"text": "then", "status": "published"})["created_at"]
    first = http.get(f"/v1/export?as_of={then}", key=http.desk)
    revise(http, "/v1/claims/c", text="now", status="published", **WHY)
    put(http, "/v1/claims/d", {"text": "now"})
    again = http.get(f"/v1/export?as_of={then}", key=http.desk)
    assert again.body == first.body
    assert first.headers["Cache-Control"] == "private, max-age=300"
    assert orjson.loads(first.body.splitlines()[0])["as_of"] == then
    assert [one["id"] for one in give(http, f"?as_of={then}")[1:-1]] == ["truth", "c"]
    lines = give(http, f"?as_of={then}&history=true", key=http.desk)
    assert [(one["id"], one["revision"]) for one in lines[2:-1]] == [("s", 1), ("c", 1)]


def test_an_export_of_a_time_to_come_or_of_types_that_are_none_is_refused(http: Newsroom) -> None:
    answer = http.get("/v1/export?as_of=2999-01-01T00:00:00Z")
    assert (answer.status, answer.codes) == (400, {"as_of": "in-the-future"})
    answer = http.get("/v1/export?type=claims")
    assert (answer.status, answer.codes) == (400, {"type": "not-a-choice"})


def test_an_export_may_be_of_some_types(http: Newsroom) -> None:
    live(http)
    lines = give(http, "?type=claim,source", key=http.desk)
    assert lines[0]["types"] == ["source", "claim"]
    assert {one["type"] for one in lines[1:-1]} == {"source", "claim"}
    lines = give(http, "?type=verdict&history=true", key=http.desk)
    assert {one["type"] for one in lines[1:-1]} == {"verdict"}
