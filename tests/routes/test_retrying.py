"""Idempotency-Key: a retry is answered as the first try was, and does nothing."""

from collections.abc import Callable

import orjson
import psycopg
import pytest

from tests.kinds.smallest import SAMPLES, Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, draft, fault_codes, publish, put, refused, revise
from tests.routes.conftest import Variant
from tests.routes.moving import LINE, NDJSON

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
ONE = KEY | {"If-Match": '"1"'}
PATCH = {"headers": ONE, "json": {"external_ids": {"desk": "7"}, **WHY}}

REPLACED = {f"{sample.kind}s": sample.draft(internal={"tip": 1}) for sample in SAMPLES}

WRITES: dict[str, Callable[[Newsroom, str], Answer]] = {
    "put": lambda http, path: http.put(
        path, json=REPLACED[path.split("/")[2]], key=http.editor, headers=ONE
    ),
    "patch": lambda http, path: http.patch(path, key=http.editor, **PATCH),
    "delete": lambda http, path: http.delete(
        f"{path}?reason=duplicate&note=Twice.", key=http.editor, headers=ONE
    ),
    "restore": lambda http, path: http.post(
        f"{path}/revisions", json={"restore": 1}, key=http.editor, headers=ONE
    ),
}
"""Each way to write to a record at revision 1 with one and the same key."""


