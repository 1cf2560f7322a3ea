"""What every reader sees of a record of each kind, at every step of a long life."""

import logging
import math
import re
from collections.abc import Generator
from dataclasses import replace

import psycopg
import pytest
from flask import Flask

from service.records import keys
from tests.conftest import state
from tests.contract import Contract
from tests.newsroom import Newsroom
from tests.visibility.bodies import KINDS
from tests.visibility.calls import READS
from tests.visibility.hearing import Reader
from tests.visibility.life import Life
from tests.visibility.planting import secret
from tests.visibility.refusals import WRITES
from tests.visibility.walk import Kept, Walk

pytestmark = pytest.mark.usefixtures("uncounted", "unswept")
KIND = re.compile(rf"/v1/(?:{'|'.join(KINDS)})s\b")
READERS = {
    "nobody": None,
    "a key without scopes": (),
    "a key that reads": ("read",),
    "a key that writes": ("write",),
    "a key that publishes": ("publish",),
    "a key of the admin": ("admin",),
}


@pytest.fixture(scope="session")
def readers(app: Flask) -> list[Reader]:
    """Make a key for each reader."""
    database = state(app).database
    return [
        Reader(name, scopes, None if scopes is None else keys.create(database, name, scopes))
        for name, scopes in READERS.items()
    ]


@pytest.fixture
def unswept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be swept: once words are counted anew, who asks next gets other scores."""
    monkeypatch.setattr(state(app).sweeper, "due", math.inf)


@pytest.fixture(params=KINDS)
def walk(
    request: pytest.FixtureRequest,
    app: Flask,
    http: Newsroom,
    readers: list[Reader],
    owner: psycopg.Connection,
) -> Walk:
    """Begin a walk with a record of each kind; its author's key bears a secret for a name."""
    author = secret()
    key = str(keys.create(state(app).database, author, ["admin"]))
    unchecked = replace(http, check=lambda *_: None)
    return Walk(Life(request.param, unchecked, key, author, owner), http, readers)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Generator[Kept]:
    """Keep the service's log, and keep it from pytest, which would show thousands of lines."""
    kept, requests = Kept(), logging.getLogger("factcheck.requests")
    monkeypatch.setattr(requests, "handlers", [kept])
    level = requests.level
    requests.setLevel(logging.INFO)  # a logger remembers what it was asked at other levels
    monkeypatch.setattr(requests, "propagate", False)
    monkeypatch.setattr(logging.getLogger(), "handlers", [kept])
    yield kept
    requests.setLevel(level)


def parameters(contract: Contract, kind: str) -> set[str]:
    """Return the parameters of all that reads a kind or the whole, as the walk names them."""
    reads = [one for one in contract.operations if one.method == "GET"]
    own = [one for one in reads if KIND.sub("", one.path) == one.path or f"/{kind}s" in one.path]
    return {
        f"{KIND.sub('/v1/{c}', str(one))} {parameter['name']}"
        for one in own
        for parameter in map(contract.resolve, one.definition.get("parameters", []))
        if parameter["in"] == "query"
    }


def test_every_reader_gets_what_the_tables_say_and_nothing_else(
    walk: Walk, log: Kept, contract: Contract
) -> None:
    faults = walk.go()
    assert parameters(contract, walk.life.kind) <= walk.asked
    assert len(log.lines) > walk.tally["requests"]
    walk.search("\n".join(log.lines).encode())
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:40]])


def test_a_draft_deleted_unseen_is_to_the_public_like_what_never_was(walk: Walk) -> None:
    walk.readers = walk.readers[:2]
    walk.life.begin()
    walk.life.step()
    walk.life.send("DELETE", walk.life.path)
    walk.everyone()
    assert walk.faults == []


def test_the_walk_knows_every_operation(contract: Contract) -> None:
    operations = {KIND.sub("/v1/{c}", str(operation)) for operation in contract.operations}
    assert operations == {*READS, *WRITES}
