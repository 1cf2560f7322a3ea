"""A walk through pages is one moment, whatever is written meanwhile and however long that takes."""

import random
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, LiteralString

import psycopg
import pytest

from service.errors import Problem
from service.kinds import BY_NAME
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, propose
from service.records.writing import Match, delete, put
from service.storage.database import Database, Transaction
from tests.newsroom import Answer
from tests.records.office import Office

RECORDS = 120
WRITERS = 4
EDITOR = Caller("editor", frozenset({"publish"}))
OVER = Match(given=True)
SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")
COPY: LiteralString = """
SELECT id, revision, created_at, recorded_at AS updated_at FROM revision
WHERE kind = 'claim' AND CASE WHEN %(keyed)s THEN superseded_at IS NULL AND status <> 'deleted'
    ELSE withdrawn_at IS NULL AND status IN ('published', 'retracted') END
"""
"""What lists show a reader, by the plainest statement there is."""

HIDDEN: LiteralString = """
SELECT id FROM revision WHERE kind = 'claim' AND public AND status IN ('withheld', 'deleted')
"""


class Turnstile:
    """Lets transactions end, and none while somebody has it closed."""

    def __init__(self) -> None:
        """Begin open, with work to do."""
        self.closed = threading.Lock()
        self.over = threading.Event()


@pytest.fixture(scope="module")
def claims(office: Office) -> list[str]:
    """Make claims, some of them drafts, and return their ids."""
    names = [f"w{number:03}" for number in range(RECORDS)]
    for number, name in enumerate(names):
        body = {
            "text": "First",
            "topics": ["one"],
            "status": "published" if number % 4 else "draft",
        }
        assert office.send("PUT", f"/v1/claims/{name}", json=body).status == 201
    return names


def act(transaction: Transaction, name: str, chance: random.Random) -> None:
    """Do one of the things that editors do to a record; what is refused writes nothing."""
    status = chance.choice(["published"] * 6 + ["draft", "retracted", "withheld", "deleted", "new"])
    change = Change("Counted again", "correction", None, None if status == "deleted" else status)
    body: dict[str, Any] = {"text": str(chance.random()), "topics": ["one"]}
    with suppress(Problem):
        if status == "deleted":
            delete(transaction, propose(Place(BY_NAME["claim"], name), {}, change, EDITOR), OVER)
        elif status == "new":
            name, change = f"n{chance.random()}", Change(status="published")
            put(transaction, propose(Place(BY_NAME["claim"], name), body, change, EDITOR), Match())
        else:
            put(transaction, propose(Place(BY_NAME["claim"], name), body, change, EDITOR), OVER)


def write(database: Database, claims: list[str], turnstile: Turnstile, seed: int) -> None:
    """Write in transactions of one to twenty acts, and end each as the turnstile lets."""
    chance = random.Random(seed)  # noqa: S311 -- chance is to come again the same
    while not turnstile.over.is_set():
        acts = chance.choice([1, 1, 2, 20])
        with suppress(Problem), ExitStack() as stack, database.transaction() as transaction:
            for name in sorted(chance.sample(claims, acts)):
                act(transaction, name, chance)
            stack.enter_context(turnstile.closed)


@contextmanager
def writers(office: Office, claims: list[str]) -> Generator[Turnstile]:
    """Let some write until the end of the block."""
    turnstile, database = Turnstile(), office.app.extensions["factcheck"].database
    threads = [
        threading.Thread(target=write, args=(database, claims, turnstile, seed))
        for seed in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield turnstile
    finally:
        turnstile.over.set()
        for thread in threads:
            thread.join()


def copied(office: Office, *, keyed: bool, sort: str) -> list[tuple[str, int]]:
    """Return ids and revisions as a list would have them now, in order."""
    with psycopg.connect(office.owner_url) as connection:
        rows = connection.execute(COPY, {"keyed": keyed}).fetchall()
    column = 2 if "created" in sort else 3
    rows.sort(key=lambda row: (row[column], row[0]), reverse=sort.startswith("-"))
    return [(name, revision) for name, revision, *_ in rows]


def walked(office: Office, page: Answer, *, keyed: bool) -> Iterator[tuple[str, int]]:
    """Go on from a first page to the last, and yield ids and revisions."""
    while True:
        found = page.json()
        yield from ((item["id"], item["revision"]) for item in found["items"])
        if found["next"] is None:
            return
        page = office.get(found["next"], keyed=keyed)
        assert page.status == 200, page.text


def hidden(office: Office) -> set[str]:
    """Return what has been withheld or deleted at some time."""
    with psycopg.connect(office.owner_url) as connection:
        return {name for (name,) in connection.execute(HIDDEN)}


@pytest.mark.parametrize("who", ["a key", "the public"])
@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_is_what_was_there_at_its_first_page(
    office: Office, claims: list[str], sort: str, who: str
) -> None:
    keyed = who == "a key"
    with writers(office, claims) as turnstile:
        for path in ("?limit=7", "?limit=9&topic=one&count=true"):
            with turnstile.closed:
                copy = copied(office, keyed=keyed, sort=sort)
                first = office.get(f"/v1/claims{path}&sort={sort}", keyed=keyed)
            found = list(walked(office, first, keyed=keyed))
            gone = set[str]() if keyed else hidden(office)
            assert [one for one in copy if one in found or one[0] not in gone] == found
            assert "count" not in path or first.json()["total"] == len(copy)
