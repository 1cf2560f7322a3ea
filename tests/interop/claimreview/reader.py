"""Reviews as the tests read them: without a server, every record held against its kind."""

from dataclasses import dataclass
from typing import Any

import orjson

from service.interop.claimreview.importing.gathering import Reviews
from service.interop.claimreview.reading.lint import Lint
from service.interop.claimreview.reading.nodes import Node, Scope
from service.kinds import BY_NAME

Members = dict[str, Any]

BESIDE = ("type", "op", "if_revision")
REVIEW: Members = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checkers.example/rain",
    "claimReviewed": "It rained",
    "author": {"@type": "Organization", "name": "Checkers", "url": "https://checkers.example/"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A. Farmer"}},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}
"""A review with nothing wrong."""


@dataclass(frozen=True)
class Read:
    """What a file came to: its records by type, and the report on each of its items."""

    records: list[Members]
    report: list[Members]
    counts: Members

    def of(self, kind: str) -> list[Members]:
        """Return the records of a type."""
        return [one for one in self.records if one["type"] == kind]

    @property
    def claim(self) -> Members:
        """Return the only claim."""
        (found,) = self.of("claim")
        return found

    @property
    def verdict(self) -> Members:
        """Return the only verdict."""
        (found,) = self.of("verdict")
        return found

    @property
    def codes(self) -> set[str]:
        """Return what was found in all items."""
        return {one["code"] for entry in self.report for one in entry["findings"]}

    def found(self, code: str) -> Members:
        """Return the first finding of a code."""
        every = [one for entry in self.report for one in entry["findings"]]
        return next(one for one in every if one["code"] == code)


def read(data: bytes | str | Any, status: str | None = None) -> Read:  # noqa: ANN401 -- JSON
    """Read a file, or a value as the file that holds it; fail for a record that is not sound."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if not isinstance(data, bytes):
        data = orjson.dumps(data)
    file = Reviews(lambda _: {}, status)
    cut = [data[place : place + 1000] for place in range(0, len(data), 1000)]
    try:
        records: list[Any] = [record for _, record in file.read(cut)]
        report = [orjson.loads(line) for line in file.entries.lines()]
    finally:
        file.close()
    for one in records:
        sent = {name: value for name, value in one.items() if name not in BESIDE}
        assert BY_NAME[one["type"]].check(sent) == [], one
        _ = orjson.dumps(one)
    return Read(records, report, file.entries.counts)


def review(**members: object) -> Members:
    """Return the good review with other members; those that are None are left out."""
    made = REVIEW | members
    return {name: value for name, value in made.items() if value is not None}


def node(value: Any) -> Node:  # noqa: ANN401 -- JSON
    """Return a value that stands by itself."""
    return Node(value, ("x",), Scope(Lint()))


def told(one: Node) -> list[str]:
    """Return the codes of what was found in a value."""
    return [finding.code for finding in one.scope.lint.findings]
