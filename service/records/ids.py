"""Ids that the service gives: UUIDv7."""

import time
import uuid


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562, section 5.7): sorted as text, ids are in order of making."""
    milliseconds = time.time_ns() // 1_000_000
    random = uuid.uuid4().int
    number = (
        milliseconds << 80
        | 7 << 76
        | (random >> 64 & 0xFFF) << 64
        | 2 << 62
        | random & (1 << 62) - 1
    )
    return str(uuid.UUID(int=number))
