"""The order to make an API key."""

from typing import Final

from schemas.dates import Instant
from schemas.fields import Choice, Flag
from schemas.structures import Many, Object
from schemas.texts import KeyName

SCOPES: Final = ("read", "write", "publish", "admin")


class NewKeySchema(Object):
    """Who bears the key, what it may do, until when, and whether it signs its people in."""

    name = KeyName(required=True)
    scopes = Many(Choice(*SCOPES), len(SCOPES), distinct=True)
    expires_at = Instant(future=True)
    vouches = Flag()
