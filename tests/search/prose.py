"""Text that is like what newsrooms write, in any amount, and the same each time.

Words come as often as in natural language (by the law of Zipf and Mandelbrot): the commonest
are English ones, which search passes over or finds everywhere, the others are made of syllables.
A claim keeps to its topic for a part of its words, so that words come together, and one in
twenty says nearly what another says. A post takes up some of the words of a claim among others.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

COMMON: Final = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "was",
    "on",
    "are",
    "as",
    "with",
    "his",
    "they",
    "at",
    "be",
    "this",
    "from",
    "have",
    "or",
    "by",
    "had",
    "not",
    "but",
    "what",
    "all",
    "were",
    "when",
    "we",
    "there",
    "can",
    "an",
    "your",
    "which",
    "their",
    "said",
    "if",
    "do",
    "will",
    "each",
    "about",
    "how",
    "people",
    "government",
    "president",
    "says",
    "claim",
    "shows",
    "million",
    "police",
    "country",
    "state",
    "new",
    "years",
    "world",
    "money",
    "health",
    "vaccine",
    "election",
    "video",
    "photo",
    "family",
    "school",
    "water",
    "man",
    "woman",
    "law",
    "news",
    "city",
]
SYLLABLES: Final = [
    onset + vowel + coda
    for onset in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "z", "st", "tr")
    for vowel in "aeiou"
    for coda in ("", "l", "n", "r")
]
VOCABULARY: Final = 400_000
SHIFT, FALL = 2.7, 1.07
"""Of the law: a word of rank r comes as often as 1 / (r + SHIFT) ** FALL."""

TOPICS, OF_TOPIC = 5_000, 60
SHORTEST, LONGEST = 12, 40
BY_TOPIC: Final = 0.3
NUMBERS: Final = 0.03
RETOLD: Final = 0.05
KEPT: Final = 10_000
"""Claims of which one may be told anew."""


def spelled(rank: int) -> str:
    """Return the word of a rank; no two are alike."""
    if rank < len(COMMON):
        return COMMON[rank]
    # A step that shares no factor with the number of pairs: neighbours in rank are not alike.
    pairs = len(SYLLABLES) ** 2
    first, rest = divmod(rank * 38_923 % pairs, len(SYLLABLES))
    more = SYLLABLES[rank // pairs - 1] if rank >= pairs else ""
    return SYLLABLES[first] + SYLLABLES[rest] + more


class Prose:
    """Claims, one after the other, and posts about those that came first."""

    def __init__(self, seed: int = 5, vocabulary: int = VOCABULARY) -> None:
        """Make the words and the topics."""
        self._chance = random.Random(seed)  # noqa: S311 -- nothing secret
        self._words = [spelled(rank) for rank in range(vocabulary)]
        law = (1 / (rank + SHIFT) ** FALL for rank in range(vocabulary))
        self._weights = list(accumulate(law))
        middle = range(len(COMMON), vocabulary // 8)
        self._topics = [self._chance.choices(middle, k=OF_TOPIC) for _ in range(TOPICS)]
        self._told: list[list[str]] = []

    def claims(self) -> Iterator[str]:
        """Yield claims, without end."""
        while True:
            if self._told and self._chance.random() < RETOLD:
                words = self._changed(self._chance.choice(self._told), 0.15)
            else:
                words = self._claim()
            if len(self._told) < KEPT:
                self._told.append(words)
            else:
                self._told[self._chance.randrange(KEPT)] = words
            yield " ".join(words).capitalize()

    def title(self, claim: str) -> str:
        """Return a title of a verdict: some words of the claim, some others."""
        words = claim.lower().split()
        kept = self._chance.sample(words, min(5, len(words)))
        return " ".join([*kept, *self._drawn(3)]).capitalize()

    def post(self, claim: str) -> str:
        """Return what somebody posts who means a claim: half of its words, and others."""
        kept = [word for word in claim.split() if self._chance.random() < 0.6]
        words = kept + self._drawn(self._chance.randint(5, 12))
        self._chance.shuffle(words)
        return " ".join(words)

    def _claim(self) -> list[str]:
        topic = self._topics[int(TOPICS * self._chance.random() ** 3)]
        words = self._drawn(self._chance.randint(SHORTEST, LONGEST))
        for place in range(len(words)):
            if self._chance.random() < BY_TOPIC:
                words[place] = self._words[topic[int(OF_TOPIC * self._chance.random() ** 2)]]
            elif self._chance.random() < NUMBERS:
                words[place] = str(int(10 ** (1 + 5 * self._chance.random())))
        return words

    def _changed(self, words: list[str], share: float) -> list[str]:
        other = self._drawn(len(words))
        return [
            new if self._chance.random() < share else word
            for word, new in zip(words, other, strict=True)
        ]

    def _drawn(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)
