"""Inspecting a history that moves in: what in it cannot have been."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise, takewhile
from typing import cast

from service.bulk.past import Past, Row, Shipped
from service.documents.pointers import fragment
from service.documents.values import JsonObject
from service.errors import Fault
from service.records.judging import FIRST, MOVES, explained
from service.records.people import SHIPPER
from service.records.place import Place
from service.records.proposals import PUBLIC, UNPUBLISHED, own_references, unrated

RESERVED = f'no key is called "{SHIPPER}"; it stands for what every server starts with'
ERASED = "*"
"""Among the terms of a record: some were purged, and so any may have been there."""


def disorder(history: list[Past]) -> Iterator[Fault]:
    """Yield numbers with gaps, and instants that do not follow each other."""
    for number, past in enumerate(history, 1):
        if past.revision != number:
            detail = f"this is line {number} of {past.target}, so its revision is {number}"
            yield past.fault("broken-history", detail, "#/revision")
    for before, after in pairwise(history):
        if after.recorded_at <= before.recorded_at:
            detail = f"recorded at or before revision {before.revision}; give it a later instant"
            yield after.fault("broken-history", detail, "#/recorded_at")


def impossible_moves(history: list[Past]) -> Iterator[Fault]:
    """Yield the revisions whose status cannot follow the one before, or has nothing to withhold."""
    public = False
    for before, after in pairwise(history):
        public = public or before.status in PUBLIC
        undeleted = before.status == "deleted" != after.status
        erased = before.status == "deleted" == after.status and "purges" in after.sent
        possible = before.status in MOVES[after.status] or undeleted or erased
        if not possible or (after.status == "withheld" and not public):
            detail = f'a record that is {before.status} cannot become "{after.status}"'
            yield after.fault("move-not-allowed", detail, "#/status")


def misplaced(past: Past) -> Iterator[Fault]:
    """Yield what the service would have refused to write."""
    said = explained(*(cast("str | None", past.sent.get(name)) for name in ("note", "reason")))
    elsewhere = past.status in PUBLIC and (said or past.purged)
    if past.revision == 1 and past.status not in FIRST and not elsewhere:
        detail = f"no record begins as {past.status}; the first is {', '.join(FIRST)}"
        yield past.fault("move-not-allowed", detail, "#/status")
    if past.purged:
        return
    place = Place(past.kind, str(past.sent["id"]))
    for fault in (*unrated(past.kind, past.status, past.body), *own_references(place, past.body)):
        yield past.fault(fault.code, fault.detail, f"#/body{str(fault.pointer)[1:]}")


def unmet(past: Past, known: dict[str, set[str]]) -> Iterator[Fault]:
    """Yield the references to what neither the file nor an empty server has."""
    for reference in past.kind.references(past.body):
        where = fragment(("body", *reference.path))
        if reference.target not in known:
            yield past.fault("unknown-reference", f"{reference.target} is not in the file", where)
        elif reference.term and not known[reference.target] & {reference.term, ERASED}:
            detail = f"{reference.target} has no {reference.term.replace('=', ' ')}"
            yield past.fault("unknown-rating", detail, where)


def forged(past: Past, row: Row, fixed: dict[tuple[str, int], Shipped]) -> Iterator[Fault]:
    """Yield what belies the content, and pretences of having been shipped."""
    yield from _belied(past, row)
    shipped = fixed.get((past.target, past.revision))
    if shipped and shipped.sha256 != row["sha256"]:
        detail = "every server starts with this record, and its first revision is another"
        yield past.fault("hash-mismatch", detail, "#/recorded_by/key")
    elif shipped and shipped.recorded_at != past.recorded_at:
        detail = f"every server starts with this revision, recorded at {shipped.recorded_at:%FT%TZ}"
        yield past.fault("broken-history", detail, "#/recorded_at")
    elif not shipped and row["key_name"] == SHIPPER:
        yield past.fault("hash-mismatch", RESERVED, "#/recorded_by/key")


def _belied(past: Past, row: Row) -> Iterator[Fault]:
    if past.sent.get("public", row["public"]) != row["public"]:
        detail = "by its content and those before it, it is not so; leave it out"
        yield past.fault("broken-history", detail, "#/public")
    if past.sent.get("sha256", row["sha256"].hex()) != row["sha256"].hex():
        detail = "the content of this line has another hash; it was changed on its way"
        yield past.fault("hash-mismatch", detail, "#/sha256")


def alone_in_public(history: list[Past]) -> Iterator[Fault]:
    """Yield the verdicts that became public without a second person, as `approved` decides.

    Whether a key vouched for its people is not told in a history, so an actor is a person;
    nor is what a purged revision held, so it may have been the same.
    """
    shown: Past | None = None
    for place, past in enumerate(history):
        if past.status in {"published", "retracted"}:
            if not (past.purged or _stands(shown, past) or _drafted(history[:place], past)):
                detail = "under four eyes it comes after a draft of somebody else, unchanged"
                yield past.fault("unseen", detail, "#/status")
            shown = past
        elif past.status in {"withheld", "deleted"}:
            shown = None


def _stands(shown: Past | None, past: Past) -> bool:
    """Tell whether a revision shows what is published already, or retracts it."""
    if shown is None or not (shown.purged or shown.body == past.body):
        return False
    return shown.status == "published" or past.status == "retracted"


def _drafted(earlier: list[Past], past: Past) -> bool:
    """Tell whether a revision is the draft before it, whose words are somebody else's.

    The first to have them wrote them; that may have been any of those that were purged.
    """
    run = list(takewhile(partial(_is_draft_of, past), reversed(earlier)))
    written = [one for one in run if "purges" not in one.sent]
    authors = [one for one in written if one.purged]
    authors += [one for one in written if not one.purged][-1:]
    return bool(run) and (not written or any(_two_people(one, past) for one in authors))


def _is_draft_of(past: Past, one: Past) -> bool:
    same = one.purged or _content(one) == _content(past)
    return one.status in UNPUBLISHED and same


def _two_people(author: Past, past: Past) -> bool:
    names = [str(one.author.get("actor", "")).strip().lower() for one in (author, past)]
    if all(names):
        return names[0] != names[1]
    return author.author.get("key") != past.author.get("key")


def _content(past: Past) -> JsonObject:
    return {name: value for name, value in past.body.items() if name != "published_at"}
