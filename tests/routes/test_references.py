"""A record refers only to what is there, and a public one to what is or was public."""

from typing import Any

import pytest

from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, delete, put, restore, revise

REPEATS: Json = {"type": "repeats", "claim_id": "x"}
REFERENCES: list[tuple[str, Json, str, str]] = [
    ("claim", {"claimant": {"source_id": "x"}}, "source", "#/claimant/source_id"),
    ("claim", {"appearances": [{"source_id": "x"}]}, "source", "#/appearances/0/source_id"),
    ("claim", {"attribution": [{"source_id": "x"}]}, "source", "#/attribution/0/source_id"),
    ("claim", {"relations": [REPEATS]}, "claim", "#/relations/0/claim_id"),
    ("source", {"derived_from": ["x"]}, "source", "#/derived_from/0"),
    ("verdict", {"claim_id": "x"}, "claim", "#/claim_id"),
    ("verdict", {"scale_id": "x", "rating": "five"}, "scale", "#/scale_id"),
    ("verdict", {"evidence": [{"source_id": "x"}]}, "source", "#/evidence/0/source_id"),
    ("verdict", {"supersedes": "x"}, "verdict", "#/supersedes"),
]  # fmt: skip
"""Every field that names another record: kind, the member, the kind named, the pointer."""

OWN: dict[str, Json] = {
    "claim": {"text": "x"},
    "source": {"title": "x"},
    "scale": {"name": "x", "ratings": [{"key": "five"}]},
    "verdict": {"claim_id": "subject", "scale_id": "truth", "rating": "true"},
}
every_reference = pytest.mark.parametrize(("kind", "member", "named", "pointer"), REFERENCES)


@pytest.fixture(autouse=True)
def subject(http: Newsroom) -> None:
    """Write the claim that verdicts are about."""
    put(http, "/v1/claims/subject", {"text": "x", "language": "en", "status": "published"})


def refer(http: Newsroom, kind: str, member: Json, **more: object) -> Answer:
    """Send a record that names x."""
    return http.put(f"/v1/{kind}s/r", json=OWN[kind] | member | more, key=http.editor)


