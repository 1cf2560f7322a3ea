"""Purging: content goes for good, for the law asks for it, and a revision says that it went."""

import os
from collections.abc import Mapping

import orjson

from service.documents.canonical import fingerprint
from service.errors import Fault, NotFound, PresentRevision
from service.records.judging import find_state, invalid, present
from service.records.outcome import Outcome
from service.records.presence import NO_STORE
from service.records.proposals import Proposal
from service.records.rows import Content, State, Written
from service.records.writing import Match, busy, check_match, tries
from service.storage.database import Door
from service.storage.statements import statement

REASON = "legal"
"""The one reason for a purge."""


def purge(door: Door, proposal: Proposal, number: int | None, match: Match) -> Outcome:
    """Take the content from one revision, or with no number from all of a record.

    Written is the revision that says so: what the record is now, or a tombstone. What is gone
    already goes once only; the outcome is then the present revision. Raises `NotFound`,
    `PreconditionRequired`, `PreconditionFailed`, `InvalidRecord` without note and reason, and
    `PresentRevision` for what the record is now or readers have.
    """
    for _ in tries(door, proposal):
        state = present(door, proposal)
        check_match(door, proposal, state, match)
        check_explained(proposal)
        if number is not None:
            check_past(door, proposal, state, number)
        values = _values(door, proposal, state, number)
        if row := door.one(Written, statement("purge"), values):
            return Outcome(proposal.place, row)
        now = find_state(door, proposal)
        if now and now.revision == state.revision:  # so nobody was faster: nothing is left to go
            row = Written(now.revision, now.status, now.recorded_at, now.text, opened=False)
            return Outcome(proposal.place, row)
    raise busy()


def check_explained(proposal: Proposal) -> None:
    """Raise `InvalidRecord` for a purge without a note, or with another reason than legal."""
    faults: list[Fault] = []
    if proposal.change.note is None:
        detail = "say in one sentence why it goes, as ?note=; who had it will read that"
        faults.append(Fault("note-required", detail, parameter="note"))
    if proposal.change.reason != REASON:
        detail = f"send ?reason={REASON}, the only reason for a purge; for others there is deleting"
        faults.append(Fault("reason-required", detail, parameter="reason"))
    if faults:
        raise invalid(faults)


def check_past(door: Door, proposal: Proposal, state: State, number: int) -> None:
    """Raise `NotFound` for no revision at all, `PresentRevision` for one that is in force."""
    place = proposal.place
    if door.one(Content, statement("content"), place.values | {"number": number}) is None:
        detail = f"There is no revision {number}. GET {place.path}/revisions lists them."
        raise NotFound(detail, headers=NO_STORE)
    if number in {state.revision, state.shown}:
        whose = "what the record is now" if number == state.revision else "what readers have"
        detail = (
            f"Revision {number} is {whose}. Write or publish one without what has to go, and purge"
            f" this one then; or purge the whole record: DELETE {place.path}?purge=true."
        )
        raise PresentRevision(detail, revision=state.revision)


def _values(
    door: Door, proposal: Proposal, state: State, number: int | None
) -> Mapping[str, object]:
    status, body, salt = "deleted", "{}", os.urandom(16)
    if number is not None:  # all but the content of that revision stays as it is
        values = proposal.place.values | {"number": state.revision}
        content = door.all(Content, statement("content"), values)[0]
        status, body = content.status, content.body or "{}"
    change = proposal.change
    return {
        **proposal.place.values,
        "given": [state.revision],
        "number": number,
        "key_name": proposal.caller.key_name,
        "actor": change.actor,
        "note": change.note,
        "sha256": fingerprint(salt, orjson.loads(body), status, change.note, change.reason),
        "salt": salt,
    }
