"""The application: what it makes of settings, of addresses, and of what Flask refuses."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import BadRequest, ImATeapot, MethodNotAllowed, NotFound
from werkzeug.test import Client, EnvironBuilder

from service.app import as_problem, close, create_app
from service.records import keys
from service.settings import Settings
from tests.newsroom import Newsroom

ROUTES = {
    "/v1/claims": "/v1/claims",
    "/v1/scales/truth": "/v1/scales/{id}",
    "/v1/scales/truth/revisions/1/diff": "/v1/scales/{id}/revisions/{n}/diff",
    "/docs/start.js": "/docs/{path}",
    "/problems/gone": "/problems/{code}",
}


@pytest.fixture
def away(settings: Settings) -> Generator[Flask]:
    """Make an application whose database is not there."""
    found = create_app(replace(settings, database_url="host=127.0.0.1 port=1", deadline=1.0))
    yield found
    close(found)


def asked(app: Flask, path: str, authorization: str | None = None) -> dict[str, Any]:
    """Send a request and return its environment, in which the application left its notes."""
    headers = Headers({"Authorization": authorization} if authorization else {})
    environ = EnvironBuilder(path=path, headers=headers).get_environ()
    with closing(app(environ, lambda *_: lambda _: None)) as chunks:  # pyright: ignore[reportArgumentType]
        assert b"".join(chunks)
    return environ


@pytest.mark.parametrize("path", ROUTES)
def test_a_request_knows_its_route_without_its_variable_parts(app: Flask, path: str) -> None:
    assert asked(app, path)["factcheck.route"] == ROUTES[path]


def test_a_request_for_nothing_has_no_route(app: Flask) -> None:
    assert "factcheck.route" not in asked(app, "/never")


def test_a_request_knows_the_name_of_its_key(http: Newsroom, app: Flask) -> None:
    assert asked(app, "/v1/claims", f"Bearer {http.desk}")["factcheck.key"] == "desk"
    assert "factcheck.key" not in asked(app, "/v1/claims")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound(), "not-found"),
        (BadRequest(), "bad-request"),
        (ImATeapot(), "bad-request"),
        (MethodNotAllowed(["PUT", "GET"]), "method-not-allowed"),
        (MethodNotAllowed(), "method-not-allowed"),
    ],
    ids=["unknown", "unreadable", "other", "method", "no methods"],
)
def test_what_flask_refuses_is_a_problem_of_ours(app: Flask, error: NotFound, code: str) -> None:
    with app.test_request_context("/x"):
        assert as_problem(error).code == code


def test_the_methods_of_an_address_are_told_in_order(app: Flask) -> None:
    with app.test_request_context("/x", method="POST"):
        problem = as_problem(MethodNotAllowed(["PUT", "GET"]))
    assert problem.headers == {"Allow": "GET, PUT"}
    assert problem.detail == "POST is not for this address; it takes GET, PUT."


@pytest.mark.parametrize("path", ["/v1/claims/c", "/v1/export", "/readyz"])
def test_without_its_database_it_says_so_and_when_to_come_again(away: Flask, path: str) -> None:
    answer = Client(away).get(path)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/livez", "/", "/openapi.json", "/problems/gone"])
def test_without_its_database_it_still_answers_for_itself(away: Flask, path: str) -> None:
    assert Client(away).get(path).status_code == 200


def test_two_applications_share_nothing_but_the_database(http: Newsroom, app: Flask) -> None:
    state = app.extensions["factcheck"]
    other = create_app(state.settings)
    try:
        secret = keys.create(other.extensions["factcheck"].database, "two applications", ["read"])
        headers = {"Authorization": f"Bearer {secret}"}
        assert Client(app).get("/v1/claims", headers=headers).status_code == 200
        assert other.extensions["factcheck"].keyring is not state.keyring
    finally:
        close(other)
