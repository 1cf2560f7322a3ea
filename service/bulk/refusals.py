"""Why a line of an import cannot be written: the faults that a single write would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from service.bulk.lines import OWN
from service.bulk.waiting import sound_references, unpacked
from service.documents.pointers import fragment
from service.documents.values import JsonObject
from service.errors import Fault
from service.kinds import BY_NAME
from service.kinds.facts import Reference
from service.records.judging import FIRST, NOTHING, explained, faults_of_state, unmet_fault
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import PUBLIC, Change, Proposal, Seen
from service.records.reviewing import unseen
from service.records.rows import State

OF_LINE = frozenset(f"#/{name}" for name in OWN)
"""Where the faults of what a line asks for are."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line that cannot be written as it is, and what its record is now.

    `first` is the first line of the record where this is a later one, `unmet` are references
    that do not hold, each with a code, and a line behind that where it is to blame.
    """

    place: int
    first: int | None
    kind: str | None
    id: str
    op: str
    status: str | None
    actor: str | None
    note: str | None
    reason: str | None
    if_revision: int | None
    seen_revision: int | None
    seen_created_at: datetime | None
    seen_updated_at: datetime | None
    seen_key: str | None
    seen_actor: str | None
    faults: str | None
    body: str | None
    unchanged: bool
    goes_public: bool
    head_revision: int | None
    head_status: str | None
    recorded_at: datetime | None
    created_at: datetime | None
    first_public: int | None
    head_key: str | None
    head_actor: str | None
    head_note: str | None
    head_reason: str | None
    approved: bool
    same_draft: bool | None
    lost: list[str]
    unmet: list[str]

    @property
    def blames(self) -> bool:
        """Tell whether another line may be to blame, which may be refused itself."""
        codes = (one.rpartition("=")[2] for one in self.unmet)
        return any(code.startswith(("gone-reference:", "unknown-rating")) for code in codes)

    @property
    def where(self) -> Place:
        """Return which record it is about."""
        return Place(BY_NAME[str(self.kind)], self.id)

    @property
    def content(self) -> JsonObject:
        """Return the body."""
        return orjson.loads(self.body or "{}")

    def proposal(self, caller: Caller) -> Proposal:
        """Return the line as the proposal that it is."""
        seen = Seen(
            self.seen_revision,
            self.seen_created_at,
            self.seen_updated_at,
            self.seen_key,
            self.seen_actor,
        )
        return Proposal(
            self.where,
            caller,
            str(self.status),
            Change(self.note, self.reason, self.actor),
            body=self.content,
            seen=seen,
            faults=tuple(unpacked(self.faults)),
        )

    @property
    def state(self) -> State:
        """Return what its record is now."""
        known: dict[str, Any] = {
            "revision": self.head_revision,
            "status": self.head_status,
            "recorded_at": self.recorded_at,
            "note": self.head_note,
            "reason": self.head_reason,
            "first_public": self.first_public,
            "created_at": self.created_at,
            "key_name": self.head_key,
            "actor": self.head_actor,
            "refs": [],
            "goes_public": self.goes_public,
            "approved": self.approved,
            "same_draft": bool(self.same_draft),
            "shown": None,
            "lost": self.lost,
            "text": "",
        }
        return State(**known)


def faults_of(line: Faulty, caller: Caller, *, overwrite: bool) -> list[Fault]:
    """Return the first thing that stands against a line, in the order of a single write."""
    if line.kind is None:
        return unpacked(line.faults)
    if line.first is not None:
        detail = f"line {line.first} is about this record too; a file has one line for each"
        return [Fault("given-twice", detail, "#/id")]
    proposal = line.proposal(caller)
    if line.head_revision is None:
        return _of_new(line, proposal)
    return _of_known(line, proposal, overwrite=overwrite)


def _of_known(line: Faulty, proposal: Proposal, *, overwrite: bool) -> list[Fault]:
    if any(fault.pointer in OF_LINE for fault in proposal.faults):
        return [*proposal.faults, *unmet(line, proposal)]  # it is not known what it asks for
    state = line.state
    if state.status == "deleted" and line.op != "delete":
        return [_gone(proposal, state)]
    found = [*_out_of_scope(proposal, state), *_unconditional(line, state, overwrite=overwrite)]
    if found and found[0].code != "precondition-failed":
        return found[:1]
    if not line.approved:
        return [Fault("four-eyes", unseen(proposal, state).detail, "#/status")]
    return found or [
        *proposal.faults,
        *faults_of_state(proposal, state),
        *unmet(line, proposal),
    ]


def unmet(line: Faulty, proposal: Proposal) -> Iterator[Fault]:
    """Yield a fault for each sound place that names a record which cannot be referred to."""
    codes = dict(one.rsplit("=", 1) for one in line.unmet)
    for reference in sound_references(proposal):
        if reference.target in codes:
            yield _unmet(reference, codes[reference.target])


def _unmet(reference: Reference, code: str) -> Fault:
    code, _, place = code.partition(":")
    kind, _, identifier = reference.target.partition("/")
    if place:
        detail = f'line {place} of this import deletes the {kind} "{identifier}"; name another'
    elif code == "unpublished-reference":
        detail = f'the {kind} "{identifier}" is a draft; publish it first, or by a line of its own'
    else:
        return unmet_fault(reference, code)
    return Fault(code, detail, fragment(reference.path))


def dependent(kind: str, body: str, refs: list[str]) -> list[Fault]:
    """Return the faults of a line that refers to records which this import was to bring."""
    found: list[Fault] = []
    for reference in BY_NAME[kind].references(orjson.loads(body)):
        if reference.target in refs:
            target, _, identifier = reference.target.partition("/")
            detail = f'the line of the {target} "{identifier}" is refused; mend that first'
            found.append(Fault("unknown-reference", detail, fragment(reference.path)))
    return found


def _of_new(line: Faulty, proposal: Proposal) -> list[Fault]:
    if line.op != "put":
        detail = f"there is no {proposal.place}; without op a line writes a new record"
        return list(proposal.faults) or [Fault("not-found", detail, "#/id")]
    if line.if_revision is not None:
        detail = f"there is no {proposal.place}; leave if_revision out to make it"
        return [Fault("precondition-failed", detail, "#/if_revision")]
    if found := [*_out_of_scope(proposal)]:
        return found
    if proposal.reviewed and proposal.status in PUBLIC:
        detail = "write it as a draft first; another key then publishes that very draft"
        return [Fault("four-eyes", detail, "#/status")]
    found = [*proposal.faults, *proposal.seen.changed(NOTHING)]
    if proposal.status not in FIRST and not explained(line.note, line.reason):
        detail = (
            f'a new record is a draft or published; it begins as "{proposal.status}" only where it'
            " is from another server, and note and reason say why it is so"
        )
        found.append(Fault("move-not-allowed", detail, "#/status"))
    return [*found, *unmet(line, proposal)]


def _gone(proposal: Proposal, state: State) -> Fault:
    detail = (
        f"the {proposal.place} was deleted by revision {state.revision}; restore it first:"
        f" POST {proposal.place.path}/revisions"
    )
    return Fault("gone", detail, "#/id")


def _out_of_scope(proposal: Proposal, state: State | None = None) -> Iterator[Fault]:
    may_publish = proposal.caller.may("publish")
    if proposal.status not in {"draft", "deleted"} and not may_publish:
        detail = (
            f'this key writes drafts; "{proposal.status}" takes the scope publish. Give'
            ' "status": "draft" to leave a draft over what is there'
        )
        yield Fault("publish-required", detail, "#/status")
    elif proposal.status == "deleted" and state and state.first_public and not may_publish:
        detail = "it is or was public; deleting it takes a key with the scope publish"
        yield Fault("forbidden", detail, "#/op")


def _unconditional(line: Faulty, state: State, *, overwrite: bool) -> Iterator[Fault]:
    if line.if_revision is None and not overwrite:
        detail = (
            f'it is there with other content: give "if_revision": {state.revision} to build on'
            " that, or send the import with ?overwrite=true"
        )
        yield Fault("precondition-required", detail, "#/if_revision")
    elif line.if_revision not in {None, state.revision}:
        detail = (
            f"the record is at revision {state.revision} now; read it again, put your change on"
            f' top and give "if_revision": {state.revision}'
        )
        yield Fault("precondition-failed", detail, "#/if_revision")
