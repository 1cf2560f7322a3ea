"""Retries: a request with an Idempotency-Key is done once and answered the same each time.

The key is claimed by the transaction that writes, so the two are kept together or not at
all: a try that failed has used nothing up, and of requests that come at once the others
wait for the first and are given its answer.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from service.errors import Busy, IdempotencyKeyInUse, IdempotencyKeyReused, ReplayUnavailable
from service.kinds import BY_NAME
from service.records.outcome import Outcome
from service.records.place import Place
from service.records.rows import Written
from service.storage.database import Database, Door, Transaction
from service.storage.statements import statement

Result = TypeVar("Result", Outcome, str)
"""What can be given again: the outcome of a write, or the text that answered an import."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of a request: whose key, its Idempotency-Key, and what it asks for.

    The fingerprint is a SHA-256; two requests with the same one ask for the same thing.
    """

    key_name: str
    idempotency_key: str
    fingerprint: bytes

    @property
    def values(self) -> dict[str, object]:
        """Return the values by which statements find it."""
        return {"key_name": self.key_name, "idempotency_key": self.idempotency_key}


@dataclass(frozen=True, slots=True)
class Claimed:
    """That the key was free, and since when it no longer is."""

    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a request that was done, beside the revision that it led to.

    A purge of that revision takes both hashes.
    """

    fingerprint: bytes
    kind: str | None
    id: str | None
    new: bool | None
    sha256: bytes | None
    answer: str | None
    revision: int
    status: str
    recorded_at: datetime
    text: str | None


def once(
    database: Database, attempt: Attempt | None, act: Callable[[Door], Result]
) -> tuple[Result, bool]:
    """Do what is asked, unless this key did it before; return the result and whether it did.

    Without an attempt it is just done. Raises `IdempotencyKeyInUse` while the same key is
    at work for longer than one waits, `IdempotencyKeyReused` where it did something else,
    `ReplayUnavailable` where the answer cannot be made again as it was.
    """
    if attempt is None:
        return act(database), False
    with database.transaction() as transaction:
        if claim(transaction, attempt):
            result = act(transaction)
            transaction.end_with(statement("keep_answer"), {**attempt.values, **kept(result)})
            return result, False
        return cast("Result", replay(transaction, attempt)), True


def claim(transaction: Transaction, attempt: Attempt) -> bool:
    """Tell whether the key is this transaction's now; what has it already is waited for."""
    patience = f"{int(transaction.deadline * 500)}ms"
    values = attempt.values | {"fingerprint": attempt.fingerprint, "patience": patience}
    try:
        return transaction.one(Claimed, statement("claim_retry"), values) is not None
    except Busy:
        detail = "The request that came first with this key is still at work. Send it again later."
        raise IdempotencyKeyInUse(detail, headers={"Retry-After": "2"}) from None


def kept(result: Outcome | str) -> Mapping[str, object]:
    """Return what to keep of a result: where its text is, and the hash of it."""
    absent = dict.fromkeys(("kind", "id", "revision", "new", "answer"))
    if isinstance(result, str):
        return absent | {"answer": result, "sha256": sha256(result)}
    row = result.row
    where = result.place.values | {"revision": row.revision, "new": result.new}
    return absent | where | {"sha256": sha256(row.text)}


def replay(transaction: Transaction, attempt: Attempt) -> Outcome | str:
    """Return what the request came to when it was done."""
    found = transaction.one(Kept, statement("replay"), attempt.values)
    if found is None:
        raise Busy("The key is just being cleared away. Send the request again.")
    if found.sha256 and found.fingerprint != attempt.fingerprint:
        detail = "This Idempotency-Key did another request. Give each request a key of its own."
        raise IdempotencyKeyReused(detail)
    text = found.answer or found.text
    if text is None or sha256(text) != found.sha256:
        detail = "The request was done before, and its answer cannot be given again as it was."
        raise ReplayUnavailable(f"{detail} GET the record to see what became of it.")
    if found.answer:
        return found.answer
    place = Place(BY_NAME[str(found.kind)], str(found.id))
    row = Written(found.revision, found.status, found.recorded_at, text, opened=False)
    return Outcome(place, row, new=bool(found.new))


def sha256(text: str) -> bytes:
    """Return the hash by which an answer made again is known for the same."""
    return hashlib.sha256(text.encode()).digest()
