"""The rules of a single write bind a line of an import: the same faults at the same places."""

import pytest

from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, delete, put, revise
from tests.routes.bulk import OVER, send

PASTS: dict[str, list[Json]] = {
    "new": [],
    "draft": [{}],
    "published": [{"status": "published"}],
    "drafted over": [{"status": "published"}, {"status": "draft", "context": "later"}],
    "retracted": [{"status": "published"}, {"status": "retracted", **WHY}],
    "withheld": [{"status": "published"}, {"status": "withheld", **WHY}],
    "deleted": [{"status": "published"}],
}
TEXT: Json = {"text": "Other"}
CLAIMS: dict[str, Json] = {
    "sound": TEXT,
    "empty": {},
    "published": TEXT | {"status": "published"},
    "explained": TEXT | {"status": "published", **WHY},
    "half explained": TEXT | {"status": "published", "note": "x"},
    "retracted": TEXT | {"status": "retracted", **WHY},
    "withheld": TEXT | {"status": "withheld", **WHY},
    "unexplained": TEXT | {"status": "withheld"},
    "no status": TEXT | {"status": "secret"},
    "for verdicts": TEXT | {"status": "in_review"},
    "unknown member": TEXT | {"txt": 1},
    "wrong types": {"text": 1, "topics": {}, "claimant": [], "internal": 5},
    "bad note": TEXT | {"note": "", "reason": "whim", "actor": 5},
    "to nothing": TEXT | {"attribution": [{"source_id": "never"}]},
    "to a draft": TEXT | {"attribution": [{"source_id": "draft"}], "status": "published", **WHY},
    "to a tombstone": TEXT | {"attribution": [{"source_id": "gone"}, {"source_id": "!"}]},
    "faulty and to nothing": {"claimant": {"source_id": "never"}, "language": "!"},
    "to itself": TEXT | {"relations": [{"type": "repeats", "claim_id": "self"}]},
    "raw": TEXT | {"origin": {"raw": 5}},
    "upside down": TEXT | {"about": {"from": "2023", "to": "2022"}},
}
PAIRS = [
    (what, past)
    for what in CLAIMS
    for past in PASTS
    if past != "new" or what not in {"retracted", "withheld"}
]
"""All but what an import alone may do: begin as another server has it, where it is said why."""

VERDICTS: dict[str, Json] = {
    "unrated": {"claim_id": "known", "status": "published"},
    "unknown rating": {"claim_id": "known", "scale_id": "truth", "rating": "x"},
    "rated by nothing": {"claim_id": "known", "scale_id": "never", "rating": "x"},
    "of a draft": {"claim_id": "hidden", "scale_id": "truth", "rating": "true",
                   "status": "published"},
    "to come": {"claim_id": "known", "published_at": "2999"},
}  # fmt: skip
SCALES: dict[str, Json] = {
    "fewer": {"name": "x", "ratings": [{"key": "a"}], "status": "published", **WHY},
    "more": {"name": "x", "ratings": [{"key": k} for k in "abc"], "status": "published", **WHY},
}


@pytest.fixture
def around(http: Newsroom) -> Newsroom:
    """Write what the lines refer to."""
    put(http, "/v1/sources/draft", {"title": "x"})
    put(http, "/v1/sources/gone", {"title": "x", "status": "published"})
    delete(http, "/v1/sources/gone")
    put(http, "/v1/claims/known", {"text": "x", "status": "published"})
    put(http, "/v1/claims/hidden", {"text": "x"})
    return http


def live(http: Newsroom, path: str, past: str) -> None:
    """Let a claim have a past."""
    for number, change in enumerate(PASTS[past]):
        if number:
            revise(http, path, **change)
        else:
            put(http, path, {"text": "x"} | change)
    if past == "deleted":
        delete(http, path)


def of_single(answer: Answer) -> set[tuple[str, str]]:
    """Return the codes of a single write, by place: of a problem without any its own."""
    if answer.status < 400:
        return set()
    found = answer.json()
    return {(one["pointer"], one["code"]) for one in found.get("errors", [])} or {
        ("", found["code"])
    }


def of_line(answer: Answer) -> set[tuple[str, str]]:
    """Return the codes of a line, by place: that of a problem has no place in a single write."""
    if answer.status < 400:
        return set()
    whole = {"publish-required", "gone", "not-found", "precondition-failed", "four-eyes"}
    whole |= {"precondition-required", "forbidden"}
    return {
        ("" if one["code"] in whole else one["pointer"], one["code"])
        for one in answer.json()["errors"]
    }


