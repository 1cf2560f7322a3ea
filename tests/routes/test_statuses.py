"""From which status a record goes to which, and whose key may take it there."""

from typing import Final

import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, publish, put, refused, revise

STATUSES: Final = ("draft", "in_review", "published", "retracted", "withheld")
WAYS: Final = {
    "draft": (),
    "in_review": ("in_review",),
    "published": ("published",),
    "retracted": ("published", "retracted"),
    "withheld": ("published", "withheld"),
}
"""The statuses by which a draft comes to each."""

MOVES: Final = {
    ("draft", "draft"), ("draft", "in_review"), ("draft", "published"),
    ("in_review", "draft"), ("in_review", "in_review"), ("in_review", "published"),
    ("published", "draft"), ("published", "published"), ("published", "retracted"),
    ("published", "withheld"),
    ("retracted", "draft"), ("retracted", "published"), ("retracted", "retracted"),
    ("retracted", "withheld"),
    ("withheld", "draft"), ("withheld", "published"), ("withheld", "withheld"),
}  # fmt: skip
"""Every move there is, of a record that was never public before it came to where it is."""


def bring(http: Newsroom, sample: Sample, status: str) -> None:
    """Bring a new record to a status."""
    put(http, sample.path, sample.draft(**sample.rated))
    for step in WAYS[status]:
        revise(http, sample.path, status=step, **WHY)


@pytest.mark.parametrize("after", STATUSES)
@pytest.mark.parametrize("before", STATUSES)
def test_a_record_goes_from_status_to_status_as_the_table_says(
    http: Newsroom, sample: Sample, before: str, after: str
) -> None:
    if sample.kind != "verdict" and "in_review" in (before, after):
        return
    bring(http, sample, before)
    change = {"status": after, sample.member: "Changed", **WHY}
    answer = http.patch(sample.path, json=change, key=http.editor, headers=ANY)
    if (before, after) in MOVES:
        assert (answer.status, answer.json()["status"]) == (200, after)
    else:
        assert (answer.status, answer.codes) == (422, {"#/status": "move-not-allowed"})


def test_only_verdicts_are_reviewed(http: Newsroom, sample: Sample) -> None:
    answer = http.post(sample.collection, json=sample.draft(status="in_review"), key=http.editor)
    expected = {} if sample.kind == "verdict" else {"#/status": "not-a-choice"}
    assert answer.codes == expected


@pytest.mark.parametrize(
    ("after", "status"), [("published", 200), ("withheld", 200), ("retracted", 422), ("draft", 200)]
)
def test_a_draft_over_a_public_record_becomes_public_or_stays_a_draft(
    http: Newsroom, sample: Sample, after: str, status: int
) -> None:
    publish(http, sample)
    revise(http, sample.path, status="draft", **{sample.member: "Drafted"})
    change = {"status": after, sample.member: "Changed", **WHY}
    answer = http.patch(sample.path, json=change, key=http.editor, headers=ANY)
    assert answer.status == status


@pytest.mark.parametrize("status", STATUSES[2:])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_desk_creates_drafts_only(
    http: Newsroom, sample: Sample, method: str, status: str
) -> None:
    path = sample.collection if method == "POST" else sample.path
    answer = http.request(method, path, json=sample.public(status=status), key=http.desk)
    assert refused(answer) == (403, "publish-required")


@pytest.mark.parametrize("status", STATUSES[1:])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_desk_leaves_drafts_only(
    http: Newsroom, sample: Sample, method: str, status: str
) -> None:
    if sample.kind != "verdict" and status == "in_review":
        return
    publish(http, sample)
    sent = sample.public(status=status, **{sample.member: "Changed"})
    answer = http.request(method, sample.path, json=sent, key=http.desk, headers=ANY)
    assert refused(answer) == (403, "publish-required")
    assert http.get(sample.path, key=http.desk).headers["ETag"] == '"1"'


@pytest.mark.parametrize("before", STATUSES)
def test_a_desk_drafts_over_whatever_is_there(http: Newsroom, sample: Sample, before: str) -> None:
    bring(
        http, sample, before if sample.kind == "verdict" else before.replace("in_review", "draft")
    )
    public = http.get(sample.path)
    change = {"status": "draft", sample.member: "Changed"}
    assert http.patch(sample.path, json=change, key=http.desk, headers=ANY).status == 200
    now = http.get(sample.path)
    assert (now.status, now.headers.get("ETag")) == (public.status, public.headers.get("ETag"))


@pytest.mark.parametrize("status", ["published", "in_review"])
def test_a_verdict_is_published_with_scale_and_rating(http: Newsroom, status: str) -> None:
    put(http, "/v1/claims/c", {"text": "x", "language": "en", "status": "published"})
    sent = {"claim_id": "c", "status": status}
    answer = http.post("/v1/verdicts", json=sent, key=http.editor)
    missing = {"#/scale_id": "rating-required", "#/rating": "rating-required"}
    assert answer.codes == (missing if status == "published" else {})


def test_a_public_verdict_does_not_lose_its_rating(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "language": "en", "status": "published"})
    rated = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}
    put(http, "/v1/verdicts/v", rated)
    change = {"rating": None, **WHY}
    answer = http.patch("/v1/verdicts/v", json=change, key=http.editor, headers=ANY)
    assert answer.codes == {"#/rating": "rating-required"}


def test_what_was_never_public_is_not_withheld(http: Newsroom, sample: Sample) -> None:
    bring(http, sample, "draft")
    change = {"status": "withheld", **WHY}
    answer = http.patch(sample.path, json=change, key=http.editor, headers=ANY)
    assert answer.codes == {"#/status": "move-not-allowed"}
    assert "never public" in answer.json()["errors"][0]["detail"]


def test_four_kinds_of_keys_may_do_ever_more(http: Newsroom, sample: Sample, reader: str) -> None:
    sent = sample.sent
    assert refused(http.post(sample.collection, json=sent)) == (401, "unauthorized")
    answer = http.post(sample.collection, json=sent, key=reader)
    assert refused(answer) == (403, "forbidden")
    assert "the scopes of this one: read" in answer.json()["detail"]
    for key in (http.desk, http.editor, http.admin):
        assert http.post(sample.collection, json=sent, key=key).status == 201
    assert http.post(sample.collection, json=sample.public(), key=http.admin).status == 201
