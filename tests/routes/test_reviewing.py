"""Four eyes: where they are asked for, nobody publishes a verdict of their own."""

import pytest
from flask import Flask

from service.records import keys
from tests.kinds.smallest import SUBJECT, Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, purge, refused
from tests.routes.conftest import Empty, Variant
from tests.routes.moving import LINE, RATED, give, take

PATH = "/v1/verdicts/v"
DRAFT: Json = {"claim_id": "subject", "scale_id": "truth", "rating": "true", "summary": "It is so."}
PUBLISH: Json = {"status": "published"}
UNSEEN = (403, "four-eyes")


@pytest.fixture
def pair(http: Newsroom, variant: Variant) -> Newsroom:
    """Return a newsroom under four eyes: there is a claim, and the editor's draft on it."""
    found = variant(four_eyes=True)
    assert found.put("/v1/claims/subject", json=SUBJECT, key=found.editor).status == 201
    assert found.put(PATH, json=DRAFT, key=found.editor).status == 201
    return found


@pytest.fixture(scope="session")
def cms(app: Flask) -> str:
    """Make a key that vouches for its people."""
    database = app.extensions["factcheck"].database
    return str(keys.create(database, "cms", ["publish"], vouches=True))


def change(pair: Newsroom, key: str, **members: object) -> Answer:
    """Change members of the verdict."""
    return pair.patch(PATH, json=members, key=key, headers=ANY)


def published(pair: Newsroom) -> Newsroom:
    """Let the draft of the editor be published by the admin."""
    assert change(pair, pair.admin, **PUBLISH).status == 200
    return pair


def test_nobody_publishes_a_draft_of_their_own(pair: Newsroom) -> None:
    answer = change(pair, pair.editor, **PUBLISH)
    assert refused(answer) == UNSEEN
    assert "Another key publishes it" in answer.json()["detail"]
    assert pair.get(PATH).status == 404


def test_another_publishes_it_as_it_is(pair: Newsroom) -> None:
    answer = change(pair, pair.admin, published_at="2022-02-16", **PUBLISH)
    assert (answer.status, pair.get(PATH).json()["summary"]) == (200, "It is so.")


@pytest.mark.parametrize(
    "more", [{"summary": "It is not."}, {"internal": {"tip": 1}}, {"rating": "false"}]
)
def test_another_changes_nothing_on_the_way(pair: Newsroom, more: Json) -> None:
    answer = change(pair, pair.admin, **more, **PUBLISH)
    assert refused(answer) == UNSEEN
    assert "Write it as a draft first" in answer.json()["detail"]


def test_a_review_counts_as_a_draft(pair: Newsroom) -> None:
    assert change(pair, pair.editor, status="in_review").status == 200
    assert refused(change(pair, pair.editor, **PUBLISH)) == UNSEEN
    assert change(pair, pair.admin, **PUBLISH).status == 200


@pytest.mark.parametrize("touch", [{"status": "in_review"}, {"internal": {"remark": "read"}}])
def test_whoever_only_touches_a_draft_has_not_written_it(pair: Newsroom, touch: Json) -> None:
    assert change(pair, pair.admin, **touch).status == 200
    assert refused(change(pair, pair.editor, **PUBLISH)) == UNSEEN
    assert change(pair, pair.admin, **PUBLISH).status == 200


def test_whoever_changes_a_word_of_a_draft_has_written_it(pair: Newsroom) -> None:
    assert change(pair, pair.admin, summary="It is so!").status == 200
    assert refused(change(pair, pair.admin, **PUBLISH)) == UNSEEN
    assert change(pair, pair.editor, **PUBLISH).status == 200


@pytest.mark.parametrize("headers", [ANY, {"If-Match": '"1"'}])
def test_replacing_is_no_way_round(pair: Newsroom, headers: dict[str, str]) -> None:
    sent = {"json": DRAFT | PUBLISH | {"summary": "No."}, "key": pair.admin}
    assert refused(pair.put(PATH, headers=headers, **sent)) == UNSEEN
    assert refused(pair.put("/v1/verdicts/new", **sent)) == UNSEEN
    assert refused(pair.post("/v1/verdicts", **sent)) == UNSEEN


