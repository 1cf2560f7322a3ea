"""The name of a request: in its answer, its log line and its problem."""

import re
from uuid import UUID, uuid4, uuid5

_VISIBLE = re.compile(r"[\x21-\x7e]{1,128}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NAMESPACE = UUID("3f1d9cf0-6d1f-4b0e-9b35-5d1b0d2a7c11")


def request_id(sent: str | None) -> str:
    """Return the id that the client sent in `X-Request-Id`, or a new UUID.

    One of up to 128 visible ASCII characters is taken as it stands; anything
    else could break a log or a header and is passed over.
    """
    if sent is not None and _VISIBLE.fullmatch(sent):
        return sent
    return str(uuid4())


def instance(identifier: str) -> str:
    """Return the `urn:uuid:` URI that a problem gives as its instance (RFC 9457, 3.1.5).

    An id that is no UUID has one made from it, always the same (RFC 9562, 5.5).
    """
    if _UUID.fullmatch(identifier):
        return f"urn:uuid:{identifier}"
    return uuid5(_NAMESPACE, identifier).urn
