"""A record's revisions: their list, one of them, its proof, and what differs between two."""

import base64
import hashlib
from itertools import product

import orjson
import pytest
import rfc8785

from service.documents import patches
from tests.kinds.smallest import Json, Sample
from tests.links import Links
from tests.newsroom import Newsroom
from tests.routes.acts import (
    SERVER_SET,
    WHY,
    delete,
    draft,
    publish,
    put,
    refused,
    restore,
    revise,
)

MERGE = "application/merge-patch+json"
FIELDS = {
    "revision",
    "recorded_at",
    "note",
    "reason",
    "status",
    "sha256",
    "salt",
    "self",
    "body",
}


def life(http: Newsroom, sample: Sample) -> None:
    """Write a record of six revisions, of which 2, 3 and 4 are public, 5 a tombstone."""
    origin = {"url": "https://x.example/", "raw": {"é": [1.5, "\u2028"]}}
    draft(http, sample, **sample.rated, internal={"tip": "x"}, origin=origin)
    revise(http, sample.path, status="published", external_ids={"cms": "1"})
    revise(http, sample.path, external_ids={"cms": "2", "wiki": "1"}, **WHY)
    revise(http, sample.path, external_ids=None, status="retracted", **WHY)
    delete(http, sample.path)
    restore(http, sample.path, 4, status="published", **WHY)


def lines(http: Newsroom, path: str, key: str | None = None, query: str = "") -> list[Json]:
    """Return the lines of a history."""
    return http.get(f"{path}/revisions{query}", key=key).json()["items"]


def test_a_history_is_told_from_its_beginning(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    told = lines(http, sample.path, http.desk)
    assert [line["revision"] for line in told] == [1, 2, 3, 4, 5, 6]
    expected = ["draft", "published", "published", "retracted", "deleted", "published"]
    assert [line["status"] for line in told] == expected
    assert [line["note"] for line in told] == [None, None, *[WHY["note"]] * 4]
    assert sorted(line["recorded_at"] for line in told) == [line["recorded_at"] for line in told]
    assert {frozenset(line) for line in told} == {frozenset(FIELDS | {"recorded_by"})}


def test_the_public_is_told_the_public_part(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    told = lines(http, sample.path)
    assert [line["revision"] for line in told] == [2, 3, 4, 5, 6]
    assert {frozenset(line) for line in told} == {frozenset(FIELDS)}
    assert "internal" not in str(told)
    assert "raw" not in str(told)


@pytest.mark.parametrize("who", ["public", "desk"])
def test_each_line_holds_the_record_as_it_read_then(
    http: Newsroom,
    sample: Sample,
    who: str,
) -> None:
    life(http, sample)
    key = getattr(http, who, None)
    for line in lines(http, sample.path, key):
        answer = http.get(line["self"], key=key)
        if line["body"] is None:
            assert (refused(answer), line["status"]) == ((410, "gone"), "deleted")
        else:
            body = answer.json()
            assert body == line["body"] | {"updated_at": line["recorded_at"]}
            assert body == body | {name: line[name] for name in ("revision", "status")}


@pytest.mark.parametrize("who", ["public", "desk"])
def test_everyone_can_check_the_hash_of_every_revision(
    http: Newsroom,
    sample: Sample,
    who: str,
) -> None:
    life(http, sample)
    key = getattr(http, who, None)
    for line in lines(http, sample.path, key):
        body = {k: v for k, v in (line["body"] or {}).items() if k not in SERVER_SET | {"internal"}}
        if key and "origin" in body:
            del body["origin"]["raw"]
        said = {name: line[name] for name in ("status", "note", "reason") if line[name]}
        salted = bytes.fromhex(line["salt"]) + rfc8785.dumps(body | said)
        assert hashlib.sha256(salted).hexdigest() == line["sha256"]


def test_the_scale_that_came_with_the_service_can_be_checked_too(http: Newsroom) -> None:
    (line,) = lines(http, "/v1/scales/truth")
    body = {name: part for name, part in line["body"].items() if name not in SERVER_SET}
    salted = bytes.fromhex(line["salt"]) + rfc8785.dumps(body | {"status": "published"})
    assert hashlib.sha256(salted).hexdigest() == line["sha256"]


def test_no_two_revisions_have_the_same_salt(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    told = lines(http, sample.path, http.desk)
    assert len({line["salt"] for line in told}) == len({line["sha256"] for line in told}) == 6
    assert {len(line["salt"]) for line in told} == {32}


@pytest.mark.parametrize("who", ["public", "desk"])
def test_a_history_is_read_in_pages(
    http: Newsroom,
    sample: Sample,
    who: str,
) -> None:
    life(http, sample)
    key = getattr(http, who, None)
    path, seen = f"{sample.path}/revisions?limit=2&fields=revision", []
    while path and len(seen) < 10:
        answer = http.get(path, key=key)
        seen += [line["revision"] for line in answer.json()["items"]]
        path = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{path}>; rel="next"' if path else None)
    assert seen == ([1, 2, 3, 4, 5, 6] if key else [2, 3, 4, 5, 6])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "invalid"),
        ("limit=x", "invalid"),
        ("cursor=0", "invalid"),
        ("cursor=x", "invalid"),
        ("fields=text", "not-a-choice"),
        ("as_of=2022", "unknown-parameter"),
    ],
)
def test_a_history_knows_its_parameters(
    http: Newsroom, sample: Sample, query: str, code: str
) -> None:
    publish(http, sample)
    answer = http.get(f"{sample.path}/revisions?{query}")
    assert (answer.status, answer.codes) == (400, {query.partition("=")[0]: code})