def test_restoring_is_no_way_round(pair: Newsroom) -> None:
    assert change(pair, pair.editor, summary="Otherwise.").status == 200
    for key in (pair.editor, pair.admin):
        sent = {"restore": 1, "status": "published"}
        answer = pair.post(f"{PATH}/revisions", json=sent, key=key, headers=ANY)
        assert refused(answer) == UNSEEN


@pytest.mark.parametrize("status", ["retracted", "withheld"])
def test_taking_back_takes_one_and_bringing_back_two(pair: Newsroom, status: str) -> None:
    published(pair)
    assert change(pair, pair.editor, status=status, **WHY).status == 200
    for key in (pair.editor, pair.admin):
        assert refused(change(pair, key, **PUBLISH, **WHY)) == UNSEEN
    assert change(pair, pair.editor, status="draft").status == 200
    assert change(pair, pair.admin, **PUBLISH, **WHY).status == 200


def test_the_date_of_what_is_published_takes_two(pair: Newsroom) -> None:
    published(pair)
    assert refused(change(pair, pair.admin, published_at="1999-01-01", **WHY)) == UNSEEN
    assert change(pair, pair.admin, internal={"tip": "1"}, **PUBLISH).status == 200


def test_a_correction_takes_two(pair: Newsroom) -> None:
    published(pair)
    assert refused(change(pair, pair.admin, summary="New.", **WHY)) == UNSEEN
    assert change(pair, pair.editor, summary="New.", status="draft").status == 200
    assert refused(change(pair, pair.editor, **PUBLISH, **WHY)) == UNSEEN
    assert pair.get(PATH).json()["summary"] == "It is so."
    assert change(pair, pair.admin, **PUBLISH, **WHY).status == 200
    assert pair.get(PATH).json()["summary"] == "New."


def test_two_people_behind_a_key_that_vouches_are_two(pair: Newsroom, cms: str) -> None:
    assert change(pair, cms, summary="Ann's.", actor="Ann").status == 200
    for actor in ({"actor": "Ann"}, {}):
        assert refused(change(pair, cms, **PUBLISH, **actor)) == UNSEEN
    assert refused(change(pair, cms, **PUBLISH, actor=" ann")) == UNSEEN
    assert change(pair, cms, actor="Bea", **PUBLISH).status == 200


def test_one_name_behind_two_keys_is_one_person(pair: Newsroom) -> None:
    assert change(pair, pair.editor, summary="Ann's.", actor="Ann").status == 200
    assert refused(change(pair, pair.admin, actor="ann", **PUBLISH)) == UNSEEN
    assert change(pair, pair.admin, actor="Bea", **PUBLISH).status == 200


def test_two_people_behind_any_other_key_are_one(pair: Newsroom) -> None:
    assert change(pair, pair.editor, summary="Ann's.", actor="Ann").status == 200
    assert refused(change(pair, pair.editor, actor="Bea", **PUBLISH)) == UNSEEN


def test_other_kinds_take_one(pair: Newsroom) -> None:
    assert pair.post("/v1/claims", json={"text": "x"} | PUBLISH, key=pair.editor).status == 201


def test_a_draft_that_is_published_along_takes_another_too(pair: Newsroom) -> None:
    successor = DRAFT | PUBLISH | {"supersedes": "v"}
    assert pair.put("/v1/verdicts/w", json=successor | {"status": "draft"}, key=pair.admin).status
    sent = {"json": PUBLISH, "headers": ANY, "key": pair.editor}
    answer = pair.patch("/v1/verdicts/w?publish=references", **sent)
    assert refused(answer) == UNSEEN
    assert '"v"' in answer.json()["detail"]
    assert pair.get(PATH).status == 404


def test_without_four_eyes_one_is_enough(http: Newsroom) -> None:
    assert http.put("/v1/claims/subject", json=SUBJECT, key=http.editor).status == 201
    assert http.put(PATH, json=DRAFT | PUBLISH, key=http.editor).status == 201


def verdict(number: int, status: str, key: str, **body: object) -> Json:
    """Return a line of a verdict's history."""
    instant = f"2022-02-16T18:0{number}:00Z"
    line = {"type": "verdict", "id": "v", "revision": number, "recorded_at": instant}
    return line | {"status": status, "recorded_by": {"key": key}, "body": RATED | body}


