"""When a delivery that failed is tried again, and when no longer."""

import random
from typing import Final

PAUSES: Final = (
    5,
    5 * 60,
    30 * 60,
    *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)),
)
"""Seconds after each failure of an event, in all a little over three days."""
JITTER: Final = 0.1
"""How much of a pause chance adds or takes away, so that what failed together is not tried so."""


def pause(failures: int) -> float | None:
    """Return how many seconds to wait after so many failures in a row; None to give up."""
    if failures > len(PAUSES):
        return None
    # Nobody is served by knowing it beforehand.
    return PAUSES[failures - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
