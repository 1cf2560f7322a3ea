"""Answers as Google gives them: JSON, and errors of its own form."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from flask import Response, request

from service.documents.values import JsonObject
from service.errors import Problem
from service.interop.factchecktools.errors import error_of
from service.interop.factchecktools.masks import masked
from service.routes.bodies import JSON
from service.routes.context import CHALLENGE, GOOGLE
from service.routes.factchecktools.asking import Form

NO_STORE = {"Cache-Control": "no-store", "Vary": "Authorization"}


def is_asked() -> bool:
    """Tell whether it is an address of Google's that is asked."""
    return request.path.startswith(GOOGLE)


def answer(found: JsonObject, form: Form, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer in the form asked for; a member without anything in it is left out."""
    told = {name: value for name, value in found.items() if value not in (None, [], "")}
    told = masked(told, form.mask) if form.mask else told
    option = orjson.OPT_INDENT_2 if form.pretty else 0
    body = orjson.dumps(told, option=option | orjson.OPT_APPEND_NEWLINE)
    return Response(body, headers={**NO_STORE, **(headers or {})}, content_type=JSON)


def refusal(problem: Problem, instance: str) -> Response:
    """Return a problem as an error of Google's."""
    code, body = error_of(problem, instance)
    written = orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    headers = {**NO_STORE, **problem.headers}
    if code == HTTPStatus.UNAUTHORIZED:
        headers |= CHALLENGE  # whose parameters Google's own client insists on
    return Response(written, code, headers, content_type=JSON)
