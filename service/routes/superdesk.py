"""Superdesk: what its HTTP push sends here."""

from typing import Final

import orjson
from flask import Response, request

from schemas.ninjs import PushedItemSchema
from service.errors import BadSignature, InvalidBody
from service.interop.ninjs.items import read_item
from service.interop.superdesk.receiving import receive
from service.interop.superdesk.signatures import HEADER, signed
from service.kinds.faults import faults
from service.records.people import SUPERDESK, Caller
from service.routes import answers, bodies, context
from service.routes.keys import refuse_idempotency_key
from service.routes.queries import no_parameters

ITEM: Final = PushedItemSchema()
HEADERS: Final = {"Vary": "Authorization, Accept", "Cache-Control": "no-store"}


def push_item() -> Response:
    """Take a news item: its source as a draft, and drafts over the claims that it quotes."""
    caller = _sender()
    refuse_idempotency_key("a push that comes again finds what it did", "A push needs none.")
    no_parameters()
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON)
    sent = bodies.json_object()
    if found := faults(ITEM, sent):
        raise InvalidBody("Mend what errors lists.", errors=found)
    received = receive(context.state().database, caller, read_item(sent, bodies.read()))
    new = received.kept.outcome == "created"
    location = {"Location": received.kept.place.path} if new else {}
    text = orjson.dumps(received.as_dict()).decode()
    return answers.json(text, 201 if new else 200, HEADERS | location)


def _sender() -> Caller:
    """Return who pushes: Superdesk by its signature, another desk by a key that writes."""
    signature = request.headers.get(HEADER)
    if signature is None:
        return context.require("write")
    settings = context.state().settings
    if not settings.superdesk_secret:
        context.count_failure()
        raise BadSignature("Set FACTCHECK_SUPERDESK_SECRET to the secret of the destination.")
    if not signed(bodies.read(), signature, settings.superdesk_secret):
        context.count_failure()
        detail = (
            "No secret in FACTCHECK_SUPERDESK_SECRET has signed this body. Set one of them as the"
            " secret token of the destination in Superdesk; a proxy may not change the body."
        )
        raise BadSignature(detail)
    return context.counted(Caller(SUPERDESK, frozenset({"write"}), four_eyes=settings.four_eyes))
