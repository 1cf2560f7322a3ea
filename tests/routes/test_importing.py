"""Import: a history in, all of it or nothing, every fault told with its line."""

import hashlib
import io
import time
from typing import Any

import orjson
import pytest

from service.records.members import BESIDE_THE_BODY
from service.storage.database import Database
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import put, refused
from tests.routes.conftest import Empty, Variant
from tests.routes.moving import (
    LINE,
    META,
    NDJSON,
    RATED,
    SECOND,
    TRUTH,
    faults,
    give,
    live,
    take,
)
from tests.running.client import until

HTML, TEXT = {"Accept": "text/html"}, {"Content-Type": "text/plain"}


def test_a_file_made_by_hand_needs_no_salt_hash_or_author(http: Newsroom) -> None:
    assert take(http, LINE, SECOND | {"status": "deleted", "body": {}}).json() == {
        "records": 1,
        "revisions": 2,
    }
    lines = http.get("/v1/claims/c/revisions", key=http.desk).json()["items"]
    assert [line["recorded_at"] for line in lines] == [LINE["recorded_at"], SECOND["recorded_at"]]
    assert {line["recorded_by"]["key"] for line in lines} == {"unknown"}
    assert [len(line["salt"]) for line in lines] == [32, 32]


def test_records_come_in_any_order(http: Newsroom) -> None:
    verdict = LINE | {"type": "verdict", "id": "v", "body": {
        "claim_id": "c", "scale_id": "s", "rating": "a"}}  # fmt: skip
    scale = LINE | {"type": "scale", "id": "s", "body": {"name": "x", "ratings": [{"key": "a"}]}}
    assert take(http, verdict, SECOND | {"id": "d"} | {"revision": 1}, LINE, scale).status == 200
    assert http.get("/v1/verdicts/v?expand=claims").json()["expanded"]["claims"]["c"]["id"] == "c"


def test_blank_lines_and_a_byte_order_mark_are_passed_over(http: Newsroom) -> None:
    data = b"\xef\xbb\xbf" + orjson.dumps(LINE) + b"\r\n\n  \n" + orjson.dumps(SECOND)
    assert take(http, data=data).json() == {"records": 1, "revisions": 2}


class Slow(io.BytesIO):
    """A body that takes longer to send than a request may wait for the database."""

    deadline = 0.0

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- any buffer
        """Wait for the deadline to pass."""
        until(lambda: time.monotonic() > self.deadline)
        return super().readinto(buffer)


def test_a_history_may_take_longer_than_the_deadline(
    http: Newsroom, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "deadline", 1.0)
    body = Slow(orjson.dumps(LINE))
    body.deadline = time.monotonic() + 1.1
    fields = NDJSON | {"Authorization": f"Bearer {http.admin}"}
    answer = http.client.post("/v1/import?history=true", headers=fields, input_stream=body)
    assert answer.get_json() == {"records": 1, "revisions": 1}


