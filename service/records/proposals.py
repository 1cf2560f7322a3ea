"""A proposal: the revision someone wants written, checked as far as one can without the tables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from service.documents.canonical import canonical, fingerprint
from service.documents.instants import read
from service.documents.pointers import fragment
from service.documents.values import JsonObject, JsonValue, equal
from service.errors import Fault
from service.kinds import Kind
from service.kinds.facts import Facts
from service.records.members import BESIDE_THE_BODY, SERVER_SET, client_members
from service.records.people import Caller
from service.records.place import Place

PUBLIC = frozenset({"published", "retracted", "withheld"})
UNPUBLISHED = frozenset({"draft", "in_review"})


@dataclass(frozen=True, slots=True)
class Change:
    """What goes with a write and is not content: why, who, and to which status.

    With `references` the drafts referred to become public too.
    """

    note: str | None = None
    reason: str | None = None
    actor: str | None = None
    status: str | None = None
    references: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the client sent back of the service's own members; a write must find them so."""

    revision: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    key: str | None = None
    actor: str | None = None

    def values(self) -> dict[str, object]:
        """Return the values of the statement that compares them."""
        return {f"seen_{name}": getattr(self, name) for name in self.__slots__}

    def changed(self, now: "Seen") -> list[Fault]:
        """Return a fault for each member that differs from what it is now."""
        faults = [
            changed_member(name)
            for name in ("revision", "created_at", "updated_at")
            if getattr(self, name) not in {None, getattr(now, name)}
        ]
        if self.key is not None and (self.key, self.actor) != (now.key, now.actor):
            faults.append(changed_member("recorded_by"))
        return faults


@dataclass(frozen=True, slots=True)
class Proposal:
    """A revision to be: `body`, `internal` and `raw` as they will be kept.

    `instant` is when it is recorded, the clock's if None.
    """

    place: Place
    caller: Caller
    status: str
    change: Change
    body: JsonObject = field(default_factory=dict[str, JsonValue])
    internal: JsonValue = None
    raw: JsonValue = None
    seen: Seen = Seen()
    faults: tuple[Fault, ...] = ()
    undeletes: bool = False
    instant: datetime | None = None

    @property
    def kind(self) -> Kind:
        """Return the record's kind."""
        return self.place.kind

    @property
    def facts(self) -> Facts:
        """Return what the columns beside the body hold; only of a body without faults."""
        return self.kind.facts(self.body)

    @property
    def reviewed(self) -> bool:
        """Tell whether it takes a second person to become public."""
        return self.caller.four_eyes and self.kind.judged

    @property
    def author(self) -> dict[str, object]:
        """Return whose it is, and whether that must be another than who drafted it."""
        return {
            "key_name": self.caller.key_name,
            "actor": self.change.actor,
            "vouches": self.caller.vouches,
            "four_eyes": self.reviewed,
        }

    def values(self) -> dict[str, object]:
        """Return the values of the statements that write it, with a salt of its own."""
        facts, salt = self.facts, os.urandom(16)
        needed = {reference.target: reference.term for reference in facts.references}
        return {
            **self.place.values,
            "status": self.status,
            "visible": self.status in PUBLIC,
            "body": text(self.body),
            "internal": None if self.internal is None else text(self.internal),
            "raw": None if self.raw is None else text(self.raw),
            **self.author,
            "instant": self.instant,
            "note": self.change.note,
            "reason": self.change.reason,
            "salt": salt,
            "sha256": fingerprint(
                salt, self.body, self.status, self.change.note, self.change.reason
            ),
            "refs": list(needed),
            "needed": list(needed.values()),
            "terms": list(facts.terms),
            "valid": facts.valid,
            "review_by": facts.review_by,
        }


def text(value: JsonValue) -> str:
    """Return the canonical text of a value."""
    return canonical(value).decode()


