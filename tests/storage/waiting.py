"""Waiting for what others bring about."""

import time
from collections.abc import Callable

LIMIT = 20
"""Seconds after which nobody waits any longer."""


def until(true: Callable[[], object]) -> None:
    """Wait for a condition."""
    limit = time.monotonic() + LIMIT
    while not true():
        assert time.monotonic() < limit, "it never came true"
        time.sleep(0.01)
