"""Import of records: lines in, all or nothing or the good ones, and told what came of each."""

import hashlib
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import orjson
import psycopg
import pytest
from flask import Flask

from service.bulk import taking
from service.bulk.lines import Order
from service.bulk.staging import Staging
from service.errors import Unavailable
from service.records.people import Caller
from service.storage.database import Database
from tests.conftest import state
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, put, refused, revise
from tests.routes.bulk import CLAIM, NDJSON, OVER, SOURCE, counted, outcomes, send, told
from tests.routes.conftest import Empty, Variant
from tests.routes.moving import give, live

WHY_QUERY = "&note=Counted+again&reason=correction"


def history(http: Newsroom, path: str) -> list[Json]:
    """Return the revisions of a record."""
    return http.get(f"{path}/revisions", key=http.desk).json()["items"]


def test_lines_may_refer_forwards(http: Newsroom) -> None:
    assert counted(send(http, CLAIM, SOURCE)) == {"created": 2}
    assert http.get("/v1/claims/c?expand=sources").json()["expanded"]["sources"]["s"]["id"] == "s"


def test_all_lines_are_recorded_at_one_instant(http: Newsroom) -> None:
    put(http, "/v1/claims/old", {"text": "x"})
    change = {"type": "claim", "id": "old", "text": "y", "if_revision": 1}
    assert counted(send(http, CLAIM, SOURCE, change)) == {"created": 2, "revised": 1}
    paths = ("/v1/claims/c", "/v1/sources/s", "/v1/claims/old")
    assert len({history(http, path)[-1]["recorded_at"] for path in paths}) == 1


def test_a_second_run_answers_unchanged_and_writes_nothing(http: Newsroom) -> None:
    lines = [CLAIM, SOURCE, {"type": "claim", "id": "d", "text": "x", "internal": {"tip": 1}}]
    assert counted(send(http, *lines)) == {"created": 3}
    before = http.get("/v1/export?history=true", key=http.desk).text.splitlines()[1:-1]
    assert counted(send(http, *lines)) == {"unchanged": 3}
    after = http.get("/v1/export?history=true", key=http.desk).text.splitlines()[1:-1]
    assert after == before


def test_changes_told_a_second_time_are_no_changes(http: Newsroom) -> None:
    assert counted(send(http, CLAIM, SOURCE)) == {"created": 2}
    lines = [
        {"type": "claim", "id": "c", "op": "patch", "context": "x", "if_revision": 1, **WHY},
        {"type": "source", "id": "s", "op": "delete", "if_revision": 1, **WHY},
    ]
    assert counted(send(http, *lines)) == {"revised": 1, "deleted": 1}
    assert counted(send(http, *lines)) == {"unchanged": 2}


def test_other_content_takes_the_revision_or_overwriting(http: Newsroom) -> None:
    assert counted(send(http, CLAIM, SOURCE)) == {"created": 2}
    other = SOURCE | WHY | {"title": "Other"}
    assert told(send(http, other)) == [(1, "#/if_revision", "precondition-required")]
    assert told(send(http, other | {"if_revision": 2})) == [
        (1, "#/if_revision", "precondition-failed")
    ]
    assert counted(send(http, other | {"if_revision": 1})) == {"revised": 1}
    assert counted(send(http, other | {"title": "Third"}, query=OVER)) == {"revised": 1}


def test_a_revision_of_what_is_not_there_is_refused(http: Newsroom) -> None:
    assert told(send(http, SOURCE | {"if_revision": 1})) == [
        (1, "#/if_revision", "precondition-failed")
    ]


@pytest.mark.parametrize("op", ["patch", "delete"])
def test_what_is_not_there_is_not_changed_or_deleted(http: Newsroom, op: str) -> None:
    assert told(send(http, {"type": "claim", "id": "x", "op": op})) == [(1, "#/id", "not-found")]


