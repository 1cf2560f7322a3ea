"""Signatures of pushes: `x-superdesk-signature`, an HMAC of the body with a shared secret.

Superdesk signs with SHA-1, and nothing else. That SHA-1 lets two texts with one hash be made
does no harm to an HMAC: it would take the secret.
"""

import hmac
from collections.abc import Sequence
from typing import Final

HEADER: Final = "X-Superdesk-Signature"
PREFIX: Final = "sha1="


def signed(data: bytes, signature: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the secrets in force signed these bytes, in the same time for any."""
    sent = signature.strip().lower().encode()
    made = (hmac.digest(one.encode(), data, "sha1").hex() for one in secrets)
    return sum(hmac.compare_digest(sent, f"{PREFIX}{one}".encode()) for one in made) > 0
