"""From a body to a proposal, for whole records and for patches."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import cast

from service.documents import patches
from service.documents.values import JsonObject, JsonValue, equal
from service.errors import Gone, InvalidRecord, NotFound, Problem
from service.records import reading
from service.records.judging import check_status
from service.records.people import Caller, Reader
from service.records.place import Place
from service.records.proposals import (
    SERVER_SET,
    Change,
    Proposal,
    changed_member,
    propose,
)
from service.routes import bodies, context


def proposed(place: Place, caller: Caller, change: Change, sent: JsonObject) -> Proposal:
    """Return the proposal that a body makes; settings fill in who publishes."""
    settings, agreed = context.state().settings, bodies.agreed(change, sent)
    if place.kind.judged and settings.publisher_name:
        publisher = {
            "name": settings.publisher_name,
            "url": settings.publisher_url,
            "logo": settings.publisher_logo,
        }
        given = cast("JsonObject", {name: value for name, value in publisher.items() if value})
        sent = {"publisher": given, **sent}
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
    members = result if isinstance(result, dict) else {}
    own = {name: current.get(name) for name in SERVER_SET}
    changed = [changed_member(name) for name in own if not equal(members.get(name), own[name])]
    sent = {name: value for name, value in members.items() if name not in SERVER_SET}
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
