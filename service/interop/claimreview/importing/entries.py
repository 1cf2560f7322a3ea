"""Entries of a report: what came of each item, kept aside until the import is done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from service.documents.pointers import Path
from service.documents.values import JsonObject
from service.interop.claimreview.importing.shelf import Shelf
from service.interop.claimreview.reading.lint import Lint, pointer, shown
from service.interop.claimreview.records.reviews import Review


@dataclass
class Entries:
    """Keep the entries as lines of JSON, in their order."""

    items: int = 0
    understood: int = 0
    repeated: int = 0
    _shelf: Shelf = field(default_factory=Shelf)

    def add_item(
        self, line: int, path: Path, lint: Lint, review: Review | None, *, repeated: bool = False
    ) -> None:
        """Keep what came of an item: the records made of it, and what was found in it."""
        self.items += 1
        self.understood += review is not None
        self.repeated += repeated
        entry: JsonObject = {"item": self.items, "line": line, "pointer": pointer(path)}
        if review:
            entry |= _made(review)
        _ = self._shelf.add(entry | told(lint))

    def add_document(self, line: int, lint: Lint, passed: dict[str, int]) -> None:
        """Keep that no review was found in a document, and what else is in it."""
        entry: JsonObject = {"item": None, "line": line, "pointer": "#"}
        if passed:
            entry["passed_over"] = {shown(name): count for name, count in passed.items()}
        _ = self._shelf.add(entry | told(lint))

    def lines(self) -> Iterator[bytes]:
        """Return the entries, each a line."""
        return self._shelf.lines()

    def close(self) -> None:
        """Let go of what was kept."""
        self._shelf.close()

    @property
    def missed(self) -> int:
        """Return how many items could not be understood."""
        return self.items - self.understood

    @property
    def counts(self) -> JsonObject:
        """Return how many items there were, and how many of them were understood."""
        return {"items": self.items, "understood": self.understood, "repeated": self.repeated}


def told(lint: Lint) -> JsonObject:
    """Return findings as a report has them."""
    made: JsonObject = {"findings": [one.as_dict() for one in lint.findings]}
    if lint.untold:
        made["untold"] = lint.untold
    return made


def _made(review: Review) -> JsonObject:
    original = cast("JsonObject", review.verdict.get("original_rating") or {})
    known: JsonObject = {"url": review.verdict.get("url"), "label": original.get("label")}
    known |= {"rule": original.get("rule")}
    return {
        "records": {
            "claim": review.claim["id"],
            "verdict": review.verdict["id"],
            "sources": [one["id"] for one in review.sources],
        },
        "rating": review.verdict.get("rating"),
        **{name: value for name, value in known.items() if value is not None},
    }
