"""The story of February 2022, told live: every write and every look is an HTTP request.

The words are the demo's. The clock is the service's own, so the instants to travel to are taken
from the answers that the writes were given. Each test tells the story as far as it needs it.
"""

import hashlib
import json
from typing import Any, Final

import pytest
import rfc8785

from service import demo

Http = Any  # what the fixture `http` is: get, post, put and patch, with a key or without
Answer = Any
Record = dict[str, Any]
Told = dict[tuple[str, int], Record]

LINES: Final[list[Record]] = [json.loads(line) for line in demo.lines().splitlines()]

DRAFTED: Final = "2022-02-16T15:00"  # the claims are out, the first verdict is being written
AFTERNOON: Final = "2022-02-16T18:00"  # the drawdown is unproven
EVENING: Final = "2022-02-17T00:00"  # 7,000 more troops: mostly false
CORRECTED: Final = "2022-02-18T00:00"  # not all 148,000 are ground troops
PREPARED: Final = "2022-02-24T00:00"  # a draft lies over the published drawdown
TODAY: Final = "2022-02-25T00:00"  # the invasion has begun

DRAWDOWN: Final = "/v1/verdicts/drawdown-verdict"
TROOPS: Final = "/v1/verdicts/troops-148k-verdict"
FIRST: Final = "/v1/verdicts/insufficient-1"
SECOND: Final = "/v1/verdicts/insufficient-2"
VERDICTS: Final = (DRAWDOWN, FIRST, SECOND, TROOPS, "/v1/verdicts/unprovoked-verdict")
SERVER_FIELDS: Final = {"id", "type", "revision", "created_at", "updated_at", "self"}


def write(http: Http, line: Record) -> Record:
    """Write a line of the demo as the newsroom would: the desk drafts, the editor publishes."""
    key = http.desk if line["status"] == "draft" else http.editor
    beside = {name: line[name] for name in ("status", "note", "reason", "internal") if name in line}
    sent = line["body"] | beside | {"id": line["id"], "actor": line["recorded_by"]["actor"]}
    path = f"/v1/{line['type']}s"
    if line["revision"] == 1:
        answer = http.post(path, json=sent, key=key)
    else:
        before = {"If-Match": f'"{line["revision"] - 1}"'}
        answer = http.put(f"{path}/{line['id']}", json=sent, headers=before, key=key)
    assert answer.status == (201 if line["revision"] == 1 else 200), answer.json()
    assert answer.headers["ETag"] == f'"{line["revision"]}"'
    return answer.json()


def tell(http: Http, until: str) -> Told:
    """Tell the story up to an hour of its own; return each answer by id and revision."""
    heard = [line for line in LINES if line["recorded_at"] < until]
    return {(line["id"], line["revision"]): write(http, line) for line in heard}


def read(http: Http, path: str, key: str | None = None) -> Record:
    """Return what is at a path, which must be there."""
    answer = http.get(path, key=key)
    assert answer.status == 200, answer.json()
    return answer.json()


def refusal(answer: Answer) -> tuple[int, str, set[str]]:
    """Return status, code and the codes of all faults of a problem."""
    problem = answer.json()
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return answer.status, problem["code"], {fault["code"] for fault in problem.get("errors", ())}


def instant(told: Told, record_id: str, revision: int) -> str:
    """Return the instant that the service gave to a write."""
    return told[record_id, revision]["updated_at"]


# Before anything is published


def test_a_public_claim_waits_for_its_sources(http: Http) -> None:
    source = {"id": "putin", "title": "An announcement", "status": "draft"}
    claim = {"text": "Some troops go home", "attribution": [{"source_id": "putin"}]}
    assert http.post("/v1/sources", json=source, key=http.editor).status == 201
    answer = http.post("/v1/claims", json=claim | {"status": "published"}, key=http.editor)
    assert refusal(answer) == (422, "invalid-record", {"unpublished-reference"})
    assert answer.json()["errors"][0]["pointer"] == "#/attribution/0/source_id"