def test_nothing_is_a_history_too(http: Newsroom) -> None:
    assert take(http, data=b"").json() == {"records": 0, "revisions": 0}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"type": "article"}, "#/type", "not-a-choice"),
        ({"public": False}, "#/public", "broken-history"),
        ({"type": 5}, "#/type", "invalid"),
        ({"type": ["claim"]}, "#/type", "invalid"),
        ({"type": {"claim": 1}}, "#/type", "invalid"),
        ({"id": "-c"}, "#/id", "invalid"),
        ({"revision": 0}, "#/revision", "out-of-range"),
        ({"revision": 2}, "#/revision", "broken-history"),
        ({"recorded_at": "2022-02-16"}, "#/recorded_at", "invalid"),
        ({"recorded_at": "0001-01-01T00:00:00+14:00"}, "#/recorded_at", "invalid"),
        ({"recorded_at": "2999-01-01T00:00:00Z"}, "#/recorded_at", "in-the-future"),
        ({"recorded_by": {"key": "factcheck"}}, "#/recorded_by/key", "hash-mismatch"),
        ({"recorded_by": {"name": "x"}}, "#/recorded_by/name", "unknown-field"),
        ({"status": "nonsense"}, "#/status", "not-a-choice"),
        ({"status": "in_review"}, "#/status", "not-a-choice"),
        ({"status": "retracted"}, "#/status", "move-not-allowed"),
        ({"status": "withheld"}, "#/status", "move-not-allowed"),
        ({"status": "deleted", "body": {}}, "#/status", "move-not-allowed"),
        ({"note": ""}, "#/note", "too-short"),
        ({"reason": "whim"}, "#/reason", "not-a-choice"),
        ({"salt": "00"}, "#/salt", "invalid"),
        ({"sha256": "00" * 32}, "#/sha256", "hash-mismatch"),
        ({"internal": []}, "#/internal", "invalid"),
        ({"nonsense": 1}, "#/nonsense", "unknown-field"),
        ({"body": None}, "#/body", "invalid"),
        ({"body": {}}, "#/body/text", "required"),
        ({"body": {"text": "x", "language": "!"}}, "#/body/language", "invalid"),
        ({"body": {"text": "x", "attribution": [{"source_id": "never"}]}},
         "#/body/attribution/0/source_id", "unknown-reference"),
        ({"body": {"text": "x", "relations": [{"type": "repeats", "claim_id": "c"}]}},
         "#/body/relations/0/claim_id", "self-reference"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_hold_is_told_with_its_place(
    http: Newsroom, change: Json, pointer: str, code: str
) -> None:
    answer = take(http, LINE | {"id": "other"}, LINE | change)
    assert faults(answer) == [(2, pointer, code)]
    assert give(http)[-1]["records"] == 1


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"claim_id": "c"}, "#/body/scale_id", "rating-required"),
        (RATED | {"rating": "never"}, "#/body/scale_id", "unknown-rating"),
        (RATED | {"claim_id": "d"}, "#/body/claim_id", "unknown-reference"),
    ],
)  # fmt: skip
def test_a_verdict_of_a_history_is_held_to_the_rules(
    http: Newsroom, body: Json, pointer: str, code: str
) -> None:
    answer = take(http, LINE, LINE | {"type": "verdict", "id": "v", "body": body})
    assert (2, pointer, code) in faults(answer)


@pytest.mark.parametrize(
    ("line", "code"),
    [(b"{", "invalid"), (b'{"type": "claim", "type": "claim"}', "given-twice"), (b"5", "invalid"),
     (b"[]", "invalid"), (b"null", "invalid"), (b"\xff", "invalid"), (b"x" * 2**22, "too-long")],
    ids=["syntax", "twice", "number", "list", "null", "bytes", "long"],
)  # fmt: skip
def test_a_line_that_is_no_json_object_is_told(http: Newsroom, line: bytes, code: str) -> None:
    data = b"\n".join([orjson.dumps(LINE), line, orjson.dumps(SECOND), b"{"])
    found = faults(take(http, data=data))
    assert [(number, said) for number, _, said in found] == [(2, code), (4, "invalid")]
    assert http.get("/v1/claims/c", key=http.desk).status == 404


def test_every_failing_line_is_told_in_order(http: Newsroom) -> None:
    bad = LINE | {"reason": "whim"}
    worse = LINE | {"id": "z", "body": {"text": 5}}
    lines = [LINE | {"id": "a"}, worse, LINE | {"id": "b"}, bad]
    found = faults(take(http, *lines))
    assert found == [(2, "#/body/text", "invalid"), (4, "#/reason", "not-a-choice")]


def test_at_most_200_faults_are_told(http: Newsroom) -> None:
    answer = take(http, *[LINE | {"reason": "whim"}] * 250)
    assert [line for line, _, _ in faults(answer)] == list(range(1, 201))


@pytest.mark.parametrize("name", sorted(BESIDE_THE_BODY))
def test_a_body_holds_content_only(http: Newsroom, name: str) -> None:
    answer = take(http, LINE | {"body": {"text": "x", name: LINE.get(name, "x")}})
    assert (1, f"#/body/{name}", "unknown-field") in faults(answer)


