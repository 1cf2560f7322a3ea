"""What was purged is not in the files of the database either."""

import subprocess
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from service.settings import Settings
from tests.clusters import Cluster
from tests.contract import Contract
from tests.records.office import ANY, Office, opened

WHY = urlencode({"purge": "true", "note": "By order of a court.", "reason": "legal"})
PLANTED = "zxplantedqj"
"""A text that is in no program and no dictionary."""

REWRITE = ("ANALYZE", "VACUUM FULL revision", "VACUUM FULL retry", "VACUUM FULL pg_statistic")


@pytest.fixture
def archive(each_cluster: Cluster, settings: Settings, contract: Contract) -> Generator[Office]:
    """Open an office whose key may purge."""
    with opened(each_cluster, settings, contract.check, "purging", scope="admin") as found:
        yield found


def plant(archive: Office) -> None:
    """Write the text wherever a record has a place for one, often enough to be statistics."""
    for number in range(40):
        body = {
            "text": f"{PLANTED} in text {number}",
            "topics": [f"{PLANTED}-topic"],
            "external_ids": {"desk": f"{PLANTED}-{number}"},
            "internal": {"tip": f"{PLANTED} told us"},
            "origin": {"raw": {"page": f"{PLANTED} raw"}},
        }
        query = urlencode({"note": f"{PLANTED} noted", "reason": "legal"})
        path = f"/v1/claims/p{number}?{query}"
        headers = {"Idempotency-Key": f"plant-{number}"}
        assert archive.send("PUT", path, json=body, headers=headers).status == 201


def found_in(base: Path) -> list[str]:
    """Return the files below a folder that have the text in them."""
    command = ["grep", "--recursive", "--binary", "--files-with-matches", PLANTED, str(base)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def run(archive: Office, *statements: str) -> None:
    """Run statements as the owner, each by itself, and have all written to the files."""
    with psycopg.connect(archive.owner_url, autocommit=True) as connection:
        for statement in (*statements, "CHECKPOINT"):
            connection.execute(statement.encode())


def data_directory(archive: Office) -> Path:
    """Return where the cluster keeps its databases."""
    with psycopg.connect(archive.owner_url) as connection:
        found = connection.execute("SHOW data_directory").fetchall()[0][0]
    return Path(found) / "base"


def test_no_file_of_the_database_has_what_was_purged(archive: Office) -> None:
    base = data_directory(archive)
    plant(archive)
    run(archive, "ANALYZE")
    assert found_in(base)
    for number in range(40):
        assert archive.send("DELETE", f"/v1/claims/p{number}?{WHY}", headers=ANY).status == 204
    run(archive, *REWRITE)
    assert found_in(base) == []