def propose(place: Place, sent: JsonObject, change: Change, caller: Caller) -> Proposal:
    """Return the proposal that a whole record as sent makes; what is wrong lies in `faults`.

    `change` is what query and body say beside the content.
    """
    status = change.status if change.status in place.kind.statuses else "draft"
    body = {name: value for name, value in sent.items() if name not in BESIDE_THE_BODY}
    body, raw = without_raw(body)
    seen, changed = read_only(place, sent)
    faults = [*place.kind.check(sent), *changed]
    faults += [*unrated(place.kind, status, body), *own_references(place, body)]
    faults += alone(change, status)
    return Proposal(
        place=place,
        caller=caller,
        status=status,
        change=change,
        body=body,
        internal=sent.get("internal"),
        raw=raw,
        seen=seen,
        faults=tuple(faults),
    )


def published_by(publisher: Mapping[str, str], kind: Kind, sent: JsonObject) -> JsonObject:
    """Return a judged record with the publisher that it leaves out, if there is one to name."""
    return {"publisher": dict(publisher), **sent} if kind.judged and publisher else sent


def without_own(members: JsonObject, current: JsonObject) -> tuple[JsonObject, list[Fault]]:
    """Return what a patch made of a record, less the service's members, and those it changed."""
    if members.keys().isdisjoint(SERVER_SET):  # a whole record in the place of the old
        return members, []
    own = {name: current.get(name) for name in SERVER_SET}
    changed = [changed_member(name) for name in own if not equal(members.get(name), own[name])]
    return client_members(members), changed


def without_raw(body: JsonObject) -> tuple[JsonObject, JsonValue]:
    """Return the body without the raw item it was imported from, and that item."""
    origin = body.get("origin")
    if not isinstance(origin, dict) or "raw" not in origin:
        return body, None
    public = {name: value for name, value in origin.items() if name != "raw"}
    return {**body, "origin": public}, origin["raw"]


def read_only(place: Place, sent: JsonObject) -> tuple[Seen, list[Fault]]:
    """Return what a write must find of the service's members, and faults of impossible ones."""
    own = {"id": place.id, "type": place.kind.name, "self": place.path}
    faults = [
        changed_member(name) for name, value in own.items() if name in sent and sent[name] != value
    ]
    instants = {name: _instant(sent, name, faults) for name in ("created_at", "updated_at")}
    revision, author = sent.get("revision"), sent.get("recorded_by")
    if "revision" in sent and (not isinstance(revision, int) or isinstance(revision, bool)):
        faults.append(changed_member("revision"))
        revision = None
    if "recorded_by" in sent and not isinstance(author, dict):
        faults.append(changed_member("recorded_by"))
    by = author if isinstance(author, dict) else {}
    key, actor = (None if by.get(name) is None else str(by[name]) for name in ("key", "actor"))
    if author == {} or (by and key is None):
        faults.append(changed_member("recorded_by"))
    return Seen(cast("int | None", revision), **instants, key=key, actor=actor), faults


def changed_member(name: str) -> Fault:
    """Return the fault of a member that the service sets and the client changed."""
    detail = "only the service sets this; send it back as it was read, or leave it out"
    return Fault("read-only-field", detail, pointer=f"#/{name}")


def unrated(kind: Kind, status: str, body: Mapping[str, object]) -> list[Fault]:
    """Return faults of a judged record that is to be public without scale or rating."""
    if not kind.judged or status != "published":
        return []
    detail = f"a published {kind.name} has a scale_id and a rating of that scale"
    missing = [name for name in ("scale_id", "rating") if name not in body]
    return [Fault("rating-required", detail, f"#/{name}") for name in missing]


def alone(change: Change, status: str) -> list[Fault]:
    """Return a fault of drafts that would be published along with what readers do not see."""
    if not change.references or status in {"published", "retracted"}:
        return []
    detail = "references are published along with a record that is: send status=published too"
    return [Fault("invalid", detail, parameter="publish")]


def own_references(place: Place, body: JsonObject) -> list[Fault]:
    """Return a fault for each place where the record names itself."""
    detail = "a record cannot refer to itself"
    return [
        Fault("self-reference", detail, fragment(reference.path))
        for reference in place.kind.references(body)
        if reference.target == place.target
    ]


def _instant(sent: JsonObject, name: str, faults: list[Fault]) -> datetime | None:
    if name not in sent:
        return None
    try:
        return read(str(sent[name]))
    except ValueError:
        faults.append(changed_member(name))
        return None
