"""The source that a news item is: made, revised by its newer versions, marked when it is pulled."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import orjson

from service.documents.values import JsonObject, members
from service.errors import IdExists
from service.interop.ninjs.items import SOURCE, SYSTEM, Item, Version
from service.records import writing
from service.records.judging import find_state
from service.records.members import client_members
from service.records.outcome import Outcome
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.records.rows import State
from service.records.writing import Match
from service.storage.database import Door

Came = Literal["created", "revised", "unchanged", "older", "marked", "deleted", "passed_over"]

ANY: Final = Match(given=True)
ADVICE: Final = {
    "marked": "Superdesk says that the item is {pubstatus}, and a draft of the source says so now."
    " What readers have of the source, if anything, is as it was: decide whether to retract it,"
    " by PATCH {path} with status, note and reason, or to leave it.",
    "deleted": "The source was deleted, and pushes do not bring it back. POST {path}/revisions"
    " restores it; push the item again then.",
}
"""What is left for a person to do, after what a push came to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an item's source; `revision` is None where there is none."""

    place: Place
    outcome: Came
    revision: int | None = None
    status: str | None = None
    advice: str | None = None

    def as_dict(self) -> JsonObject:
        """Return it as it is told."""
        where = {"id": self.place.id, "self": self.place.path}
        return {**where, "outcome": self.outcome, "revision": self.revision, "status": self.status}


def keep(door: Door, caller: Caller, item: Item) -> Kept:
    """Write an item's source as a draft, where that is called for."""
    place = Place(SOURCE, item.id)
    wish = Proposal(place, caller, "draft", Change())
    for _ in writing.tries(door, wish):
        state = find_state(door, wish)
        kept = revise(door, wish, item, state) if state else create(door, wish, item)
        if kept:
            return kept
    raise writing.busy()


def create(door: Door, wish: Proposal, item: Item) -> Kept | None:
    """Write the first revision; None if somebody was faster."""
    if not item.usable:
        return Kept(wish.place, "passed_over")
    try:
        made = writing.create(door, _proposal(wish, item, item.source))
    except IdExists:
        return None
    return _told("created", made)


def revise(door: Door, wish: Proposal, item: Item, state: State) -> Kept | None:
    """Write the next revision, if there is need of one; None if somebody was faster."""
    if state.status == "deleted":
        advice = ADVICE["deleted"].format(path=wish.place.path)
        return Kept(wish.place, "deleted", state.revision, state.status, advice)
    current: JsonObject = orjson.loads(state.text)
    if outcome := _nothing_to_do(item, current):
        return Kept(wish.place, outcome, state.revision, state.status)
    if item.pubstatus == "canceled" and state.first_public is None:
        gone = Proposal(wish.place, wish.caller, "deleted", _change(item))
        return _told("deleted", writing.revise(door, gone, [state.revision]))
    done = writing.follow(door, _revised(wish, item, current), state, ANY)
    if done is None or item.usable:
        return done and _told("revised", done)
    advice = ADVICE["marked"].format(path=wish.place.path, pubstatus=item.pubstatus)
    return replace(_told("marked", done), advice=advice)


def _nothing_to_do(item: Item, current: JsonObject) -> Came | None:
    """Return why a version of an item changes nothing, None if it does."""
    mark, origin = members(members(current.get("internal")).get(SYSTEM)), current.get("origin")
    known = Version.of(mark)
    if item.version.before(known):
        return "older"
    if known.before(item.version) or mark.get("pubstatus") != item.pubstatus:
        return None
    same = not item.usable or members(origin).get("sha256") == item.sha256
    return "unchanged" if same else None


def _revised(wish: Proposal, item: Item, current: JsonObject) -> Proposal:
    """Return the source with what the item says now; what it does not speak of stays."""
    source = client_members(current)
    source |= item.source if item.usable else {}
    source["external_ids"] = {**members(current.get("external_ids")), SYSTEM: item.guid}
    return _proposal(wish, item, source)


def _proposal(wish: Proposal, item: Item, source: JsonObject) -> Proposal:
    """Return the draft of a source that keeps in `internal` which version of the item it has."""
    mark: JsonObject = {**item.version.members, "pubstatus": item.pubstatus}
    sent: JsonObject = {**source, "internal": {**members(source.get("internal")), SYSTEM: mark}}
    return propose(wish.place, sent, _change(item), wish.caller)


def _change(item: Item) -> Change:
    what = f"version {item.version.number}" if item.version.number else "the item"
    return Change(note=f"Superdesk: {what}, {item.pubstatus}.")


def _told(outcome: Came, done: Outcome) -> Kept:
    return Kept(done.place, outcome, done.row.revision, done.row.status)
