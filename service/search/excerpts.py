"""Excerpts: where in records the words stand that were asked for."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from service.documents.pointers import Path, pointer
from service.documents.values import JsonObject
from service.kinds import BY_NAME
from service.storage.database import Database
from service.storage.statements import statement

LONGEST: Final = 240
"""Characters of an excerpt."""

BEFORE: Final = 60
"""Characters that it begins before the first word that is marked, if it is not the whole text."""

MOST: Final = 3
"""Excerpts of a record: of its first texts that have any of the words."""

READ: Final = 5_000
"""Characters of a text in which words are marked."""

HAN: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
"""Accents, points and vowels that are written over, under or after letters."""

LETTER: Final = rf"(?![{HAN}])[\w{MARKS}]"
TOKEN: Final = re.compile(
    rf"(?P<run>[{HAN}]+)|[Uu]\.\s?[Ss]\.(?:\s?[Aa]\.)?|(?:{LETTER})+(?:['’.,-](?:{LETTER})+)*"  # noqa: RUF001 -- as it is written
)
"""A word as search takes it: of Chinese and Japanese each two characters in a row, see `spaced`."""

Span = tuple[int, int]
"""From a character to before another."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a record: its place there, its language, and its words with where they stand."""

    path: Path
    language: str | None
    said: str
    tokens: Sequence[Span]

    def token(self, span: Span) -> str:
        """Return a word as it is written."""
        return self.said[slice(*span)]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text of a record, and where in it the words stand that were asked for."""

    field: str
    text: str
    marks: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Stemmed:
    """The words by which a token is found."""

    words: list[str]


def excerpts(
    database: Database, records: Sequence[JsonObject], asked: Collection[str]
) -> list[list[Excerpt]]:
    """Return some excerpts of each record that have any of the words asked for.

    Raises what the database refuses.
    """
    told = [list(texts(record)) for record in records]
    known = _stemmed(database, (text for each in told for text in each), frozenset(asked))
    return [list(islice(_of_record(each, known), MOST)) for each in told]


def texts(record: JsonObject) -> Iterator[Text]:
    """Yield the texts of a record in which words are looked for."""
    for trail in BY_NAME[str(record["type"])].trails:
        if "searched" not in trail.metadata:
            continue
        for path, value in trail.follow(record):
            said = str(value)[:READ]
            yield Text(path, _language(record, path), said, list(_tokens(said)))


def _language(record: JsonObject, path: Path) -> str | None:
    """Return the language of a text: that of the translation it is of, or of the record."""
    translations = record.get("translations")
    if path[0] == "translations" and isinstance(translations, list):
        part = translations[int(path[1])]
        return str(part["language"]) if isinstance(part, dict) else None
    language = record.get("language")
    return None if language is None else str(language)


def _tokens(said: str) -> Iterator[Span]:
    for found in TOKEN.finditer(said):
        start, end = found.span()
        if found["run"] and end - start > 1:
            yield from ((place, place + 2) for place in range(start, end - 1))
        else:
            yield start, end


def _stemmed(
    database: Database, every: Iterable[Text], asked: frozenset[str]
) -> Mapping[str | None, Collection[str]]:
    """Return by language the tokens that come to a word asked for."""
    tokens = dict.fromkeys(
        (text.language, text.token(span)) for text in every for span in text.tokens
    )
    values = {
        "tokens": [token for _, token in tokens],
        "languages": [language for language, _ in tokens],
    }
    found = database.all(Stemmed, statement("stems"), values) if tokens else []
    known: dict[str | None, set[str]] = {}
    for (language, token), one in zip(tokens, found, strict=True):
        if not asked.isdisjoint(one.words):
            known.setdefault(language, set()).add(token)
    return known


def _of_record(
    every: Iterable[Text], known: Mapping[str | None, Collection[str]]
) -> Iterator[Excerpt]:
    for text in every:
        here = known.get(text.language, ())
        if marks := [span for span in text.tokens if text.token(span) in here]:
            yield _excerpt(text, marks)


def _excerpt(text: Text, marks: Sequence[Span]) -> Excerpt:
    """Return the piece of a text in which most marks are, the first such."""
    start, end = 0, len(text.said)
    if end > LONGEST:
        starts = [one for one, _ in marks]
        first = max(starts, key=lambda one: (_until(starts, one), -one))
        start = _next_word(text, max(0, first - BEFORE))
        end = start + LONGEST
        end = max((to for _, to in text.tokens if first < to <= end), default=end)
    here = [(one - start, min(other, end) - start) for one, other in marks if start <= one < end]
    return Excerpt(pointer(text.path), text.said[start:end], list(_joined(here)))


def _until(starts: Sequence[int], first: int) -> int:
    """Return how many marks there are in an excerpt that begins before one."""
    return bisect_left(starts, first + LONGEST - BEFORE) - bisect_left(starts, first)


def _next_word(text: Text, place: int) -> int:
    return 0 if place == 0 else next(start for start, _ in text.tokens if start >= place)


def _joined(marks: Sequence[Span]) -> Iterator[Span]:
    """Yield marks, those that overlap as one: each two characters in a row are a word there."""
    last = marks[0]
    for start, end in marks[1:]:
        if start < last[1]:
            last = last[0], end
        else:
            yield last
            last = start, end
    yield last
