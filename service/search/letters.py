"""Four letters in a row: by how many of them words are alike that have not the same stem."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from service.search.ranking import saturated, spread

BY_LENGTH: Final = 0.6
"""How much the length of a text counts against it (b of BM25)."""


@dataclass(frozen=True)
class Likeness:
    """How alike claims are to what is asked, by the worth of the letters they share.

    `worth` is of each four letters that are asked for; `usual` is how many a claim and its
    verdicts have.
    """

    worth: Mapping[str, float]
    usual: float

    def of(self, words: str) -> float:
        """Return the likeness of words, between spaces; each counts as often as it is there."""
        ended = f"_{words.replace(' ', '__')}_"
        length = len(ended) - 3 * words.count(" ") - 3
        norm = spread(length / self.usual, BY_LENGTH)
        count = ended.count
        shared = ((count(four), worth) for four, worth in self.worth.items())
        return math.fsum(worth * saturated(times, norm) for times, worth in shared if times)

    @cached_property
    def most(self) -> float:
        """Return the likeness of a text of the usual length that has all of them."""
        return math.fsum(self.worth.values())
