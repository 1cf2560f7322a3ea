"""What lists are searched for: words in the way of search engines, and what each is worth."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from service.kinds import Kind
from service.records.people import Reader
from service.storage.database import Database
from service.storage.statements import statement

MOST: Final = 30
"""Words, the first, by which the likeness is reckoned; all others have to be there as well."""

PART: Final = re.compile(r'(?P<not>-+)?(?P<part>"[^"]*"?|[^\s"]\S*)')
"""A word or a phrase, and the ``-`` before what must not be there."""


@dataclass(frozen=True, slots=True)
class Worth:
    """A word, what it is worth, and how long the texts are that it is looked for in."""

    word: str
    worth: float
    usual: float


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules words go."""

    rules: list[str]


@dataclass(frozen=True, slots=True)
class Words:
    """What a list is searched for: words, ``"phrases"``, ``or`` between them, ``-`` before others.

    They go by the `rules` of a language, without one by those of all that records have. `worth`
    is that of the asked words, in their order, and last the usual length. Rules and worth of the
    first page hold for all others.
    """

    text: str
    language: str | None = None
    rules: Sequence[str] = field(default=())
    asked: Sequence[str] = field(default=())
    worth: Sequence[float] = field(default=())

    @property
    def wanted(self) -> str:
        """Return what has to be there."""
        return " ".join(part for unwanted, part in self._parts if not unwanted)

    @property
    def unwanted(self) -> str | None:
        """Return what must not be there, one or the other; None where all may."""
        return " or ".join(part for unwanted, part in self._parts if unwanted) or None

    @property
    def _parts(self) -> list[tuple[str, str]]:
        """Return the parts of what is asked for, and before each what refuses it."""
        return PART.findall(self.text)

    def weighed(self, database: Database, kind: Kind, reader: Reader) -> "Words":
        """Return the words with what each is worth now, by the rules that there are."""
        values = {"language": self.language, "keyed": reader.keyed}
        [found] = database.all(Rules, statement("asked_rules"), values)
        return self._by_rules(database, kind, reader, found.rules)

    def known(
        self,
        database: Database,
        kind: Kind,
        reader: Reader,
        rules: Sequence[str],
        worth: Sequence[float],
    ) -> "Words":
        """Return the words with what each was worth on the first page, by the rules of then."""
        return replace(self._by_rules(database, kind, reader, rules), worth=worth)

    def _by_rules(
        self, database: Database, kind: Kind, reader: Reader, rules: Sequence[str]
    ) -> "Words":
        values = {
            "rules": list(rules),
            "wanted_words": self.wanted,
            "keyed": reader.keyed,
            "kind": kind.name,
            "most": MOST,
        }
        found = database.all(Worth, statement("asked_phrases"), values)
        asked = [one.word for one in found]
        usual = found[0].usual if found else 1.0
        return replace(self, rules=rules, asked=asked, worth=[*(one.worth for one in found), usual])

    def values(self) -> dict[str, object]:
        """Return the values of a statement that searches."""
        return {
            "rules": list(self.rules),
            "wanted_words": self.wanted,
            "unwanted_words": self.unwanted,
            "asked": [quoted(word) for word in self.asked],
            "worth": list(self.worth[:-1]),
            "usual": self.worth[-1],
        }


def quoted(word: str) -> str:
    """Return a query for a word."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
