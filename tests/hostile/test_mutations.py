"""20,000 mutations of good requests: each is answered as openapi.yaml says, no error stores."""

import io
import logging
import os
import re
from random import Random
from typing import Any

import psycopg
import pytest
from flask import Flask
from werkzeug.test import run_wsgi_app

from service.running.observation import Observed
from tests.contract import Contract
from tests.hostile.mutations import Request, good, met, mutated, records

EACH = int(os.environ.get("MUTATIONS", "20000")) // 4
"""Requests of each of the four runs."""
FIRST = int(os.environ.get("SEED", "0"))
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
SEVERAL = ("/v1alpha1/", "/v1/import", "/v1/integrations/")
"""Where the addresses begin of what writes several records at once."""


def environ(request: Request) -> dict[str, Any]:
    """Return the environment that gunicorn would make of a request."""
    named = {f"HTTP_{name.upper().replace('-', '_')}": v for name, v in request.fields.items()}
    named["CONTENT_TYPE"] = named.pop("HTTP_CONTENT_TYPE", "")
    return named | {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": request.path.encode().decode("latin-1"),
        "QUERY_STRING": request.query_string,
        "CONTENT_LENGTH": str(len(request.body)),
        "SERVER_NAME": "desk.example",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": io.StringIO(),
    }


def address(contract: Contract, request: Request, status: int) -> str:
    """Return the target for the contract; an id that is none makes it an unknown one."""
    path = request.path.replace("?", "_")
    template = contract.template(path)
    declared = contract.allowed(template) - {"OPTIONS"} if template else set[str]()
    if status == 404 and request.method not in declared:
        path = "/unknown"
    return f"{path}?{request.query_string}"


class Ledger:
    """What was acknowledged: of each record, the last revision that an answer named."""

    def __init__(self, owner: psycopg.Connection) -> None:
        """Begin with what is there."""
        self._owner = owner
        self._revisions = dict[str, int]()
        self._before = self._count()

    def note(self, request: Request, fields: dict[str, str]) -> None:
        """Note the answer to a write that was done."""
        path = fields.get("Content-Location") or request.path.strip("/")
        record = "/".join(path.strip("/").split("/")[:3])
        number = int(re.findall(r"\d+", fields["ETag"])[0])
        self._revisions[record] = max(number, self._revisions.get(record, 0))

    def balance(self) -> tuple[int, int]:
        """Return how many revisions were acknowledged, as they have no gaps, and are kept."""
        return sum(self._revisions.values()), self._count() - self._before

    def pass_over(self) -> None:
        """Pass over what a request wrote that writes several records, of which no ETag tells."""
        self._before = self._count() - sum(self._revisions.values())

    def _count(self) -> int:
        row = self._owner.execute("SELECT count(*) FROM revision").fetchone()
        assert row
        return row[0]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + 4))
def test_every_mutation_is_answered_as_the_contract_says(  # noqa: PLR0913, PLR0917
    app: Flask,
    secrets: dict[str, str],
    contract: Contract,
    owner: psycopg.Connection,
    clean: None,
    caplog: pytest.LogCaptureFixture,
    seed: int,
) -> None:
    caplog.set_level(logging.ERROR, "factcheck.requests")
    random, ledger, asked = Random(seed), Ledger(owner), good(contract, secrets["admin"])  # noqa: S311
    first = [*records(asked, secrets["admin"])]
    for number in range(EACH + len(first)):
        request = first.pop(0) if first else mutated(met(random.choice(asked), random), random)
        chunks, status, headers = run_wsgi_app(Observed(app), environ(request), buffered=True)
        code, target = int(status[:3]), address(contract, request, int(status[:3]))
        try:
            assert code < 500
            contract.check(request.method, target, code, list(headers), b"".join(chunks))
        except AssertionError as error:
            error.add_note(f"request {number} of seed {seed}: {request}")
            raise
        if request.method in WRITES and request.path.startswith(SEVERAL) and code < 300:
            ledger.pass_over()
        if request.method in WRITES and code < 300 and "ETag" in (fields := dict(headers)):
            ledger.note(request, fields)
        if number % 500 == 499:
            assert len(set(ledger.balance())) == 1, f"before request {number} of seed {seed}"