def test_a_tombstone_of_a_history_holds_nothing(http: Newsroom) -> None:
    for body in ({"text": "x"}, {"external_ids": 5}, {"nonsense": 1}):
        answer = take(http, LINE, SECOND | {"status": "deleted", "body": body})
        assert faults(answer) == [(2, "#/body", "invalid")]


@pytest.mark.parametrize(
    ("second", "pointer"),
    [
        ({"revision": 3}, "#/revision"),
        ({"revision": 1}, "#/revision"),
        ({"recorded_at": LINE["recorded_at"]}, "#/recorded_at"),
        ({"recorded_at": "2022-02-15T18:00:00Z"}, "#/recorded_at"),
        ({"recorded_at": "2022-02-16T18:00:00.0000009Z"}, "#/recorded_at"),
    ],
)
def test_the_revisions_of_a_record_follow_each_other(
    http: Newsroom, second: Json, pointer: str
) -> None:
    assert faults(take(http, LINE, SECOND | second)) == [(2, pointer, "broken-history")]


def test_what_was_changed_on_its_way_is_noticed(http: Newsroom, empty: Empty) -> None:
    live(http)
    lines = give(http, "?history=true", http.admin)
    changes: list[Json] = [{"note": "x"}, {"body": {"text": "y"}}, {"salt": "00" * 16}]
    number, line = next((n, one) for n, one in enumerate(lines, 1) if one.get("id") == "held")
    empty()
    for change in changes:
        found = faults(take(http, *lines[1 : number - 1], line | change))
        assert (number - 1, "#/sha256", "hash-mismatch") in found


def test_the_end_of_a_file_seals_it(http: Newsroom, empty: Empty) -> None:
    live(http)
    whole = http.get("/v1/export?history=true", key=http.admin).body
    *lines, end = whole.splitlines(keepends=True)
    empty()
    place = len(lines) + 1
    for cut in (lines[:-1], lines[:1] + lines[2:]):
        found = faults(take(http, data=b"".join([*cut, end])))
        assert (place - 1, "#/sha256", "hash-mismatch") in found
        assert (place - 1, "#/revisions", "invalid") in found
    assert faults(take(http, data=b"".join(lines))) == [(place - 1, "#", "required")]
    assert take(http, data=whole.rstrip()).status == 200


def test_what_is_sealed_keeps_its_order(http: Newsroom, empty: Empty) -> None:
    """Two writers may have read the clock in another order than the one in which they wrote."""
    late, early = (LINE | {"id": "late"} | SECOND | {"id": "late", "revision": 1}), LINE
    first = b"".join(orjson.dumps(line) + b"\n" for line in (late, early))
    end = {"type": "end", "records": 2, "revisions": 2, "sha256": hashlib.sha256(first).hexdigest()}
    for data, order in ((first, ["c", "late"]), (first + orjson.dumps(end), ["late", "c"])):
        assert take(http, data=data).status == 200
        lines = give(http, "?history=true", http.admin)[1:-1]
        assert [line["id"] for line in lines if line["type"] == "claim"] == order
        empty()


def test_nothing_follows_the_end(http: Newsroom) -> None:
    first = orjson.dumps(LINE) + b"\n"
    end = {"type": "end", "records": 1, "revisions": 1, "sha256": hashlib.sha256(first).hexdigest()}
    sealed = first + orjson.dumps(end)
    assert (3, "#", "invalid") in faults(take(http, data=sealed + b"\n" + orjson.dumps(SECOND)))
    assert take(http, data=sealed).status == 200


@pytest.mark.parametrize(
    ("line", "pointer", "code"),
    [
        (META | {"format": "other/1"}, "#/format", "not-a-choice"),
        ({"type": "meta"}, "#/format", "required"),
        ({"type": "end", "records": 0, "revisions": 0}, "#/sha256", "required"),
    ],
)
def test_what_stands_around_a_history_has_a_form(
    http: Newsroom, line: Json, pointer: str, code: str
) -> None:
    assert (1, pointer, code) in faults(take(http, line))


