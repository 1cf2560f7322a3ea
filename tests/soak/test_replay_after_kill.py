"""Kill -9 between commit and answer: the retry is told what the first try did.

The instant is held open: a commit that waits for a standby which does not exist is in
the log already and known to nobody.
"""

import os
import signal
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from typing import LiteralString

import psycopg
import pytest

from service.storage.embedded import Embedded
from tests.docs.service import Service, folder
from tests.running.client import until
from tests.soak import audit, history
from tests.soak.client import BROKEN, Client
from tests.soak.life import text
from tests.soak.writes import Answer, Write

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query = 'COMMIT'"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Run the service on a durable database."""
    with folder() as place, Service(place / "data", "--workers", "2") as service:
        yield service


@pytest.fixture
def client(service: Service) -> Iterator[Client]:
    """Return a client whose key was used just now, so that noting that is no write."""
    with closing(Client(service.url, service.key)) as client:
        until(lambda: answered(client))
        yield client


def answered(client: Client) -> bool:
    """Say whether the service answers with what is in the database."""
    with suppress(*BROKEN):
        return client.send("GET", "/v1/claims").status == 200
    return False


def ask(service: Service, statement: LiteralString) -> list[int]:
    """Run a statement as the owner; return what it gave, nothing when the database is away."""
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as connection,
    ):
        cursor = connection.execute(statement)
        return [number for (number,) in cursor] if cursor.description else [0]
    return []


def wait_for_standby(service: Service, name: LiteralString) -> None:
    """Let commits wait for a standby, for none if the name is empty."""
    statement: LiteralString = f"ALTER SYSTEM SET synchronous_standby_names = '{name}'"
    until(lambda: ask(service, statement))
    until(lambda: ask(service, "SELECT pg_reload_conf()::int"))


@contextmanager
def committing(service: Service, write: Write) -> Generator[tuple[list[int], Future[Answer]]]:
    """Send a write, and hold its commit back from the rest of the world; yield who waits."""
    wait_for_standby(service, "nobody")
    try:
        sender = Client(service.url, service.key)
        with closing(sender), ThreadPoolExecutor(1) as threads:
            first = threads.submit(sender.offer, write)
            yield until(lambda: ask(service, WAITING)), first
    finally:
        wait_for_standby(service, "")


def acknowledged(first: Future[Answer]) -> bool:
    """Say whether the first try was told that it is written."""
    if isinstance(first.exception(), BROKEN):
        return False
    return first.result().status != 503


@pytest.mark.parametrize("sort", ["worker", "backend", "postmaster"])
def test_a_write_that_was_committed_and_not_answered_is_replayed(
    service: Service, client: Client, sort: str
) -> None:
    write = Write.of("POST", "/v1/claims", {"text": text()})
    with committing(service, write) as (backends, first):
        victims = {"worker": service.workers, "backend": backends}
        for victim in victims.get(sort, [service.postmaster]):
            os.kill(victim, signal.SIGKILL)
        assert not acknowledged(first)
    entry = client.insist(write)
    assert entry.answer
    assert (entry.answer.status, entry.answer.replayed) == (201, True)
    assert client.offer(write) == entry.answer
    lines = [line for line in history.lines(client) if line.note == write.token]
    assert list(audit.flaws_of_writes([entry], lines)) == []