@pytest.mark.parametrize("path", ["", "/revisions", "/revisions/1", "/revisions/1/diff"])
def test_what_is_drafted_first_is_nowhere_for_the_public(http: Http, path: str) -> None:
    tell(http, DRAFTED)
    assert refusal(http.get(DRAWDOWN + path)) == (404, "not-found", set())
    assert read(http, "/v1/verdicts")["items"] == []
    assert "mixed" not in str(http.get(DRAWDOWN + path).json())


def test_the_desk_reads_its_draft_and_the_remark_on_it(http: Http) -> None:
    tell(http, DRAFTED)
    draft = read(http, DRAWDOWN, http.desk)
    assert (draft["revision"], draft["status"], draft["rating"]) == (1, "draft", "mixed")
    assert "Not mixed" in draft["internal"]["review"]
    assert draft["recorded_by"]["actor"] == "duty reporter"


def test_the_desk_alone_cannot_publish(http: Http) -> None:
    tell(http, DRAFTED)
    change = {"status": "published", "rating": "unproven"}
    answer = http.patch(DRAWDOWN, json=change, headers={"If-Match": '"1"'}, key=http.desk)
    assert refusal(answer)[:2] == (403, "publish-required")
    assert http.get(DRAWDOWN).status == 404


# Wednesday afternoon: unproven


def test_the_public_reads_the_first_verdict_without_what_is_internal(http: Http) -> None:
    tell(http, AFTERNOON)
    verdict = read(http, DRAWDOWN)
    assert (verdict["revision"], verdict["rating"]) == (3, "unproven")
    assert {"internal", "recorded_by", "note", "reason", "actor"}.isdisjoint(verdict)


def test_a_reader_who_has_the_verdict_is_told_so(http: Http) -> None:
    tell(http, AFTERNOON)
    tag = http.get(DRAWDOWN).headers["ETag"]
    assert http.get(DRAWDOWN, headers={"If-None-Match": tag}).status == 304
    assert http.get(DRAWDOWN, headers={"If-None-Match": '"2"'}).status == 200


def test_a_verdict_is_read_together_with_its_claim_and_sources(http: Http) -> None:
    tell(http, AFTERNOON)
    expanded = read(http, f"{DRAWDOWN}?expand=claims,sources")["expanded"]
    assert expanded["claims"]["drawdown"]["claimant"]["name"] == "Vladimir Putin"
    assert expanded["sources"]["stoltenberg-2022-02-16"]["reliability"] == "B"


# Wednesday evening: two editors, and a figure that changes the finding


def test_a_change_to_a_record_names_the_revision_it_is_based_on(http: Http) -> None:
    tell(http, AFTERNOON)
    answer = http.patch(DRAWDOWN, json={"rating": "mostly_false"}, key=http.editor)
    assert refusal(answer)[:2] == (428, "precondition-required")
    assert read(http, DRAWDOWN)["rating"] == "unproven"


def test_a_second_editor_is_stopped_and_shown_what_changed(http: Http) -> None:
    told = tell(http, EVENING)
    change = {"rating": "false", "note": "It is false.", "reason": "new_evidence"}
    answer = http.patch(DRAWDOWN, json=change, headers={"If-Match": '"3"'}, key=http.editor)
    assert refusal(answer)[:2] == (412, "precondition-failed")
    assert answer.json()["revision"] == 4
    assert {"/rating", "/summary"} <= set(answer.json()["changed"])
    assert read(http, DRAWDOWN)["updated_at"] == instant(told, "drawdown-verdict", 4)


def test_nothing_public_changes_without_note_and_reason(http: Http) -> None:
    tell(http, AFTERNOON)
    tag = {"If-Match": http.get(DRAWDOWN).headers["ETag"]}
    bare = http.patch(DRAWDOWN, json={"rating": "false"}, headers=tag, key=http.editor)
    assert refusal(bare) == (422, "invalid-record", {"note-required", "reason-required"})
    noted = {"rating": "false", "note": "It is false."}
    half = http.patch(DRAWDOWN, json=noted, headers=tag, key=http.editor)
    assert refusal(half) == (422, "invalid-record", {"reason-required"})


