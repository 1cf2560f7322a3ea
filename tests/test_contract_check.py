"""What `Contract.check` lets through and what it finds out."""

from pathlib import Path

import orjson
import pytest

from tests.contract import PROBLEM, Contract, Node

CONTRACT = Contract.load(Path(__file__).parent.parent / "openapi.yaml")
EXAMPLES: Node = CONTRACT.document["components"]["examples"]
JSON = [("Content-Type", "application/json"), ("X-Request-Id", "1")]


def test_an_answer_of_the_contract_passes() -> None:
    CONTRACT.check("GET", "/livez?x=1", 200, JSON, b'{"status": "ok"}')
    CONTRACT.check("HEAD", "/livez/", 200, JSON, b"")


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (("GET", "/livez", 200, JSON, b'{"status": "away"}'), "is not one of"),
        (("GET", "/livez", 200, JSON[:1], b'{"status": "ok"}'), "X-Request-Id is missing"),
        (("GET", "/livez", 200, JSON[1:], b'{"status": "ok"}'), "no type"),
        (("GET", "/livez", 418, JSON, b"{}"), "does not have this status"),
        (("HEAD", "/livez", 200, JSON, b"x"), "a body where none belongs"),
        (("GET", "/livez", 405, JSON, b"{}"), "takes"),
        (("POST", "/livez", 200, JSON, b"{}"), "takes"),
        (("OPTIONS", "/livez", 200, [*JSON, ("Allow", "GET")], b""), "Allow has"),
        (("GET", "/nowhere", 200, JSON, b"{}"), "does not have this status"),
    ],
)
def test_an_answer_against_the_contract_is_found_out(
    answer: tuple[str, str, int, list[tuple[str, str]], bytes], complaint: str
) -> None:
    with pytest.raises(AssertionError, match=complaint):
        CONTRACT.check(*answer)


def claim(*missing: str) -> bytes:
    """Return the example of a claim without some of its members."""
    value: Node = EXAMPLES["ClaimRead"]["value"]
    return orjson.dumps({name: part for name, part in value.items() if name not in missing})


FOUND = [
    *JSON,
    ("ETag", '"1"'),
    ("Vary", "Authorization"),
    ("Cache-Control", "public, no-cache"),
    ("Last-Modified", "Wed, 16 Feb 2022 15:00:00 GMT"),
]


def test_a_record_may_lack_members_only_where_some_were_asked_for() -> None:
    CONTRACT.check("GET", "/v1/claims/a?fields=id", 200, FOUND, claim("self", "text"))
    with pytest.raises(AssertionError, match="'self' is a required property"):
        CONTRACT.check("GET", "/v1/claims/a", 200, FOUND, claim("self"))


def test_the_body_may_be_left_out_where_the_client_prefers_it() -> None:
    headers = [("X-Request-Id", "1"), ("ETag", '"2"'), ("Preference-Applied", "return=minimal")]
    CONTRACT.check("PUT", "/v1/claims/a", 204, headers, b"")


def test_a_method_that_a_path_does_not_take_is_answered_405() -> None:
    headers = [("Allow", "GET, HEAD, OPTIONS"), ("Content-Type", PROBLEM), JSON[1]]
    body = orjson.dumps(EXAMPLES["MethodNotAllowed"]["value"])
    CONTRACT.check("POST", "/livez", 405, headers, body)


def test_a_problem_with_another_status_than_its_answer_is_found_out() -> None:
    body = orjson.dumps(EXAMPLES["BadRequest"]["value"])
    with pytest.raises(AssertionError, match="the body says 400"):
        CONTRACT.check("GET", "/livez", 431, [("Content-Type", PROBLEM), JSON[1]], body)


def test_a_history_is_checked_line_by_line() -> None:
    headers = [("Content-Type", "application/x-ndjson"), ("Vary", "Authorization"), JSON[1]]
    history = EXAMPLES["History"]["value"].encode()
    CONTRACT.check("GET", "/v1/export?history=true", 200, headers, history)
    with pytest.raises(AssertionError, match="x-ndjson"):
        CONTRACT.check("GET", "/v1/export", 200, headers, history + b'{"type": "claim"}\n')
