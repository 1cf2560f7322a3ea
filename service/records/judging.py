"""Why a write was refused: the first problem in the order of checks.

A good write is one statement. One that gave no row comes here, reads the record's
state and says what stands against it. Nothing standing against it means that
another writer was faster; then it is tried again.
"""

from collections.abc import Iterator

import orjson

from schemas.record import REASONS
from service.documents.pointers import changed, fragment
from service.errors import (
    Fault,
    Forbidden,
    InvalidRecord,
    PreconditionFailed,
    PublishRequired,
)
from service.kinds.facts import Reference
from service.records.members import client_members
from service.records.people import Caller
from service.records.presence import gone, not_found
from service.records.proposals import PUBLIC, Proposal, Seen, text
from service.records.reviewing import drafted_first, takes_two, unseen
from service.records.rows import Content, State, UnmetReference
from service.storage.database import Door
from service.storage.statements import statement

SETTABLE = ("draft", "in_review", "published", "retracted", "withheld")
NOTHING = Seen()
"""What a client can have seen of a record that is not there."""

NAMED = 100
"""Pointers that a 412 lists at the most."""

FIRST = ("draft", "in_review", "published")
"""The statuses that a record may begin with."""

MOVES: dict[str, tuple[str, ...]] = {
    "draft": SETTABLE,
    "in_review": ("draft", "in_review"),
    "published": SETTABLE,
    "retracted": ("published", "retracted"),
    "withheld": SETTABLE,
    "deleted": SETTABLE,
}
"""From which statuses a record goes to each; a draft over a public record is a draft."""


def explained(note: str | None, reason: str | None) -> bool:
    """Tell whether it is said why, as for what begins retracted or withheld, from elsewhere."""
    return note is not None and reason is not None


def allowed_from(proposal: Proposal) -> list[str]:
    """Return the statuses that a record may have for the proposal to follow it."""
    return [*MOVES[proposal.status], *(["deleted"] if proposal.undeletes else [])]


def find_state(door: Door, proposal: Proposal) -> State | None:
    """Return the present state of the proposal's record, or None."""
    wish = {
        **proposal.place.values,
        "status": proposal.status,
        "body": text(proposal.body),
        "internal": None if proposal.internal is None else text(proposal.internal),
        "raw": None if proposal.raw is None else text(proposal.raw),
        **proposal.author,
        "lasting": None if proposal.faults else proposal.kind.lasting,
        "terms": [] if proposal.faults else list(proposal.facts.terms),
    }
    return door.one(State, statement("state"), wish)


def present(door: Door, proposal: Proposal) -> State:
    """Return the present state; raises `NotFound`, and `Gone` unless the proposal undeletes."""
    state = find_state(door, proposal)
    if state is None:
        raise not_found(proposal.place)
    if state.status == "deleted" and not proposal.undeletes:
        raise gone(proposal.place, state)
    return state


def judge(door: Door, proposal: Proposal, given: list[int] | None) -> None:
    """Raise the first problem of a refused revision, or return to have it tried again."""
    state = present(door, proposal)
    check_scope(proposal, state)
    if not state.approved:
        raise unseen(proposal, state)
    if given is not None and state.revision not in given:
        raise stale(door, proposal, state, given)
    faults = [*proposal.faults, *faults_of_state(proposal, state)]
    faults += unmet(door, proposal, visible=state.goes_public, held=state.refs)
    if faults:
        raise invalid(faults)


def judge_new(door: Door, proposal: Proposal) -> None:
    """Raise what stands against a first revision, or return to have it tried again."""
    if takes_two(proposal):
        raise drafted_first(proposal)
    faults = [*proposal.faults, *proposal.seen.changed(NOTHING)]
    if proposal.status not in FIRST:
        detail = f'a new record is a draft or published; it cannot begin as "{proposal.status}"'
        faults.append(Fault("move-not-allowed", detail, "#/status"))
    faults += unmet(door, proposal, visible=proposal.status in PUBLIC, held=[])
    if faults:
        raise invalid(faults)


def check_scope(proposal: Proposal, state: State | None = None) -> None:
    """Raise `Forbidden` or `PublishRequired` where the act takes a key that may publish."""
    if proposal.status != "deleted":
        check_status(proposal.status, proposal.caller)
    elif state and state.first_public and not proposal.caller.may("publish"):
        detail = "This record is or was public. Deleting it takes a key with the scope publish."
        raise Forbidden(detail)