def test_sending_the_same_again_makes_no_revision(http: Http) -> None:
    tell(http, EVENING)
    before = http.get(DRAWDOWN, key=http.editor)
    tag = before.headers["ETag"]
    answer = http.put(DRAWDOWN, json=before.json(), headers={"If-Match": tag}, key=http.editor)
    assert (answer.status, answer.headers["ETag"]) == (200, tag)
    assert len(read(http, f"{DRAWDOWN}/revisions", http.desk)["items"]) == 4


def test_the_afternoon_can_be_read_in_the_evening(http: Http) -> None:
    told = tell(http, EVENING)
    then = http.get(f"{DRAWDOWN}?as_of={instant(told, 'drawdown-verdict', 3)}")
    now = http.get(f"{DRAWDOWN}?as_of={instant(told, 'drawdown-verdict', 4)}")
    assert [answer.json()["rating"] for answer in (then, now)] == ["unproven", "mostly_false"]
    assert then.headers["Content-Location"] == f"{DRAWDOWN}/revisions/3"
    assert then.headers["Memento-Datetime"].endswith(" GMT")


def test_before_its_publication_the_public_is_told_that_it_was_not_there(http: Http) -> None:
    told = tell(http, EVENING)
    before = instant(told, "drawdown-verdict", 1)
    answer = http.get(f"{DRAWDOWN}?as_of={before}")
    assert refusal(answer)[:2] == (404, "not-yet-recorded")
    assert read(http, f"{DRAWDOWN}?as_of={before}", http.desk)["rating"] == "mixed"


# Thursday: the correction


def test_the_correction_says_what_was_wrong(http: Http) -> None:
    told = tell(http, CORRECTED)
    wrong = read(http, f"{TROOPS}?as_of={instant(told, 'unprovoked-verdict', 2)}")
    assert "puts 148,000 ground troops" in wrong["summary"]
    assert "more than 126,000 of them ground troops" in read(http, TROOPS)["summary"]
    notice = read(http, f"{TROOPS}/revisions")["items"][-1]
    assert (notice["revision"], notice["reason"]) == (4, "correction")
    assert notice["note"].startswith("Our summary called all 148,000 ground troops.")


def test_the_diff_of_the_correction_leads_from_what_readers_had(http: Http) -> None:
    tell(http, CORRECTED)
    summary = read(http, TROOPS)["summary"]
    for query in ("", "?from=2"):
        patch = read(http, f"{TROOPS}/revisions/4/diff{query}")
        assert {"op": "replace", "path": "/summary", "value": summary} in patch
    assert http.get(f"{TROOPS}/revisions/4/diff?from=3").status == 404


def test_the_diff_reads_as_plain_text_too(http: Http) -> None:
    tell(http, CORRECTED)
    diff = f"{TROOPS}/revisions/4/diff"
    answer = http.get(diff, headers={"Accept": "text/plain"})
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_anyone_can_check_the_hash_of_the_correction(http: Http) -> None:
    tell(http, CORRECTED)
    line = read(http, f"{TROOPS}/revisions")["items"][-1]
    kept = {name: part for name, part in line["body"].items() if name not in SERVER_FIELDS}
    hashed = kept | {name: line[name] for name in ("status", "note", "reason")}
    salted = bytes.fromhex(line["salt"]) + rfc8785.dumps(hashed)
    assert line["sha256"] == hashlib.sha256(salted).hexdigest()


# The week between: a draft in the drawer


def test_a_draft_over_a_published_verdict_disturbs_no_reader(http: Http) -> None:
    told = tell(http, PREPARED)
    public = http.get(DRAWDOWN)
    assert (public.headers["ETag"], public.json()["rating"]) == ('"4"', "mostly_false")
    assert read(http, DRAWDOWN, http.desk)["status"] == "draft"
    drafted = instant(told, "drawdown-verdict", 5)
    assert read(http, f"{DRAWDOWN}?as_of={drafted}") == public.json()
    assert read(http, "/v1/verdicts?claim_id=drawdown")["items"] == [public.json()]


# 24 February: the invasion


def test_what_readers_had_stays_as_it_was(http: Http) -> None:
    told = tell(http, AFTERNOON)
    then = read(http, DRAWDOWN)
    for line in LINES:
        if line["recorded_at"] > AFTERNOON:
            write(http, line)
    assert read(http, f"{DRAWDOWN}/revisions/3") == then
    assert read(http, f"{DRAWDOWN}?as_of={instant(told, 'drawdown-verdict', 3)}") == then


