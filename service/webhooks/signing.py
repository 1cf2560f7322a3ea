"""Secrets and signatures, as Standard Webhooks 1.0.0 has them."""

import base64
import hmac
import secrets
from typing import Final

PREFIX: Final = "whsec_"
SIZE: Final = 32
"""Bytes of a secret; the specification asks for 24 to 64."""


def new_secret() -> bytes:
    """Return a secret that nobody knows yet."""
    return secrets.token_bytes(SIZE)


def shown(secret: bytes) -> str:
    """Return a secret as its receiver gets it, this once."""
    return PREFIX + base64.b64encode(secret).decode()


def signature(secrets_in_force: list[bytes], event_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of `webhook-signature`: one for each secret, between spaces."""
    content = b".".join((event_id.encode(), str(timestamp).encode(), body))
    return " ".join(f"v1,{_signed(secret, content)}" for secret in secrets_in_force)


def _signed(secret: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.digest(secret, content, "sha256")).decode()
