"""A newsroom's claims, their sources and verdicts: pure functions of seed and number.

Whoever makes ten thousand makes the first ten thousand of a million.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from tests.search.prose import VOCABULARY, Prose

PER_SOURCE: Final = 4
"""Claims that have a source of their own; each also names one of an earlier four."""

TOPICS: Final = 149
LANGUAGES: Final = ("en", "en", "en", "de", "fr", "es")
LONG: Final = 10
LONGEST: Final = 10_000
"""Revisions of one record in a hundred, and of one record."""

DEEPEST: Final = 3
"""The number of the claim that has the most revisions."""

Record = dict[str, Any]


def claim_id(number: int) -> str:
    """Return the id of a claim, which is that of its verdict too."""
    return f"c{number:07}"


def source_id(number: int) -> str:
    """Return the id of a source."""
    return f"s{number:07}"


def is_public(number: int) -> bool:
    """Say whether a claim is published: seven of eight are."""
    return number % 8 != 5


def is_long(number: int) -> bool:
    """Say whether a claim has `LONG` revisions."""
    return number % 100 == 7


def topic(number: int) -> str:
    """Return a topic; each is that of claims from the first to the last."""
    return f"topic {number % TOPICS}"


def date(number: int) -> str:
    """Return a day between 2019 and 2025."""
    return f"20{number % 7 + 19}-{number % 12 + 1:02}-{number % 28 + 1:02}"


class Records:
    """All that there is to know of a record, by its number."""

    def __init__(self, seed: int = 7, vocabulary: int = VOCABULARY) -> None:
        """Make the words."""
        self.prose = Prose(seed, vocabulary)

    def source(self, number: int) -> Record:
        """Return the body of a source."""
        chance, name = self.prose.chance("source", number), f"Desk {number % 97}"
        day = date(number)
        return {
            "title": self.prose.passage(9, "source", number),
            "source_type": chance.choice(("article", "post", "document", "broadcast")),
            "url": f"https://desk{number % 97}.example/{day}/{number}",
            "publisher": name,
            "authors": [self.prose.passage(2, "author", number % 500).title()],
            "published_at": day,
            "language": LANGUAGES[number % len(LANGUAGES)],
            "reliability": chance.choice("ABCDEF"),
            "status": "published",
        }

    def claim(self, number: int, revision: int = 1) -> Record:
        """Return the body of a claim, as one of its revisions has it; 1 to 2 KB of JSON."""
        chance, day = self.prose.chance("claim", number), date(number)
        person = self.prose.passage(2, "person", number % 2000).title()
        return {
            "text": self.prose.claim(number),
            "language": LANGUAGES[number % len(LANGUAGES)],
            "claimant": {"name": person, "kind": "person", "role": f"role {number % 40}"},
            "claimed_at": day,
            "claim_type": chance.choice(("event", "quantity", "quotation", "causal")),
            "about": {"from": day[:7]},
            "topics": [topic(number), f"place {chance.randrange(70)}"],
            "locations": [f"Region {chance.randrange(300)}"],
            "context": self.prose.passage(chance.randint(40, 130), "context", number, revision),
            "media": [{"url": f"https://pictures.example/{number}.jpg", "kind": "image"}],
            "appearances": [self._appearance(number, person.replace(" ", ""))],
            "attribution": self._attribution(number, chance.randint(0, number // PER_SOURCE)),
            "external_ids": {"cms": f"{number * 7919 % 10**7:07}"},
            "status": "published" if is_public(number) else "draft",
        }

    def _appearance(self, number: int, account: str) -> Record:
        return {
            "url": f"https://www.social.example/{account}/{number}",
            "platform": "social.example",
            "title": self.prose.passage(7, "title", number),
            "published_at": date(number),
            "first": True,
        }

    def _attribution(self, number: int, other: int) -> list[Record]:
        own, quote = source_id(number // PER_SOURCE), self.prose.passage(12, "said", number)
        return [
            {"source_id": own, "verb": "said", "at": date(number), "quote": quote},
            {"source_id": source_id(other), "verb": "reported"},
        ]

    def verdict(self, number: int) -> Record:
        """Return the body of the verdict on a claim; what is no draft is not always published."""
        chance, text = self.prose.chance("verdict", number), self.prose.claim(number)
        status = "published" if is_public(number) else ("draft", "in_review")[number // 8 % 2]
        return {
            "claim_id": claim_id(number),
            "scale_id": "truth",
            "rating": chance.choice(("false", "false", "mostly_false", "mixed", "true")),
            "title": self.prose.title(text),
            "summary": self.prose.passage(20, "summary", number),
            "evidence": [{"source_id": source_id(number // PER_SOURCE), "stance": "refutes"}],
            "authors": [self.prose.passage(2, "author", number % 50).title()],
            "language": LANGUAGES[number % len(LANGUAGES)],
            "url": f"https://checks.example/{number}",
            "status": status,
        }

    def lines(self, first: int, end: int) -> Iterator[bytes]:
        """Yield the claims of these numbers as an import takes them, with all they bring along."""
        for number in range(first, end):
            if number % PER_SOURCE == 0:
                own = number // PER_SOURCE
                yield line("source", source_id(own), self.source(own))
            yield line("claim", claim_id(number), self.claim(number))
            yield line("verdict", claim_id(number), self.verdict(number))

    def fresh(self, number: int, sources: int) -> Record:
        """Return the body of a published claim beyond all others that names one of so many."""
        claim = self.claim(number)
        for step, one in enumerate(claim["attribution"]):
            one["source_id"] = source_id((number + step) % sources)
        return claim | {"status": "published"}

    def revised(self, number: int, revision: int) -> bytes:
        """Return a line that makes a revision of a claim, after the first."""
        more = {"if_revision": revision - 1, "note": f"Read again, {revision}", "reason": "typo"}
        return line("claim", claim_id(number), self.claim(number, revision) | more)


def line(kind: str, name: str, members: Mapping[str, object]) -> bytes:
    """Return a record as a line."""
    return orjson.dumps({"type": kind, "id": name, **members}) + b"\n"
