"""PUT replaces a record: read, edit, send back."""

import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, draft, publish, refused, revise
from tests.routes.conftest import Variant


def test_what_is_read_can_be_edited_and_sent_back(http: Newsroom, sample: Sample) -> None:
    publish(http, sample, internal={"tip": "x"})
    read = http.get(sample.path, key=http.editor)
    edited = read.json() | {sample.member: "Edited"} | WHY
    tag = {"If-Match": read.headers["ETag"]}
    answer = http.put(sample.path, json=edited, key=http.editor, headers=tag)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')
    assert answer.json()[sample.member] == "Edited"
    assert answer.json()["created_at"] == read.json()["created_at"]
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "two"),
        ("type", "article"),
        ("revision", 7),
        ("revision", None),
        ("created_at", "2022-02-16T18:00:00.000000Z"),
        ("created_at", "0001-01-01T00:00:00+14:00"),
        ("created_at", "2022-02-16T18:00:00"),
        ("updated_at", "2022-02-16T18:00:00.000000Z"),
        ("updated_at", "9999-12-31T23:59:59-14:00"),
        ("updated_at", "yesterday"),
        ("self", "/v1/claims/two"),
        ("recorded_by", {"key": "editor", "actor": "someone else"}),
        ("recorded_by", {"key": "desk"}),
        ("recorded_by", {"actor": "someone else"}),
        ("recorded_by", {}),
        ("recorded_by", "editor"),
        ("recorded_by", None),
    ],
)
def test_what_the_service_sets_comes_back_unchanged_or_not_at_all(
    http: Newsroom, sample: Sample, name: str, value: object
) -> None:
    made = publish(http, sample)
    sent = made | {sample.member: "Edited", name: value} | WHY
    answer = http.put(sample.path, json=sent, key=http.editor, headers=ANY)
    assert (answer.status, answer.codes) == (422, {f"#/{name}": "read-only-field"})
    assert http.get(sample.path).headers["ETag"] == '"1"'


def test_the_same_instant_in_other_words_is_no_change(http: Newsroom, sample: Sample) -> None:
    made = draft(http, sample)
    same = made["created_at"].replace("Z", "+00:00")
    sent = made | {"created_at": same, sample.member: "Edited"}
    assert http.put(sample.path, json=sent, key=http.desk, headers=ANY).status == 200


def test_what_a_replacement_leaves_out_is_gone(http: Newsroom, sample: Sample) -> None:
    draft(http, sample, external_ids={"cms": "1"}, internal={"tip": "x"})
    answer = http.put(sample.path, json=sample.sent, key=http.desk, headers=ANY)
    assert {"external_ids", "internal"}.isdisjoint(answer.json())


def test_a_replacement_without_status_is_a_draft(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    sent = sample.draft(**{sample.member: "Edited"})
    answer = http.put(sample.path, json=sent, key=http.desk, headers=ANY)
    assert (answer.status, answer.json()["status"]) == (200, "draft")
    assert http.get(sample.path).headers["ETag"] == '"1"'


def test_a_replacement_that_changes_nothing_writes_nothing(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    for sent in (made, sample.public(), sample.public() | WHY):
        answer = http.put(sample.path, json=sent, key=http.editor, headers=ANY)
        assert (answer.status, answer.headers["ETag"]) == (200, '"1"')
        assert answer.json() == made
    assert len(http.get(f"{sample.path}/revisions", key=http.editor).json()["items"]) == 1


def test_the_query_says_the_status_where_body_and_query_differ(
    http: Newsroom, sample: Sample
) -> None:
    sent = publish(http, sample) | {sample.member: "Edited"}
    assert refused(http.put(sample.path, json=sent, key=http.desk, headers=ANY))[0] == 403
    path = f"{sample.path}?status=draft"
    answer = http.put(path, json=sent, key=http.desk, headers=ANY)
    assert (answer.status, answer.json()["status"]) == (200, "draft")


def test_a_minimal_answer_to_a_replacement_is_204(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    headers = ANY | {"Prefer": "return=minimal"}
    sent = sample.draft(**{sample.member: "Edited"})
    answer = http.put(sample.path, json=sent, key=http.desk, headers=headers)
    assert (answer.status, answer.headers["ETag"]) == (204, '"2"')
    assert answer.headers["Preference-Applied"] == "return=minimal"


def test_revisions_of_one_record_are_numbered_without_gaps(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    numbers = [revise(http, sample.path, **{sample.member: f"v{n}"})["revision"] for n in range(5)]
    assert numbers == [2, 3, 4, 5, 6]


def test_each_revision_is_recorded_after_the_one_before(http: Newsroom, sample: Sample) -> None:
    made = [draft(http, sample)]
    made += [revise(http, sample.path, **{sample.member: f"v{n}"}) for n in range(5)]
    instants = [record["updated_at"] for record in made]
    assert sorted(set(instants)) == instants
    assert {record["created_at"] for record in made} == {instants[0]}


def test_settings_say_who_publishes_a_verdict_that_does_not(
    http: Newsroom, variant: Variant
) -> None:
    desk = variant(publisher_name="The Desk", publisher_url="https://desk.example/")
    desk.put("/v1/claims/c", json={"text": "x", "language": "en"}, key=http.desk)
    made = desk.post("/v1/verdicts", json={"claim_id": "c"}, key=http.desk).json()
    assert made["publisher"] == {"name": "The Desk", "url": "https://desk.example/"}
    sent = {"claim_id": "c", "publisher": {"name": "Agency"}}
    made = desk.post("/v1/verdicts", json=sent, key=http.desk).json()
    assert made["publisher"] == {"name": "Agency"}
