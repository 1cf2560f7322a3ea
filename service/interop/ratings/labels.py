"""Labels of fact-checkers, in many languages, and what they come to.

The table is `labels.toml`, which says beside each doubtful choice why it was made.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service import resources

LONGEST = 300
"""Characters of a label that is looked up: those of `original_rating`."""

NOT_ABOUT_TRUTH = "none"
NEVER_BEGINS = frozenset({"true", "mostly_true"})
"""Ratings that a label is not given by its beginning: what follows may take it back."""

_ASKS = frozenset("?\u037e\u055e\u061f\u2753\u2754\u203d\u2047\u2048\u2049\ufe56\uff1f")
"""Signs that make a question of a label, in several scripts."""

_SIGNS = {
    frozenset("✅✔✓☑🗹👍"): frozenset({"true", "mostly_true", "mixed"}),
    frozenset("❌✗✘✖✕❎🗷☒🚫⛔👎"): frozenset(
        {"false", "mostly_false", "mixed", "unproven", "not_checkable"}
    ),
}
"""Signs for right and for wrong, each with the ratings that it does not contradict."""

_BETWEEN = re.compile(r"[.:;|/()\[\]\n,«»“”\"]| [-–—] |[–—]")  # noqa: RUF001 -- dashes are meant
_SAME = str.maketrans(  # letters that one word is written with here and others there
    dict.fromkeys("\u0649\u06cc", "\u064a")
    | dict.fromkeys("\u0629\u06be\u06c1\u06d5", "\u0647")
    | {"\u06a9": "\u0643", "\u0131": "i"}
)
_DROPPED = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u093c\u09bc\u200b-\u200f\ufeff]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label comes to; `rating` is None where it says nothing about truth."""

    rating: str | None
    languages: tuple[str, ...]
    label: str
    begins: bool = False

    def language(self, wanted: str | None) -> str:
        """Return the language by which it is known, the wanted one if that is among them."""
        prefix = (wanted or "").partition("-")[0].casefold()
        fitting = (one for one in self.languages if one.partition("-")[0] == prefix)
        return next(fitting, self.languages[0])


@dataclass(frozen=True, slots=True)
class Table:
    """The labels by what is left of them when they are folded, and what decorates them."""

    meanings: dict[str, Meaning]
    decorations: frozenset[str]


def folded(label: str) -> str:
    """Return the words of a label without case, accents and signs."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", label.casefold())).translate(_SAME)
    letters = (one if unicodedata.category(one)[0] in "LMN" else " " for one in plain)
    return " ".join("".join(letters).split())


@cache
def table() -> Table:
    """Return the table; what two languages share is known by both."""
    read = tomllib.loads(resources.text("interop/ratings/labels.toml"))
    decorations = frozenset(map(folded, read.pop("decorations")))
    meanings: dict[str, Meaning] = {}
    for language, rating, label in _entries(read):
        key = folded(label)
        before = meanings.get(key)
        known = (*before.languages, language) if before else (language,)
        meaning = None if rating == NOT_ABOUT_TRUTH else rating
        shown = before.label if before else label
        meanings[key] = Meaning(meaning, tuple(dict.fromkeys(known)), shown)
    return Table(meanings, decorations)


def meaning(label: str) -> Meaning | None:
    """Return what a label means, or what it begins with and no word or sign contradicts."""
    found = _of_label(label[:LONGEST])
    if found and any(
        found.rating and found.rating not in fitting and not signs.isdisjoint(label[:LONGEST])
        for signs, fitting in _SIGNS.items()
    ):
        return None
    return found


def _of_label(label: str) -> Meaning | None:
    known = table()
    if (found := _of_words(known, folded(label))) and _ASKS.isdisjoint(label):
        return found
    split = [(folded(part), not _ASKS.isdisjoint(part)) for part in _BETWEEN.split(label)]
    if any(asks for words, asks in split if not words or _of_words(known, words)):
        return None
    parts = [part for part, _ in split if part and part not in known.decorations]
    meanings = [_of_words(known, part) for part in parts]
    if not meanings or (first := meanings[0]) is None:
        return None
    told = [one is not None and one.rating for one in meanings]
    if any(rating and rating != first.rating for rating in told):
        return None
    alone = all(told) or len(told) == 1
    if not alone and first.rating in NEVER_BEGINS:
        return None
    return first if alone else Meaning(first.rating, first.languages, first.label, begins=True)


def _of_words(known: Table, words: str) -> Meaning | None:
    """Return what words mean, with what decorates them or without."""
    found = known.meanings.get(words)
    pieces = words.split(" ")
    for length in range(1, min(5, len(pieces))) if found is None else ():
        if " ".join(pieces[:length]) in known.decorations:
            found = found or known.meanings.get(" ".join(pieces[length:]))
    return found


def _entries(read: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, str]]:
    """Yield language, rating and label of each entry."""
    for language, ratings in read.items():
        for rating, labels in ratings.items():
            for label in labels:
                yield language, rating, label
