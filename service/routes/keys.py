"""API keys: made, listed, revoked; each can read about itself."""

import orjson
from flask import Response, request

from service.errors import Fault, IdempotencyKeyNotTaken
from service.records import keys, register
from service.records.register import Key
from service.routes import answers, bodies, context, paging
from service.routes.queries import Query, no_parameters

HEADERS = {"Vary": "Authorization, Accept", "Cache-Control": "no-store"}


def list_keys() -> Response:
    """List all keys, oldest first, revoked and expired ones too."""
    _ = context.require("admin")
    with Query("limit", "cursor") as query:
        limit, after = query.limit(), query.number("cursor") or 0
    found = register.listed(context.state().database, after, limit + 1)
    _ = answers.acceptable(bodies.JSON)
    following = paging.next_page(str(after + limit) if len(found) > limit else None)
    return paging.members([key.as_dict() for key in found[:limit]], following)


def create_key() -> Response:
    """Make a key; this answer alone has its secret."""
    _ = context.require("admin")
    refuse_idempotency_key()
    no_parameters()
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON)
    wanted, database = keys.wanted(bodies.json_object()), context.state().database
    secret = keys.make(database, wanted)
    return shown(register.find(database, name=wanted.name), secret)


def get_key(id: str) -> Response:  # noqa: A002
    """Return a key, without its secret."""
    _ = context.require("admin")
    no_parameters()
    key = register.find(context.state().database, id=id)
    _ = answers.acceptable(bodies.JSON)
    return shown(key)


def get_own_key() -> Response:
    """Return the key that asks, whatever its scopes."""
    bearer = context.bearer()
    no_parameters()
    _ = answers.acceptable(bodies.JSON)
    return shown(register.find(context.state().database, name=bearer.key_name))


def revoke_key(id: str) -> Response:  # noqa: A002
    """Revoke a key: this worker refuses it at once, every other within a second."""
    bearer, state = context.require("admin"), context.state()
    refuse_idempotency_key()
    no_parameters()
    key = register.find(state.database, id=id)
    register.revoke(state.database, key, bearer.key_name)
    state.keyring.forget(key.name)
    return answers.empty(204, HEADERS)


def refuse_idempotency_key(
    hint: str = "GET /v1/keys tells whether a key of this name was made",
    why: str = "The answer may hold a secret, so none is kept to be given again.",
) -> None:
    """Raise `IdempotencyKeyNotTaken` for a request that carries the header."""
    if "Idempotency-Key" in request.headers:
        fault = Fault("invalid", "leave it out at this address", header="Idempotency-Key")
        detail = f"{why} Leave the header out; {hint}."
        raise IdempotencyKeyNotTaken(detail, errors=[fault])


def shown(key: Key, secret: str | None = None) -> Response:
    """Return a key; with its secret it was made just now."""
    members = key.as_dict() | ({"key": secret} if secret else {})
    location = {"Location": key.path} if secret else {}
    return answers.json(
        orjson.dumps(members).decode(), 201 if secret else 200, {**location, **HEADERS}
    )
