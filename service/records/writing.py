"""Writing: create, revise and delete, each a new revision, each one statement."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import orjson

from service.documents.values import JsonObject
from service.errors import (
    Busy,
    IdExists,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Problem,
)
from service.records.judging import (
    FIRST,
    NOTHING,
    allowed_from,
    check_scope,
    find_state,
    judge,
    judge_new,
    may_write,
    present,
    stale,
)
from service.records.outcome import Outcome
from service.records.presence import gone
from service.records.proposals import Proposal
from service.records.publishing import publish_references
from service.records.reviewing import takes_two
from service.records.rows import State, Written
from service.storage.database import Door
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Match:
    """What `If-Match` and `If-None-Match` ask of the record before a write.

    `revisions` None stands for ``If-Match: *``; `given` tells whether there was one.
    """

    given: bool = False
    revisions: list[int] | None = None
    must_be_new: bool = False


def create(door: Door, proposal: Proposal) -> Outcome:
    """Write revision 1 under an id of the service's or the client's own.

    Raises `IdExists`, `InvalidRecord`, `PublishRequired`.
    """

    def taken(state: State) -> Problem:
        place, number = proposal.place, state.revision
        if state.status == "deleted":
            return IdExists(f"The {place} was deleted; ids are not given again. Send another.")
        return IdExists(f"The {place} is there, at revision {number}. PUT {place.path} revises it.")

    check_scope(proposal)
    return _create(door, proposal, taken)


def put(door: Door, proposal: Proposal, match: Match) -> Outcome:
    """Write the whole record, new or not.

    Raises `PreconditionRequired` for an existing record without a match.
    """
    if match.given and match.must_be_new:
        detail = "If-Match wants the record to be there, If-None-Match: * that it is not: send one."
        raise PreconditionFailed(detail)
    if match.given:
        return _replace(door, proposal, match)

    def taken(state: State) -> Problem:
        if state.status == "deleted":
            return gone(proposal.place, state)
        check_scope(proposal, state)
        if match.must_be_new:
            detail = f"The record exists, at revision {state.revision}."
            return PreconditionFailed(detail, revision=state.revision, changed=[])
        return unconditional(state.revision)

    return _create(door, proposal, taken)


def patch(
    door: Door, read: Callable[[JsonObject], Proposal], wish: Proposal, match: Match
) -> Outcome:
    """Write what `read` makes of the record as it is now; `wish` names the record.

    With ``If-Match: *`` the record is read and written again until no one is between.
    """
    for _ in tries(door, wish):
        state = present(door, wish)
        proposal = read(orjson.loads(state.text))
        check_scope(proposal, state)
        check_match(door, proposal, state, match)
        if outcome := follow(door, proposal, state, match):
            return outcome
    raise busy()


def delete(door: Door, proposal: Proposal, match: Match) -> Outcome:
    """Write a tombstone; raises `PreconditionRequired` without a match."""
    if match.must_be_new or not match.given:
        state = present(door, proposal)
        check_scope(proposal, state)
        check_match(door, proposal, state, match)
    return revise(door, proposal, match.revisions)


def revise(door: Door, proposal: Proposal, given: list[int] | None) -> Outcome:
    """Write the next revision; `given` are the numbers it may follow, None is any."""
    for _ in tries(door, proposal):
        if written := revise_once(door, proposal, given):
            return Outcome(proposal.place, written)
        judge(door, proposal, given)
    raise busy()


def revise_once(door: Door, proposal: Proposal, given: list[int] | None) -> Written | None:
    """Write the next revision in one statement; None says that it was refused, not why."""
    if proposal.faults or not may_write(proposal):
        return None
    if proposal.change.references:
        proposal = replace(proposal, instant=publish_references(door, proposal))
    conditions = {
        **proposal.seen.values(),
        "given": given,
        "allowed_from": allowed_from(proposal),
        "may_publish": proposal.caller.may("publish"),
        "lasting": proposal.kind.lasting,
    }
    return door.one(Written, statement("revise"), proposal.values() | conditions)


def follow(door: Door, proposal: Proposal, state: State, match: Match) -> Outcome | None:
    """Write what was made of a record's state; None asks to make it anew, of the present one."""
    if written := revise_once(door, proposal, [state.revision]):
        return Outcome(proposal.place, written)
    try:
        judge(door, proposal, [state.revision])
    except PreconditionFailed:
        if match.revisions is not None:
            raise
    return None


def check_match(door: Door, proposal: Proposal, state: State, match: Match) -> None:
    """Raise `PreconditionRequired` without a match, `PreconditionFailed` on an older revision."""
    if match.must_be_new:
        detail = f"If-None-Match: * asks that there is no record; it is at {state.revision}."
        raise PreconditionFailed(detail, revision=state.revision, changed=[])
    if not match.given:
        raise unconditional(state.revision)
    if match.revisions is not None and state.revision not in match.revisions:
        raise stale(door, proposal, state, match.revisions)


def unconditional(revision: int) -> PreconditionRequired:
    """Return the problem of a write that names no revision."""
    detail = f'Send If-Match: "{revision}" to build on what is there, or If-Match: * to overwrite.'
    return PreconditionRequired(detail, revision=revision)


def busy() -> Busy:
    """Return the problem of a write that other writers kept from its record."""
    return Busy("Other writers were faster each time. Try again.")


def tries(door: Door, proposal: Proposal) -> Iterator[None]:
    """Yield until the deadline of a request, but once where drafts are published along.

    Those of the first try may not be those of the next, and would be public all the same.
    """
    end = time.monotonic() + door.deadline
    while time.monotonic() < end:
        yield
        if proposal.change.references:
            return


def _create(door: Door, proposal: Proposal, taken: Callable[[State], Problem]) -> Outcome:
    for _ in tries(door, proposal):
        sound = may_write(proposal) and proposal.status in FIRST and proposal.seen == NOTHING
        sound = sound and not proposal.faults and not takes_two(proposal)
        if sound and proposal.change.references:
            proposal = replace(proposal, instant=publish_references(door, proposal))
        written = door.one(Written, statement("create"), proposal.values()) if sound else None
        if written:
            return Outcome(proposal.place, written, new=True)
        if state := find_state(door, proposal):
            raise taken(state)
        check_scope(proposal)
        judge_new(door, proposal)
    raise busy()


def _replace(door: Door, proposal: Proposal, match: Match) -> Outcome:
    try:
        return revise(door, proposal, match.revisions)
    except NotFound:
        detail = "There is no record for If-Match to match. Leave If-Match out to create it."
        raise PreconditionFailed(detail) from None
