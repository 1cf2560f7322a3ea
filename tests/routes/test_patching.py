"""PATCH in three media types, each on the record as it is."""

import orjson
import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, draft, fault_codes, publish, refused

MERGE = "application/merge-patch+json"
STEPS = "application/json-patch+json"


def patch(http: Newsroom, path: str, body: object, media_type: str = MERGE) -> Answer:
    """Send a patch as the editor, over whatever is there."""
    headers = ANY | {"Content-Type": media_type}
    return http.patch(path, data=orjson.dumps(body), key=http.editor, headers=headers)


@pytest.mark.parametrize("media_type", [MERGE, "application/json"])
def test_a_merge_patch_changes_what_it_names(
    http: Newsroom, sample: Sample, media_type: str
) -> None:
    made = draft(http, sample, external_ids={"cms": "1", "wiki": "2"})
    change = {sample.member: "Changed", "external_ids": {"cms": "3"}}
    answer = patch(http, sample.path, change, media_type)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')
    assert answer.headers["Content-Location"] == sample.path
    assert answer.json()[sample.member] == "Changed"
    assert answer.json()["external_ids"] == {"cms": "3", "wiki": "2"}
    assert answer.json()["created_at"] == made["created_at"]


@pytest.mark.parametrize("media_type", [MERGE, "application/json"])
def test_null_in_a_merge_patch_removes_a_member(
    http: Newsroom, sample: Sample, media_type: str
) -> None:
    draft(http, sample, external_ids={"cms": "1", "wiki": "2"}, internal={"tip": "x"})
    change = {"external_ids": {"cms": None}, "internal": None}
    answer = patch(http, sample.path, change, media_type)
    assert answer.json()["external_ids"] == {"wiki": "2"}
    assert "internal" not in answer.json()


def test_a_json_patch_does_its_steps_in_order(http: Newsroom, sample: Sample) -> None:
    draft(http, sample, external_ids={"cms": "1"})
    steps = [
        {"op": "test", "path": "/revision", "value": 1},
        {"op": "move", "from": "/external_ids/cms", "path": "/external_ids/wiki"},
        {"op": "add", "path": f"/{sample.member}", "value": "Changed"},
    ]
    answer = patch(http, sample.path, steps, STEPS)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')
    assert answer.json()["external_ids"] == {"wiki": "1"}
    assert answer.json()[sample.member] == "Changed"


def test_a_json_patch_puts_a_whole_record_in_the_place_of_the_old(
    http: Newsroom, sample: Sample
) -> None:
    made = draft(http, sample, external_ids={"cms": "1"})
    whole = sample.draft(**{sample.member: "Changed"})
    answer = patch(http, sample.path, [{"op": "add", "path": "", "value": whole}], STEPS)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')
    assert "external_ids" not in answer.json()
    assert answer.json()["created_at"] == made["created_at"]


