"""Which claims a match looks at: those with a rare word, or with two of the others at once.

Most words of a text stand in so many claims that nobody can look at all of them. Those of
the rarest are looked at for each word by itself; of the others, pairs are, the fewest claims
expected first, until a budget is spent. Pairs of one word with several are one arm: its claims
have it and any of the others.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from service.records.wording import quoted
from service.search.asked import Word

ALONE: Final = 400
"""Rows that words may bring by themselves, all in all."""

PARTNERS: Final = 24
"""Words, the rarest first, of which pairs are made."""

ARM, OF_RARER, OF_OTHER, FOUND = 20.0, 0.05, 0.006, 5.0
"""Microseconds that PostgreSQL takes for an arm, for each row of its word, for each of those of
another word, and for each that is found: as measured with a million claims."""

FAR: Final = 2_000
"""Rows of the other word for each of the rarer that are read at the most; others are skipped."""


def arms(words: Iterable[Word], budget: float) -> list[str]:
    """Return queries for the rows that tell most, within a budget of microseconds; at least one."""
    rarest = sorted(words, key=lambda word: (word.records, word.word))
    alone, upto, spent = 0, 0.0, 0.0
    for word in rarest:
        upto += rows(word)
        if upto > ALONE:
            break
        spent += ARM + FOUND * rows(word)
        alone += 1
    others = rarest[alone : alone + PARTNERS]
    partners: dict[int, list[str]] = {}
    for _, rarer, other, cost in sorted(_pairs(others)):
        spent += cost
        if rarer not in partners:
            spent += ARM + OF_RARER * rows(others[rarer])
        if spent > budget and (alone or partners):
            break
        partners.setdefault(rarer, []).append(quoted(others[other].word))
    joined = ((quoted(others[rarer].word), "|".join(found)) for rarer, found in partners.items())
    single = [quoted(word.word) for word in islice(rarest, alone if partners else max(alone, 1))]
    return single + [f"{word} & ({found})" for word, found in joined]


def rows(word: Word) -> float:
    """Return how many rows have a word; one that is not counted yet may be in a new claim."""
    return max(word.records, 1.0)


def _pairs(words: Sequence[Word]) -> Iterable[tuple[float, int, int, float]]:
    """Yield how many rows are expected to have two words, their places, and what it costs."""
    for rarer, word in enumerate(words):
        for other in range(rarer + 1, len(words)):
            found = rows(word) * rows(words[other]) / word.of_all
            read = min(rows(words[other]), FAR * rows(word))
            yield found, rarer, other, ARM / 2 + OF_OTHER * read + FOUND * found
