"""Purge: content goes for good, its hash stays, and a revision says that it went."""

import hashlib
from copy import deepcopy
from urllib.parse import urlencode

import orjson
import psycopg
import pytest

from service.bulk.lines import Order, Reading
from service.bulk.staging import Staging
from service.records.people import Caller
from service.storage.database import Database
from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import (
    ANY,
    COURT,
    WHY,
    delete,
    draft,
    fault_codes,
    publish,
    purge,
    put,
    refused,
    restore,
    revise,
)
from tests.routes.conftest import Empty
from tests.routes.moving import LINE, SECOND, give, take

WORDS = "Volodymyr-at-the-corner"


def lived(http: Newsroom, sample: Sample) -> str:
    """Publish a record with a secret, correct it, draft over it, and return its path."""
    publish(http, sample, **{sample.member: WORDS}, internal={"tip": WORDS})
    revise(http, sample.path, **{sample.member: "Corrected"}, internal=None, **WHY)
    revise(http, sample.path, **{sample.member: "A draft"}, status="draft", note=WORDS)
    return sample.path


def test_of_a_purged_record_a_tombstone_is_left(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    answer = purge(http, path)
    assert (answer.status, answer.headers["ETag"]) == (204, '"4"')
    for key in (None, http.desk):
        gone = http.get(path, key=key)
        assert refused(gone) == (410, "gone")
        assert gone.json()["note"] == COURT["note"]


def test_what_was_purged_is_nowhere(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    hashes = [line["sha256"] for line in history(http, path)]
    purge(http, path)
    assert [line["sha256"] for line in history(http, path)][:3] == hashes
    for line in history(http, path)[:3]:
        assert (line["body"], line["note"], line["salt"]) == (None, None, None)
    for where in (f"{path}/revisions", "/v1/export?history=true", "/v1/export"):
        assert WORDS not in http.get(where, key=http.admin).text


def history(http: Newsroom, path: str) -> list[dict[str, object]]:
    """Return the lines of a record's history as a key with read has them."""
    return http.get(f"{path}/revisions", key=http.desk).json()["items"]


def test_one_revision_goes_and_the_record_stays(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    before = http.get(path, key=http.desk).json()
    assert purge(http, path, 1).status == 204
    now = http.get(path, key=http.desk).json()
    assert (now["revision"], now["status"], now[sample.member]) == (4, "draft", "A draft")
    assert before.keys() == now.keys()
    assert [line["body"] is None for line in history(http, path)] == [True, False, False, False]
    assert http.get(path).json()["revision"] == 2


def test_readers_learn_that_what_they_had_was_purged(http: Newsroom, sample: Sample) -> None:
    publish(http, sample, **{sample.member: WORDS})
    now = revise(http, sample.path, **{sample.member: "Corrected"}, **WHY)
    purge(http, sample.path, 1)
    seen = http.get(sample.path).json()
    assert (seen["revision"], seen[sample.member]) == (3, now[sample.member])
    lines = http.get(f"{sample.path}/revisions").json()["items"]
    assert [line["body"] is None for line in lines] == [True, False, False]
    assert (lines[2]["note"], lines[2]["reason"]) == (COURT["note"], "legal")


def test_a_purged_draft_is_no_news_to_readers(http: Newsroom, sample: Sample) -> None:
    draft(http, sample, **{sample.member: WORDS})
    revise(http, sample.path, **sample.public())
    purge(http, sample.path, 1)
    assert http.get(sample.path).json()["revision"] == 2
    assert [line["revision"] for line in http.get(f"{sample.path}/revisions").json()["items"]] == [
        2
    ]


@pytest.mark.parametrize("rest", ["/revisions/1", "/revisions/2/diff?from=1"])
def test_a_purged_revision_is_gone(http: Newsroom, sample: Sample, rest: str) -> None:
    path = lived(http, sample)
    recorded = history(http, path)[0]["recorded_at"]
    purge(http, path, 1)
    for where in (f"{path}{rest}", f"{path}?as_of={recorded}"):
        assert refused(http.get(where)) == (410, "purged")
        assert refused(http.get(where, key=http.desk)) == (410, "purged")


def test_a_diff_passes_over_what_was_purged(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "a", "status": "published"})
    for text in ("b", "c"):
        revise(http, "/v1/claims/c", text=text, **WHY)
    purge(http, "/v1/claims/c", 2)
    changes = http.get("/v1/claims/c/revisions/3/diff").json()
    assert {"op": "replace", "path": "/text", "value": "c"} in changes
    assert {"op": "replace", "path": "/revision", "value": 3} in changes


def test_what_was_purged_is_not_restored(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    purge(http, path, 1)
    answer = http.post(
        f"{path}/revisions", json={"restore": 1}, key=http.editor, headers={"If-Match": '"4"'}
    )
    assert fault_codes(answer) == {"not-restorable"}


def test_a_deleted_record_is_purged_too(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    delete(http, path)
    assert purge(http, path).headers["ETag"] == '"5"'
    assert refused(http.get(path)) == (410, "gone")


def test_a_purge_is_done_once(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    for number in (1, None):
        first, again = (purge(http, path, number) for _ in range(2))
        assert (again.status, again.headers["ETag"]) == (204, first.headers["ETag"])


def test_a_draft_that_was_never_public_leaves_no_trace_for_readers(
    http: Newsroom, sample: Sample
) -> None:
    draft(http, sample, **{sample.member: WORDS})
    purge(http, sample.path)
    assert refused(http.get(sample.path)) == (404, "not-found")
    assert refused(http.get(sample.path, key=http.desk)) == (410, "gone")


@pytest.mark.parametrize("number", [2, 3])
def test_what_is_in_force_is_not_purged_by_itself(
    http: Newsroom, sample: Sample, number: int
) -> None:
    path = lived(http, sample)
    assert refused(purge(http, path, number)) == (409, "present-revision")


def test_there_is_no_purging_what_never_was(http: Newsroom, sample: Sample) -> None:
    assert refused(purge(http, sample.path)) == (404, "not-found")
    draft(http, sample)
    assert refused(purge(http, sample.path, 7)) == (404, "not-found")


@pytest.mark.parametrize("rest", ["?purge=true&", "/revisions/1?"])
def test_a_purge_takes_an_admin(http: Newsroom, sample: Sample, rest: str) -> None:
    where = f"{lived(http, sample)}{rest}{urlencode(COURT)}"
    for key, status in ((None, 401), (http.desk, 403), (http.editor, 403)):
        assert http.delete(where, key=key, headers=ANY).status == status


@pytest.mark.parametrize("rest", ["?purge=true&", "/revisions/1?"])
def test_a_purge_says_why_and_of_what(http: Newsroom, sample: Sample, rest: str) -> None:
    where = lived(http, sample) + rest
    bare = http.delete(f"{where}reason=typo", key=http.admin, headers=ANY)
    assert bare.codes == {"note": "note-required", "reason": "reason-required"}
    blind = http.delete(where + urlencode(COURT), key=http.admin)
    assert refused(blind) == (428, "precondition-required")
    stale = http.delete(where + urlencode(COURT), key=http.admin, headers={"If-Match": '"1"'})
    assert refused(stale) == (412, "precondition-failed")


def test_an_answer_whose_content_was_purged_is_not_replayed(http: Newsroom) -> None:
    sent = {"json": {"id": "c", "text": WORDS}, "headers": {"Idempotency-Key": "k"}}
    first = http.post("/v1/claims", key=http.desk, json=sent["json"], headers=sent["headers"])
    revise(http, first.headers["Location"], text="x")
    purge(http, first.headers["Location"], 1)
    again = http.post("/v1/claims", key=http.desk, json=sent["json"], headers=sent["headers"])
    assert refused(again) == (409, "replay-unavailable")


def test_no_hash_of_a_retry_confirms_a_guess_at_what_was_purged(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    sent = {"id": "c", "text": WORDS}
    http.post("/v1/claims", key=http.desk, json=sent, headers={"Idempotency-Key": "k"})
    purge(http, "/v1/claims/c")
    kept = owner.execute("SELECT fingerprint, sha256 FROM retry").fetchall()
    assert kept == [(hashlib.sha256().digest(), None)]


def test_what_an_import_that_died_has_left_goes_too(
    http: Newsroom, sample: Sample, database: Database, owner: psycopg.Connection
) -> None:
    path = lived(http, sample)
    staging, reading = Staging(database), Reading(Order(Caller("editor")))
    values = [{"type": sample.kind, "id": path.rpartition("/")[2], **sample.sent}] * 2
    staging.take(reading.read(place, value) for place, value in enumerate(values, 1))
    assert purge(http, path).status == 204
    assert owner.execute("SELECT count(*) FROM import_line").fetchall() == [(0,)]


def test_a_purged_history_moves_house(http: Newsroom, sample: Sample, empty: Empty) -> None:
    path = lived(http, sample)
    revise(http, path, **sample.public(), **WHY)
    purge(http, path, 1)
    other = {"id": "two", **sample.public(**{sample.member: "Goes"})}
    put(http, f"{sample.collection}/two", other)
    revise(http, f"{sample.collection}/two", **{sample.member: "Goes too"}, **WHY)
    purge(http, f"{sample.collection}/two")
    before = give(http, "?history=true", http.admin)
    seen = http.get(f"{path}/revisions").json()
    by_hand = deepcopy(before[1:-1])
    for line in by_hand:
        if "purges" in line:
            line["purges"][1:] = map(float, line["purges"][1:])
    for lines in (by_hand, before):
        empty()
        assert take(http, *lines).status == 200
        assert give(http, "?history=true", http.admin)[1:-1] == before[1:-1]
        assert http.get(f"{path}/revisions").json() == seen


def test_what_was_deleted_before_it_was_purged_moves_house(
    http: Newsroom, sample: Sample, empty: Empty
) -> None:
    path = lived(http, sample)
    delete(http, path)
    for number in (1, None):
        assert purge(http, path, number).status == 204
    before = give(http, "?history=true", http.admin)
    empty()
    assert take(http, *before).status == 200
    assert give(http, "?history=true", http.admin)[1:-1] == before[1:-1]


def test_a_line_that_pretends_to_be_purged_is_refused(http: Newsroom) -> None:
    line = {
        "type": "claim",
        "id": "c",
        "revision": 1,
        "recorded_at": "2022-02-16T18:00:00Z",
        "status": "published",
        "purged_at": "2022-02-17T18:00:00Z",
        "note": "n",
        "body": {"text": "x"},
    }
    answer = take(http, data=orjson.dumps(line))
    assert answer.codes == {"#/note": "invalid", "#/body": "invalid", "#/sha256": "required"}


@pytest.mark.parametrize(("purges", "codes"), [([1], {}), ([1, 2], {"#/purges": "invalid"})])
def test_a_line_purges_earlier_ones_alone(
    http: Newsroom, purges: list[int], codes: dict[str, str]
) -> None:
    gone = {"purged_at": SECOND["recorded_at"], "sha256": "0" * 64, "body": {}}
    answer = take(http, LINE | gone, SECOND | {"purges": purges})
    assert answer.status == (422 if codes else 200)
    assert answer.codes == codes


def test_restored_before_the_purge_is_gone_with_it(http: Newsroom, sample: Sample) -> None:
    path = lived(http, sample)
    delete(http, path)
    restore(http, path, 1)
    purge(http, path)
    assert WORDS not in http.get(f"{path}/revisions", key=http.admin).text