def test_a_deletion_passes_over_the_record_that_is_sent_along(http: Newsroom) -> None:
    assert counted(send(http, SOURCE)) == {"created": 1}
    record = http.get("/v1/sources/s", key=http.desk).json()
    line = record | WHY | {"op": "delete", "if_revision": 1}
    assert told(send(http, line | {"colour": 1})) == [(1, "#/colour", "unknown-field")]
    assert told(send(http, line | {"note": ""})) == [(1, "#/note", "too-short")]
    assert counted(send(http, line)) == {"deleted": 1}


def test_the_words_of_the_request_are_for_lines_without_their_own(http: Newsroom) -> None:
    assert counted(send(http, CLAIM, SOURCE, query="?actor=o.k.")) == {"created": 2}
    lines = [CLAIM | {"text": "y"}, SOURCE | {"title": "y", "note": "Own words", "actor": "a.b."}]
    assert counted(send(http, *lines, query=OVER + WHY_QUERY + "&actor=o.k.")) == {"revised": 2}
    assert [history(http, "/v1/claims/c")[1][name] for name in ("note", "reason")] == [
        "Counted again", "correction"]  # fmt: skip
    last = history(http, "/v1/sources/s")[1]
    assert (last["note"], last["recorded_by"]["actor"]) == ("Own words", "a.b.")


def test_every_faulty_line_is_named_and_nothing_written(http: Newsroom) -> None:
    answer = send(
        http, SOURCE, b"{", [], {"type": "article"}, {}, {"type": 5}, b"", CLAIM | {"txt": 1}
    )
    assert told(answer) == [
        (2, "#", "invalid"),
        (3, "#", "invalid"),
        (4, "#/type", "not-a-choice"),
        (5, "#/type", "required"),
        (6, "#/type", "invalid"),
        (8, "#/txt", "unknown-field"),
    ]
    assert answer.json()["refused"] == 6
    assert http.get("/v1/sources/s").status == 404


def test_no_more_than_two_hundred_faults_are_listed(http: Newsroom) -> None:
    answer = send(http, *[{"type": "claim"}] * 700)
    assert len(answer.json()["errors"]) == 200
    assert "700 faults in 700 lines" in answer.json()["detail"]
    assert "The first 200 are listed." in answer.json()["detail"]


def test_a_record_has_one_line(http: Newsroom) -> None:
    assert told(send(http, SOURCE, CLAIM, SOURCE)) == [(3, "#/id", "given-twice")]
    assert counted(send(http, SOURCE)) == {"created": 1}
    assert told(send(http, SOURCE, SOURCE)) == [(2, "#/id", "given-twice")]


def test_the_first_line_of_a_record_is_its_line(http: Newsroom) -> None:
    answer = send(http, SOURCE, SOURCE, CLAIM, query="?partial=true")
    assert outcomes(answer) == ["created", "refused", "created"]
    patch = {"type": "claim", "id": "c", "op": "patch", "context": "x", "if_revision": 1}
    explained = patch | WHY
    answer = send(http, explained, explained | {"context": "y"}, query="?partial=true")
    assert outcomes(answer) == ["revised", "refused"]
    faulty = SOURCE | {"id": "t", "title": 5}
    claim = CLAIM | {"id": "d", "attribution": [{"source_id": "t"}]}
    answer = send(http, faulty, SOURCE | {"id": "t"}, claim, query="?partial=true")
    assert outcomes(answer) == ["refused"] * 3


def test_a_record_is_known_to_have_its_line_over_many_others(http: Newsroom) -> None:
    many = [{"type": "source", "id": f"m{n}", "title": "x"} for n in range(600)]
    answer = send(http, SOURCE, *many, SOURCE, {"type": "source"}, {"type": "source"})
    assert told(answer)[0] == (602, "#/id", "given-twice")
    assert "line 1 is about this record too" in answer.json()["errors"][0]["detail"]
    assert [code for _, _, code in told(answer)] == ["given-twice", "required", "required"]