@pytest.mark.parametrize(
    ("history", "faulty"),
    [
        ([verdict(1, "draft", "a"), verdict(2, "published", "b")], []),
        ([verdict(1, "draft", "a"), verdict(2, "published", "b", published_at="2022")], []),
        ([verdict(1, "draft", "a"), verdict(2, "published", "a")], [3]),
        ([verdict(1, "published", "a")], [2]),
        (
            [verdict(1, "draft", "a"), verdict(2, "in_review", "b"), verdict(3, "published", "a")],
            [4],
        ),
        (
            [verdict(1, "draft", "a"), verdict(2, "in_review", "b"), verdict(3, "published", "b")],
            [],
        ),
        ([verdict(1, "draft", "a"), verdict(2, "published", "b", title="x")], [3]),
        (
            [verdict(1, "draft", "a"), verdict(2, "published", "b"), verdict(3, "retracted", "b")],
            [],
        ),
        (
            [
                verdict(1, "draft", "a"),
                verdict(2, "published", "b"),
                verdict(3, "withheld", "b"),
                verdict(4, "published", "b"),
            ],
            [5],
        ),
    ],
)
def test_importing_is_no_way_round(
    variant: Variant, empty: Empty, history: list[Json], faulty: list[int]
) -> None:
    empty()
    answer = take(variant(four_eyes=True), LINE, *history)
    found = [one["line"] for one in answer.json().get("errors", [])]
    assert found == faulty
    assert {one["code"] for one in answer.json().get("errors", [])} <= {"unseen"}


def test_what_was_written_under_four_eyes_moves_house(
    pair: Newsroom, empty: Empty, cms: str
) -> None:
    published(pair)
    assert change(pair, cms, actor="Ann", status="draft", summary="New.").status == 200
    assert change(pair, cms, actor="Bea", **PUBLISH, **WHY).status == 200
    lines = give(pair, "?history=true", pair.admin)
    empty()
    assert take(pair, *lines).status == 200


def test_a_purge_makes_a_draft_nobody_elses(pair: Newsroom, empty: Empty) -> None:
    assert change(pair, pair.editor, summary="Ours.").status == 200
    assert purge(pair, PATH, 1).status == 204
    assert refused(change(pair, pair.editor, **PUBLISH)) == UNSEEN
    assert change(pair, pair.admin, **PUBLISH).status == 200
    lines = give(pair, "?history=true", pair.admin)
    empty()
    assert take(pair, *lines).status == 200


def test_a_purge_makes_a_draft_published_along_nobody_elses(pair: Newsroom) -> None:
    assert change(pair, pair.editor, summary="Ours.").status == 200
    assert purge(pair, PATH, 1).status == 204
    successor = DRAFT | {"supersedes": "v"}
    assert pair.put("/v1/verdicts/w", json=successor, key=pair.admin).status == 201
    sent = {"json": PUBLISH, "headers": ANY, "key": pair.editor}
    answer = pair.patch("/v1/verdicts/w?publish=references", **sent)
    assert refused(answer) == UNSEEN


def test_what_two_published_and_one_purged_moves_house(pair: Newsroom, empty: Empty) -> None:
    published(pair)
    assert change(pair, pair.editor, status="retracted", **WHY).status == 200
    assert purge(pair, PATH, 2).status == 204
    lines = give(pair, "?history=true", pair.admin)
    empty()
    assert take(pair, *lines).status == 200


def test_what_one_drafted_and_another_rewrote_moves_house_purged(
    pair: Newsroom, empty: Empty, cms: str
) -> None:
    assert change(pair, pair.admin, summary="Better.").status == 200
    assert purge(pair, PATH, 1).status == 204
    assert change(pair, cms, **PUBLISH).status == 200
    lines = give(pair, "?history=true", pair.admin)
    empty()
    assert take(pair, *lines).status == 200


def test_whoever_wrote_what_was_purged_may_have_written_the_draft(pair: Newsroom, cms: str) -> None:
    assert change(pair, pair.admin, status="in_review").status == 200
    assert purge(pair, PATH, 1).status == 204
    for key in (pair.editor, pair.admin):
        assert refused(change(pair, key, **PUBLISH)) == UNSEEN
    assert change(pair, cms, **PUBLISH).status == 200
