"""Joining: what reviews share: claims that several are about, sources that several name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from schemas import bounds
from service.documents.values import JsonObject, JsonValue, objects
from service.interop.claimreview.identity import claimed_by, near
from service.interop.claimreview.lint import Lint
from service.interop.claimreview.reviews import Review
from service.interop.claimreview.works import merged


@dataclass
class Joined:
    """The claims and sources of a file, each with the item that named it first."""

    claims: dict[str, tuple[int, JsonObject]] = field(
        default_factory=dict[str, tuple[int, JsonObject]]
    )
    sources: dict[str, tuple[int, JsonObject]] = field(
        default_factory=dict[str, tuple[int, JsonObject]]
    )
    verdicts: dict[str, int] = field(default_factory=dict[str, int])
    _alike: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, item: int, review: Review, lint: Lint) -> bool:
        """Join a review's claim and sources to the rest; tell whether it came before itself."""
        identifier = str(review.verdict["id"])
        if (first := self.verdicts.setdefault(identifier, item)) != item:
            lint.note("review-twice", (), made=f"item {first}, verdict {identifier}")
            return True
        self._add_claim(item, review.claim, lint)
        for source in review.sources:
            known = self.sources.setdefault(str(source["id"]), (item, source))
            self.sources[str(source["id"])] = (known[0], source | known[1])
        return False

    def mark(self, verdict: JsonObject) -> None:
        """Let the claim and the sources of a verdict that is to be public be so too."""
        named = [(self.claims, str(verdict["claim_id"]))]
        cited = (one.get("source_id") for one in objects(verdict.get("evidence")))
        for kept, identifier in [*named, *((self.sources, str(one)) for one in cited if one)]:
            first, record = kept[identifier]
            kept[identifier] = (first, record | {"status": "published"})

    def records(self) -> Iterator[tuple[int, JsonObject]]:
        """Yield sources and claims with their items; a public claim's sources are public."""
        for _, claim in list(self.claims.values()):
            if claim.get("status") == "published":
                for identifier in _sources_of(claim):
                    first, source = self.sources[identifier]
                    self.sources[identifier] = (first, source | {"status": "published"})
        yield from self.sources.values()
        yield from self.claims.values()

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

    def _add_claim(self, item: int, claim: JsonObject, lint: Lint) -> None:
        identifier = str(claim["id"])
        if identifier in self.claims:
            first, known = self.claims[identifier]
            lint.note("claim-shared", (), found=claim["text"], made=f"item {first}, {identifier}")
            self.claims[identifier] = (first, _together(known, claim))
            return
        self.claims[identifier] = (item, claim)
        alike = self._alike.setdefault(near(str(claim["text"])), [])
        for other in alike[: bounds.FEW]:
            first, known = self.claims[other]
            who = claimed_by(known) or "nobody named"
            lint.note("claim-near", (), found=f"{known['text']}", made=f"item {first}, {who}")
        alike.append(identifier)


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