def check_status(status: str | None, caller: Caller) -> None:
    """Raise `PublishRequired` where a status takes a key that may publish; None takes none."""
    if status in {None, "draft"} or caller.may("publish"):
        return
    detail = (
        f'This key writes drafts; "{status}" takes the scope publish. Send ?status=draft to'
        " leave a draft over what is there."
    )
    raise PublishRequired(detail)


def may_write(proposal: Proposal) -> bool:
    """Tell whether the key may write the status, as far as the record's past does not matter."""
    return proposal.status in {"draft", "deleted"} or proposal.caller.may("publish")


def stale(door: Door, proposal: Proposal, state: State, given: list[int]) -> PreconditionFailed:
    """Return the problem of a write based on an older revision: what has changed since."""
    pointers: list[str] = []
    for number in given[:1]:
        values = proposal.place.values | {"number": number}
        then = door.one(Content, statement("content"), values)
        if then and then.text:
            both = (then.text, state.text)
            pointers = changed(*(client_members(orjson.loads(one)) for one in both))[:NAMED]
    detail = (
        f"The record is at revision {state.revision} now. Read it again, put your change on top"
        f' and send If-Match: "{state.revision}".'
    )
    return PreconditionFailed(detail, revision=state.revision, changed=pointers)


def unmet(
    door: Door, proposal: Proposal, *, visible: bool, held: list[str], but: str = ""
) -> list[Fault]:
    """Return a fault for each place that names a record which cannot be referred to.

    Places that have a fault of their own are left to it, and those that name `but`.
    """
    faulty = {fault.pointer for fault in proposal.faults}
    places = {fragment(one.path): one for one in proposal.kind.references(proposal.body)}
    sound = {
        where: one for where, one in places.items() if where not in faulty and one.target != but
    }
    values = {
        "refs": [one.target for one in sound.values()],
        "needed": [one.term for one in sound.values()],
        "visible": visible,
        "held": held,
    }
    rows = door.all(UnmetReference, statement("unmet_references"), values)
    codes = {row.ref: row.code for row in rows}
    return [unmet_fault(one, codes[one.target]) for one in sound.values() if one.target in codes]


def invalid(faults: list[Fault]) -> InvalidRecord:
    """Return the problem that lists all faults."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidRecord(f"{count}; each names its place and the mend.", errors=faults)


def faults_of_state(proposal: Proposal, state: State) -> Iterator[Fault]:
    """Yield the rules that a revision breaks where the record is in this state."""
    now = Seen(state.revision, state.created_at, state.recorded_at, state.key_name, state.actor)
    yield from proposal.seen.changed(now)
    never_public = proposal.status == "withheld" and state.first_public is None
    if state.status not in allowed_from(proposal) or never_public:
        past = "never public" if never_public else state.status
        detail = f'it is {past} and cannot become "{proposal.status}" from there'
        yield Fault("move-not-allowed", detail, "#/status")
    if state.first_public and state.goes_public:
        yield from _unexplained(proposal)
    if proposal.status in PUBLIC and state.goes_public:
        yield from _lost(proposal, state)


def _unexplained(proposal: Proposal) -> Iterator[Fault]:
    if proposal.change.note is None:
        detail = "say in one sentence what changed and why, as ?note= or as the member note"
        yield Fault("note-required", detail, "#/note")
    if proposal.change.reason is None:
        detail = f"say which, as ?reason= or as the member reason: {', '.join(REASONS)}"
        yield Fault("reason-required", detail, "#/reason")


def _lost(proposal: Proposal, state: State) -> Iterator[Fault]:
    for term in state.lost:
        rating = term.removeprefix(str(proposal.kind.lasting))
        detail = f'it was published with "{rating}", which verdicts may use; keep it'
        yield Fault("rating-lost", detail, "#/ratings")


def unmet_fault(reference: Reference, code: str) -> Fault:
    """Return the fault of a reference that does not hold, and its mend."""
    kind, _, identifier = reference.target.partition("/")
    rating = str(reference.term).partition("=")[2]
    details = {
        "unknown-reference": f'there is no {kind} "{identifier}"; write it first',
        "gone-reference": f'the {kind} "{identifier}" was deleted; restore it, or name another',
        "unpublished-reference": f'the {kind} "{identifier}" is a draft; publish it first'
        " or, with this record, by ?publish=references",
        "unknown-rating": f'the {kind} "{identifier}" has no rating "{rating}"; GET it to see',
    }
    return Fault(code, details[code], fragment(reference.path))
