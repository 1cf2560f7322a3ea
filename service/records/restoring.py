"""Restoring: a record becomes what it was once, by a revision of its own."""

from dataclasses import replace

import orjson

from service.errors import Fault
from service.records.judging import check_scope, invalid, present
from service.records.outcome import Outcome
from service.records.proposals import Proposal, alone, unrated
from service.records.rows import Content, State
from service.records.writing import Match, busy, check_match, follow, tries
from service.storage.database import Door
from service.storage.statements import statement


def restore(door: Door, proposal: Proposal, number: int, match: Match) -> Outcome:
    """Write a new revision with the content of an old one; undeletes too.

    It follows the revision that the record was at before the content was read, so that
    nothing comes back which a purge has taken meanwhile.
    """
    for _ in tries(door, proposal):
        state = present(door, proposal)
        check_scope(proposal, state)
        check_match(door, proposal, state, match)
        if proposal.faults:
            raise invalid(list(proposal.faults))
        content = _held(door, proposal, state, number)
        if outcome := follow(door, restored(proposal, content), state, match):
            return replace(outcome, new=outcome.row.opened)
    raise busy()


def restored(proposal: Proposal, content: Content) -> Proposal:
    """Return the proposal with the content of an old revision."""
    body = orjson.loads(str(content.body))
    found = [*unrated(proposal.kind, proposal.status, body)]
    found += alone(proposal.change, proposal.status)
    return replace(
        proposal,
        body=body,
        internal=content.internal and orjson.loads(content.internal),
        raw=content.raw and orjson.loads(content.raw),
        faults=(*proposal.faults, *found),
    )


def _held(door: Door, proposal: Proposal, state: State, number: int) -> Content:
    """Return what an old revision holds; raises `InvalidRecord` where that is nothing."""
    values = proposal.place.values | {"number": number}
    content = door.one(Content, statement("content"), values)
    if content is None or content.status == "deleted" or content.body is None:
        detail = f"revision {number} holds no content; those before {state.revision} that do can be"
        raise invalid([Fault("not-restorable", detail, "#/restore")])
    return content