@pytest.mark.parametrize("query", ["", OVER])
@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"if_revision": 1.5}, "invalid"),
        ({"if_revision": True}, "invalid"),
        ({"if_revision": None}, "invalid"),
        ({"op": "PUT"}, "not-a-choice"),
    ],
    ids=str,
)
@pytest.mark.parametrize("past", ["there", "deleted"])
def test_what_a_line_asks_for_is_understood_first(
    http: Newsroom, query: str, own: Json, code: str, past: str
) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    if past == "deleted":
        delete(http, "/v1/claims/c")
    answer = send(http, {"type": "claim", "id": "c", "text": "y", "context": 5} | own, query=query)
    assert told(answer) == [(1, f"#/{next(iter(own))}", code), (1, "#/context", "invalid")]


@pytest.mark.parametrize(
    ("line", "pointer", "code"),
    [
        ({"op": "remove"}, "#/op", "not-a-choice"),
        ({"if_revision": 0}, "#/if_revision", "out-of-range"),
        ({"id": "-x"}, "#/id", "invalid"),
        ({"id": 5}, "#/id", "invalid"),
    ],
)
def test_what_a_line_says_of_itself_is_checked(
    http: Newsroom, line: Json, pointer: str, code: str
) -> None:
    assert told(send(http, {"type": "claim", "id": "c", "text": "x"} | line)) == [
        (1, pointer, code)
    ]


@pytest.mark.parametrize("op", ["patch", "delete"])
def test_a_change_names_its_record(http: Newsroom, op: str) -> None:
    assert told(send(http, {"type": "claim", "op": op})) == [(1, "#/id", "required")]


def test_the_service_makes_the_ids_that_are_left_out(http: Newsroom) -> None:
    answer = send(http, {"type": "claim", "text": "x"}, query="?partial=true")
    [line] = [orjson.loads(one) for one in answer.body.splitlines()[:-1]]
    assert http.get(f"/v1/claims/{line['id']}", key=http.desk).json()["text"] == "x"


def test_good_lines_are_written_where_that_is_asked(http: Newsroom) -> None:
    put(http, "/v1/claims/there", {"text": "x"})
    lines = [
        {"type": "claim", "id": "there", "text": "x"},
        SOURCE,
        {"type": "claim", "id": "bad", "text": ""},
        {"type": "claim", "id": "on bad", "text": "x"},
        {"type": "claim", "id": "hangs", "text": "x",
         "relations": [{"type": "repeats", "claim_id": "bad"},
                       {"type": "repeats", "claim_id": "there"}]},
        {"type": "verdict", "id": "too", "claim_id": "hangs"},
        b"{",
        {"type": "claim", "id": "itself", "text": "x",
         "relations": [{"type": "repeats", "claim_id": "itself"}]},
        {"type": "claim", "id": "there", "text": "twice"},
        CLAIM,
    ]  # fmt: skip
    answer = send(http, *lines, query="?partial=true")
    assert outcomes(answer) == [
        "unchanged", "created", *["refused"] * 7, "created"]  # fmt: skip
    found = [orjson.loads(line) for line in answer.body.splitlines()]
    assert [one["errors"][0]["code"] for one in found[2:9]] == [
        "too-short", "invalid", "unknown-reference", "unknown-reference", "invalid",
        "self-reference", "given-twice"
    ]  # fmt: skip
    assert found[-1] == {
        "type": "end", "created": 2, "revised": 0, "deleted": 0, "unchanged": 1, "refused": 7
    }  # fmt: skip
    assert http.get("/v1/claims/c").status == 200
    assert http.get("/v1/claims/hangs", key=http.desk).status == 404


