"""Replay: from the revisions of a history to the rows that they would have left."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, cast

from service.documents.canonical import fingerprint
from service.documents.instants import read
from service.documents.pointers import fragment
from service.documents.values import JsonObject
from service.errors import Fault
from service.kinds import Kind
from service.records.judging import FIRST, MOVES
from service.records.people import SHIPPER
from service.records.place import Place
from service.records.proposals import PUBLIC, own_references, text, unrated, without_raw

RESERVED = f'no key is called "{SHIPPER}"; it stands for what every server starts with'
UNKNOWN = "unknown"
"""The key of revisions that a file made by hand gives no author."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A revision that every server starts with, and a history may do without."""

    target: str
    revision: int
    sha256: bytes
    terms: list[str]


@dataclass(frozen=True)
class Past:
    """One revision of a history, as its line has it."""

    line: int
    kind: Kind
    sent: JsonObject

    @property
    def target(self) -> str:
        """Return ``kind/id``."""
        return f"{self.kind.name}/{self.sent['id']}"

    @property
    def revision(self) -> int:
        """Return the number."""
        return int(cast("float", self.sent["revision"]))

    @property
    def recorded_at(self) -> datetime:
        """Return when it was recorded."""
        return read(str(self.sent["recorded_at"]))

    @property
    def status(self) -> str:
        """Return the status."""
        return str(self.sent["status"])

    @property
    def body(self) -> JsonObject:
        """Return the content as it was sent."""
        return cast("JsonObject", self.sent["body"])

    def fault(self, code: str, detail: str, pointer: str) -> Fault:
        """Return a fault of this line."""
        return Fault(code, detail, pointer, line=self.line)


def replay(pasts: list[Past], shipped: list[Shipped], found: list[Fault]) -> list[Row]:
    """Return the rows of all revisions; what does not fit together goes to `found`."""
    rows: list[Row] = []
    for _, group in groupby(sorted(pasts, key=attrgetter("target")), key=attrgetter("target")):
        history = list(group)
        found += _disorder(history)
        found += _impossible_moves(history)
        rows += _replayed(history)
    known = {one.target: set(one.terms) for one in shipped}
    for row in rows:
        known.setdefault(f"{row['kind']}/{row['id']}", set()).update(row["terms"])
    fixed = {(one.target, one.revision): one.sha256 for one in shipped}
    for past, row in zip(sorted(pasts, key=attrgetter("target")), rows, strict=True):
        found += [*_misplaced(past), *_unmet(past, known), *_forged(past, row, fixed)]
    return rows


def _disorder(history: list[Past]) -> Iterator[Fault]:
    for number, past in enumerate(history, 1):
        if past.revision != number:
            detail = f"this is line {number} of {past.target}, so its revision is {number}"
            yield past.fault("broken-history", detail, "#/revision")
    for before, after in pairwise(history):
        if after.recorded_at <= before.recorded_at:
            detail = f"recorded at or before revision {before.revision}; give it a later instant"
            yield after.fault("broken-history", detail, "#/recorded_at")


def _impossible_moves(history: list[Past]) -> Iterator[Fault]:
    """Yield the revisions whose status cannot follow the one before, or has nothing to withhold."""
    public = False
    for before, after in pairwise(history):
        public = public or before.status in PUBLIC
        undeleted = before.status == "deleted" != after.status
        possible = before.status in MOVES[after.status] or undeleted
        if not possible or (after.status == "withheld" and not public):
            detail = f'a record that is {before.status} cannot become "{after.status}"'
            yield after.fault("move-not-allowed", detail, "#/status")


def _replayed(history: list[Past]) -> list[Row]:
    rows = [_row(past) for past in history]
    shown: Row | None = None
    for row in rows:
        row["created_at"] = rows[0]["recorded_at"]
        row["public"] = _goes_public(row, shown)
        row["first_public"] = _first_public(row, rows)
        if not row["public"]:
            row["withdrawn_at"] = row["recorded_at"]
        else:
            if shown:
                shown["withdrawn_at"] = row["recorded_at"]
            shown = row
    for before, after in pairwise(rows):
        before["superseded_at"] = after["recorded_at"]
    return rows


