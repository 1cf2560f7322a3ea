"""What is asked: a text, and its words, each with what it is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.records.people import Reader
from service.search.posts import parts
from service.storage.database import Door
from service.storage.statements import statement

WORDS: Final = 100
"""Words of a text that are looked for, those that tell most: posts have some 25."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What claims have to pass: filters by their names in the statements.

    `within` are all the claims that pass one of them, if those are few.
    """

    filters: Mapping[str, object] = field(default_factory=dict[str, object])
    within: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A text of which is asked, in a language if that is known, and how many matches at most."""

    text: str
    language: str | None = None
    limit: int = 10
    narrowed: Narrowed = Narrowed()


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is asked for: how much it counts, how many records have it, what it is worth.

    Words of one token are what different languages make of it; where one of them passes it
    over, it is not `missed` by a claim that has none of them. Each of its `letters` (four in a
    row) has its rarity. Last is what all of them share: how many records there are, and how
    many words a claim has.
    """

    word: str
    weight: float
    records: float
    worth: float
    token: int
    missed: bool
    letters: list[str]
    rarities: list[float]
    of_all: float
    usual: float


def words(door: Door, reader: Reader, asked: Asked) -> list[Word]:
    """Return the words of what is asked, those that records have and that are worth most first."""
    said = parts(asked.text)
    values = {
        "texts": [text for text, _ in said],
        "weights": [weight for _, weight in said],
        "language": asked.language,
        "most": WORDS,
        "keyed": reader.keyed,
    }
    return door.all(Word, statement("asked_words"), values)