def test_the_lines_of_a_history_can_be_trimmed(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    told = lines(http, sample.path, query="?fields=reason,revision")
    assert told[0] == {"revision": 2, "reason": None}


def test_a_history_is_made_anew_each_time(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    answer = http.get(f"{sample.path}/revisions")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Vary"] == "Authorization, Accept"


def test_a_revision_has_a_digest_and_stays_for_a_while(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    answer = http.get(f"{sample.path}/revisions/3")
    digest = base64.b64encode(hashlib.sha256(answer.body).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["ETag"] == '"3"'


@pytest.mark.parametrize(
    ("number", "before", "after"), [(2, None, 3), (3, 2, 4), (4, 3, 6), (6, 4, None)]
)
def test_a_revision_leads_to_its_neighbours(
    http: Newsroom, number: int, before: int | None, after: int | None
) -> None:
    life(http, Sample("source", "title", {"title": "x"}))
    path = "/v1/sources/one"
    links = Links.of_header(http.get(f"{path}/revisions/{number}").headers["Link"])
    assert links.targets("version-history") == [f"{path}/revisions"]
    assert links.targets("latest-version") == [path]
    for rel, other in (("predecessor-version", before), ("successor-version", after)):
        assert links.targets(rel) == [f"{path}/revisions/{other}" for _ in range(bool(other))]


def test_a_revision_can_be_trimmed(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    answer = http.get(f"{sample.path}/revisions/3?fields=external_ids.wiki")
    assert answer.json() == {"external_ids": {"wiki": "1"}}
    assert answer.headers["ETag"] not in {'"3"', http.get(sample.path).headers["ETag"]}


@pytest.mark.parametrize("number", ["1", "7", "0", "-1", "one", "99999999999999999999"])
def test_a_revision_that_is_not_to_be_seen_is_404(
    http: Newsroom, sample: Sample, number: str
) -> None:
    life(http, sample)
    answer = http.get(f"{sample.path}/revisions/{number}")
    assert refused(answer) == (404, "not-found")


def test_the_history_of_what_never_was_is_404(http: Newsroom, sample: Sample) -> None:
    for path in ("/revisions", "/revisions/1", "/revisions/1/diff"):
        assert refused(http.get(sample.path + path)) == (404, "not-found")


@pytest.mark.parametrize("who", ["public", "desk"])
def test_a_difference_turns_one_revision_into_the_other(
    http: Newsroom,
    sample: Sample,
    who: str,
) -> None:
    life(http, sample)
    key = getattr(http, who, None)
    told = {
        line["revision"]: line["body"] for line in lines(http, sample.path, key) if line["body"]
    }
    for (first, before), (second, after) in product(told.items(), repeat=2):
        path = f"{sample.path}/revisions/{second}/diff?from={first}"
        steps = http.get(path, key=key)
        assert patches.apply(before, steps.json()) == after
        merge = http.get(path, key=key, headers={"Accept": MERGE})
        assert patches.merge(before, merge.json()) == after


def test_a_difference_starts_from_the_revision_before(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    path = f"{sample.path}/revisions"
    assert http.get(f"{path}/3/diff").json() == http.get(f"{path}/3/diff?from=2").json()
    assert http.get(f"{path}/3/diff").headers["Content-Type"] == "application/json-patch+json"


def test_a_difference_passes_over_what_cannot_be_read(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    for key in (None, http.desk):
        path = f"{sample.path}/revisions/6/diff"
        answer = http.get(path, key=key)
        assert (answer.status, answer.body) == (200, http.get(f"{path}?from=4", key=key).body)


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_lies_before_the_first_revision_that_one_sees(
    http: Newsroom, sample: Sample, number: int
) -> None:
    life(http, sample)
    key = http.desk if number == 1 else None
    answer = http.get(f"{sample.path}/revisions/{number}/diff", key=key)
    assert (answer.status, answer.codes) == (400, {"from": "required"})


def test_a_difference_to_what_one_does_not_see_is_404(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    for path in ("2/diff?from=1", "1/diff?from=2", "2/diff?from=99"):
        assert refused(http.get(f"{sample.path}/revisions/{path}")) == (404, "not-found")
    answer = http.get(f"{sample.path}/revisions/2/diff?from=x")
    assert (answer.status, answer.codes) == (400, {"from": "invalid"})


def test_a_difference_may_be_kept_for_a_while(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    for key, scope in ((None, "public"), (http.desk, "private")):
        answer = http.get(f"{sample.path}/revisions/3/diff", key=key)
        assert answer.headers["Cache-Control"] == f"{scope}, max-age=300"
        assert answer.headers["Vary"] == "Authorization, Accept"


def test_a_difference_is_told_to_people_in_words(http: Newsroom, sample: Sample) -> None:
    life(http, sample)
    path = f"{sample.path}/revisions/3/diff"
    answer = http.get(path, headers={"Accept": "text/plain"})
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "wiki" in answer.text


def test_a_merge_patch_that_cannot_say_it_is_not_acceptable(http: Newsroom, sample: Sample) -> None:
    draft(http, sample, internal={"tip": 1})
    sent = sample.draft(internal={"tip": None})
    http.put(sample.path, json=sent, key=http.desk, headers={"If-Match": "*"})
    path = f"{sample.path}/revisions/2/diff"
    answer = http.get(path, key=http.desk, headers={"Accept": MERGE})
    assert refused(answer) == (406, "not-acceptable")
    assert answer.json()["detail"][0].isupper()
    assert http.get(path, key=http.desk).status == 200


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/json-patch+json"),
        (MERGE, MERGE),
        ("text/*", "text/plain"),
        (f"{MERGE};q=0.5, text/plain", "text/plain"),
    ],
)
def test_a_difference_comes_in_the_form_that_is_liked_best(
    http: Newsroom, accept: str, given: str
) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    revise(http, "/v1/claims/c", text="y", **WHY)
    answer = http.get("/v1/claims/c/revisions/2/diff", headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == given


def test_equal_revisions_differ_in_what_the_service_sets_only(
    http: Newsroom, sample: Sample
) -> None:
    life(http, sample)
    steps = orjson.loads(http.get(f"{sample.path}/revisions/6/diff?from=4").body)
    assert {step["path"] for step in steps} == {"/revision", "/status", "/updated_at"}