def _goes_public(row: Row, shown: Row | None) -> bool:
    """Decide as the function goes_public in the database does, of which this is the twin."""
    if row["status"] in {"draft", "in_review"}:
        return False
    if row["status"] == "deleted":
        return shown is not None and shown["status"] != "deleted"
    return shown is None or (shown["status"], shown["body"]) != (row["status"], row["body"])


def _first_public(row: Row, rows: list[Row]) -> int | None:
    public = (one["revision"] for one in rows[: row["revision"]] if one.get("public"))
    return next(public, None)


def _row(past: Past) -> Row:
    sent = past.sent
    body, raw = without_raw(past.body)
    author: Any = sent.get("recorded_by", {})
    facts = past.kind.facts(body)
    salt = bytes.fromhex(str(sent["salt"])) if "salt" in sent else os.urandom(16)
    note, reason = _text(sent, "note"), _text(sent, "reason")
    return {
        "kind": past.kind.name,
        "id": sent["id"],
        "revision": past.revision,
        "status": sent["status"],
        "body": text(body),
        "internal": text(sent["internal"]) if "internal" in sent else None,
        "raw": None if raw is None else text(raw),
        "recorded_at": past.recorded_at,
        "superseded_at": None,
        "withdrawn_at": None,
        "key_name": author.get("key", UNKNOWN),
        "actor": author.get("actor"),
        "note": note,
        "reason": reason,
        "salt": salt,
        "sha256": fingerprint(salt, body, str(sent["status"]), note, reason),
        "refs": list(dict.fromkeys(reference.target for reference in facts.references)),
        "terms": list(facts.terms),
        "valid": facts.valid,
        "review_by": facts.review_by,
    }


def _text(sent: JsonObject, name: str) -> str | None:
    return str(sent[name]) if name in sent else None


def _misplaced(past: Past) -> Iterator[Fault]:
    """Yield what the service would have refused to write."""
    if past.revision == 1 and past.status not in FIRST:
        detail = f"no record begins as {past.status}; the first is {', '.join(FIRST)}"
        yield past.fault("move-not-allowed", detail, "#/status")
    place = Place(past.kind, str(past.sent["id"]))
    for fault in (*unrated(past.kind, past.status, past.body), *own_references(place, past.body)):
        yield past.fault(fault.code, fault.detail, f"#/body{str(fault.pointer)[1:]}")


def _unmet(past: Past, known: dict[str, set[str]]) -> Iterator[Fault]:
    """Yield the references to what neither the file nor an empty server has."""
    for reference in past.kind.references(past.body):
        where = fragment(("body", *reference.path))
        if reference.target not in known:
            yield past.fault("unknown-reference", f"{reference.target} is not in the file", where)
        elif reference.term and reference.term not in known[reference.target]:
            detail = f"{reference.target} has no {reference.term.replace('=', ' ')}"
            yield past.fault("unknown-rating", detail, where)


def _forged(past: Past, row: Row, fixed: dict[tuple[str, int], bytes]) -> Iterator[Fault]:
    """Yield hashes that are not those of the content, and pretences of having been shipped."""
    if past.sent.get("sha256", row["sha256"].hex()) != row["sha256"].hex():
        detail = "the content of this line has another hash; it was changed on its way"
        yield past.fault("hash-mismatch", detail, "#/sha256")
    same = fixed.get((past.target, past.revision), row["sha256"]) == row["sha256"]
    if not same or (row["key_name"] == SHIPPER and (past.target, past.revision) not in fixed):
        detail = "every server starts with this record, and its first revision is another"
        yield past.fault("hash-mismatch", detail if not same else RESERVED, "#/recorded_by/key")