def test_a_dry_run_tells_what_would_come_of_it_and_writes_nothing(http: Newsroom) -> None:
    put(http, "/v1/claims/there", {"text": "x"})
    change = {"type": "claim", "id": "there", "text": "y", "if_revision": 1}
    new = {"type": "claim", "text": "without an id"}
    answer = send(http, SOURCE, CLAIM, change, new, query="?dry_run=true")
    assert counted(answer) == {"created": 3, "revised": 1, "dry_run": True}
    answer = send(http, SOURCE, new, CLAIM | {"text": 1}, query="?dry_run=true&partial=true")
    assert outcomes(answer) == ["created", "created", "refused"]
    assert "id" not in orjson.loads(answer.body.splitlines()[1])
    assert told(send(http, CLAIM, query="?dry_run=true"))[0][2] == "unknown-reference"
    assert http.get("/v1/sources/s", key=http.desk).status == 404


def test_a_dry_run_uses_no_idempotency_key_up(http: Newsroom) -> None:
    for query, counts in (("?dry_run=true", {"created": 1, "dry_run": True}), ("", {"created": 1})):
        assert counted(send(http, SOURCE, query=query, Idempotency_Key="k")) == counts


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?partial=true", 207)])
def test_an_import_sent_again_with_its_key_is_answered_as_before(
    http: Newsroom, query: str, status: int
) -> None:
    first = send(http, SOURCE, query=query, Idempotency_Key="k")
    again = send(http, SOURCE, query=query, Idempotency_Key="k")
    assert (first.status, again.status) == (status, status)
    assert first.body == again.body
    assert again.headers["Idempotency-Replayed"] == "true"
    other = send(http, SOURCE | {"title": "Other"}, query=query, Idempotency_Key="k")
    assert refused(other) == (422, "idempotency-key-reused")


def test_a_refused_import_uses_no_key_up(http: Newsroom) -> None:
    assert send(http, CLAIM, Idempotency_Key="k").status == 422
    assert counted(send(http, CLAIM, SOURCE, Idempotency_Key="k")) == {"created": 2}


def test_an_export_goes_into_another_server_as_it_is(http: Newsroom, empty: Empty) -> None:
    live(http)
    restored = http.get("/v1/claims/c/revisions/3", key=http.desk).json()
    revise(http, "/v1/claims/c", text=restored["text"], status="published", **WHY)
    data = http.get("/v1/export", key=http.desk).body
    before = [strip(line) for line in give(http, key=http.desk)[1:-1]]
    empty()
    query = OVER + WHY_QUERY  # the scale that every server starts with has gained a rating there
    assert counted(send(http, data, query=query)) == {"created": 5, "revised": 1}
    assert [strip(line) for line in give(http, key=http.desk)[1:-1]] == before
    assert http.get("/v1/claims/held").json()["note"] == "We had it wrong."
    assert counted(send(http, data, query=query)) == {"unchanged": 6}


def test_what_is_retracted_elsewhere_says_why(http: Newsroom) -> None:
    line = {"type": "claim", "id": "c", "text": "x", "status": "withheld"}
    assert told(send(http, line)) == [(1, "#/status", "move-not-allowed")]
    assert counted(send(http, line, query=f"?{WHY_QUERY}")) == {"created": 1}
    assert http.get("/v1/claims/c").status == 451
    whole = http.get("/v1/export?history=true", key=http.admin)
    assert whole.status == 200


def strip(record: Json) -> Json:
    """Return a record without what the service sets."""
    own = {"revision", "created_at", "updated_at", "recorded_by"}
    return {name: value for name, value in record.items() if name not in own}


