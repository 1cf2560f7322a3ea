"""The work that is measured: what is asked, of which records, and what DESIGN wants of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, cycle
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

import orjson

from tests.bench.load import Call
from tests.bench.records import (
    DEEPEST,
    LONG,
    PER_SOURCE,
    TOPICS,
    Record,
    Records,
    claim_id,
    is_long,
    is_public,
    line,
    topic,
)

CONNECTIONS: Final = 32
PIECE: Final = 5_000
"""Records of one import, at the most."""

NEW: Final = 100_000_000
MORE: Final = 200_000_000
"""The first numbers of claims that are created, and imported, beside those filled in."""

STEP: Final = 7919
"""From one record that is read to the next: near ones are not read together."""


@dataclass(frozen=True, slots=True)
class Target:
    """The most that a piece of work may take: the service in bares, PostgreSQL in µs."""

    bares: float
    postgres: float


@dataclass(frozen=True, slots=True)
class Work:
    """Calls without end that are all of one sort; `records` is how many each of them moves."""

    name: str
    calls: Iterator[Call]
    target: Target | None = None
    connections: int = CONNECTIONS
    records: int = 1
    writes: bool = False


def request(
    method: str, path: str, body: bytes = b"", fields: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Return a request as it goes over the wire."""
    fields = {"Host": "bench", "Accept": "*/*", **fields}
    if body:
        fields |= {"Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def bare() -> Iterator[Call]:
    """Yield calls of the route with nothing in it."""
    while True:
        yield Call(request("GET", "/"), 200)


class Asking:
    """What is asked of a service with so many claims."""

    def __init__(self, records: Records, claims: int, key: str) -> None:
        """Take what was filled in, and a key that may publish."""
        self._records = records
        self._claims = claims
        self._key = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._revised = [n for n in range(claims) if self._is_revised(n)]
        self._revisions = dict.fromkeys(self._revised, 1)

    def work(self) -> list[Work]:
        """Return all there is to do, what reads before what writes."""
        piece = min(PIECE, self._claims)
        return [
            Work("GET by id", self.gets(), Target(1.3, 100)),
            Work("GET by id with a key", self.gets(self._key)),
            Work("GET answered 304", self.gets_unchanged(), Target(1.2, 80)),
            Work("list of 50, filtered", self.lists(), Target(2, 600)),
            Work("history of a record", self.histories(), Target(1.4, 150)),
            Work("history of 10,000, a page", cycle([self._history(DEEPEST)])),
            Work("search", self.searches()),
            Work("match", self.matches()),
            Work("create", self.creations(), Target(2.5, 800), writes=True),
            Work("revise with If-Match", self.revisions(), Target(2.5, 900), writes=True),
            Work("90 reads to 10 writes", self.mixture(), writes=True),
            Work("import, a record", self.imports(piece), Target(0.4, 350), 1, piece, writes=True),
        ]

    def gets(self, fields: Mapping[str, str] = MappingProxyType({})) -> Iterator[Call]:
        """Yield reads of a record."""
        for number in self._read():
            yield Call(request("GET", f"/v1/claims/{claim_id(number)}", fields=fields), 200)

    def gets_unchanged(self) -> Iterator[Call]:
        """Yield reads of a record that the client has already."""
        for number in self._read():
            if number != DEEPEST:
                tag = f'"{LONG if is_long(number) else 1}"'
                path = f"/v1/claims/{claim_id(number)}"
                yield Call(request("GET", path, fields={"If-None-Match": tag}), 304)

    def lists(self) -> Iterator[Call]:
        """Yield lists of the claims of a topic."""
        for number in count():
            query = urlencode({"topic": topic(number * STEP % TOPICS), "limit": 50})
            yield Call(request("GET", f"/v1/claims?{query}"), 200)

    def histories(self) -> Iterator[Call]:
        """Yield histories of records that have ten revisions."""
        for number in cycle(filter(is_long, filter(is_public, range(self._claims)))):
            yield self._history(number)

    def searches(self) -> Iterator[Call]:
        """Yield searches for two words of a claim."""
        for number in self._read():
            words = sorted(self._records.prose.claim(number).split(), key=len)[-2:]
            yield Call(request("GET", f"/v1/claims?{urlencode({'q': ' '.join(words)})}"), 200)

    def matches(self) -> Iterator[Call]:
        """Yield posts about a claim."""
        for number in self._read():
            post = self._records.prose.post(self._records.prose.claim(number))
            yield Call(request("GET", f"/v1/match?{urlencode({'text': post})}"), 200)

    def creations(self) -> Iterator[Call]:
        """Yield new claims."""
        for number in count(NEW):
            body = orjson.dumps(self._fresh(number))
            yield Call(request("POST", "/v1/claims", body, self._key), 201)

    def revisions(self) -> Iterator[Call]:
        """Yield new revisions, each of the record that was longest not revised."""
        for number in cycle(self._revised):
            yield self._revision(number)

    def mixture(self) -> Iterator[Call]:
        """Yield nine reads and a revision, again and again."""
        reads, writes = self.gets(), self.revisions()
        for turn in count():
            yield next(writes if turn % 10 == 9 else reads)

    def imports(self, piece: int) -> Iterator[Call]:
        """Yield imports of so many new claims."""
        fields = self._key | {"Content-Type": "application/x-ndjson"}
        for first in count(MORE, piece):
            lines = (
                line("claim", f"more{number}", self._fresh(number))
                for number in range(first, first + piece)
            )
            yield Call(request("POST", "/v1/import", b"".join(lines), fields), 200)

    def deepening(self, revisions: int) -> Iterator[Call]:
        """Yield what gives one record so many revisions, one after the other."""
        self._revisions[DEEPEST] = 1
        for _ in range(1, revisions):
            yield self._revision(DEEPEST)

    def _read(self) -> Iterator[int]:
        """Yield the numbers of claims that are public and not revised meanwhile."""
        for turn in count():
            number = turn * STEP % self._claims
            if is_public(number) and not self._is_revised(number):
                yield number

    @staticmethod
    def _is_revised(number: int) -> bool:
        """Say whether a claim is for revising: of 120 there are enough for all connections."""
        return number % 3 == 1 and is_public(number) and not is_long(number)

    def _fresh(self, number: int) -> Record:
        return self._records.fresh(number, self._claims // PER_SOURCE)

    def _history(self, number: int) -> Call:
        return Call(request("GET", f"/v1/claims/{claim_id(number)}/revisions"), 200)

    def _revision(self, number: int) -> Call:
        before = self._revisions[number]
        self._revisions[number] = before + 1
        body = self._records.claim(number, before + 1)
        note = {"note": f"Read again, {before}", "reason": "clarification"}
        path = f"/v1/claims/{claim_id(number)}?{urlencode(note)}"
        fields = {**self._key, "If-Match": f'"{before}"'}
        return Call(request("PUT", path, orjson.dumps(body), fields), 200)
