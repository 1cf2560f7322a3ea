"""How much of what is asked a claim has: word by word, and letter by letter."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from service.search.asked import Word
from service.search.letters import Likeness
from service.search.ranking import saturated, spread

LETTERS: Final = 0.2
"""How much letters count beside words; tuned on the train queries of the judged set."""

COMPARED: Final = 12
"""Candidates that are compared letter by letter, if no more are asked for: MAP@5 on the train
queries is 0.879 with 12 and with 16, which takes a third longer, and 0.877 with 8."""

MOST_LETTERS: Final = 60
"""Letters in a row that are looked for in each of them, those that tell most; posts have some 90.
With all, MAP@5 on the train queries is 0.876 instead of 0.879, and it takes a quarter longer."""

BY_LENGTH: Final = 0.3
"""How much the length of a claim counts against it (b of BM25), as in the first cut."""

PER_WORD: Final = 4.4
"""Letters in a row that a word has, in the usual claim."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that has words of those asked for.

    `words` are those of the claim and of each of its verdicts, between spaces, and `spelled` the
    same as they are written; `length` is how many these have, repetitions counted.
    """

    claim: str
    words: str
    spelled: str
    length: float
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score, from 0 to 1, and what share of that each word gave."""

    claim: str
    score: float
    created_at: datetime
    words: Mapping[str, float]
    letters: float

    @property
    def place(self) -> tuple[float, datetime, str]:
        """Return by what they are sorted: the likest first, the earliest of equals before."""
        return -self.score, self.created_at, self.claim


@dataclass(frozen=True, slots=True)
class Worded:
    """A candidate with what the words that it has are worth, and what it is missing."""

    found: Candidate
    has: Mapping[str, float]
    missing: float

    @property
    def place(self) -> tuple[float, datetime, str]:
        """Return by what they are sorted before letters are compared."""
        has = math.fsum(self.has.values())
        return -has / (has + self.missing), self.found.created_at, self.found.claim


@dataclass(frozen=True)
class Scoring:
    """The scores of claims by what is asked: at least one word."""

    words: Sequence[Word]

    def best(self, found: Iterable[Candidate], limit: int) -> list[Scored]:
        """Return the best candidates: 1 is the score of one in which nothing is missing.

        Letters are compared of those alone that have most of the words.
        """
        worded = sorted(map(self._worded, found), key=lambda one: one.place)
        lettered = map(self._lettered, worded[: max(limit, COMPARED)])
        return sorted(lettered, key=lambda one: one.place)[:limit]

    def _worded(self, found: Candidate) -> "Worded":
        asked = self._asked
        times: dict[str, int] = {}
        for name in found.words.split(" "):
            if name in asked:
                times[name] = times.get(name, 0) + 1
        best: dict[int, Word] = {}
        for name in times:
            word = asked[name]
            other = best.get(word.token, word)
            best[word.token] = word if word.worth > other.worth else other
        norm = spread(found.length / self.words[0].usual, BY_LENGTH)
        has = {word.word: word.worth * saturated(times[word.word], norm) for word in best.values()}
        missing = math.fsum(worth for token, worth in self._missed.items() if token not in best)
        return Worded(found, has, missing)

    def _lettered(self, one: "Worded") -> Scored:
        letters = LETTERS * self._likeness.of(one.found.spelled)
        missing = one.missing + max(0.0, LETTERS * self._likeness.most - letters)
        whole = math.fsum(one.has.values()) + letters + missing
        gave = {word: round(worth / whole, 6) for word, worth in one.has.items()}
        score, share = round(1 - missing / whole, 6), round(letters / whole, 6)
        return Scored(one.found.claim, score, one.found.created_at, gave, share)

    @cached_property
    def _asked(self) -> dict[str, Word]:
        return {word.word: word for word in self.words}

    @cached_property
    def _missed(self) -> dict[int, float]:
        """What each token is worth that is missed; of its words that tell most the first."""
        return {word.token: word.worth for word in reversed(self.words) if word.missed}

    @cached_property
    def _likeness(self) -> Likeness:
        worth: dict[str, float] = {}
        for word in self.words:
            for four, rarity in (
                zip(word.letters, word.rarities, strict=True) if word.missed else ()
            ):
                worth[four] = max(worth.get(four, 0.0), word.weight * rarity)
        told = sorted(worth.items(), key=lambda one: (-one[1], one[0]))[:MOST_LETTERS]
        return Likeness(dict(told), self.words[0].usual * PER_WORD)
