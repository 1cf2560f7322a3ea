"""Joining: what reviews share: claims that several are about, sources that several name."""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from schemas import bounds
from service.documents.values import JsonObject, JsonValue, objects
from service.errors import BodyTooLarge
from service.interop.claimreview.importing.shelf import KEY, Index, Shelf
from service.interop.claimreview.reading.lint import Lint
from service.interop.claimreview.records.identity import claimed_by, near
from service.interop.claimreview.records.reviews import Review
from service.interop.claimreview.records.works import merged

SOURCES = 400_000
"""Sources of one import."""


@dataclass
class Pile:
    """Records of one type, each once: those that are marked, and the items that named them first.

    The records lie aside; what is beside them takes some forty bytes a record.
    """

    shelf: Shelf = field(default_factory=Shelf)
    first: "array[int]" = field(default_factory=lambda: array("I"))
    marked: bytearray = field(default_factory=bytearray)
    _index: Index = field(default_factory=Index)

    def number(self, identifier: str) -> int:
        """Return the number of a record that is there, else the one it will have."""
        return self._index.setdefault(_key(identifier), len(self.shelf))

    def add(self, item: int, record: JsonObject) -> tuple[int, JsonObject | None]:
        """Keep a record if it is not there; return its number, and the one that is there."""
        number = self.number(str(record["id"]))
        if number < len(self.shelf):
            return number, self[number]
        _ = self.shelf.add(record)
        self.first.append(item)
        self.marked.append(False)
        return number, None

    def __getitem__(self, number: int) -> JsonObject:
        """Return a record."""
        return cast("JsonObject", self.shelf.get(number))

    def records(self, status: str) -> Iterator[tuple[int, JsonObject]]:
        """Yield the records with their items; those that are marked have a status."""
        for number, (item, marked) in enumerate(zip(self.first, self.marked, strict=True)):
            record = self[number]
            yield item, record | {"status": status} if marked else record


@dataclass
class Joined:
    """The claims and sources of a file, each with the item that named it first.

    Those of reviews that are written with a `status` have that too.
    """

    status: str = "draft"
    claims: Pile = field(default_factory=Pile)
    sources: Pile = field(default_factory=Pile)
    _verdicts: Index = field(default_factory=Index)
    _alike: Index = field(default_factory=Index)
    _next: "array[int]" = field(default_factory=lambda: array("I"))

    def add(self, item: int, review: Review, lint: Lint) -> bool:
        """Join a review's claim and sources to the rest; tell whether it came before itself.

        Raises `BodyTooLarge` for too many sources.
        """
        identifier = str(review.verdict["id"])
        if (first := self._verdicts.setdefault(_key(identifier), item)) != item:
            lint.note("review-twice", (), made=f"item {first}, verdict {identifier}")
            return True
        self._add_claim(item, review.claim, lint)
        for source in review.sources:
            number, known = self.sources.add(item, source)
            if known is not None and (whole := source | known) != known:
                self.sources.shelf.put(number, whole)
        if len(self.sources.shelf) > SOURCES:
            raise BodyTooLarge(f"Send reviews that name at most {SOURCES:,} sources at once.")
        return False

    def mark(self, verdict: JsonObject) -> None:
        """Let the claim and the sources of a verdict have the status that it has."""
        self.claims.marked[self.claims.number(str(verdict["claim_id"]))] = True
        for one in objects(verdict.get("evidence")):
            if "source_id" in one:
                self.sources.marked[self.sources.number(str(one["source_id"]))] = True

    def records(self) -> Iterator[tuple[int, JsonObject]]:
        """Yield sources and claims with their items; a public claim's sources are public."""
        if self.status == "published":
            for number, marked in enumerate(self.claims.marked):
                for identifier in _sources_of(self.claims[number]) if marked else ():
                    self.sources.marked[self.sources.number(identifier)] = True
        yield from self.sources.records(self.status)
        yield from self.claims.records(self.status)

    def gained(self, claim: JsonObject, held: JsonObject) -> list[JsonValue]:
        """Return the appearances of a claim that is there and lacks some of these; else none."""
        ours, theirs = (
            cast("list[JsonObject]", one.get("appearances") or []) for one in (claim, held)
        )
        known = merged([*theirs])
        whole = merged([*theirs, *ours])
        if claim["type"] != "claim" or len(whole) <= len(known):
            return []
        return cast("list[JsonValue]", [*theirs, *whole[len(known) :]][: bounds.MANY])

    def close(self) -> None:
        """Let go of what was laid aside."""
        self.claims.shelf.close()
        self.sources.shelf.close()

    def _add_claim(self, item: int, claim: JsonObject, lint: Lint) -> None:
        number, known = self.claims.add(item, claim)
        if known is None:
            self._tell_alike(number, claim, lint)
            return
        made = f"item {self.claims.first[number]}, {claim['id']}"
        lint.note("claim-shared", (), found=claim["text"], made=made)
        if (whole := _together(known, claim)) != known:
            self.claims.shelf.put(number, whole)

    def _tell_alike(self, number: int, claim: JsonObject, lint: Lint) -> None:
        """Tell of the first claims that have the same words, and let this be the next of them."""
        self._next.append(number)
        words = hashlib.sha256(near(str(claim["text"])).encode()).digest()[:KEY]
        other = self._alike.setdefault(words, number)
        for _ in range(bounds.FEW):
            if other == number:
                return
            known, first = self.claims[other], self.claims.first[other]
            who = claimed_by(known) or "nobody named"
            lint.note("claim-near", (), found=f"{known['text']}", made=f"item {first}, {who}")
            if self._next[other] == other:
                self._next[other] = number
            other = self._next[other]


def _key(identifier: str) -> bytes:
    """Return the hash that an id made of one has in it."""
    return bytes.fromhex(identifier.removeprefix("cr-"))


def _together(known: JsonObject, claim: JsonObject) -> JsonObject:
    """Return a claim with what another review of it adds: members it lacks, and appearances."""
    appearances = [
        *cast("list[JsonObject]", known.get("appearances") or []),
        *cast("list[JsonObject]", claim.get("appearances") or []),
    ]
    whole = claim | known
    if appearances and len(cast("list[JsonValue]", whole["appearances"])) < bounds.MANY:
        whole["appearances"] = cast("list[JsonValue]", merged(appearances)[: bounds.MANY])
    return whole


def _sources_of(claim: JsonObject) -> list[str]:
    found = cast("list[JsonObject]", claim.get("appearances") or [])
    return [str(one["source_id"]) for one in found if "source_id" in one]
