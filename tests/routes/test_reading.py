"""One record as it is now: its headers, some of its fields, what it refers to."""

from typing import Any

import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import delete, draft, publish, put, refused, revise

ADDRESSES = [
    "/",
    "/openapi.yaml",
    "/openapi.json",
    "/docs",
    "/docs/start.js",
    "/problems",
    "/problems/gone",
    "/livez",
    "/readyz",
    "/v1/export",
    "/v1/export?history=true",
    "/v1/claims",
    "/v1/claims?count=true&expand=verdicts",
    "/v1/claims/c",
    "/v1/claims/c?expand=claims",
    "/v1/claims/c?fields=text",
    "/v1/claims/c/revisions",
    "/v1/claims/c/revisions/1",
    "/v1/claims/c/revisions/2/diff",
    "/v1/claims/never",
    "/v1/claims?nonsense=1",
    "/never",
]
VARYING = {"Date", "X-Request-Id", "Content-Length", "Last-Modified"}
"""Headers that differ between two answers, or need not be computed for HEAD.

Last-Modified moves by a second once the second of the revision has passed.
"""


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_is_get_without_the_body(http: Newsroom, path: str) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    revise(http, "/v1/claims/c", text="y", note="n", reason="typo")
    get, head = http.get(path), http.request("HEAD", path)
    assert (head.status, head.body) == (get.status, b"")
    for answer in (get, head):
        for name in VARYING:
            answer.headers.pop(name, None)
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/v1/{c}", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/v1/{c}/x", {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}),
        ("/v1/{c}/x/revisions", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/v1/{c}/x/revisions/1", {"GET", "HEAD", "OPTIONS", "DELETE"}),
        ("/v1/{c}/x/revisions/1/diff", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_options_says_what_an_address_takes(
    http: Newsroom, sample: Sample, path: str, allow: set[str]
) -> None:
    answer = http.request("OPTIONS", path.format(c=f"{sample.kind}s"))
    assert (answer.status, answer.body) == (200, b"")
    assert set(answer.headers["Allow"].split(", ")) == allow
    taken = "application/json, application/merge-patch+json, application/json-patch+json"
    assert answer.headers.get("Accept-Patch") == (taken if "PATCH" in allow else None)


@pytest.mark.parametrize("path", ["/v1/claims/x", "/v1/import", "/livez"])
def test_options_needs_no_key(http: Newsroom, path: str) -> None:
    assert http.request("OPTIONS", path).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/v1/claims"), ("POST", "/v1/claims/x"), ("DELETE", "/"), ("GET", "/v1/import"),
     ("PUT", "/v1/claims/x/revisions/1")],
)  # fmt: skip
def test_a_method_that_an_address_does_not_take_is_refused(
    http: Newsroom, method: str, path: str
) -> None:
    answer = http.request(method, path)
    assert refused(answer) == (405, "method-not-allowed")
    assert "OPTIONS" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/articles", "/v1//claims", "/v1/claims/x/y", "/claims", "/v1/Claims"],
)  # fmt: skip
def test_there_is_nothing_at_other_addresses(http: Newsroom, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
        assert http.request(method, path, key=http.editor).status == 404


@pytest.mark.parametrize("path", ["/v1/claims/", "/v1/scales/truth/", "/livez/", "/problems/"])
def test_a_slash_at_the_end_is_passed_over(http: Newsroom, path: str) -> None:
    assert http.get(path).status == 200


def test_a_record_comes_with_what_caches_and_editors_need(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    answer = http.get(sample.path)
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Vary"] == "Authorization, Accept, Accept-Datetime"
    assert f'<{sample.path}/revisions>; rel="version-history"' in answer.headers["Link"]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Last-Modified"].endswith(" GMT")


def test_what_a_key_reads_is_for_no_shared_cache(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    for path in ("", "/revisions/1"):
        answer = http.get(sample.path + path, key=http.desk)
        assert answer.headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_what_is_not_there_is_404(http: Newsroom, sample: Sample, method: str) -> None:
    answer = http.request(method, sample.path, key=http.editor, json={})
    assert refused(answer) == (404, "not-found")


def test_a_draft_looks_like_an_id_that_never_was(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    there, never = http.get(sample.path), http.get(f"{sample.collection}/two")
    for answer in (there, never):
        answer.headers.pop("X-Request-Id")
    assert dict(there.headers) == dict(never.headers)
    same = {"instance": "", "detail": ""}
    assert there.json() | same == never.json() | same


def test_only_the_fields_asked_for_are_given(http: Newsroom, sample: Sample) -> None:
    publish(http, sample, external_ids={"cms": "1", "wiki": "2"})
    answer = http.get(f"{sample.path}?fields=revision,external_ids.cms")
    assert answer.json() == {"revision": 1, "external_ids": {"cms": "1"}}
    assert answer.headers["ETag"] != '"1"'


def test_each_choice_of_fields_has_its_own_tag(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    queries = ("", "?fields=id", "?fields=id,type", f"?expand={sample.kind}s")
    tags = [http.get(sample.path + query).headers["ETag"] for query in queries]
    assert len(set(tags)) == len(queries)
    for query, tag in zip(queries, tags, strict=True):
        assert http.get(sample.path + query, headers={"If-None-Match": tag}).status == 304
        assert (
            http.patch(sample.path, json={}, key=http.editor, headers={"If-Match": tag}).status
            == 200
        )


def test_a_path_of_fields_goes_through_lists(http: Newsroom) -> None:
    claim = {
        "text": "x",
        "attribution": [{"source_id": "s", "verb": "said"}],
        "status": "published",
    }
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    put(http, "/v1/claims/c", claim)
    answer = http.get("/v1/claims/c?fields=attribution.verb")
    assert answer.json() == {"attribution": [{"verb": "said"}]}


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("fields", "statsu", '"status"'),
        ("fields", "qqq", "id"),
        ("fields", "note", ""),
        ("fields", ",", ""),
        ("expand", "claim", '"claims"'),
        ("expand", "qqq", "claims"),
        ("as_of", "yesterday", "2022-02-17T00:00:00Z"),
    ],
)
def test_a_value_that_is_not_known_is_answered_with_one_that_is(
    http: Newsroom, sample: Sample, name: str, value: str, hint: str
) -> None:
    publish(http, sample)
    answer = http.get(f"{sample.path}?{name}={value}")
    assert refused(answer) == (400, "invalid-query")
    assert list(answer.codes) == [name]
    assert hint in answer.json()["errors"][0]["detail"]


def test_a_verdict_comes_with_what_it_refers_to(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    put(http, "/v1/claims/c", {"text": "x", "language": "en", "status": "published"})
    sent: dict[str, Any] = {"claim_id": "c", "scale_id": "truth", "rating": "true"}
    put(http, "/v1/verdicts/v", sent | {"evidence": [{"source_id": "s"}], "status": "published"})
    expanded = http.get("/v1/verdicts/v?expand=claims,sources,scales").json()["expanded"]
    assert {name: list(found) for name, found in expanded.items()} == {
        "claims": ["c"],
        "sources": ["s"],
        "scales": ["truth"],
    }
    assert expanded["claims"]["c"] == http.get("/v1/claims/c").json()


def test_a_claim_comes_with_its_verdicts_that_the_reader_may_see(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "language": "en", "status": "published"})
    rated = {"claim_id": "c", "scale_id": "truth", "rating": "true"}
    put(http, "/v1/verdicts/public", rated | {"status": "published"})
    put(http, "/v1/verdicts/draft", rated)
    put(http, "/v1/verdicts/gone", rated)
    delete(http, "/v1/verdicts/gone")
    for key, ids in ((None, ["public"]), (http.desk, ["draft", "public"])):
        for path in ("/v1/claims/c?expand=verdicts", "/v1/claims?expand=verdicts"):
            assert list(http.get(path, key=key).json()["expanded"]["verdicts"]) == ids


def test_a_record_that_is_gone_is_shown_as_gone(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    put(
        http,
        "/v1/claims/c",
        {"text": "x", "attribution": [{"source_id": "s"}], "status": "published"},
    )
    delete(http, "/v1/sources/s")
    for key in (None, http.desk):
        found = http.get("/v1/claims/c?expand=sources", key=key).json()
        assert found["expanded"] == {"sources": {"s": {"gone": True}}}


def test_what_comes_along_is_part_of_the_tag(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    put(
        http,
        "/v1/claims/c",
        {"text": "x", "attribution": [{"source_id": "s"}], "status": "published"},
    )
    before = http.get("/v1/claims/c?expand=sources").headers["ETag"]
    revise(http, "/v1/sources/s", title="y", note="n", reason="typo")
    after = http.get("/v1/claims/c?expand=sources").headers["ETag"]
    assert before.startswith('"1-expand-')
    assert after.startswith('"1-expand-')
    assert before != after


def test_expansion_alone_can_be_asked_for(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    found = http.get(f"{sample.path}?fields=expanded&expand={sample.kind}s").json()
    assert found == {"expanded": {f"{sample.kind}s": {}}}


def test_what_was_expanded_can_be_sent_back(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    read = http.get(f"{sample.path}?expand=claims,verdicts", key=http.editor)
    tag = {"If-Match": read.headers["ETag"]}
    answer = http.put(sample.path, json=read.json(), key=http.editor, headers=tag)
    assert (answer.status, answer.headers["ETag"]) == (200, '"1"')


def test_what_is_kept_is_given_back_to_the_letter(http: Newsroom, sample: Sample) -> None:
    odd = '\u2028 "q" \\ / \u0001 é 😀 <script>'
    made = draft(http, sample, **{sample.member: odd}, internal={"n": [1.5, -0.0, 1e15, None]})
    assert made[sample.member] == odd
    assert http.get(sample.path, key=http.desk).json()["internal"] == {"n": [1.5, 0, 1e15, None]}
