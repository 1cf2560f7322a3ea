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
