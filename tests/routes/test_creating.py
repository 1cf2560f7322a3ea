"""Records are made by POST, under an id of the service's, or by PUT, under the client's own."""

import re

import pytest

from service.records.ids import new_id
from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import SERVER_SET, delete, draft, fault_codes, refused

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_a_record_is_created_under_an_id_of_the_services(http: Newsroom, sample: Sample) -> None:
    answer = http.post(sample.collection, json=sample.sent, key=http.desk)
    made = answer.json()
    assert (answer.status, made["revision"], made["status"]) == (201, 1, "draft")
    assert UUID7.fullmatch(made["id"])
    assert made["self"] == f"{sample.collection}/{made['id']}"
    assert {name: made[name] for name in sample.sent} == sample.sent
    assert made["recorded_by"] == {"key": "desk"}


def test_the_answer_to_a_creation_says_where_the_record_is(http: Newsroom, sample: Sample) -> None:
    answer = http.post(sample.collection, json=sample.draft(id="one"), key=http.desk)
    assert answer.headers["Location"] == answer.headers["Content-Location"] == sample.path
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == http.get(sample.path, key=http.desk).json()


def test_a_record_is_created_under_the_clients_own_id(http: Newsroom, sample: Sample) -> None:
    answer = http.put(sample.path, json=sample.sent, key=http.desk)
    assert (answer.status, answer.headers["ETag"]) == (201, '"1"')
    assert answer.headers["Location"] == answer.headers["Content-Location"] == sample.path
    assert (answer.json()["id"], answer.json()["type"]) == ("one", sample.kind)
    assert set(answer.json()) == SERVER_SET | set(sample.sent)


def test_a_record_can_be_public_from_its_first_revision(http: Newsroom, sample: Sample) -> None:
    answer = http.post(sample.collection, json=sample.public(id="one"), key=http.editor)
    assert (answer.status, answer.json()["status"]) == (201, "published")
    assert http.get(sample.path).json()["revision"] == 1


@pytest.mark.parametrize("status", ["retracted", "withheld"])
def test_a_record_does_not_begin_as_retracted_or_withheld(
    http: Newsroom, sample: Sample, status: str
) -> None:
    answer = http.post(sample.collection, json=sample.public(status=status), key=http.editor)
    assert (answer.status, answer.codes) == (422, {"#/status": "move-not-allowed"})


@pytest.mark.parametrize("identifier", ["-a", "a b", "ä", "a/b", "a" * 101, "", ".."])
def test_an_id_of_another_form_is_refused(http: Newsroom, sample: Sample, identifier: str) -> None:
    answer = http.post(sample.collection, json=sample.draft(id=identifier), key=http.desk)
    assert answer.status == 422
    assert set(answer.codes) == {"#/id"}


@pytest.mark.parametrize("identifier", [5, None, ["one"]])
def test_an_id_that_is_no_text_is_refused(
    http: Newsroom, sample: Sample, identifier: object
) -> None:
    answer = http.post(sample.collection, json=sample.draft(id=identifier), key=http.desk)
    assert answer.status == 422
    assert set(answer.codes) == {"#/id"}


@pytest.mark.parametrize("identifier", ["0", "a.b_c~d-E", "a" * 100])
def test_ids_have_up_to_100_characters_that_a_path_takes(
    http: Newsroom, sample: Sample, identifier: str
) -> None:
    path = f"{sample.collection}/{identifier}"
    assert http.put(path, json=sample.sent, key=http.desk).status == 201
    assert http.get(path, key=http.desk).json()["id"] == identifier


@pytest.mark.parametrize("identifier", ["-a", "%20", "%C3%A4", "a" * 101, "a%00"])
def test_there_is_nothing_at_an_address_that_is_no_id(
    http: Newsroom, sample: Sample, identifier: str
) -> None:
    path = f"{sample.collection}/{identifier}"
    assert refused(http.put(path, json=sample.sent, key=http.desk)) == (404, "not-found")


def test_an_id_that_is_taken_is_refused(http: Newsroom, sample: Sample) -> None:
    before = draft(http, sample)
    answer = http.post(sample.collection, json=sample.draft(id="one"), key=http.desk)
    assert refused(answer) == (409, "id-exists")
    assert http.get(sample.path, key=http.desk).json() == before