def test_a_file_that_was_cut_off_is_refused(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    whole = http.get("/v1/export", key=http.desk).body.splitlines()
    assert told(send(http, *whole[:-1])) == [(4, "#", "required")]


def test_a_file_that_was_changed_on_its_way_is_refused(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    whole = http.get("/v1/export", key=http.desk).body
    assert counted(send(http, whole)) == {"unchanged": 2}
    changed = whole.replace(b'"x"', b'"y"')
    assert (4, "#/sha256", "hash-mismatch") in told(send(http, changed, query=OVER))
    lines = [line for line in whole.splitlines() if b'"c"' not in line]
    assert told(send(http, *lines)) == [
        (3, "#/records", "invalid"), (3, "#/revisions", "invalid"), (3, "#/sha256", "hash-mismatch")
    ]  # fmt: skip
    assert told(send(http, whole + b'{"type":"claim"}')) == [(5, "#", "invalid")]


def test_a_history_is_known_for_one(http: Newsroom) -> None:
    whole = http.get("/v1/export?history=true", key=http.desk).body
    assert told(send(http, whole))[0] == (1, "#/history", "invalid")


@pytest.mark.parametrize(("limit", "size", "status"), [(3, 3, 200), (3, 4, 413)])
def test_an_import_has_so_many_lines_at_most(
    http: Newsroom, monkeypatch: pytest.MonkeyPatch, limit: int, size: int, status: int
) -> None:
    monkeypatch.setattr(taking, "MOST", limit)
    lines = [{"type": "claim", "id": f"c{n}", "text": "x"} for n in range(size)]
    assert send(http, *lines).status == status


def test_an_import_that_is_too_large_writes_nothing(variant: Variant) -> None:
    small = variant(max_import=100)
    assert refused(send(small, SOURCE, CLAIM)) == (413, "body-too-large")


def test_a_history_has_no_words_beside_its_lines(http: Newsroom) -> None:
    answer = send(http, query="?history=true&note=x&partial=true&dry_run=false", key=http.admin)
    assert refused(answer) == (400, "invalid-query")
    assert answer.codes.keys() == {"note", "partial", "dry_run"}


@pytest.mark.parametrize(
    ("query", "accept"), [("", "text/csv"), ("?partial=true", "application/json")]
)
def test_an_import_answers_in_one_form(http: Newsroom, query: str, accept: str) -> None:
    assert refused(send(http, query=query, Accept=accept)) == (406, "not-acceptable")


def test_the_publisher_of_the_settings_fills_a_verdict(variant: Variant, http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    desk = variant(publisher_name="The Desk")
    assert counted(send(desk, {"type": "verdict", "id": "v", "claim_id": "c"})) == {"created": 1}
    assert desk.get("/v1/verdicts/v", key=desk.desk).json()["publisher"] == {"name": "The Desk"}


def rated(**members: Any) -> Json:  # noqa: ANN401 -- any member
    """Return the line of a verdict of the claim `c`."""
    return {
        "type": "verdict",
        "id": "v",
        "claim_id": "c",
        "scale_id": "truth",
        "rating": "true",
    } | members


def test_four_eyes_bind_an_import(variant: Variant, http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    strict = variant(four_eyes=True)
    public = rated(status="published")
    assert told(send(strict, public)) == [(1, "#/status", "four-eyes")]
    assert counted(send(strict, rated(), key=strict.desk)) == {"created": 1}
    assert told(send(strict, rated(status="published", rating="false"), query=OVER)) == [
        (1, "#/status", "four-eyes")
    ]
    assert counted(send(strict, public, query=OVER)) == {"revised": 1}


def test_a_patch_under_four_eyes_publishes_the_draft_of_another(
    variant: Variant, http: Newsroom
) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    strict = variant(four_eyes=True)
    assert counted(send(strict, rated())) == {"created": 1}
    line = {"type": "verdict", "id": "v", "op": "patch", "status": "published", "if_revision": 1}
    assert told(send(strict, line)) == [(1, "#/status", "four-eyes")]
    assert counted(send(strict, line, key=strict.admin)) == {"revised": 1}


def test_a_rating_may_come_with_the_scale_that_has_it(http: Newsroom) -> None:
    scale = {"type": "scale", "id": "truth", "name": "Truth", "ratings": [{"key": "x"}]}
    own = {
        "type": "scale",
        "id": "own",
        "name": "Own",
        "ratings": [{"key": "x"}],
        "status": "published",
    }
    claim = {"type": "claim", "id": "c", "text": "x", "status": "published"}
    verdict = rated(scale_id="own", rating="x", status="published")
    other = own | {"ratings": [{"key": "y"}]}
    assert [one[2] for one in told(send(http, verdict, claim, other))] == ["unknown-rating"]
    assert counted(send(http, verdict, claim, own)) == {"created": 3}
    draft = rated(id="w", rating="x")
    assert counted(send(http, draft, scale, query=OVER)) == {"created": 1, "revised": 1}


def test_what_is_public_refers_to_what_becomes_public_with_it(http: Newsroom) -> None:
    answer = send(http, CLAIM, SOURCE | {"status": "draft"})
    assert told(answer) == [(1, "#/attribution/0/source_id", "unpublished-reference")]
    assert "or by a line of its own" in answer.json()["errors"][0]["detail"]
    put(http, "/v1/sources/s", {"title": "A report"})
    assert counted(send(http, CLAIM, SOURCE, query=OVER)) == {"created": 1, "revised": 1}


def test_what_a_file_deletes_is_not_referred_to_anew(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x"})
    end = {"type": "source", "id": "s", "op": "delete", "if_revision": 1}
    claim = CLAIM | {"status": "draft"}
    answer = send(http, claim, end)
    assert told(answer) == [(1, "#/attribution/0/source_id", "gone-reference")]
    detail = 'line 2 of this import deletes the source "s"; name another'
    assert answer.json()["errors"][0]["detail"] == detail
    assert counted(send(http, claim)) == {"created": 1}
    assert counted(send(http, claim | {"text": "y", "if_revision": 1}, end)) == {
        "revised": 1, "deleted": 1}  # fmt: skip


def test_what_was_public_is_not_by_a_deletion_of_a_draft_key(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    end = {"type": "source", "id": "s", "op": "delete", "if_revision": 1, **WHY}
    assert told(send(http, end, key=http.desk)) == [(1, "#/op", "forbidden")]


def test_a_tombstone_is_not_written_over(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x"})
    delete(http, "/v1/sources/s")
    assert told(send(http, SOURCE, query=OVER)) == [(1, "#/id", "gone")]
    patch = {"type": "source", "id": "s", "op": "patch", "title": "y", "if_revision": 2}
    assert told(send(http, patch)) == [(1, "#/id", "gone")]


def test_in_the_feed_nothing_comes_before_what_it_refers_to(http: Newsroom) -> None:
    def claim(name: str, *others: str) -> Json:
        relations = [{"type": "repeats", "claim_id": other} for other in others]
        return {"type": "claim", "id": name, "text": name, "relations": relations}

    lines = [claim("a", "b", "c"), claim("b", "d"), claim("c", "d"), claim("d"), claim("x", "y"),
             claim("y", "x"), claim("z", "y"), SOURCE]  # fmt: skip
    assert counted(send(http, *lines)) == {"created": 8}
    order = [line["id"] for line in give(http, "?history=true", key=http.desk)[2:-1]]
    assert order[0] == "s"
    before = {(one, other) for place, one in enumerate(order) for other in order[place:]}
    assert {("d", "b"), ("d", "c"), ("b", "a"), ("c", "a"), ("y", "z")} <= before


def test_only_a_new_draft_lies_over_what_is_public(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    over = {"type": "source", "id": "s", "title": "y", "if_revision": 1}
    assert counted(send(http, over, key=http.desk)) == {"revised": 1}
    assert http.get("/v1/sources/s").json()["title"] == "x"
    inside = {
        "type": "source",
        "id": "s",
        "title": "x",
        "internal": {"a": 1},
        "status": "published",
    }
    assert counted(send(http, inside, query=OVER)) == {"revised": 1}
    revise(http, "/v1/sources/s", title="z", **WHY)
    assert [line["revision"] for line in http.get("/v1/sources/s/revisions").json()["items"]] == [
        1,
        4,
    ]


def test_the_hash_of_an_imported_revision_can_be_checked(http: Newsroom) -> None:
    assert counted(send(http, SOURCE)) == {"created": 1}
    [line] = history(http, "/v1/sources/s")
    said = b'{"status":"published","title":"A report"}'
    assert hashlib.sha256(bytes.fromhex(line["salt"]) + said).hexdigest() == line["sha256"]


def test_nothing_is_an_import_too(http: Newsroom) -> None:
    assert counted(http.post("/v1/import", data=b"", key=http.desk, headers=NDJSON)) == {}


def test_imports_that_wait_leave_connections_for_others(
    http: Newsroom, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = {**SOURCE, "title": 5}
    with ExitStack() as others, monkeypatch.context() as patched:
        for _ in range(state(app).settings.pool_size // 4 or 1):
            others.enter_context(state(app).imports)
        assert counted(send(http, SOURCE, query="?dry_run=true")) == {"created": 1, "dry_run": 1}
        assert told(send(http, faulty)) == [(1, "#/title", "invalid")]
        patched.setattr(taking, "USUAL", 0.01)
        assert refused(send(http, SOURCE)) == (503, "busy")
    assert counted(send(http, SOURCE)) == {"created": 1}


def test_an_answer_that_is_too_long_to_be_kept_is_refused(
    http: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_KEPT", 100)
    query = "?partial=true"
    answer = send(http, CLAIM, SOURCE, query=query, Idempotency_Key="k")
    assert refused(answer) == (413, "body-too-large")
    assert outcomes(send(http, CLAIM, SOURCE, query=query)) == ["created", "created"]


def test_a_list_that_is_too_long_is_told_and_nothing_in_it(http: Newsroom) -> None:
    line = {"type": "claim", "text": "x", "attribution": [{"source_id": "a=b"}] * 51}
    assert told(send(http, line)) == [(1, "#/attribution", "too-long")]


def test_a_refused_line_takes_nothing_from_others(http: Newsroom) -> None:
    stars = {"name": "Stars", "ratings": [{"key": "one"}, {"key": "two"}]}
    put(http, "/v1/scales/stars", stars)
    assert counted(send(http, SOURCE)) == {"created": 1}
    fewer = {"type": "scale", "id": "stars", "name": "Stars", "ratings": [{"key": "one"}]}
    rated = {"type": "verdict", "claim_id": "c", "scale_id": "stars", "rating": "two"}
    lines = [
        {"type": "source", "id": "s", "op": "delete", "if_revision": 9, **WHY},
        CLAIM,
        fewer | {"if_revision": 9},
        rated,
    ]
    for query in ("?partial=true&dry_run=true", "?partial=true"):
        found = outcomes(send(http, *lines, query=query))
        assert found == ["refused", "created", "refused", "created"]


def test_what_a_good_line_takes_away_is_told_as_before(http: Newsroom) -> None:
    assert counted(send(http, SOURCE)) == {"created": 1}
    gone = {"type": "source", "id": "s", "op": "delete", "if_revision": 1, **WHY}
    assert outcomes(send(http, gone, CLAIM, query="?partial=true")) == ["deleted", "refused"]


def test_what_was_retracted_and_then_noted_goes_into_another_server(
    http: Newsroom, empty: Empty
) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    revise(http, "/v1/claims/c", status="retracted", **WHY)
    revise(http, "/v1/claims/c", internal={"tip": 1})
    data = http.get("/v1/export", key=http.desk).body
    empty()
    assert counted(send(http, data)) == {"created": 1, "unchanged": 1}
    [line] = history(http, "/v1/claims/c")
    assert (line["status"], line["note"]) == ("retracted", WHY["note"])


def test_lines_that_the_server_has_lost_are_missed(
    database: Database, owner: psycopg.Connection
) -> None:
    staging = Staging(database)
    order = Order(Caller("editor", frozenset({"publish"})), dry_run=True)
    taking.Taking(staging, order).stage([(1, {**SOURCE}), (2, {**CLAIM})])
    owner.execute("TRUNCATE import_line")  # as after a crash: the table is unlogged
    for dry_run in (True, False):
        again = taking.Taking(staging, replace(order, dry_run=dry_run))
        with pytest.raises(Unavailable):
            again.finish(lambda act: act(database))
    staging.remove()