def test_a_json_patch_whose_test_fails_changes_nothing(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    steps = [
        {"op": "add", "path": f"/{sample.member}", "value": "Changed"},
        {"op": "test", "path": "/status", "value": "draft"},
    ]
    answer = patch(http, sample.path, steps, STEPS)
    assert (answer.status, fault_codes(answer)) == (422, {"patch-failed"})
    assert http.get(sample.path, key=http.editor).json() == made


@pytest.mark.parametrize("value", [5, None, "text", [], {}])
def test_a_json_patch_cannot_put_something_else_in_the_records_place(
    http: Newsroom, sample: Sample, value: object
) -> None:
    made = draft(http, sample)
    answer = patch(http, sample.path, [{"op": "replace", "path": "", "value": value}], STEPS)
    assert (answer.status, fault_codes(answer)) == (
        422,
        {"required" if value == {} else "patch-failed"},
    )
    assert http.get(sample.path, key=http.editor).json() == made


@pytest.mark.parametrize("body", ["text", 5, None, {}, {"external_ids": {"cms": "1"}}])
def test_a_json_patch_is_an_array(http: Newsroom, sample: Sample, body: object) -> None:
    draft(http, sample)
    answer = patch(http, sample.path, body, STEPS)
    assert answer.status in {400, 422}
    assert answer.codes.keys() == {"#"}
    assert http.get(sample.path, key=http.editor).headers["ETag"] == '"1"'


@pytest.mark.parametrize("media_type", [MERGE, "application/json"])
@pytest.mark.parametrize("body", [[], "text", 5, None])
def test_a_merge_patch_is_an_object(
    http: Newsroom, sample: Sample, body: object, media_type: str
) -> None:
    draft(http, sample)
    answer = patch(http, sample.path, body, media_type)
    assert refused(answer) == (400, "malformed-json")
    assert answer.codes == {"#": "invalid"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "two"),
        ("type", "article"),
        ("revision", 7),
        ("revision", None),
        ("created_at", "2022-02-16T18:00:00.000000Z"),
        ("updated_at", "0001-01-01T00:00:00+14:00"),
        ("self", "/v1/claims/two"),
        ("recorded_by", {"actor": "someone else"}),
        ("expanded", {"claims": {}}),
    ],
)
def test_a_patch_leaves_alone_what_the_service_sets(
    http: Newsroom, sample: Sample, name: str, value: object
) -> None:
    draft(http, sample)
    answer = patch(http, sample.path, {name: value, sample.member: "Changed"})
    faults = [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
    assert (answer.status, faults) == (422, [(f"#/{name}", "read-only-field")])


def test_a_patch_may_repeat_what_the_service_sets(http: Newsroom, sample: Sample) -> None:
    made = draft(http, sample)
    assert patch(http, sample.path, made | {sample.member: "Changed"}).status == 200


def test_a_patch_that_changes_nothing_writes_nothing(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    for change in ({}, sample.sent, WHY, {"status": "published"}):
        answer = patch(http, sample.path, change)
        assert (answer.status, answer.headers["ETag"], answer.json()) == (200, '"1"', made)


def test_a_patch_keeps_the_status(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    answer = patch(http, sample.path, {sample.member: "Changed"} | WHY)
    assert answer.json()["status"] == "published"
    assert http.get(sample.path).json()[sample.member] == "Changed"


def test_a_desk_patches_a_draft_over_what_is_public(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    change = {sample.member: "Changed"}
    answer = http.patch(sample.path, json=change, key=http.desk, headers=ANY)
    assert refused(answer) == (403, "publish-required")
    assert "status=draft" in answer.json()["detail"]
    path = f"{sample.path}?status=draft"
    assert http.patch(path, json=change, key=http.desk, headers=ANY).status == 200
    assert http.get(sample.path).headers["ETag"] == '"1"'


def test_a_patch_of_what_is_not_there_is_404(http: Newsroom, sample: Sample) -> None:
    assert refused(patch(http, sample.path, {})) == (404, "not-found")


def test_a_json_patch_can_explain_itself(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    said = [{"op": "add", "path": f"/{name}", "value": text} for name, text in WHY.items()]
    steps = [*said, {"op": "add", "path": f"/{sample.member}", "value": "Changed"}]
    assert patch(http, sample.path, steps, STEPS).status == 200
    line = http.get(f"{sample.path}/revisions").json()["items"][-1]
    assert (line["note"], line["reason"]) == (WHY["note"], WHY["reason"])


def test_a_patch_keeps_the_raw_item_of_an_import(http: Newsroom, sample: Sample) -> None:
    draft(http, sample, origin={"url": "https://x.example/", "raw": {"n": 1.5, "t": "é"}})
    answer = patch(http, sample.path, {sample.member: "Changed"})
    assert answer.json()["origin"]["raw"] == {"n": 1.5, "t": "é"}


def test_every_fault_of_a_patched_record_is_told_at_once(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    answer = patch(http, sample.path, {"nonsense": 1, sample.member: 5, "type": "article"})
    assert answer.codes == {
        "#/nonsense": "unknown-field",
        f"#/{sample.member}": "invalid",
        "#/type": "read-only-field",
    }


def test_a_minimal_answer_to_a_patch_is_204(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    headers = ANY | {"Prefer": "return=minimal"}
    change = {sample.member: "Changed"}
    answer = http.patch(sample.path, json=change, key=http.desk, headers=headers)
    assert (answer.status, answer.headers["ETag"]) == (204, '"2"')


def test_a_patch_may_end_with_the_status(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    change = sample.rated | {"status": "published"}
    assert patch(http, sample.path, change).status == 200
    assert http.get(sample.path).headers["ETag"] == '"2"'