def test_the_id_of_a_tombstone_is_taken_for_good(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    delete(http, sample.path)
    answer = http.post(sample.collection, json=sample.draft(id="one"), key=http.desk)
    assert refused(answer) == (409, "id-exists")
    assert refused(http.put(sample.path, json=sample.sent, key=http.desk)) == (410, "gone")


def test_an_id_that_differs_from_the_path_is_refused(http: Newsroom, sample: Sample) -> None:
    answer = http.put(sample.path, json=sample.draft(id="two"), key=http.desk)
    assert (answer.status, answer.codes) == (422, {"#/id": "read-only-field"})


def test_two_kinds_may_have_the_same_id(http: Newsroom) -> None:
    assert http.put("/v1/claims/one", json={"text": "x"}, key=http.desk).status == 201
    assert http.put("/v1/sources/one", json={"title": "x"}, key=http.desk).status == 201


def test_put_with_if_none_match_creates_only(http: Newsroom, sample: Sample) -> None:
    new = {"If-None-Match": "*"}
    assert http.put(sample.path, json=sample.sent, key=http.desk, headers=new).status == 201
    answer = http.put(sample.path, json=sample.sent, key=http.desk, headers=new)
    assert refused(answer) == (412, "precondition-failed")
    assert answer.json()["revision"] == 1


def test_put_with_if_match_does_not_create(http: Newsroom, sample: Sample) -> None:
    for tag in ("*", '"1"'):
        answer = http.put(sample.path, json=sample.sent, key=http.desk, headers={"If-Match": tag})
        assert refused(answer) == (412, "precondition-failed")
        assert {"revision", "changed"}.isdisjoint(answer.json())
    assert http.get(sample.path, key=http.desk).status == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_knows_no_other_if_none_match_than_the_asterisk(
    http: Newsroom, sample: Sample, method: str
) -> None:
    draft(http, sample)
    answer = http.request(
        method, sample.path, json={}, key=http.desk, headers={"If-None-Match": '"1"'}
    )
    assert refused(answer) == (400, "bad-request")
    assert answer.codes == {"If-None-Match": "invalid"}


def test_a_first_revision_can_carry_note_reason_and_actor(http: Newsroom, sample: Sample) -> None:
    beside = {"note": "First.", "reason": "new_evidence", "actor": "a. b."}
    assert http.put(sample.path, json=sample.draft(**beside), key=http.desk).status == 201
    line = http.get(f"{sample.path}/revisions", key=http.desk).json()["items"][0]
    assert (line["note"], line["reason"]) == ("First.", "new_evidence")
    assert line["recorded_by"] == {"key": "desk", "actor": "a. b."}
    assert beside.keys().isdisjoint(http.get(sample.path, key=http.desk).json())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "article"),
        ("self", "/v1/claims/two"),
        ("revision", "1"),
        ("revision", True),
        ("revision", 7),
        ("created_at", "yesterday"),
        ("created_at", "2022-02-16T18:00:00Z"),
        ("updated_at", None),
        ("updated_at", "0001-01-01T00:00:00+14:00"),
        ("recorded_by", {"key": "desk"}),
    ],
)
def test_what_the_service_sets_cannot_be_made_up(
    http: Newsroom, sample: Sample, name: str, value: object
) -> None:
    answer = http.put(sample.path, json=sample.sent | {name: value}, key=http.desk)
    assert (answer.status, answer.codes) == (422, {f"#/{name}": "read-only-field"})


def test_a_client_that_wants_no_body_gets_none(http: Newsroom, sample: Sample) -> None:
    minimal = {"Prefer": "respond-async, return=minimal"}
    answer = http.post(sample.collection, json=sample.sent, key=http.desk, headers=minimal)
    assert (answer.status, answer.body) == (201, b"")
    assert answer.headers["Preference-Applied"] == "return=minimal"
    assert answer.headers["ETag"] == '"1"'
    assert http.get(answer.headers["Location"], key=http.desk).status == 200


def test_every_fault_of_a_record_is_told_at_once(http: Newsroom, sample: Sample) -> None:
    sent = {"nonsense": 1, "note": "", "self": "/", "external_ids": {"a b": ""}}
    answer = http.post(sample.collection, json=sent, key=http.desk)
    wanted = {"unknown-field", "required", "read-only-field", "invalid", "too-short"}
    assert answer.status == 422
    assert fault_codes(answer) >= wanted


def test_an_unknown_field_is_answered_with_the_nearest(http: Newsroom) -> None:
    answer = http.post("/v1/claims", json={"text": "x", "claimaint": {}}, key=http.desk)
    assert answer.codes == {"#/claimaint": "unknown-field"}
    assert 'did you mean "claimant"?' in answer.json()["errors"][0]["detail"]


def test_new_ids_are_in_order_of_making_to_the_millisecond() -> None:
    made = [new_id() for _ in range(100)]
    prefixes = [identifier[:13] for identifier in made]
    assert prefixes == sorted(prefixes)
    assert len(set(made)) == 100
