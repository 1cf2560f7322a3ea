"""Idempotency-Key: which request of a client this is, however often it comes."""

import hashlib
import re
from collections.abc import Callable

from flask import request

from service.errors import BadRequest, Fault
from service.records.outcome import Outcome
from service.records.people import Caller
from service.records.proposals import Proposal
from service.records.retries import Attempt, once
from service.routes import bodies
from service.routes.context import state
from service.storage.database import Door

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"')


def do(proposal: Proposal, act: Callable[[Door], Outcome]) -> tuple[Outcome, bool]:
    """Write once, however often the request comes; return what it came to and whether again.

    What is published along is written with it or not at all.
    """

    def together(door: Door) -> Outcome:
        if not proposal.change.references:
            return act(door)
        with door.transaction() as transaction:
            return act(transaction)

    return once(state().database, attempt(proposal.caller), together)


def attempt(caller: Caller, body_sha256: bytes | None = None) -> Attempt | None:
    """Return the request as a retry of it can be known, None without an Idempotency-Key.

    What it asks for is its method, path, query, media type and body, of which an import
    gives the hash; `If-Match` is no part of that, for it moves with the record.
    """
    key = idempotency_key()
    if key is None:
        return None
    body = hashlib.sha256(bodies.read()).digest() if body_sha256 is None else body_sha256
    parts = (request.method, request.path, request.query_string.decode("latin-1"), request.mimetype)
    content = "\n".join(parts).encode() + b"\n" + body
    return Attempt(str(caller.key_name), key, hashlib.sha256(content).digest())


def idempotency_key() -> str | None:
    """Return the key without its quotes; raises `BadRequest` for one that is none."""
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    quoted = _QUOTED.fullmatch(sent)
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else sent
    if not _KEY.fullmatch(key):
        detail = "an Idempotency-Key is 1 to 255 visible ASCII characters, bare or in quotes"
        fault = Fault("invalid", detail, header="Idempotency-Key")
        raise BadRequest("Send another Idempotency-Key, a UUID for example.", errors=[fault])
    return key
