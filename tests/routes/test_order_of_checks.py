"""A request that breaks several rules is told the first, in the order that section 5 states."""

from typing import Any, Final, NamedTuple

import pytest

from tests.kinds.smallest import Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, publish, put, refused, revise


class Rule(NamedTuple):
    """One check: what it answers, and the parts of a request that breaks it or keeps it."""

    status: int
    code: str
    broken: dict[str, Any]
    kept: dict[str, Any]


class Door(NamedTuple):
    """A way in: method, what follows the record's path, and the rules in their order."""

    method: str
    after: str
    rules: tuple[Rule, ...]


JSON: Final = "application/json"
LARGE: Final = b'{"text": "' + b"x" * (1024 * 1024) + b'"}'

METHOD: Final = Rule(405, "method-not-allowed", {"method": "TRACE"}, {})
NO_KEY: Final = Rule(401, "unauthorized", {"key": None}, {})
WRONG_KEY: Final = Rule(401, "unauthorized", {"key": "unknown"}, {"key": None})
SCOPE: Final = Rule(403, "forbidden", {"key": "reader"}, {"key": "desk"})
QUERY: Final = Rule(400, "invalid-query", {"query": "?nonsense=1&status=published"}, {})
GONE: Final = Rule(410, "gone", {"id": "gone"}, {"id": "one"})
ABSENT: Final = Rule(404, "not-found", {"id": "never"}, {"id": "one"})
STATE: Final = Rule(
    403,
    "publish-required",
    {"query": "?status=published", "key": "desk"},
    {"query": "", "key": "editor"},
)
DELETION: Final = Rule(403, "forbidden", {"key": "desk"}, {"key": "editor"})
ACCEPT: Final = Rule(406, "not-acceptable", {"accept": "image/png"}, {"accept": JSON})
TYPE: Final = Rule(415, "unsupported-media-type", {"type": "text/plain"}, {"type": JSON})
SIZE: Final = Rule(413, "body-too-large", {"data": LARGE}, {})
SYNTAX: Final = Rule(400, "malformed-json", {"data": b"{"}, {})
MATCH: Final = Rule(428, "precondition-required", {"tag": None}, {})
FRESH: Final = Rule(412, "precondition-failed", {"tag": '"1"'}, {"tag": '"2"'})
FORM: Final = Rule(422, "invalid-record", {"data": b'{"nonsense": 1}'}, {})
CURSOR: Final = Rule(400, "invalid-cursor", {"query": "?cursor=nonsense"}, {"query": ""})

WHO: Final = (METHOD, NO_KEY, SCOPE, QUERY)
BODY: Final = (ACCEPT, TYPE, SIZE, SYNTAX)
DOORS: Final = {
    "PUT": Door("PUT", "/{id}", (*WHO, GONE, STATE, *BODY, MATCH, FRESH, FORM)),
    "PATCH": Door("PATCH", "/{id}", (*WHO, ABSENT, STATE, *BODY, MATCH, FRESH, FORM)),
    "DELETE": Door("DELETE", "/{id}", (*WHO, GONE, DELETION, MATCH, FRESH)),
    "restore": Door("POST", "/{id}/revisions", (*WHO, ABSENT, STATE, *BODY, MATCH, FRESH, FORM)),
    "POST": Door("POST", "", (*WHO, STATE, *BODY, FORM)),
    "GET": Door("GET", "/{id}", (METHOD, WRONG_KEY, QUERY, GONE, ACCEPT)),
    "revisions": Door("GET", "/{id}/revisions", (METHOD, WRONG_KEY, QUERY, GONE, ACCEPT)),
    "revision": Door("GET", "/{id}/revisions/1", (METHOD, WRONG_KEY, QUERY, ABSENT, ACCEPT)),
    "diff": Door("GET", "/{id}/revisions/2/diff", (METHOD, WRONG_KEY, QUERY, GONE, ACCEPT)),
    "list": Door("GET", "", (METHOD, WRONG_KEY, QUERY, CURSOR, ACCEPT)),
}


def request_of(door: Door, first: int) -> dict[str, Any]:
    """Return the parts of a request that breaks the rule `first` and all that follow it."""
    parts: dict[str, Any] = {"method": door.method, "id": "one", "query": "", "tag": None}
    for rule in door.rules[:first]:
        parts |= rule.kept
    for rule in reversed(door.rules[first:]):
        parts |= rule.broken
    return {"accept": JSON, "type": JSON, "data": b""} | parts


def send(http: Newsroom, sample: Sample, door: Door, parts: dict[str, Any]) -> Answer:
    """Send a request made of parts."""
    headers = {"Accept": parts["accept"], "Content-Type": parts["type"]}
    if parts["tag"]:
        headers["If-Match"] = parts["tag"]
    path = sample.collection + door.after.format(id=parts["id"]) + parts["query"]
    return http.request(
        parts["method"], path, key=parts["key"], headers=headers, data=parts["data"]
    )


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_of_several_rules_broken_the_first_is_told(
    http: Newsroom, sample: Sample, reader: str, door: Door
) -> None:
    for identifier in ("one", "gone"):
        put(http, f"{sample.collection}/{identifier}", sample.public())
        revise(http, f"{sample.collection}/{identifier}", **{sample.member: "Changed"}, **WHY)
    delete(http, f"{sample.collection}/gone")
    keys = {"reader": reader, "desk": http.desk, "editor": http.editor}
    requests = [request_of(door, first) for first in range(len(door.rules))]
    keyed = [parts | {"key": keys.get(parts["key"], parts["key"])} for parts in requests]
    told = [refused(send(http, sample, door, parts)) for parts in keyed]
    assert told == [(rule.status, rule.code) for rule in door.rules]


def test_what_the_body_wants_published_is_refused_before_what_is_wrong_with_it(
    http: Newsroom, sample: Sample
) -> None:
    publish(http, sample)
    sent = {"status": "published", "nonsense": 1}
    for method in ("PUT", "PATCH"):
        for headers in ({}, {"If-Match": '"7"'}, {"If-Match": '"1"'}):
            answer = http.request(method, sample.path, json=sent, key=http.desk, headers=headers)
            assert refused(answer) == (403, "publish-required")
    taken = http.post(sample.collection, json=sent | {"id": "one"}, key=http.desk)
    assert refused(taken) == (403, "publish-required")


def test_what_is_said_twice_is_told_before_the_revision_that_is_not_named(
    http: Newsroom, sample: Sample
) -> None:
    publish(http, sample)
    path, sent = f"{sample.path}?note=One", sample.public(note="Two")
    for method in ("PUT", "PATCH"):
        answer = http.request(method, path, json=sent, key=http.editor)
        assert refused(answer) == (400, "invalid-query")


def test_a_taken_id_is_told_before_anything_wrong_with_the_record(
    http: Newsroom, sample: Sample
) -> None:
    publish(http, sample)
    sent = {"id": "one", "nonsense": 1}
    answer = http.post(sample.collection, json=sent, key=http.desk)
    assert refused(answer) == (409, "id-exists")
