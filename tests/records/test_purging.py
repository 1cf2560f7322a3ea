"""What was purged is not in the files of the database either; and writers that come between."""

import subprocess
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import orjson
import psycopg
import pytest

from service.errors import Busy
from service.kinds import BY_NAME
from service.records import writing
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.records.purging import purge
from service.records.rows import Written
from service.records.writing import Match
from service.settings import Settings
from service.storage.database import Connection, Database, Door, Transaction
from service.storage.statements import Statement
from tests.clusters import Cluster
from tests.contract import Contract
from tests.records.office import ANY, Office, opened

WHY = urlencode({"purge": "true", "note": "By order of a court.", "reason": "legal"})
PLANTED = "zxplantedqj"
"""A text that is in no program and no dictionary."""

TABLES = (
    "revision",
    "retry",
    "wording",
    "wording_change",
    "word",
    "letters",
    "posting",
    "import_line",
    "pg_statistic",
)
REWRITE = ("ANALYZE", *(f"VACUUM FULL {table}" for table in TABLES))


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
        line = orjson.dumps({"type": "claim", "id": f"p{number}", **body, "context": PLANTED})
        path = f"/v1/import?overwrite=true&{query}"
        lines = {"Content-Type": "application/x-ndjson"}
        assert archive.send("POST", path, data=line, headers=lines).status == 200


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


Row = TypeVar("Row")
PLACE = Place(BY_NAME["claim"], "c")
ADMIN = Caller("admin", frozenset({"admin"}))
COURT = Proposal(PLACE, ADMIN, "deleted", Change("By order.", "legal"), undeletes=True)


def draft(text: str) -> Proposal:
    """Return the proposal of a draft."""
    return propose(PLACE, {"text": text}, Change(), ADMIN)


class Outrun(Door):
    """A door at which another writer comes first, once."""

    def __init__(self, database: Database) -> None:
        """Lead to a database."""
        self.deadline, self._database, self._left = database.deadline, database, 1

    def connection(self) -> AbstractContextManager[Connection]:
        """Lend a connection."""
        return self._database.connection()

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction."""
        return self._database.transaction()

    def all(
        self,
        row: type[Row],
        statement: Statement,
        values: Mapping[str, object] | None = None,
        *,
        prepare: bool | None = None,
    ) -> list[Row]:
        """Answer, but let a draft be written before the first write."""
        if row is Written and self._left:
            self._left = 0
            _ = writing.revise(self._database, draft("between"), None)
        return self._database.all(row, statement, values, prepare=prepare)


def test_a_purge_over_whatever_is_there_takes_what_came_between_too(database: Database) -> None:
    _ = writing.create(database, draft("first"))
    outcome = purge(Outrun(database), COURT, None, Match(given=True))
    assert outcome.row.revision == 3
    query = "SELECT count(*) FROM revision WHERE id = 'c' AND purged_at IS NOT NULL"
    with database.connection() as connection:
        assert connection.execute(query).fetchall() == [(2,)]


def test_a_purge_whose_time_is_up_says_that_others_were_faster(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "deadline", -1.0)
    with pytest.raises(Busy):
        _ = purge(database, COURT, None, Match(given=True))
