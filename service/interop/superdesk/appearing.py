"""Where the public met a claim: an appearance for the item that quotes it, once for a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, cast

from schemas import bounds
from service.documents.values import JsonObject
from service.errors import Gone
from service.interop.ninjs.items import Item
from service.interop.superdesk.quoting import Quotation
from service.kinds import BY_NAME
from service.kinds.addresses import identity
from service.records import writing
from service.records.members import client_members
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.records.writing import Match
from service.storage.database import Door

Came = Literal["added", "present", "full", "gone"]

CLAIM: Final = BY_NAME["claim"]
TAKEN: Final = ("url", "title", "publisher", "published_at")
"""Members that an appearance has from its source."""


@dataclass(frozen=True, slots=True)
class Appeared:
    """What became of the appearance of a claim in an item, and why it was thought one."""

    quotation: Quotation
    outcome: Came
    revision: int | None = None

    def as_dict(self) -> JsonObject:
        """Return it as it is told."""
        quoted = self.quotation
        return {
            "id": quoted.claim,
            "self": Place(CLAIM, quoted.claim).path,
            "outcome": self.outcome,
            "revision": self.revision,
            "how": quoted.how,
            "score": quoted.score,
            "sentence": quoted.sentence,
        }


class _StandsError(Exception):
    """Say why an appearance is not added, and to which revision."""

    def __init__(self, outcome: Came, revision: int) -> None:
        super().__init__(outcome)
        self.outcome: Came = outcome
        self.revision = revision


def appear(door: Door, caller: Caller, item: Item, quoted: Quotation) -> Appeared:
    """Write a draft over a claim that tells where it was quoted, unless it does already."""
    wish = Proposal(Place(CLAIM, quoted.claim), caller, "draft", Change())
    try:
        done = writing.patch(door, partial(_added, wish, item, quoted), wish, Match(given=True))
    except _StandsError as stands:
        return Appeared(quoted, stands.outcome, stands.revision)
    except Gone:
        return Appeared(quoted, "gone")
    return Appeared(quoted, "added", done.row.revision)


def _added(wish: Proposal, item: Item, quoted: Quotation, current: JsonObject) -> Proposal:
    """Return the draft of a claim with one appearance more; raises `_StandsError`."""
    listed = cast("list[JsonObject]", current.get("appearances", []))
    outcome = _why_not(str(current["status"]), listed, item)
    if outcome:
        raise _StandsError(outcome, cast("int", current["revision"]))
    sent = client_members(current)
    sent["appearances"] = [*listed, _appearance(item, quoted)]
    change = Change(note="Superdesk: an item that quotes the claim.")
    return propose(wish.place, sent, change, wish.caller)


def _why_not(status: str, listed: Sequence[JsonObject], item: Item) -> Came | None:
    """Return why an appearance is not added, None if it is to be."""
    if status == "withheld":
        return "gone"
    if any(_is_of(one, item) for one in listed):
        return "present"
    return "full" if len(listed) >= bounds.MANY else None


def _is_of(appearance: JsonObject, item: Item) -> bool:
    """Tell whether an appearance names the item: by its source, or by where it can be read."""
    here, there = item.source.get("url"), appearance.get("url")
    same = bool(here and there) and identity(str(here)) == identity(str(there))
    return same or appearance.get("source_id") == item.id


def _appearance(item: Item, quoted: Quotation) -> JsonObject:
    said = {name: item.source[name] for name in TAKEN if name in item.source}
    return {"source_id": item.id, **said, "quote": quoted.sentence}
