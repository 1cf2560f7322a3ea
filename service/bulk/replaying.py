"""Replay: from the revisions of a history to the rows that they would have left."""

import os
from itertools import groupby, pairwise
from operator import attrgetter

from service.bulk.inspecting import (
    ERASED,
    alone_in_public,
    disorder,
    forged,
    impossible_moves,
    misplaced,
    unmet,
)
from service.bulk.past import Past, Row, Shipped
from service.documents.canonical import fingerprint
from service.documents.values import JsonObject
from service.errors import Fault
from service.records.proposals import PUBLIC, UNPUBLISHED, text, without_raw

UNKNOWN = "unknown"
"""The key of revisions that a file made by hand gives no author."""


def replay(
    pasts: list[Past], shipped: list[Shipped], found: list[Fault], *, four_eyes: bool = False
) -> list[Row]:
    """Return the rows of all revisions; what does not fit together goes to `found`."""
    rows: list[Row] = []
    for _, group in groupby(sorted(pasts, key=attrgetter("target")), key=attrgetter("target")):
        history = list(group)
        found += disorder(history)
        found += impossible_moves(history)
        if four_eyes and history[0].kind.judged:
            found += alone_in_public(history)
        rows += _replayed(history)
    known = {one.target: set(one.terms) for one in shipped}
    for row in rows:
        terms = [*row["terms"], *([ERASED] if row["purged_at"] else [])]
        known.setdefault(f"{row['kind']}/{row['id']}", set()).update(terms)
    fixed = {(one.target, one.revision): one for one in shipped}
    for past, row in zip(sorted(pasts, key=attrgetter("target")), rows, strict=True):
        found += [*misplaced(past), *unmet(past, known), *forged(past, row, fixed)]
    return rows


def _replayed(history: list[Past]) -> list[Row]:
    rows = [_row(past) for past in history]
    shown: Row | None = None
    erased = any(past.purged for past in history)
    for past, row in zip(history, rows, strict=True):
        row["created_at"] = rows[0]["recorded_at"]
        row["public"] = _goes_public(row, shown)
        if erased and past.status in {*PUBLIC, "deleted"}:
            # What readers had cannot be told from content that is gone.
            row["public"] = past.sent.get("public", row["public"])
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
    if row["status"] in UNPUBLISHED:
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
    salt = bytes.fromhex(str(sent["salt"])) if "salt" in sent else os.urandom(16)
    note, reason = _text(sent, "note"), _text(sent, "reason")
    return {
        "line": past.line,
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
        "key_name": past.author.get("key", UNKNOWN),
        "actor": past.author.get("actor"),
        "note": note,
        "reason": reason,
        "salt": salt,
        "sha256": fingerprint(salt, body, str(sent["status"]), note, reason),
        **_facts(past, body),
        "purged_at": sent.get("purged_at"),
        "purges": [int(number) for number in past.purges] or None,
        **(_nothing_but_hash(past) if past.purged else {}),
    }


def _facts(past: Past, body: JsonObject) -> Row:
    facts = past.kind.facts(body)
    return {
        "refs": list(dict.fromkeys(reference.target for reference in facts.references)),
        "terms": list(facts.terms),
        "valid": facts.valid,
        "review_by": facts.review_by,
    }


def _nothing_but_hash(past: Past) -> Row:
    hash_alone = bytes.fromhex(str(past.sent["sha256"]))
    return {"body": None, "salt": None, "sha256": hash_alone}


def _text(sent: JsonObject, name: str) -> str | None:
    return str(sent[name]) if name in sent else None