@every_reference
def test_what_does_not_exist_is_not_referred_to(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    answer = refer(http, kind, member)
    assert (answer.status, answer.codes) == (422, {pointer: "unknown-reference"})
    assert f'no {named} "x"' in answer.json()["errors"][0]["detail"]


@every_reference
def test_a_draft_refers_to_drafts_and_nothing_public_does(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    put(http, f"/v1/{named}s/x", OWN[named])
    answer = refer(http, kind, member, status="published")
    assert (answer.status, answer.codes) == (422, {pointer: "unpublished-reference"})
    assert refer(http, kind, member).status == 201
    change = {"status": "published"}
    answer = http.patch(f"/v1/{kind}s/r", json=change, key=http.editor, headers=ANY)
    assert (answer.status, answer.codes) == (422, {pointer: "unpublished-reference"})


@every_reference
def test_what_is_or_was_public_is_referred_to(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    put(http, f"/v1/{named}s/x", OWN[named] | {"status": "published"})
    revise(http, f"/v1/{named}s/x", status="withheld", **WHY)
    assert refer(http, kind, member, status="published").status == 201


@every_reference
def test_what_is_gone_is_not_referred_to_anew(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    put(http, f"/v1/{named}s/x", OWN[named] | {"status": "published"})
    delete(http, f"/v1/{named}s/x")
    answer = refer(http, kind, member)
    assert (answer.status, answer.codes) == (422, {pointer: "gone-reference"})


@every_reference
def test_a_reference_to_what_went_later_stays(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    put(http, f"/v1/{named}s/x", OWN[named] | {"status": "published"})
    assert refer(http, kind, member, status="published").status == 201
    delete(http, f"/v1/{named}s/x")
    assert revise(http, f"/v1/{kind}s/r", external_ids={"cms": "1"}, **WHY)["revision"] == 2
    delete(http, f"/v1/{kind}s/r")
    answer = http.post(
        f"/v1/{kind}s/r/revisions", json={"restore": 2}, key=http.editor, headers=ANY
    )
    assert answer.codes == {pointer: "gone-reference"}


@pytest.mark.parametrize(
    ("kind", "member", "named", "pointer"), [one for one in REFERENCES if one[0] == one[2]]
)
def test_a_record_does_not_refer_to_itself(
    http: Newsroom, kind: str, member: Json, named: str, pointer: str
) -> None:
    for before in (404, 200):
        answer = http.put(
            f"/v1/{kind}s/x", json=OWN[kind] | member, key=http.editor,
            headers=ANY if before == 200 else {},
        )  # fmt: skip
        assert (answer.status, answer.codes) == (422, {pointer: "self-reference"})
        if before == 404:
            put(http, f"/v1/{kind}s/x", OWN[kind])


def test_all_references_that_do_not_hold_are_told_at_once(http: Newsroom) -> None:
    put(http, "/v1/sources/draft", {"title": "x"})
    ids = ("draft", "never", "draft", "gone")
    put(http, "/v1/sources/gone", {"title": "x"})
    delete(http, "/v1/sources/gone")
    sent = {"text": "x", "attribution": [{"source_id": one} for one in ids], "status": "published"}
    answer = http.put("/v1/claims/r", json=sent, key=http.editor)
    assert list(answer.codes.values()) == [
        "unpublished-reference", "unknown-reference", "unpublished-reference", "gone-reference",
    ]  # fmt: skip


def test_a_reference_with_a_fault_of_its_own_is_told_that_one(http: Newsroom) -> None:
    sources: list[Any] = [{"source_id": 5}, {"source_id": "never"}, {"source_id": "-"}, {}]
    answer = http.put("/v1/claims/r", json={"text": "", "attribution": sources}, key=http.desk)
    assert answer.codes == {
        "#/text": "too-short",
        "#/attribution/0/source_id": "invalid",
        "#/attribution/1/source_id": "unknown-reference",
        "#/attribution/2/source_id": "invalid",
        "#/attribution/3/source_id": "required",
    }


def test_a_claim_with_nothing_to_filter_by_can_be_judged(http: Newsroom) -> None:
    put(http, "/v1/claims/bare", {"text": "x", "status": "published"})
    answer = http.post("/v1/verdicts", json={"claim_id": "bare"}, key=http.desk)
    assert answer.status == 201


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_rating_is_one_of_its_scale(http: Newsroom, status: str) -> None:
    answer = refer(http, "verdict", {"rating": "never"}, status=status)
    assert (answer.status, answer.codes) == (422, {"#/scale_id": "unknown-rating"})
    assert 'the scale "truth" has no rating "never"' in answer.json()["errors"][0]["detail"]


def test_a_scale_without_rating_and_a_rating_without_scale_are_for_drafts(http: Newsroom) -> None:
    for sent in ({"scale_id": "truth"}, {"rating": "whatever"}):
        answer = http.post("/v1/verdicts", json={"claim_id": "subject"} | sent, key=http.desk)
        assert answer.status == 201


def test_a_rating_of_a_draft_over_the_scale_is_for_drafts(http: Newsroom) -> None:
    put(http, "/v1/scales/s", OWN["scale"] | {"status": "published"})
    revise(http, "/v1/scales/s", ratings=[{"key": "five"}, {"key": "six"}], status="draft")
    member = {"scale_id": "s", "rating": "six"}
    answer = refer(http, "verdict", member, status="published")
    assert answer.codes == {"#/scale_id": "unknown-rating"}
    assert refer(http, "verdict", member).status == 201


def test_a_published_scale_gains_ratings(http: Newsroom) -> None:
    put(http, "/v1/scales/s", OWN["scale"] | {"status": "published"})
    more = [{"key": "six"}, {"key": "five", "number": 5}]
    assert revise(http, "/v1/scales/s", ratings=more, **WHY)["revision"] == 2


@pytest.mark.parametrize("status", ["published", "retracted", "withheld"])
def test_a_published_scale_loses_no_rating(http: Newsroom, status: str) -> None:
    put(http, "/v1/scales/s", OWN["scale"] | {"status": "published"})
    change = {"ratings": [{"key": "FIVE"}], "status": status, **WHY}
    answer = http.patch("/v1/scales/s", json=change, key=http.editor, headers=ANY)
    assert (answer.status, answer.codes) == (422, {"#/ratings": "rating-lost"})


def test_every_rating_lost_is_named(http: Newsroom) -> None:
    ratings = [{"key": key} for key in ("a", "b", "c")]
    put(http, "/v1/scales/s", {"name": "x", "ratings": ratings, "status": "published"})
    change = {"ratings": ratings[:1], **WHY}
    answer = http.patch("/v1/scales/s", json=change, key=http.editor, headers=ANY)
    details = [fault["detail"] for fault in answer.json()["errors"]]
    assert ['"b"' in details[0], '"c"' in details[1], len(details)] == [True, True, 2]


def test_a_draft_of_a_scale_may_lose_ratings_until_it_is_published(http: Newsroom) -> None:
    put(http, "/v1/scales/s", OWN["scale"] | {"status": "published"})
    revise(http, "/v1/scales/s", ratings=[{"key": "other"}], status="draft")
    change = {"status": "published", **WHY}
    answer = http.patch("/v1/scales/s", json=change, key=http.editor, headers=ANY)
    assert answer.codes == {"#/ratings": "rating-lost"}


def test_a_scale_that_was_deleted_still_owes_its_ratings(http: Newsroom) -> None:
    put(http, "/v1/scales/s", OWN["scale"] | {"status": "published"})
    delete(http, "/v1/scales/s")
    restore(http, "/v1/scales/s", 1)
    change = {"ratings": [{"key": "other"}], "status": "published", **WHY}
    answer = http.patch("/v1/scales/s", json=change, key=http.editor, headers=ANY)
    assert answer.codes == {"#/ratings": "rating-lost"}
