"""Walks through lists of claims, what they are held against, and who writes beside them."""

import random
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString

import psycopg

from service.errors import Busy, Problem, Unavailable
from service.kinds import BY_NAME
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.records.writing import Match, delete, put
from service.storage.database import Database, Transaction

One = tuple[str, int]
"""Id and revision of a record on a page."""

Get = Callable[[str], dict[str, Any]]
"""Returns the page of an address."""

SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")
CLAIM = BY_NAME["claim"]
READERS = ("a key", "the public")
EDITOR = Caller("editor", frozenset({"publish"}))
WHY = ("Counted again", "correction")
OVER = Match(given=True)

COPY: LiteralString = """
SELECT id, revision, created_at, recorded_at AS updated_at FROM revision
WHERE kind = 'claim' AND CASE WHEN %(keyed)s THEN superseded_at IS NULL AND status <> 'deleted'
    ELSE withdrawn_at IS NULL AND status IN ('published', 'retracted') END
"""
"""What lists show a reader, by the plainest statement there is."""

HIDDEN: LiteralString = """
SELECT DISTINCT id FROM revision
WHERE kind = 'claim' AND public AND status IN ('withheld', 'deleted')
    AND (withdrawn_at IS NULL OR withdrawn_at >= %(since)s)
"""


def copied(connection: psycopg.Connection, sort: str, *, keyed: bool) -> list[One]:
    """Return what a list would show now, in its order."""
    rows = connection.execute(COPY, {"keyed": keyed}).fetchall()
    column = 2 if "created" in sort else 3
    rows.sort(key=lambda row: (row[column], row[0]), reverse=sort.startswith("-"))
    return [(name, revision) for name, revision, *_ in rows]


def hidden(connection: psycopg.Connection, since: datetime) -> set[str]:
    """Return what has been withheld or deleted at some time since an instant."""
    return {name for (name,) in connection.execute(HIDDEN, {"since": since})}


def shown(page: dict[str, Any]) -> list[One]:
    """Return what is on a page."""
    return [(item["id"], item["revision"]) for item in page["items"]]


def walked(page: dict[str, Any], get: Get) -> Iterator[One]:
    """Go on from a page to the last one and yield what is on them."""
    yield from shown(page)
    while page["next"]:
        page = get(page["next"])
        yield from shown(page)


@dataclass(frozen=True)
class Turnstile:
    """Lets transactions end, and none while somebody has it closed."""

    closed: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Habits:
    """How somebody writes: acts in a transaction, seconds it is held open, statuses."""

    acts: Sequence[int]
    pauses: Sequence[float]
    statuses: Sequence[str]


def make(transaction: Transaction, name: str, status: str = "published") -> None:
    """Write the first revision of a claim."""
    put(transaction, propose(Place(CLAIM, name), said(), Change(status=status), EDITOR), Match())


def revise(transaction: Transaction, name: str, status: str = "published") -> None:
    """Write the next revision of a claim; `deleted` is a tombstone, `new` is another claim."""
    if status == "new":
        make(transaction, f"{name}-{random.getrandbits(60):x}")
    elif status == "deleted":
        tombstone = Proposal(Place(CLAIM, name), EDITOR, status, Change(*WHY))
        delete(transaction, tombstone, OVER)
    else:
        change = Change(*WHY, None, status)
        put(transaction, propose(Place(CLAIM, name), said(), change, EDITOR), OVER)


def said() -> dict[str, Any]:
    """Return the body of a claim that nobody has made."""
    return {"text": f"{random.getrandbits(60):,} troops", "topics": ["one"]}


def write(database: Database, names: Sequence[str], habits: Habits, turnstile: Turnstile) -> None:
    """Write in one transaction after the other; what is refused writes nothing."""
    chance = random.Random()  # noqa: S311 -- no secret
    while not turnstile.over.is_set():
        with suppress(Problem), ExitStack() as stack, database.transaction() as transaction:
            for name in sorted(chance.sample(names, chance.choice(habits.acts))):
                with refusal():
                    revise(transaction, name, chance.choice(habits.statuses))
            turnstile.over.wait(chance.choice(habits.pauses))
            stack.enter_context(turnstile.closed)


@contextmanager
def refusal() -> Generator[None]:
    """Pass over a refusal; what ends the transaction ends the block."""
    try:
        yield
    except (Busy, Unavailable):
        raise
    except Problem:
        pass


@contextmanager
def writers(
    database: Database, names: Sequence[str], habits: Habits, number: int
) -> Generator[Turnstile]:
    """Let some write until the end of the block."""
    turnstile = Turnstile()
    arguments = (database, names, habits, turnstile)
    threads = [threading.Thread(target=write, args=arguments) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield turnstile
    finally:
        turnstile.over.set()
        for thread in threads:
            thread.join()
