"""Bodies: their media type, their size, their JSON; in that order."""

from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from service.documents.parsing import parse
from service.documents.values import JsonObject, JsonValue
from service.errors import (
    BadRequest,
    BodyTooLarge,
    Fault,
    InvalidQuery,
    MalformedJson,
    UnsupportedMediaType,
)
from service.records.proposals import Change
from service.routes.context import state

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
REVIEWS = ("application/ld+json", "text/html")
"""ClaimReview by itself, and in a saved page."""


def media_type(*taken: str) -> str:
    """Return the media type of the body; raises `UnsupportedMediaType` for one not taken here."""
    sent = request.mimetype
    if sent in taken and request.content_encoding in {None, "identity"}:
        return sent
    what = sent or "no media type"
    if sent in taken:
        what += " in a content coding; send it uncompressed"
    mend = f"With curl use -H 'Content-Type: {taken[0]}' --data-binary @file"
    mend += ", or --json @file." if JSON in taken else "."
    detail = f"This address reads {', '.join(taken)}; the request has {what}. {mend}"
    header = "Accept-Patch" if request.method == "PATCH" else "Accept-Post"
    raise UnsupportedMediaType(detail, headers={header: ", ".join(taken)})


def read() -> bytes:
    """Return the bytes of the body; raises `BodyTooLarge` beyond the limit."""
    most = state().settings.max_body
    # Werkzeug cuts a chunked body at its limit in silence: one byte more tells it from a whole one.
    request.max_content_length = most + 1
    try:
        data = request.get_data()
    except RequestEntityTooLarge:
        raise _too_large(most) from None
    except ClientDisconnected:
        raise BadRequest("The body ended before its last byte.") from None
    if len(data) > most:
        raise _too_large(most)
    return data


def _too_large(most: int) -> BodyTooLarge:
    return BodyTooLarge(f"Send at most {most:,} bytes.")


def json_value() -> JsonValue:
    """Return the JSON of the body; raises `MalformedJson`."""
    return parse(read())


def json_object() -> JsonObject:
    """Return the JSON object of the body; raises `MalformedJson` for another value."""
    value = json_value()
    if not isinstance(value, dict):
        detail = "Send a JSON object: members between braces."
        raise MalformedJson(detail, errors=[Fault("invalid", "expected an object", "#")])
    return value


def agreed(change: Change, sent: JsonObject) -> Change:
    """Return what goes with the write, from query and body together.

    Raises `InvalidQuery` where both say it and differ.
    """
    said: dict[str, Any] = {}
    faults: list[Fault] = []
    for name in ("note", "reason", "actor", "status"):
        asked, member = getattr(change, name), sent.get(name)
        if name != "status" and asked is not None and name in sent and member != asked:
            detail = "the body says something else; give it once"
            faults.append(Fault("given-twice", detail, parameter=name))
        said[name] = asked if asked is not None or not isinstance(member, str) else member
    if faults:
        raise InvalidQuery("Query and body contradict each other.", errors=faults)
    return replace(change, **said)
