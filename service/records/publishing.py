"""Publishing with references: the drafts that a record refers to become public along with it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from service.documents.canonical import fingerprint
from service.errors import Busy, Fault
from service.kinds import BY_NAME, KINDS
from service.records.judging import invalid, unmet
from service.records.place import Place
from service.records.proposals import Proposal, unrated
from service.records.reviewing import own_draft
from service.storage.database import Door
from service.storage.statements import statement

MOST = 500
"""Drafts that one request publishes along."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to be published as it is: where it is, what it holds.

    It is `approved` if it may become public by who takes it along.
    """

    kind: str
    id: str
    revision: int
    body: str
    refs: list[str]
    approved: bool

    @property
    def place(self) -> Place:
        """Return where it is."""
        return Place(BY_NAME[self.kind], self.id)


@dataclass(frozen=True, slots=True)
class Published:
    """When a draft was published."""

    recorded_at: datetime


def publish_references(door: Door, proposal: Proposal) -> datetime | None:
    """Publish the drafts that a proposal refers to, and theirs in turn; return the instant.

    None where there are none. `door` is a transaction, which the caller ends without a
    commit where the proposal itself is refused. Raises `InvalidRecord` for drafts that
    cannot be public, `FourEyes` for one that somebody else has to publish, `Busy` where one
    was written meanwhile: it may say something else, or be public since a later instant.
    """
    drafts = _drafts(door, proposal)
    if not drafts:
        return None
    ordered = list(in_order(drafts))
    proposals = [proposed(draft, proposal) for draft in ordered]
    for draft, one in zip(ordered, proposals, strict=True):
        if not draft.approved:
            raise own_draft(one)
    done = door.all(Published, statement("publish_drafts"), _values(ordered, proposal))
    if len(done) < len(drafts):
        detail = "Other writers were faster with a draft that it refers to. Try again."
        raise Busy(detail)
    if faults := [fault for one in proposals for fault in _faults(door, one, proposal)]:
        raise invalid(faults)
    return done[0].recorded_at


def in_order(drafts: list[Draft]) -> Iterator[Draft]:
    """Yield drafts so that each comes after those it refers to, but where they go in circles."""
    waiting = {draft.place.target: draft for draft in drafts}

    def visit(target: str) -> Iterator[Draft]:
        # Those that come first are yielded before this one; a stack of frames for 500 at most.
        if draft := waiting.pop(target, None):
            for ref in draft.refs:
                yield from visit(ref)
            yield draft

    for draft in drafts:
        yield from visit(draft.place.target)


def proposed(draft: Draft, along: Proposal) -> Proposal:
    """Return the publication of a draft, by the author of the record that takes it along."""
    body = orjson.loads(draft.body)
    return replace(
        along, place=draft.place, status="published", body=body, internal=None, raw=None, faults=()
    )


def _drafts(door: Door, proposal: Proposal) -> list[Draft]:
    """Return the drafts that it leads to; raises `InvalidRecord` for more than `MOST`."""
    reviewed = [kind.name for kind in KINDS if kind.judged and proposal.caller.four_eyes]
    values = {
        "refs": [reference.target for reference in proposal.facts.references],
        "own": proposal.place.target,
        "most": MOST,
        "reviewed": reviewed,
    }
    drafts = door.all(Draft, statement("drafts_referred_to"), values | proposal.author)
    if len(drafts) > MOST:
        detail = f"it refers to more than {MOST} drafts; publish some of them first"
        raise invalid([Fault("unpublished-reference", detail, "#")])
    return drafts


def _values(drafts: list[Draft], proposal: Proposal) -> Mapping[str, object]:
    change, salts = proposal.change, [os.urandom(16) for _ in drafts]
    return {
        "kinds": [draft.kind for draft in drafts],
        "ids": [draft.id for draft in drafts],
        "revisions": [draft.revision for draft in drafts],
        "salts": salts,
        "hashes": [
            fingerprint(salt, orjson.loads(draft.body), "published", change.note, change.reason)
            for salt, draft in zip(salts, drafts, strict=True)
        ],
        "key_name": proposal.caller.key_name,
        "actor": change.actor,
        "note": change.note,
        "reason": change.reason,
    }


def _faults(door: Door, one: Proposal, along: Proposal) -> Iterator[Fault]:
    """Yield what keeps a draft from being public, now that those it refers to are."""
    held = [reference.target for reference in one.kind.references(one.body)]
    found = [
        *unrated(one.kind, one.status, one.body),
        *unmet(door, one, visible=True, held=held, but=along.place.target),
    ]
    for fault in found:
        detail = f"the {one.place}, which would be published along, at {fault.pointer}: "
        yield Fault(fault.code, detail + fault.detail, "#")
