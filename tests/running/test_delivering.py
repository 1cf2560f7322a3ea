"""`factcheck deliver`, beside a server and alone: killed, hung up on, and with much to do."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import psycopg
import pytest

from service.storage.cluster import command_line
from service.storage.embedded import Embedded
from tests.clusters import Cluster
from tests.docs.service import UNLIMITED, Service, environment, folder
from tests.running.client import PATIENCE, until
from tests.webhooks.receiver import Receiver, answer, receiving

PRIVATE = {**UNLIMITED, "FACTCHECK_PRIVATE_WEBHOOKS": "true"}


class Alone(NamedTuple):
    """A process that only delivers, and how the owner reaches its database."""

    process: subprocess.Popen[bytes]
    url: str


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Run a server on a database of its own, which keeps what it has acknowledged."""
    with folder() as place, Service(place / "data", "--workers", "1", **PRIVATE) as found:
        yield found


@pytest.fixture
def receiver(service: Service) -> Iterator[Receiver]:
    """Run somebody else's server; the webhooks that lead there go with it."""
    with receiving() as found:
        yield found
        execute(service, "DELETE FROM webhook")


def execute(service: Service, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement as the owner of the tables."""
    with psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def hook(service: Service, url: str, **members: object) -> Any:  # noqa: ANN401 -- JSON
    """Make a webhook."""
    made = service.send("POST", "/v1/webhooks", {"url": url, **members})
    assert made.status == 201, made.data
    return orjson.loads(made.body)


def publish(service: Service, *names: str) -> None:
    """Publish a claim of each name."""
    for name in names:
        sent = {"text": name, "status": "published"}
        assert service.send("PUT", f"/v1/claims/{name}", sent, match="").status < 300


def subjects(receiver: Receiver) -> list[str]:
    """Return the ids of the claims that the receiver was told of, as often as it was."""
    events = [orjson.loads(one.body) for one in receiver.received]
    return [event["subject"].rpartition("/")[2] for event in events]


def end_leases(service: Service) -> None:
    """Let the time come that a dead process's leases end, and of whatever waits."""
    execute(
        service,
        "UPDATE webhook SET leased_until = clock_timestamp(), next_attempt_at = clock_timestamp()",
    )


def test_a_server_delivers_what_it_records(service: Service, receiver: Receiver) -> None:
    secret = hook(service, receiver.url)["secret"]
    publish(service, "a1", "a2", "a3")
    receiver.wait_for(3)
    assert subjects(receiver) == ["a1", "a2", "a3"]
    assert [event["data"]["after"]["text"] for event in receiver.verified(secret)] == [
        "a1",
        "a2",
        "a3",
    ]


def test_the_metrics_of_the_server_count_deliveries(service: Service, receiver: Receiver) -> None:
    hook(service, receiver.url)
    receiver.answers += [answer(410)]
    publish(service, "b1")
    receiver.wait_for(1)
    wanted = b'factcheck_webhook_deliveries_total{outcome="status"}'
    until(lambda: wanted in service.curl("/metrics").body)
    assert b"factcheck_webhook_oldest_undelivered_seconds" in service.curl("/metrics").body


def test_a_killed_deliverer_is_started_again_and_nothing_is_lost(
    service: Service, receiver: Receiver
) -> None:
    hook(service, receiver.url)
    receiver.answers.append(receiver.hang)
    publish(service, "c1", "c2")
    receiver.wait_for(1)
    first = service.deliverer
    os.kill(first, signal.SIGKILL)
    until(lambda: service.deliverer not in {0, first})
    end_leases(service)
    receiver.wait_for(3)
    assert subjects(receiver) == ["c1", "c1", "c2"]


def test_a_killed_database_loses_no_event(service: Service, receiver: Receiver) -> None:
    hook(service, receiver.url)
    receiver.answers.append(receiver.hang)
    publish(service, "d1", "d2")
    receiver.wait_for(1)
    first = service.postmaster
    os.kill(first, signal.SIGKILL)
    receiver.open_again.set()
    until(lambda: service.postmaster not in {0, first})
    until(lambda: service.curl("/readyz").status == 200)
    end_leases(service)
    until(lambda: "d2" in subjects(receiver))
    seen = list(dict.fromkeys(subjects(receiver)))
    assert seen == ["d1", "d2"]
    assert subjects(receiver) == sorted(subjects(receiver))


def test_an_address_that_hangs_does_not_keep_the_others(
    service: Service, receiver: Receiver
) -> None:
    with receiving() as slow:
        slow.answers += [slow.hang] * 20
        for _ in range(20):
            hook(service, slow.url)
        hook(service, receiver.url)
        publish(service, "e1", "e2")
        slow.wait_for(20)
        receiver.wait_for(2)
    assert subjects(receiver) == ["e1", "e2"]


def test_a_killed_server_takes_its_deliverer_with_it() -> None:
    with folder() as place, Service(place / "data", "--workers", "1", **PRIVATE) as service:
        pid = until(lambda: service.deliverer)
        service.stop(signal.SIGKILL)
        until(lambda: not command_line(pid))


@pytest.fixture
def alone(cluster: Cluster) -> Iterator[Alone]:
    """Run `factcheck deliver` by itself, beside no server, on a database with nothing in it."""
    with cluster.database("alone") as name, folder() as place:
        url = f"{cluster.url(name, 'newsroom')} application_name=alone"
        context = environment(place / "data", **PRIVATE, DATABASE_URL=url)
        command = [sys.executable, "-m", "service", "deliver"]
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(command, env=context, stderr=log)
        yield Alone(process, cluster.url(name))
        process.kill()
        process.wait()


def test_a_thousand_addresses_take_no_thread_and_no_connection_each(alone: Alone) -> None:
    with receiving() as receiver, psycopg.connect(alone.url, autocommit=True) as connection:
        connection.execute(THOUSAND, {"url": receiver.url})
        (last,) = connection.execute("SELECT max(seq) FROM revision").fetchall()[0]
        receiver.wait_for(1_000 * SHIPPED, patience=120)
        until(lambda: connection.execute(DONE, {"last": last}).fetchall() == [(1_000,)])
        assert threads(alone.process.pid) <= FEW
        assert connection.execute(CONNECTIONS).fetchall()[0][0] <= 2
    assert {len(each) for each in by_address(receiver).values()} == {SHIPPED}


def test_a_deliverer_ends_when_it_is_told_to(alone: Alone) -> None:
    with psycopg.connect(alone.url, autocommit=True) as connection:
        until(lambda: connection.execute(CONNECTIONS).fetchall()[0][0])
    alone.process.send_signal(signal.SIGTERM)
    assert alone.process.wait(PATIENCE) == 0


SHIPPED = 1
"""Changes that a new database holds: the scale that is shipped with it."""
FEW = 16
"""Threads of the process: its own, and ten at most that look names up."""
THOUSAND = """
INSERT INTO webhook (id, url, reads, secret, position, seq)
SELECT gen_random_uuid(), %(url)s || '/' || number, 'public', '\\x00', 0, 0
FROM generate_series(1, 1000) AS number
"""
DONE = "SELECT count(*) FROM webhook WHERE seq = %(last)s AND leased_by IS NULL"
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alone'"


def by_address(receiver: Receiver) -> dict[str, list[bytes]]:
    """Return what came, by the path it came to."""
    found: dict[str, list[bytes]] = {}
    for one in receiver.received:
        found.setdefault(one.path, []).append(one.body)
    return found


def threads(pid: int) -> int:
    """Return how many threads a process has."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))
