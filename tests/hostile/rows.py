"""A row of the corpus: what is wrong with a request, its bytes, and the answer it must get."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import orjson

JSON: Final = "application/json"
MERGE: Final = "application/merge-patch+json"
PATCH: Final = "application/json-patch+json"
NDJSON: Final = "application/x-ndjson"
REVIEWS: Final = "application/ld+json"
PAGE: Final = "text/html"

KEY: Final = "fck_" + "THE-ADMIN-KEY".ljust(43, "_")
"""Stands in a row for the admin key of the service that it is sent to, and is as long as one."""
HOST: Final = "Host: desk.example"
CLOSE: Final = "Connection: close"
SIGNED: Final = f"Authorization: Bearer {KEY}"
ANY: Final = "If-Match: *"
WHY: Final = "note=It+was+wrong&reason=correction"
RAIN: Final = {"text": "It rained"}
"""What the claim ``seed`` says."""


@dataclass(frozen=True)
class Row:
    """One idea of an attacker.

    `statuses` are those of all the answers that come until the server closes the
    connection; `code` is that of the last, and empty where the input is fine: `what`
    then says why.
    """

    what: str
    data: bytes
    statuses: tuple[int, ...]
    code: str = ""
    half_close: bool = False

    def __str__(self) -> str:
        """Return the name under which a test shows it."""
        return self.what


def head(line: str, *fields: str) -> bytes:
    """Return a request line and fields as they go over the wire, with the line that ends them."""
    return "\r\n".join([line, *fields, "", ""]).encode("latin-1")


def ask(method: str, target: str, *fields: str, host: str = HOST, signed: str = SIGNED) -> bytes:
    """Return a request without a body, on a connection of its own."""
    usual = [field for field in (host, signed, CLOSE) if field]
    return head(f"{method} {target} HTTP/1.1", *usual, *fields)


def get(target: str, *fields: str) -> bytes:
    """Return a GET with the key."""
    return ask("GET", target, *fields)


def send(method: str, target: str, body: Any, *fields: str, media: str = JSON) -> bytes:  # noqa: ANN401
    """Return a request with a body: bytes as they are, all else as JSON."""
    data = body if isinstance(body, bytes) else orjson.dumps(body)
    kind = [f"Content-Type: {media}"] if media else []
    return ask(method, target, *kind, f"Content-Length: {len(data)}", *fields) + data


def create(body: Any, *fields: str, media: str = JSON) -> bytes:  # noqa: ANN401 -- as in send
    """Return a POST to the claims, which writes whatever is let through."""
    return send("POST", "/v1/claims", body, *fields, media=media)


def again(*fields: str, query: str = "") -> bytes:
    """Return a PUT of what the claim ``seed`` says anyhow: if it is good, nothing is written."""
    return send("PUT", f"/v1/claims/seed{query}", RAIN, ANY, *fields)


def change(*fields: str, query: str = "") -> bytes:
    """Return a PUT of another text for the claim ``seed``: if it is let through, it is written."""
    return send("PUT", f"/v1/claims/seed{query}", {"text": "It poured"}, *fields)


def patch(operations: Any) -> bytes:  # noqa: ANN401 -- as in send
    """Return a JSON Patch for the claim ``seed``."""
    return send("PATCH", "/v1/claims/seed", operations, ANY, media=PATCH)


def merge(value: Any) -> bytes:  # noqa: ANN401 -- as in send
    """Return a merge patch for the claim ``seed``."""
    return send("PATCH", "/v1/claims/seed", value, ANY, media=MERGE)


def restore(value: Any, *fields: str, identifier: str = "shown") -> bytes:  # noqa: ANN401
    """Return a request to restore a revision, with a note and a reason."""
    return send("POST", f"/v1/claims/{identifier}/revisions?{WHY}", value, *(fields or (ANY,)))


def percent(text: str) -> str:
    """Return text as it stands in a query."""
    return quote(text, safe="")
