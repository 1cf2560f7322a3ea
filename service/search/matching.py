"""Has this been checked before: the claims that say what a text says, the likest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.records.people import Reader
from service.records.wording import quoted
from service.search.arms import arms
from service.search.asked import Asked, Narrowed, Word, words
from service.search.scoring import Candidate, Scored, Scoring
from service.storage.database import Database, Door
from service.storage.statements import statement

BUDGET: Final = 1_800.0
"""Microseconds that the database may take to find claims, by the reckoning of `arms`: on the train
queries MAP@5 is the same with 2,500, 0.001 less with 1,500 and 0.009 with 1,200."""

CANDIDATES: Final = 20
"""Claims that are compared word by word, if no more are asked for: 40 cost a match half a
millisecond more, and MAP@5 on the train queries is 0.880 instead of 0.879."""

FEW: Final = 2_000
"""Claims that pass a filter, of which each is a candidate."""

WORTH_SHOWING: Final = 0.3
"""The least score of a match of a sentence in a document: of the judged posts, six in ten of those
whose first match is right have it, and two in ten of the others."""

OF_CLAIMS: Final = ("topic", "claimant", "created_from", "created_to")
OF_VERDICTS: Final = ("rating",)
FILTERS: Final = (*OF_CLAIMS, *OF_VERDICTS)
"""What claims may have to pass."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of claims; None if there are too many."""

    ids: list[str] | None


@dataclass(frozen=True, slots=True)
class Texts:
    """A claim and its verdicts as JSON texts."""

    id: str
    text: str
    verdicts: list[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that matches: its score, what gave it, and its texts."""

    scored: Scored
    texts: Texts


def matches(door: Door, reader: Reader, asked: Asked) -> list[Match]:
    """Return the claims that a text matches, the likest first, the earliest of equals before.

    A score is the share of what is asked that a claim has, by its worth: 1 where nothing is
    missing, whatever the text. Raises what the database refuses.
    """
    sought = words(door, reader, asked)
    if not sought:
        return []
    found = _candidates(door, reader, asked, sought)
    best = Scoring(sought).best(found, asked.limit)
    values = {"ids": [one.claim for one in best], "keyed": reader.keyed}
    query = statement("matched", until=reader.until)
    texts = {one.id: one for one in door.all(Texts, query, values)} if best else {}
    # One that is gone was there a moment ago.
    return [Match(one, texts[one.claim]) for one in best if one.claim in texts]


def narrowed(database: Database, reader: Reader, filters: Mapping[str, object]) -> Narrowed:
    """Return filters with the claims that pass one of them, if these are few."""
    if not filters:
        return Narrowed()
    values = {
        **dict.fromkeys(FILTERS),
        **filters,
        "of_claims": not filters.keys().isdisjoint(OF_CLAIMS),
        "few": FEW,
    }
    query = statement("narrowed", until=reader.until)
    [found] = database.all(Ids, query, values, prepare=False)
    return Narrowed(filters, found.ids)


def _candidates(
    door: Door, reader: Reader, asked: Asked, sought: Sequence[Word]
) -> list[Candidate]:
    # What else finds claims, such as vectors of their meaning, would put their ids here too.
    within = asked.narrowed.within
    values = {
        **dict.fromkeys(FILTERS),
        **asked.narrowed.filters,
        "arms": arms(sought, BUDGET) if within is None else [],
        "within": within or [],
        "words": [quoted(word.word) for word in sought],
        "worth": [word.worth for word in sought],
        "usual": sought[0].usual,
        "filtered": bool(asked.narrowed.filters),
        "keyed": reader.keyed,
        "most": max(CANDIDATES, asked.limit),
    }
    return door.all(Candidate, statement("candidates"), values)
