"""Webhooks: made, listed, changed, deleted, and what became of their deliveries."""

import uuid
from collections.abc import Mapping

import orjson
from flask import Response

from service.documents.instants import read
from service.feed.changes import first, newest
from service.feed.marks import Mark
from service.routes import answers, bodies, context, paging
from service.routes.keys import refuse_idempotency_key
from service.routes.queries import INSTANT, Query, checked, no_parameters
from service.webhooks import log, orders, register, signing
from service.webhooks.register import Webhook

HEADERS = {"Vary": "Authorization, Accept", "Cache-Control": "no-store"}
HINT = "GET /v1/webhooks tells whether the webhook was made"


def list_webhooks() -> Response:
    """List all webhooks, oldest first."""
    _ = context.require("admin")
    with Query("limit", "cursor") as query:
        limit, after = query.limit(), query.parsed("cursor", canonical, "the id of a webhook")
    state = context.state()
    found = register.listed(state.database, after, limit + 1)
    _ = answers.acceptable(bodies.JSON)
    following = paging.next_page(str(found[limit - 1].id) if len(found) > limit else None)
    items = [webhook.as_dict(state.marks) for webhook in found[:limit]]
    page = {"items": items, "next": following}
    return paging.paged(orjson.dumps(page).decode(), following)


def create_webhook() -> Response:
    """Make a webhook; this answer has its secret."""
    _ = context.require("admin")
    refuse_idempotency_key(HINT)
    no_parameters()
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON)
    private = context.state().settings.private_webhooks
    wanted, secret = orders.new(bodies.json_object(), start, private=private), signing.new_secret()
    made = register.make(context.state().database, wanted, secret)
    return shown(made, secret, {"Location": made.path}, 201)


def get_webhook(id: str) -> Response:  # noqa: A002
    """Return a webhook, without its secret."""
    _ = context.require("admin")
    no_parameters()
    found = register.find(context.state().database, id)
    _ = answers.acceptable(bodies.JSON)
    return shown(found)


def change_webhook(id: str) -> Response:  # noqa: A002
    """Change a webhook; after a rotation this answer has the new secret."""
    _ = context.require("admin")
    refuse_idempotency_key(HINT)
    no_parameters()
    database, private = context.state().database, context.state().settings.private_webhooks
    _ = register.find(database, id)
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON, bodies.MERGE_PATCH)
    wanted, rotate = orders.changed(bodies.json_object(), start, private=private)
    secret = signing.new_secret() if rotate else None
    return shown(register.change(database, id, wanted, secret), secret)


def delete_webhook(id: str) -> Response:  # noqa: A002
    """Delete a webhook and its log; nothing more is sent to it."""
    _ = context.require("admin")
    refuse_idempotency_key(HINT)
    no_parameters()
    register.delete(context.state().database, id)
    return answers.empty(204, HEADERS)


def list_deliveries(id: str) -> Response:  # noqa: A002
    """List the attempts of the last 30 days, newest first."""
    _ = context.require("admin")
    with Query("limit", "cursor") as query:
        limit, before = query.limit(), query.number("cursor")
    state = context.state()
    webhook = register.find(state.database, id)
    found = log.listed(state.database, webhook.id, before, limit + 1)
    _ = answers.acceptable(bodies.JSON)
    following = paging.next_page(str(found[limit - 1].number) if len(found) > limit else None)
    items = [delivery.as_dict(state.marks) for delivery in found[:limit]]
    page = {"items": items, "next": following}
    return paging.paged(orjson.dumps(page).decode(), following)


def canonical(text: str) -> str:
    """Return the id as it is kept; raises `ValueError` for what is none."""
    return str(uuid.UUID(text))


def start(text: str) -> Mark:
    """Return the place in the feed after which a webhook begins."""
    state = context.state()
    if text == "now":
        return newest(state.database)
    try:
        return first(state.database, read(checked(INSTANT, text)))
    except ValueError:
        return state.marks.read(text)


def shown(
    webhook: Webhook,
    secret: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Return a webhook; with its secret where that was made just now."""
    members = webhook.as_dict(context.state().marks)
    if secret:
        members["secret"] = signing.shown(secret)
    return answers.json(orjson.dumps(members).decode(), status, {**(headers or {}), **HEADERS})
