"""What every answer tells browsers, whatever it answers to whom."""

import pytest

from service.running.protection import FIELDS, NOTHING, POLICY
from tests.contract import Operation
from tests.newsroom import Answer, Newsroom
from tests.test_contract import CONTRACT, every_operation

PLACES = {"{id}": "truth", "{n}": "1", "{code}": "gone", "{path}": "start.js"}


def address(operation: Operation) -> str:
    """Return an address of an operation at which there is something."""
    path = operation.path
    for name, place in PLACES.items():
        path = path.replace(name, place)
    return path


def policy(answer: Answer) -> str:
    """Return the policy of an answer that has all of the fields, each once."""
    names = [name for name, _ in answer.headers]
    for name, value in FIELDS:
        assert answer.headers[name] == value
        assert names.count(name) == 1
    assert names.count(POLICY) == 1
    assert "Server" not in names
    return answer.headers[POLICY]


@every_operation
def test_every_operation_is_protected_whoever_asks(http: Newsroom, operation: Operation) -> None:
    for key in (None, http.desk, http.admin, "unknown"):
        answer = http.request(operation.method, address(operation), key=key)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        assert (policy(answer) == NOTHING) != is_page


@pytest.mark.parametrize("path", sorted({address(one) for one in CONTRACT.operations}))
def test_every_address_is_protected_by_other_methods_too(http: Newsroom, path: str) -> None:
    for method in ("HEAD", "OPTIONS", "TRACE", "NEVER"):
        assert policy(http.request(method, path))


@pytest.mark.parametrize("path", ["/never", "/v1/never", "/v1/claims/never", "/v1/claims?x=1"])
def test_what_is_not_there_is_protected(http: Newsroom, path: str) -> None:
    assert policy(http.get(path)) == NOTHING


def test_the_page_for_people_runs_its_own_scripts_and_stands_in_no_frame(http: Newsroom) -> None:
    found = dict(part.split(" ", 1) for part in policy(http.get("/docs")).split("; "))
    assert found["script-src"] == "'self'"
    nothing = {"default-src", "base-uri", "form-action", "frame-ancestors"}
    assert {name for name, sources in found.items() if sources == "'none'"} == nothing


def test_nobody_is_bound_to_https_by_a_service_that_does_not_speak_it(http: Newsroom) -> None:
    headers = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" not in http.get("/v1/claims", headers=headers).headers
