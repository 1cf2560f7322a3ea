"""Text that is like what newsrooms write, in any amount: a pure function of seed and number.

Words come as often as in natural language (by the law of Zipf and Mandelbrot): the commonest
are English ones, which search passes over or finds everywhere, the others are made of syllables.
A claim keeps to its topic for a part of its words, so that words come together, and one in
twenty says nearly what another says. A post takes up some of the words of a claim among others.
"""

import random
from collections.abc import Iterator
from itertools import accumulate, count
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
    """Claims by their numbers, and posts and titles about them: the same for the same seed."""

    def __init__(self, seed: int = 5, vocabulary: int = VOCABULARY) -> None:
        """Make the words and the topics."""
        self._seed = seed
        self._words = [spelled(rank) for rank in range(vocabulary)]
        law = (1 / (rank + SHIFT) ** FALL for rank in range(vocabulary))
        self._weights = list(accumulate(law))
        middle, chance = range(len(COMMON), vocabulary // 8), self.chance("topics")
        self._topics = [chance.choices(middle, k=OF_TOPIC) for _ in range(TOPICS)]

    def chance(self, *about: object) -> random.Random:
        """Return the chance that decides about a thing, whatever else was asked before."""
        return random.Random(f"{self._seed} {about}")  # noqa: S311 -- nothing secret

    def claims(self) -> Iterator[str]:
        """Yield claims, without end."""
        return map(self.claim, count())

    def claim(self, number: int) -> str:
        """Return the claim of a number, which may tell anew what an earlier one told."""
        chance = self.chance("retold", number)
        if number and chance.random() < RETOLD:
            told = self._told(chance.randrange(max(0, number - KEPT), number))
            words = self._changed(chance, told, 0.15)
        else:
            words = self._told(number)
        return " ".join(words).capitalize()

    def title(self, claim: str) -> str:
        """Return a title of a verdict: some words of the claim, some others."""
        chance, words = self.chance("title", claim), claim.lower().split()
        kept = chance.sample(words, min(5, len(words)))
        return " ".join([*kept, *self._drawn(chance, 3)]).capitalize()

    def post(self, claim: str) -> str:
        """Return what somebody posts who means a claim: half of its words, and others."""
        chance = self.chance("post", claim)
        kept = [word for word in claim.split() if chance.random() < 0.6]
        words = kept + self._drawn(chance, chance.randint(5, 12))
        chance.shuffle(words)
        return " ".join(words)

    def passage(self, words: int, *about: object) -> str:
        """Return so many words of running text about a thing."""
        return " ".join(self._drawn(self.chance("passage", *about), words)).capitalize()

    def _told(self, number: int) -> list[str]:
        chance = self.chance("told", number)
        topic = self._topics[int(TOPICS * chance.random() ** 3)]
        words = self._drawn(chance, chance.randint(SHORTEST, LONGEST))
        for place in range(len(words)):
            if chance.random() < BY_TOPIC:
                words[place] = self._words[topic[int(OF_TOPIC * chance.random() ** 2)]]
            elif chance.random() < NUMBERS:
                words[place] = str(int(10 ** (1 + 5 * chance.random())))
        return words

    def _changed(self, chance: random.Random, words: list[str], share: float) -> list[str]:
        other = self._drawn(chance, len(words))
        return [
            new if chance.random() < share else word for word, new in zip(words, other, strict=True)
        ]

    def _drawn(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)
