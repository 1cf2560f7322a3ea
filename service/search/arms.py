"""Which claims a match looks at: those with a rare word, or with two of the others at once.

Most words of a text stand in so many claims that nobody can look at all of them. Those of
the rarest are looked at for each word by itself; of the others, pairs are, the fewest claims
expected first, until a budget is spent. What is left when there are no more pairs is for more
words by themselves. Pairs of one word with several are one arm: its claims have it and any of
the others.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, takewhile
from typing import Final

from service.records.wording import quoted
from service.search.asked import Word

ALONE: Final = 800.0
"""Microseconds that words may take by themselves before pairs do, which is some 150 rows: with
400, MAP@5 on the train queries is 0.001 more, and at a million claims two thirds more are read."""

PARTNERS: Final = 16
"""Words, the rarest first, of which pairs are made: 24 find as much, in twice as many pairs."""

ARM, OF_RARER, OF_OTHER, FOUND = 20.0, 0.05, 0.006, 5.0
"""Microseconds that PostgreSQL takes for an arm, for each row of its word, for each of those of
another word, and for each that is found: as measured with a million claims."""

FAR: Final = 2_000
"""Rows of the other word for each of the rarer that are read at the most; others are skipped."""


def arms(words: Iterable[Word], budget: float) -> list[str]:
    """Return queries for the rows that tell most, within a budget of microseconds; at least one."""
    rarest = sorted(words, key=lambda word: (word.records, word.word))
    spent = _by_themselves(rarest, ALONE)
    alone, others = len(spent), rarest[len(spent) :][:PARTNERS]
    left, more = budget - max(spent, default=0.0), 0
    partners: dict[int, list[str]] = {}
    for _, rarer, other, cost in sorted(_pairs(others)):
        left -= cost
        if rarer not in partners:
            left -= ARM + OF_RARER * rows(others[rarer])
        if left < 0 and (alone or partners):
            break
        partners.setdefault(rarer, []).append(quoted(others[other].word))
    else:
        more = len(_by_themselves(others, left))
    single = rarest[: alone + more] or ([] if partners else rarest[:1])
    joined = [
        f"{quoted(others[rarer].word)} & ({'|'.join(found)})"
        for rarer, found in partners.items()
        if rarer >= more
    ]
    return [quoted(word.word) for word in single] + joined


def rows(word: Word) -> float:
    """Return how many rows have a word; one that is not counted yet may be in a new claim."""
    return max(word.records, 1.0)


def _by_themselves(words: Sequence[Word], budget: float) -> list[float]:
    """Return what the first words cost by themselves, each with all before, within a budget."""
    costs = accumulate(ARM + FOUND * rows(word) for word in words)
    return list(takewhile(lambda spent: spent <= budget, costs))


def _pairs(words: Sequence[Word]) -> Iterable[tuple[float, int, int, float]]:
    """Yield how many rows are expected to have two words, their places, and what it costs."""
    for rarer, word in enumerate(words):
        for other in range(rarer + 1, len(words)):
            found = rows(word) * rows(words[other]) / word.of_all
            read = min(rows(words[other]), FAR * rows(word))
            yield found, rarer, other, ARM / 2 + OF_OTHER * read + FOUND * found
