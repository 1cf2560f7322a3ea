"""Kill -9 in the middle of imports: all of one is there or nothing, and no line waits for ever."""

import http.client
import os
import signal
import threading
from collections.abc import Iterator
from typing import Final, LiteralString
from urllib.parse import urlsplit

import psycopg
import pytest

from service.storage.embedded import Embedded
from tests.bulk.freight import lines
from tests.docs.service import SLOW, UNLIMITED, Service, folder
from tests.running.client import until

RECORDS: Final = 3_000
WRITING: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE state = 'active' AND query LIKE '%import_plan%' AND pid <> pg_backend_pid()
"""
WAITING: Final = "SELECT count(*) FROM import_line"
KEPT: Final = "SELECT count(*) FROM revision WHERE key_name = 'admin'"
AGED: Final = "UPDATE import_job SET until = now()"


def asked(service: Service, query: LiteralString) -> int:
    """Ask the database something as its owner; while it is away, that is nothing."""
    try:
        with psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as owner:
            return int(owner.execute(query).fetchall()[0][0])
    except psycopg.OperationalError:
        return 0


def bring(service: Service, chunks: Iterator[bytes]) -> int:
    """Import what comes in chunks; return the status, 0 where there was no answer."""
    parts = urlsplit(service.url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=SLOW)
    fields = {"Authorization": f"Bearer {service.key}", "Content-Type": "application/x-ndjson"}
    try:
        connection.request("POST", "/v1/import", chunks, fields, encode_chunked=True)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def swept(service: Service) -> None:
    """Let imports that died be taken for dead, and see that their lines go."""
    until(lambda: service.curl("/readyz").status == 200, SLOW)
    with psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as owner:
        owner.execute(AGED)
    service.curl("/v1/claims", key=service.key)
    assert service.send("POST", "/v1/claims", {"text": "x"}).status == 201
    until(lambda: asked(service, WAITING) == 0, SLOW)


@pytest.mark.parametrize("victim", ["worker", "postmaster"])
def test_an_import_that_was_killed_while_it_came_in_leaves_nothing(victim: str) -> None:
    with folder() as place, Service(place / "data", "--workers", "1", **UNLIMITED) as service:
        until(lambda: service.workers)

        def chunks() -> Iterator[bytes]:
            yield from lines(RECORDS)
            until(lambda: asked(service, WAITING) > 0, SLOW)
            pid = service.workers[0] if victim == "worker" else service.postmaster
            os.kill(pid, signal.SIGKILL)
            yield from lines(10)

        assert bring(service, chunks()) in {0, 503}
        swept(service)
        assert asked(service, KEPT) == 1


@pytest.mark.parametrize("victim", ["worker", "postmaster"])
def test_an_import_that_was_killed_while_it_was_written_is_whole_or_not_there(victim: str) -> None:
    with folder() as place, Service(place / "data", "--workers", "1", **UNLIMITED) as service:
        until(lambda: service.workers)
        statuses: list[int] = []
        importer = threading.Thread(target=lambda: statuses.append(bring(service, lines(RECORDS))))
        importer.start()
        until(lambda: asked(service, WRITING) or statuses, SLOW)
        pid = service.workers[0] if victim == "worker" else service.postmaster
        os.kill(pid, signal.SIGKILL)
        importer.join()
        swept(service)
        until(lambda: asked(service, KEPT) in {1, RECORDS + 1}, SLOW)
        assert statuses[0] in {0, 200, 503}
        assert (statuses[0] != 200) or asked(service, KEPT) == RECORDS + 1