def same(first: Answer, again: Answer) -> bool:
    """Tell whether an answer is a replay of another."""
    told = {"X-Request-Id", "Idempotency-Replayed"}
    heads = [{n: v for n, v in one.headers.items() if n not in told} for one in (first, again)]
    replayed = (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"])
    return (
        heads[0] == heads[1]
        and (first.status, first.body) == (again.status, again.body)
        and replayed == (None, "true")
    )


def test_a_record_is_created_once(http: Newsroom, sample: Sample) -> None:
    sent = {"json": sample.draft(), "key": http.desk, "headers": KEY}
    first, again = (http.post(sample.collection, **sent) for _ in range(2))
    assert first.status == 201
    assert same(first, again)
    listed = http.get(f"{sample.collection}?status=draft", key=http.desk).json()["items"]
    assert [one["id"] for one in listed] == [first.json()["id"]]


@pytest.mark.parametrize("how", WRITES)
def test_a_write_that_was_done_is_answered_again(http: Newsroom, sample: Sample, how: str) -> None:
    publish(http, sample)
    first, again = (WRITES[how](http, sample.path) for _ in range(2))
    assert first.status in {200, 201, 204}, first.text
    assert same(first, again)


def test_a_later_write_does_not_change_the_answer(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    first = WRITES["patch"](http, sample.path)
    revise(http, sample.path, external_ids={"desk": "8"})
    assert same(first, WRITES["patch"](http, sample.path))
    assert http.get(sample.path, key=http.desk).json()["revision"] == 3


def test_a_write_that_changed_nothing_is_not_done_later(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    sent = {"json": {"text": "x"}, "key": http.desk, "headers": KEY | ANY}
    first = http.patch("/v1/claims/c", **sent)
    revise(http, "/v1/claims/c", text="y")
    assert same(first, http.patch("/v1/claims/c", **sent))
    assert http.get("/v1/claims/c", key=http.desk).json()["text"] == "y"


def test_the_client_may_have_learnt_of_a_later_revision(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    heads = [KEY | {"If-Match": tag} for tag in ('"1"', '"2"')]
    sent = {"json": {"text": "y"}, "key": http.desk}
    assert same(*(http.patch("/v1/claims/c", headers=head, **sent) for head in heads))


@pytest.mark.parametrize("bare", ["a-key", "!~", "x" * 255, 'a"b'])
def test_quotes_are_no_part_of_a_key(http: Newsroom, bare: str) -> None:
    quoted = '"' + bare.replace('"', '\\"') + '"'
    sent = {"json": {"text": "x"}, "key": http.desk}
    keys = [{"Idempotency-Key": key} for key in (bare, quoted)]
    assert same(*(http.post("/v1/claims", headers=key, **sent) for key in keys))


@pytest.mark.parametrize("key", ["", '""', "a b", "x" * 256, '"a b"', "é", "a\tb"])
def test_some_keys_are_none(http: Newsroom, key: str) -> None:
    sent = {"json": {"text": "x"}, "key": http.desk}
    answer = http.post("/v1/claims", headers={"Idempotency-Key": key}, **sent)
    assert refused(answer) == (400, "bad-request")
    assert answer.codes == {"Idempotency-Key": "invalid"}


def test_a_dry_run_takes_no_key_that_is_none(http: Newsroom) -> None:
    fields = {"Content-Type": "application/x-ndjson", "Idempotency-Key": "two words"}
    answer = http.post("/v1/import?dry_run=true", key=http.desk, data=b"", headers=fields)
    assert (answer.status, answer.codes) == (400, {"Idempotency-Key": "invalid"})


@pytest.mark.parametrize(
    ("path", "text"), [("/v1/claims", "y"), ("/v1/claims?actor=Ann", "x"), ("/v1/claims?", "z")]
)
def test_a_key_stands_for_one_request(http: Newsroom, path: str, text: str) -> None:
    http.post("/v1/claims", json={"text": "x"}, key=http.desk, headers=KEY)
    again = http.post(path, json={"text": text}, key=http.desk, headers=KEY)
    assert refused(again) == (422, "idempotency-key-reused")


def test_a_key_belongs_to_who_sent_it(http: Newsroom) -> None:
    keys = (http.desk, http.editor)
    answers = [http.post("/v1/claims", key=key, json={"text": "x"}, headers=KEY) for key in keys]
    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].json()["id"] != answers[1].json()["id"]


def test_a_try_that_was_refused_uses_nothing_up(http: Newsroom) -> None:
    first, again = (
        http.post("/v1/claims", json={name: "x"}, key=http.desk, headers=KEY)
        for name in ("txt", "text")
    )
    assert fault_codes(first) == {"unknown-field", "required"}
    assert again.status == 201


def test_without_a_body_the_key_is_as_good(http: Newsroom) -> None:
    minimal = KEY | {"Prefer": "return=minimal"}
    sent = {"json": {"text": "x"}, "key": http.desk, "headers": minimal}
    assert same(*(http.post("/v1/claims", **sent) for _ in range(2)))


def test_a_history_moves_in_once(http: Newsroom) -> None:
    data = b"\n".join(orjson.dumps(LINE | {"id": f"c{number}"}) for number in range(700))
    cut, first, again = (
        http.post("/v1/import?history=true", data=sent, key=http.admin, headers=NDJSON | KEY)
        for sent in (data[:-1], data, data)
    )
    assert cut.status == 422
    assert first.json() == {"records": 700, "revisions": 700}
    assert same(first, again)


def test_another_history_under_the_same_key_is_refused(http: Newsroom) -> None:
    line = orjson.dumps(LINE)
    first, other = (
        http.post("/v1/import?history=true", data=data, key=http.admin, headers=NDJSON | KEY)
        for data in (line, line + b"\n")
    )
    assert first.status == 200
    assert refused(other) == (422, "idempotency-key-reused")


def test_a_key_is_forgotten_after_a_day(http: Newsroom, owner: psycopg.Connection) -> None:
    sent = {"json": {"text": "x"}, "key": http.desk, "headers": KEY}
    first = http.post("/v1/claims", **sent)
    owner.execute("UPDATE retry SET claimed_at = claimed_at - interval '24 hours'")
    again = http.post("/v1/claims", **sent)
    assert (again.status, "Idempotency-Replayed" in again.headers) == (201, False)
    assert again.json()["id"] != first.json()["id"]
    assert same(again, http.post("/v1/claims", **sent))


def test_an_answer_that_reads_otherwise_today_is_not_given(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    sent = {"json": {"text": "x"}, "key": http.desk, "headers": KEY}
    http.post("/v1/claims", **sent)
    owner.execute("UPDATE retry SET sha256 = sha256('another release')")
    assert refused(http.post("/v1/claims", **sent)) == (409, "replay-unavailable")


def test_a_key_at_work_is_waited_for_and_then_in_use(
    http: Newsroom, variant: Variant, owner: psycopg.Connection
) -> None:
    hasty = variant(deadline=1)
    sent = {"json": {"text": "x"}, "key": http.desk, "headers": KEY}
    with owner.transaction():
        owner.execute(
            "INSERT INTO retry (key_name, idempotency_key, fingerprint)"
            " VALUES ('desk', %s, sha256('x'))",
            [KEY["Idempotency-Key"]],
        )
        answer = hasty.post("/v1/claims", **sent)
    assert refused(answer) == (409, "idempotency-key-in-use")
    assert answer.headers["Retry-After"] == "2"