def about(sent: Json, identifier: str) -> Json:
    """Return what is sent of a record; where it has relations, they are with itself."""
    of_itself = {"relations": [{"type": "repeats", "claim_id": identifier}]}
    return sent | (of_itself if "relations" in sent else {})


def compared(
    http: Newsroom, kind: str, sent: Json, key: str, headers: dict[str, str], **own: object
) -> None:
    """Write the same by a line and by a request of its own, and compare what is told."""
    path = f"/v1/{kind}s/one"
    by_request = http.put(path, json=about(sent, "one"), key=key, headers=headers)
    line = about(sent, "two") | {"type": kind, "id": "two"} | own
    by_line = send(http, line, query=OVER, key=key)
    assert of_line(by_line) == of_single(by_request), (by_line.text, by_request.text)


@pytest.mark.parametrize("scope", ["desk", "editor"])
@pytest.mark.parametrize(("what", "past"), PAIRS)
def test_a_line_is_refused_as_a_single_write_is(
    around: Newsroom, what: str, past: str, scope: str
) -> None:
    for letter in ("one", "two"):
        live(around, f"/v1/claims/{letter}", past)
    headers = {} if past == "new" else ANY
    compared(around, "claim", CLAIMS[what], getattr(around, scope), headers)


@pytest.mark.parametrize("what", VERDICTS)
def test_a_verdict_is_refused_as_a_single_write_is(around: Newsroom, what: str) -> None:
    compared(around, "verdict", VERDICTS[what], around.editor, {})


@pytest.mark.parametrize("what", SCALES)
def test_a_published_scale_loses_no_rating_by_a_line(around: Newsroom, what: str) -> None:
    for letter in ("one", "two"):
        ratings = [{"key": "a"}, {"key": "b"}]
        put(
            around, f"/v1/scales/{letter}", {"name": "x", "ratings": ratings, "status": "published"}
        )
    compared(around, "scale", SCALES[what], around.editor, ANY)


@pytest.mark.parametrize(
    "change",
    [
        {"revision": 7}, {"revision": "1"}, {"created_at": "2022-02-16T00:00:00Z"},
        {"updated_at": "x"}, {"recorded_by": {"key": "desk"}}, {"recorded_by": {}},
        {"recorded_by": {"key": "editor", "actor": "x"}}, {"recorded_by": 1},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_service_sets_is_compared_where_a_line_names_its_revision(
    around: Newsroom, change: Json
) -> None:
    for letter in ("one", "two"):
        put(around, f"/v1/claims/{letter}", {"text": "x"})
    compared(around, "claim", TEXT | change, around.editor, {"If-Match": '"1"'}, if_revision=1)


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("scope", ["desk", "editor"])
def test_a_deletion_is_refused_as_a_single_one_is(
    around: Newsroom,
    scope: str,
    public: bool,  # noqa: FBT001
) -> None:
    status = "published" if public else "draft"
    key = getattr(around, scope)
    for letter in ("one", "two"):
        put(around, f"/v1/claims/{letter}", {"text": "x", "status": status})
    by_request = around.delete("/v1/claims/one", key=key, headers=ANY)
    by_line = send(around, {"type": "claim", "id": "two", "op": "delete"}, query=OVER, key=key)
    assert of_line(by_line) == of_single(by_request)


@pytest.mark.parametrize("patch", [
    {"text": None}, {"context": "x"}, {"status": "published"}, {"status": "withheld"},
    {"claimant": {"name": 5}}, {"topics": ["x"], "note": "y"}, {"nothing": 1}, {"internal": None},
], ids=str)  # fmt: skip
@pytest.mark.parametrize("past", PASTS)
def test_a_patch_is_refused_as_a_single_one_is(around: Newsroom, patch: Json, past: str) -> None:
    for letter in ("one", "two"):
        live(around, f"/v1/claims/{letter}", past)
    by_request = around.patch("/v1/claims/one", json=patch, key=around.desk, headers=ANY)
    line = patch | {"type": "claim", "id": "two", "op": "patch"}
    by_line = send(around, line, query=OVER, key=around.desk)
    assert of_line(by_line) == of_single(by_request), (by_line.text, by_request.text)
