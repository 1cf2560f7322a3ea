"""BM25: what it counts that a text has something, by how often and how long the text is."""

from typing import Final

SATURATION: Final = 1.2
"""k1: how soon more of the same counts little."""


def spread(length: float, by_length: float) -> float:
    """Return the norm of a text of so many times the usual length."""
    return SATURATION * (1 - by_length + by_length * length)


def saturated(times: float, norm: float) -> float:
    """Return what it counts to be there so many times: 1 once in a text of the usual length."""
    return times * (SATURATION + 1) / (times + norm)
