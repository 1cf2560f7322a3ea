"""What is pushed as Superdesk does: items that are none, signatures that do not hold."""

import hmac
from typing import Any, Final

import orjson

from tests.hostile.rows import CLOSE, HOST, JSON, Row, head, send

PUSH: Final = "/v1/integrations/superdesk"
ITEM: Final = {"guid": "urn:newsml:desk.example:1", "headline": "It rained"}


def push(body: Any, *fields: str, media: str = JSON) -> bytes:  # noqa: ANN401 -- as in send
    """Return a push with the key."""
    return send("POST", PUSH, body, *fields, media=media)


def signed(signature: str, body: object = ITEM) -> bytes:
    """Return a push without the key, and with a signature."""
    data = orjson.dumps(body)
    fields = (f"X-Superdesk-Signature: {signature}", f"Content-Type: {JSON}", HOST, CLOSE)
    return head(f"POST {PUSH} HTTP/1.1", *fields, f"Content-Length: {len(data)}") + data


EMPTY: Final = hmac.new(b"", orjson.dumps(ITEM), "sha1").hexdigest()

SIGNATURES: Final = [
    ("a signature with the empty secret", f"sha1={EMPTY}"),
    ("a signature of nothing", "sha1="),
    ("an empty signature", ""),
    ("a signature by another hash", "sha256=" + "0" * 64),
    ("a signature that is no ASCII", "sha1=\u00e9"),
    ("a signature of 4,000 characters", "sha1=" + "0" * 4_000),
    ("two signatures in one field", f"sha1={EMPTY}, sha1={EMPTY}"),
]

ITEMS: Final = [
    ("an item without a guid", {"headline": "It rained"}),
    ("an item whose guid is a number", ITEM | {"guid": 1}),
    ("an item whose guid is null", ITEM | {"guid": None}),
    ("an item whose guid is a list", ITEM | {"guid": ["urn:x"]}),
    ("an item whose guid is blank", ITEM | {"guid": " \u2003 "}),
    ("an item whose guid is too long", ITEM | {"guid": "x" * 301}),
    ("an item whose pubstatus is a number", ITEM | {"pubstatus": 0}),
    ("an item of a pubstatus that nobody knows", ITEM | {"pubstatus": "Canceled"}),
]

ROWS: Final = [
    *(Row(what, signed(text), (403,), "bad-signature") for what, text in SIGNATURES),
    *(Row(what, push(item), (422,), "invalid-body") for what, item in ITEMS),
    Row("items in a list", push([ITEM]), (400,), "malformed-json"),
    Row("an item with a guid twice", push(b'{"guid": "a", "guid": "b"}'), (400,), "malformed-json"),
    Row("an item with U+0000", push(ITEM | {"a": "\0"}), (400,), "malformed-json"),
    Row("an item as a form", push(b"guid=x", media="application/x-www-form-urlencoded"), (415,), "unsupported-media-type"),
    Row("a media file", push(b"--x--", media="multipart/form-data; boundary=x"), (415,), "unsupported-media-type"),
    Row("an item with a query", send("POST", f"{PUSH}?status=published", ITEM), (400,), "invalid-query"),
    Row("a canceled item that nobody knows", push(ITEM | {"pubstatus": "canceled"}), (200,)),
]  # fmt: skip
