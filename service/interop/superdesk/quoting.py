"""Which claims a news item quotes, and by which of its sentences that is known."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

import orjson

from schemas import bounds
from service.documents.cutting import cut
from service.documents.values import JsonObject, objects
from service.interop.ninjs.items import Item
from service.records.people import Reader
from service.search.asked import Asked
from service.search.matching import Match, matches
from service.search.sentences import FEWEST, MOST, UNSPACED, sentences
from service.storage.database import Database

How = Literal["verbatim", "nearly"]

LIKEST: Final = 5
"""Claims that a sentence is compared with."""

NEARLY: Final = 0.8
"""The least share that sentence and claim have of each other's words, where no wording is quoted.

Of the sentence it is by the words' worth, as the score of a match is: what merely touches a claim
is far below.
"""

WORDINGS: Final = (("translations", "text"), ("appearances", "quote"), ("attribution", "quote"))
"""Where a claim has wordings of it beside its text."""

WORDS: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A claim that an item quotes, the sentence that is likest to it, and how it is known."""

    claim: str
    how: How
    score: float
    sentence: str


def quotations(database: Database, item: Item) -> list[Quotation]:
    """Return the claims that an item quotes, by id, each once."""
    document, found = _folded(item.text), dict[str, Quotation]()
    for one in islice(sentences(item.text), MOST):
        sentence = cut(one.text, bounds.PARAGRAPH)
        for match in _likest(database, item, sentence):
            claim, score = match.texts.id, match.scored.score
            how = _how(orjson.loads(match.texts.text), document, sentence, score)
            if how and (claim not in found or found[claim].score < score):
                found[claim] = Quotation(claim, how, score, sentence)
    return [found[claim] for claim in sorted(found)]


def _likest(database: Database, item: Item, sentence: str) -> list[Match]:
    language = item.source.get("language")
    asked = Asked(sentence, None if language is None else str(language), LIKEST)
    return matches(database, Reader(keyed=True), asked)


def _how(claim: JsonObject, document: str, sentence: str, score: float) -> How | None:
    """Return how an item that has this sentence quotes a claim, None if it does not."""
    if any(_within(wording, document) for wording in _wordings(claim)):
        return "verbatim"
    said = set(WORDS.findall(_folded(sentence)))
    asked = set(WORDS.findall(_folded(str(claim["text"]))))
    share = len(said & asked) / max(1, len(asked))
    return "nearly" if min(score, share) >= NEARLY else None


def _wordings(claim: JsonObject) -> Iterator[str]:
    """Yield the words in which a claim was put: its text, its translations, quotes of it."""
    yield str(claim["text"])
    for members, name in WORDINGS:
        for one in objects(claim.get(members)):
            if name in one:
                yield str(one[name])


def _within(wording: str, document: str) -> bool:
    """Tell whether a document has a wording, word by word; both are compared folded."""
    folded = _folded(wording)
    if len(UNSPACED.findall(folded)) > FEWEST:
        return folded in document
    return len(folded.split()) >= FEWEST and f" {folded} " in f" {document} "


def _folded(text: str) -> str:
    """Return the words of a text without regard to case, punctuation and how letters are made."""
    return " ".join(WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))
