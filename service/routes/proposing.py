"""From a body to a proposal, for whole records and for patches."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace

from service.documents import patches
from service.documents.operations import fault
from service.documents.values import JsonObject, JsonValue
from service.errors import Gone, InvalidRecord, NotFound, Problem
from service.records import reading
from service.records.judging import check_status
from service.records.people import Caller, Reader
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose, published_by, without_own
from service.routes import bodies, context


def proposed(place: Place, caller: Caller, change: Change, sent: JsonObject) -> Proposal:
    """Return the proposal that a body makes; settings fill in who publishes."""
    agreed = bodies.agreed(change, sent)
    sent = published_by(context.state().settings.publisher, place.kind, sent)
    return propose(place, sent, agreed, caller)


def patched(wish: Proposal, how: str, patch: JsonValue, current: JsonObject) -> Proposal:
    """Return the proposal that a patch of media type `how` makes of the record as it is.

    What the service sets is there to be tested and may not come out changed.
    """
    change = patches.apply if how == bodies.JSON_PATCH else patches.merge
    try:
        result = change(current, patch)
    except InvalidRecord as problem:
        return replace(wish, faults=problem.errors)
    if not isinstance(result, dict):
        return replace(wish, faults=(fault("#", "what comes out is no object, as a record is"),))
    sent, changed = without_own(result, current)
    proposal = proposed(wish.place, wish.caller, wish.change, sent)
    return replace(proposal, faults=(*proposal.faults, *changed))


@contextmanager
def standing_first(wish: Proposal, *, may_be_new: bool = False) -> Generator[None]:
    """Let a record that is not there, and a key that may not, be told before a bad body.

    `wish` is what is known of the proposal before its body is read.
    """
    passed_over = (*([NotFound] if may_be_new else []), *([Gone] if wish.undeletes else []))
    try:
        yield
    except Problem:
        with suppress(*passed_over):
            _ = reading.get(context.state().database, wish.place, Reader(keyed=True))
        check_status(wish.change.status, wish.caller)
        raise