def test_the_scale_of_the_service_is_the_same_everywhere(http: Newsroom, empty: Empty) -> None:
    (line,) = [one for one in give(http, "?history=true", http.admin) if one.get("id") == "truth"]
    assert take(http, line).status == 200
    empty()
    hand = {name: part for name, part in line.items() if name not in {"salt", "sha256"}}
    body = {"name": "Mine", "ratings": [{"key": "a"}]}
    elsewhen = {"recorded_at": "1990-01-01T00:00:00.000000Z"}
    later = hand | {"revision": 2, "recorded_at": "1995-01-01T00:00:00.000000Z"}
    assert (1, "#/recorded_at", "broken-history") in faults(take(http, line | elsewhen, later))
    for lines in (
        [hand | {"body": body}],
        [hand | {"body": body}, SECOND | hand | {"revision": 2}],
    ):
        assert "hash-mismatch" in {code for _, _, code in faults(take(http, *lines))}
    assert http.get(TRUTH).json()["name"] == "Truth"


def test_a_history_moves_into_an_empty_server_only(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x"})
    assert refused(take(http, LINE)) == (409, "not-empty")
    assert refused(take(http, {"nonsense": 1})) == (409, "not-empty")
    assert http.get("/v1/claims/c", key=http.desk).status == 404


def test_a_second_import_is_refused(http: Newsroom) -> None:
    assert take(http, LINE).status == 200
    assert refused(take(http, LINE | {"id": "d"})) == (409, "not-empty")


def test_a_file_that_is_too_large_is_refused(http: Newsroom, variant: Variant) -> None:
    small = variant(max_import=1000)
    data = orjson.dumps(LINE)
    assert refused(take(small, data=data.ljust(1001))) == (413, "body-too-large")
    assert http.get("/v1/claims/c").status == 404
    assert take(small, data=data.ljust(1000)).status == 200


def test_an_import_of_another_type_is_refused(http: Newsroom) -> None:
    path, headers = "/v1/import?history=true", {"Content-Type": "application/json"}
    answer = http.post(path, data=b"", key=http.admin, headers=headers)
    assert refused(answer) == (415, "unsupported-media-type")
    headers = NDJSON | {"Accept": "text/html"}
    answer = http.post(path, data=b"", key=http.admin, headers=headers)
    assert refused(answer) == (406, "not-acceptable")


STEPS = [
    ("PUT", None, "?nonsense=1", HTML | TEXT, 405),
    ("POST", None, "?nonsense=1", HTML | TEXT, 401),
    ("POST", "editor", "?nonsense=1&history=true", HTML | TEXT, 403),
    ("POST", "desk", "?nonsense=1", HTML | TEXT, 400),
    ("POST", "desk", "", HTML | TEXT, 406),
    ("POST", "desk", "", TEXT, 415),
    ("POST", "desk", "", NDJSON, 422),
    ("POST", "admin", "?nonsense=1&history=true", HTML | TEXT, 400),
    ("POST", "admin", "?history=true", HTML | TEXT, 406),
    ("POST", "admin", "?history=true", TEXT, 415),
    ("POST", "admin", "?history=true", NDJSON, 409),
]
"""Requests that break every rule from one on, and the status of that one."""


def test_an_import_is_checked_in_the_stated_order(http: Newsroom) -> None:
    put(http, "/v1/claims/one", {"text": "x"})
    for method, name, query, headers, status in STEPS:
        path, key = f"/v1/import{query}", name and getattr(http, name)
        answer = http.request(method, path, data=b"{", key=key, headers=headers)
        assert answer.status == status


@pytest.mark.parametrize("status", ["retracted", "withheld"])
def test_what_was_never_public_is_neither_retracted_nor_withheld(
    http: Newsroom, status: str
) -> None:
    answer = take(http, LINE | {"status": "draft"}, SECOND | {"status": status})
    assert faults(answer) == [(2, "#/status", "move-not-allowed")]


def test_a_record_is_not_deleted_twice(http: Newsroom) -> None:
    gone = SECOND | {"status": "deleted", "body": {}}
    again = gone | {"revision": 3, "recorded_at": "2022-02-18T18:00:00Z"}
    assert faults(take(http, LINE, gone, again)) == [(3, "#/status", "move-not-allowed")]
