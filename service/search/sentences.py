"""A document, sentence by sentence, each with where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

END: Final = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|[。！？]+[」』”]*|\n\s*\n"  # noqa: RUF001 -- as they are used
)
SHORT: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|vs|etc|No|approx|[A-Z])|\b[a-z]\.[a-z])\.$"
)
"""What ends in a full stop and is no sentence: titles, initials, abbreviations."""

MOST: Final = 500
"""Sentences of a document that are matched at the most: each is matched by itself."""

NEXT: Final = re.compile(r"\s*+(\S)")
FEWEST: Final = 3
"""Words of a sentence in which there can be a claim; or one more of the characters below."""

UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
"""Characters of scripts that put no spaces between words."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place: from the character `start`, from 0, to before `end`."""

    text: str
    start: int
    end: int


def sentences(document: str) -> Iterator[Sentence]:
    """Yield the sentences of a document that are long enough to say something."""
    start = 0
    for end in _ends(document):
        piece = document[start:end]
        text = piece.strip()
        if len(text.split()) >= FEWEST or len(UNSPACED.findall(text)) > FEWEST:
            begin = start + len(piece) - len(piece.lstrip())
            yield Sentence(text, begin, begin + len(text))
        start = end


def _ends(document: str) -> Iterator[int]:
    for found in END.finditer(document):
        short = SHORT.search(document, max(0, found.start() - 10), found.start() + 1)
        follows = NEXT.match(document, found.end())
        if not short and not (follows and follows[1].islower()):
            yield found.end()
    yield len(document)
