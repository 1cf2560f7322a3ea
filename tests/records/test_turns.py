"""Writers who wait for each other: what one has read, the one before may have changed."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import psycopg
import pytest

from service.settings import Settings
from tests.clusters import Cluster
from tests.contract import Contract
from tests.newsroom import Answer
from tests.records.office import ANY, Office, opened
from tests.storage.waiting import until

COURT = urlencode({"purge": "true", "note": "By order of a court.", "reason": "legal"})
HOLD = "SELECT FROM revision WHERE id = %s AND superseded_at IS NULL FOR UPDATE"
WAITING = """
SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


@pytest.fixture
def archive(each_cluster: Cluster, settings: Settings, contract: Contract) -> Generator[Office]:
    """Open an office whose key may purge."""
    with opened(each_cluster, settings, contract.check, "turns", scope="admin") as found:
        yield found


def in_turn(office: Office, identifier: str, *sends: Callable[[], Answer]) -> list[Answer]:
    """Hold a record until all have read it and wait to write; let them write in this order."""
    with (
        psycopg.connect(office.owner_url) as holder,
        psycopg.connect(office.owner_url, autocommit=True) as watcher,
        ThreadPoolExecutor() as threads,
    ):
        holder.execute(HOLD, [identifier])
        asked = []
        for send in sends:
            asked.append(threads.submit(send))
            until(lambda: watcher.execute(WAITING).rowcount == len(asked))
        holder.commit()
        return [one.result() for one in asked]


def test_what_a_purge_takes_meanwhile_is_not_restored(archive: Office) -> None:
    path = "/v1/claims/c"
    assert archive.send("PUT", path, json={"text": "secret"}).status == 201
    assert archive.send("PATCH", path, json={"text": "x"}, headers=ANY).status == 200
    purged, restored = in_turn(
        archive,
        "c",
        lambda: archive.send("DELETE", f"{path}?{COURT}", headers=ANY),
        lambda: archive.send("POST", f"{path}/revisions", json={"restore": 1}, headers=ANY),
    )
    assert (purged.status, restored.status) == (204, 422)
    assert archive.get(path, keyed=True).status == 410


def drafted(archive: Office) -> str:
    """Draft a claim on a drafted source and return its path."""
    assert archive.send("PUT", "/v1/sources/s", json={"title": "A report"}).status == 201
    sent = {"text": "x", "attribution": [{"source_id": "s"}]}
    assert archive.send("PUT", "/v1/claims/c", json=sent).status == 201
    return "/v1/claims/c"


def publish(archive: Office, path: str) -> Answer:
    """Publish a record and what it refers to, whatever it is at."""
    sent = {"status": "published"}
    return archive.send("PATCH", f"{path}?publish=references", json=sent, headers=ANY)


def test_what_is_no_longer_referred_to_is_not_published_along(archive: Office) -> None:
    path = drafted(archive)
    cut, published = in_turn(
        archive,
        "c",
        lambda: archive.send("PATCH", path, json={"attribution": None}, headers=ANY),
        lambda: publish(archive, path),
    )
    assert (cut.status, published.status) == (200, 503)
    assert archive.get("/v1/sources/s", keyed=False).status == 404
    assert publish(archive, path).status == 200


def test_a_draft_is_published_along_as_it_was_read(archive: Office) -> None:
    path = drafted(archive)
    changed, published = in_turn(
        archive,
        "s",
        lambda: archive.send("PATCH", "/v1/sources/s", json={"title": "Other"}, headers=ANY),
        lambda: publish(archive, path),
    )
    assert (changed.status, published.status) == (200, 503)
    assert publish(archive, path).status == 200


def test_what_two_publish_along_is_public_before_what_refers_to_it(archive: Office) -> None:
    path = drafted(archive)
    sent = {"text": "y", "attribution": [{"source_id": "s"}]}
    assert archive.send("PUT", "/v1/claims/d", json=sent).status == 201
    one, other = in_turn(
        archive, "s", lambda: publish(archive, path), lambda: publish(archive, "/v1/claims/d")
    )
    assert (one.status, other.status) == (200, 503)
    assert publish(archive, "/v1/claims/d").status == 200
