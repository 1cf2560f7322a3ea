"""DELETE writes a tombstone; restoring brings a revision back."""

import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, delete, draft, publish, refused, restore, revise

QUERY = "note=It+was+a+hoax.&reason=legal"


def test_a_record_is_deleted(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    answer = http.delete(f"{sample.path}?{QUERY}", key=http.editor, headers={"If-Match": '"1"'})
    assert (answer.status, answer.body, answer.headers["ETag"]) == (204, b"", '"2"')
    assert answer.headers["Cache-Control"] == "no-store"
    for key in (None, http.editor):
        assert refused(http.get(sample.path, key=key)) == (410, "gone")


def test_what_is_gone_says_when_and_why(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    http.delete(f"{sample.path}?{QUERY}", key=http.editor, headers=ANY)
    answer = http.get(sample.path)
    problem = answer.json()
    assert (problem["revision"], problem["reason"]) == (2, "legal")
    assert problem["note"] == "It was a hoax."
    assert problem["recorded_at"] > made["updated_at"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_deleting_what_was_public_takes_note_and_reason(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    answer = http.delete(sample.path, key=http.editor, headers=ANY)
    assert answer.codes == {"#/note": "note-required", "#/reason": "reason-required"}
    assert http.get(sample.path).status == 200


def test_a_draft_is_deleted_without_a_word(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    assert http.delete(sample.path, key=http.desk, headers=ANY).status == 204
    assert refused(http.get(sample.path)) == (404, "not-found")
    assert refused(http.get(sample.path, key=http.desk)) == (410, "gone")


def test_a_desk_does_not_delete_what_is_or_was_public(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    revise(http, sample.path, status="draft")
    for headers in ({}, ANY, {"If-Match": '"2"'}, {"If-Match": '"1"'}):
        answer = http.delete(f"{sample.path}?{QUERY}", key=http.desk, headers=headers)
        assert refused(answer) == (403, "forbidden")


def test_a_tombstone_is_not_deleted_again(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    delete(http, sample.path)
    for headers in ({}, ANY, {"If-Match": '"2"'}):
        answer = http.delete(f"{sample.path}?{QUERY}", key=http.editor, headers=headers)
        assert refused(answer) == (410, "gone")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_tombstone_is_not_revised(http: Newsroom, sample: Sample, method: str) -> None:
    publish(http, sample)
    delete(http, sample.path)
    for headers in ({}, ANY, {"If-Match": '"2"'}, {"If-None-Match": "*"}):
        answer = http.request(
            method, sample.path, json=sample.sent, key=http.editor, headers=headers
        )
        assert refused(answer) == (410, "gone")


def test_what_is_not_there_is_not_deleted(http: Newsroom, sample: Sample) -> None:
    for headers in ({}, ANY):
        answer = http.delete(sample.path, key=http.editor, headers=headers)
        assert refused(answer) == (404, "not-found")


def test_deleting_again_after_a_draft_leaves_the_public_as_it_was(
    http: Newsroom, sample: Sample
) -> None:
    publish(http, sample)
    delete(http, sample.path)
    before = http.get(sample.path).json()
    restore(http, sample.path, 1)
    assert http.delete(sample.path, key=http.editor, headers=ANY).status == 204
    assert http.get(sample.path).json() | {"instance": ""} == before | {"instance": ""}


def test_a_tombstone_is_restored_as_a_draft(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample, internal={"tip": "x"}, origin={"raw": [1]})
    delete(http, sample.path)
    sent, tag = {"restore": 1}, {"If-Match": '"2"'}
    answer = http.post(f"{sample.path}/revisions", json=sent, key=http.desk, headers=tag)
    assert (answer.status, answer.headers["ETag"]) == (201, '"3"')
    assert answer.headers["Location"] == answer.headers["Content-Location"] == sample.path
    changed = {"revision": 3, "status": "draft", "recorded_by": {"key": "desk"}}
    assert answer.json() == made | changed | {"updated_at": answer.json()["updated_at"]}
    assert refused(http.get(sample.path)) == (410, "gone")


@pytest.mark.parametrize("beside", ["member", "query"])
def test_a_revision_is_restored_with_a_status(http: Newsroom, sample: Sample, beside: str) -> None:
    made = publish(http, sample)
    delete(http, sample.path)
    path, sent = f"{sample.path}/revisions", {"restore": 1} | WHY
    path, sent = (path + "?status=published", sent) if beside == "query" else (
        path, sent | {"status": "published"})  # fmt: skip
    answer = http.post(path, json=sent, key=http.editor, headers=ANY)
    assert answer.json()["status"] == "published"
    assert http.get(sample.path).json()["created_at"] == made["created_at"]


def test_restoring_to_the_public_takes_note_and_reason(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    delete(http, sample.path)
    path = f"{sample.path}/revisions?status=published"
    answer = http.post(path, json={"restore": 1}, key=http.editor, headers=ANY)
    assert answer.codes == {"#/note": "note-required", "#/reason": "reason-required"}


def test_an_older_revision_of_a_living_record_is_restored(http: Newsroom, sample: Sample) -> None:
    made = draft(http, sample)
    revise(http, sample.path, **{sample.member: "Changed"})
    back = restore(http, sample.path, 1)
    assert back["revision"] == 3
    assert back.get(sample.member) == made.get(sample.member)


def test_restoring_what_is_there_already_writes_nothing(http: Newsroom, sample: Sample) -> None:
    made = draft(http, sample)
    path = f"{sample.path}/revisions"
    answer = http.post(path, json={"restore": 1}, key=http.desk, headers=ANY)
    assert (answer.status, answer.headers["ETag"], answer.json()) == (200, '"1"', made)
    minimal = ANY | {"Prefer": "return=minimal"}
    answer = http.post(path, json={"restore": 1}, key=http.desk, headers=minimal)
    assert (answer.status, answer.headers["ETag"], answer.body) == (204, '"1"', b"")


@pytest.mark.parametrize("number", [2, 7, 2**31 - 1])
def test_a_tombstone_or_an_unknown_revision_is_not_restored(
    http: Newsroom, sample: Sample, number: int
) -> None:
    draft(http, sample)
    delete(http, sample.path)
    path = f"{sample.path}/revisions"
    answer = http.post(path, json={"restore": number}, key=http.desk, headers=ANY)
    assert (answer.status, answer.codes) == (422, {"#/restore": "not-restorable"})


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        ({}, {"#/restore": "required"}),
        ({"restore": "1"}, {"#/restore": "invalid"}),
        ({"restore": True}, {"#/restore": "invalid"}),
        ({"restore": 1.5}, {"#/restore": "invalid"}),
        ({"restore": 0}, {"#/restore": "out-of-range"}),
        ({"restore": 1, "status": "nonsense"}, {"#/status": "not-a-choice"}),
        ({"restore": 1, "text": "x"}, {"#/text": "unknown-field"}),
        ({"restore": 1, "reason": "whim"}, {"#/reason": "not-a-choice"}),
        ({"restore": "1", "note": 5}, {"#/restore": "invalid", "#/note": "invalid"}),
    ],
)  # fmt: skip
def test_an_order_to_restore_has_a_form(
    http: Newsroom, sample: Sample, sent: dict[str, object], codes: dict[str, str]
) -> None:
    draft(http, sample)
    path = f"{sample.path}/revisions"
    answer = http.post(path, json=sent, key=http.desk, headers=ANY)
    assert (answer.status, answer.codes) == (422, codes)


def test_a_whole_number_may_be_written_with_a_point(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    revise(http, sample.path, **{sample.member: "Changed"})
    headers = ANY | {"Content-Type": "application/json"}
    path, body = f"{sample.path}/revisions", b'{"restore": 1.0}'
    assert http.post(path, data=body, key=http.desk, headers=headers).status == 201


def test_only_a_verdict_is_restored_for_review(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    sent = {"restore": 1, "status": "in_review"}
    path = f"{sample.path}/revisions"
    answer = http.post(path, json=sent, key=http.editor, headers=ANY)
    expected = (201, {}) if sample.kind == "verdict" else (422, {"#/status": "not-a-choice"})
    assert (answer.status, answer.codes) == expected


def test_a_restore_names_the_revision_that_it_is_based_on(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    revise(http, sample.path, **{sample.member: "Changed"})
    path, sent = f"{sample.path}/revisions", {"restore": 1}
    assert refused(http.post(path, json=sent, key=http.desk))[0] == 428
    stale = http.post(path, json=sent, key=http.desk, headers={"If-Match": '"1"'})
    assert refused(stale) == (412, "precondition-failed")
    assert stale.json()["changed"] == [f"/{sample.member}"]


def test_a_desk_restores_drafts_only(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    path, sent = f"{sample.path}/revisions?status=published", {"restore": 1}
    for headers in ({}, ANY):
        answer = http.post(path, json=sent, key=http.desk, headers=headers)
        assert refused(answer) == (403, "publish-required")


def test_what_never_was_is_not_restored(http: Newsroom, sample: Sample) -> None:
    path = f"{sample.path}/revisions"
    answer = http.post(path, json={"restore": 1}, key=http.desk, headers=ANY)
    assert refused(answer) == (404, "not-found")


def test_a_verdict_without_rating_is_restored_as_a_draft_only(http: Newsroom) -> None:
    http.put("/v1/claims/c", json={"text": "x", "language": "en"}, key=http.editor)
    http.put("/v1/verdicts/v", json={"claim_id": "c"}, key=http.editor)
    revise(http, "/v1/verdicts/v", title="Changed")
    path, sent = "/v1/verdicts/v/revisions", {"restore": 1, "status": "published"}
    answer = http.post(path, json=sent, key=http.editor, headers=ANY)
    assert {"#/scale_id", "#/rating"} <= answer.codes.keys()
    assert answer.codes["#/rating"] == "rating-required"
    assert restore(http, "/v1/verdicts/v", 1)["status"] == "draft"