def test_the_public_history_is_the_public_revisions(http: Http) -> None:
    tell(http, TODAY)
    history = read(http, f"{DRAWDOWN}/revisions")["items"]
    assert [line["revision"] for line in history] == [3, 4, 6]
    assert [line["reason"] for line in history] == [None, "new_evidence", "new_evidence"]
    ratings = [line["body"]["rating"] for line in history]
    assert ratings == ["unproven", "mostly_false", "false"]
    assert [line for line in history if line.get("recorded_by") or "internal" in str(line)] == []


def test_the_desk_sees_every_revision_and_whose_it_was(http: Http) -> None:
    tell(http, TODAY)
    history = read(http, f"{DRAWDOWN}/revisions", http.desk)["items"]
    states = [line["status"] for line in history]
    assert states == ["draft", "in_review", "published", "published", "draft", "published"]
    desk, editor = "duty reporter", "fact-check editor"
    actors = [line["recorded_by"]["actor"] for line in history]
    assert actors == [desk, desk, editor, editor, desk, editor]


@pytest.mark.parametrize("revision", [1, 2, 5])
def test_a_draft_stays_unseen_after_publication(http: Http, revision: int) -> None:
    tell(http, TODAY)
    path = f"{DRAWDOWN}/revisions/{revision}"
    assert refusal(http.get(path))[:2] == (404, "not-found")
    assert read(http, path, http.desk)["revision"] == revision


def test_what_the_world_changed_is_a_second_verdict_and_no_correction(http: Http) -> None:
    tell(http, TODAY)
    closing = read(http, f"{FIRST}/revisions")["items"][-1]
    assert closing["reason"] == "world_changed"
    assert closing["body"]["valid"] == {"from": "2022-02-16", "to": "2022-02-24"}
    assert closing["body"]["rating"] == "unproven"
    second = read(http, SECOND)
    assert (second["supersedes"], second["rating"]) == ("insufficient-1", "false")


@pytest.mark.parametrize(
    ("day", "held"), [("2022-02-20", "insufficient-1"), ("2022-03-01", "insufficient-2")]
)
def test_each_day_of_the_world_has_its_verdict(http: Http, day: str, held: str) -> None:
    tell(http, TODAY)
    page = read(http, f"/v1/verdicts?claim_id=insufficient&valid_at={day}")
    assert [verdict["id"] for verdict in page["items"]] == [held]


def test_what_we_recorded_later_was_not_there_on_the_evening_of_the_16th(http: Http) -> None:
    told = tell(http, TODAY)
    evening = instant(told, "drawdown-verdict", 4)
    assert refusal(http.get(f"{SECOND}?as_of={evening}"))[:2] == (404, "not-yet-recorded")
    assert refusal(http.get(f"/v1/sources/invasion-2022-02-24?as_of={evening}"))[0] == 404


@pytest.mark.parametrize("path", [DRAWDOWN, FIRST, TROOPS])
def test_the_evening_of_the_16th_differs_from_today_and_stays_readable(
    http: Http, path: str
) -> None:
    told = tell(http, TODAY)
    then = read(http, f"{path}?as_of={instant(told, 'drawdown-verdict', 4)}")
    today = read(http, path)
    assert then["revision"] < today["revision"]
    assert then != today


def test_readers_are_owed_one_correction_and_three_updates(http: Http) -> None:
    tell(http, TODAY)
    histories = [read(http, f"{path}/revisions")["items"] for path in VERDICTS]
    reasons = [line["reason"] for history in histories for line in history if line["reason"]]
    assert sorted(reasons) == ["correction", "new_evidence", "new_evidence", "world_changed"]


def test_the_official_who_was_not_named_is_not_named(http: Http) -> None:
    tell(http, TODAY)
    source = read(http, "/v1/sources/us-official-2022-02-16", http.desk)
    assert source["anonymity"]["described_as"] == "senior US administration official"
    claim = read(http, "/v1/claims/plus-7000", http.desk)
    assert claim["claimant"]["kind"] == "anonymous"
    assert claim["claimant"]["name"] == source["anonymity"]["described_as"]
