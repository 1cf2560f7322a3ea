"""An instant is settled once no writer may still record before it; a settled one never changes."""

import threading
from collections.abc import Generator
from datetime import datetime, timedelta
from functools import partial
from typing import Final, LiteralString

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from service.documents.instants import written
from service.records import reading
from tests.clusters import Cluster
from tests.conftest import state
from tests.newsroom import Answer
from tests.records.office import ANY, Office
from tests.storage.waiting import until

ASKED = """SELECT FROM pg_stat_activity WHERE application_name = 'factcheck' AND state = 'idle'
    AND query LIKE '%%to_come%%' AND query_start > %s"""


class Gate:
    """A place in the middle of a write, where writers can be made to wait."""

    PUT_UP: Final[LiteralString] = """
    CREATE OR REPLACE FUNCTION unmet_references(
        wanted text[], needed text[], goes_public boolean, held text[]
    ) RETURNS TABLE (ref text, code text) LANGUAGE plpgsql STABLE AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(27262); END $$
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        """Put it up, in the function that looks at references."""
        self._connection = connection
        _ = connection.execute(self.PUT_UP)

    def close(self) -> None:
        """Let nobody pass from here on."""
        _ = self._connection.execute("SELECT pg_advisory_lock(27262)")

    def open(self) -> None:
        """Let everybody pass."""
        _ = self._connection.execute("SELECT pg_advisory_unlock(27262)")

    def is_reached(self) -> bool:
        """Tell whether a writer waits."""
        query = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return bool(self._connection.execute(query).fetchall())


@pytest.fixture
def writer(office: Office) -> Generator[psycopg.Connection]:
    """Speak as the owner; nothing is kept."""
    with psycopg.connect(office.owner_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def look(office: Office) -> Generator[psycopg.Connection]:
    """Look at the clock, and at what others do."""
    with psycopg.connect(office.owner_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def gate(look: psycopg.Connection, hasty: None) -> Generator[Gate]:
    """Put up a gate, and take it down at the end."""
    query = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'unmet_references'"
    definition = look.execute(query).fetchall()[0][0]
    yield Gate(look)
    look.execute(definition)


@pytest.fixture(scope="module")
def claim(office: Office) -> str:
    """Publish a claim and return its path."""
    return office.claim("clock")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for long."""
    monkeypatch.setattr(reading, "PATIENCE", 0.05)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody wait as long as it takes."""
    monkeypatch.setattr(reading, "PATIENCE", 60)


def now(connection: psycopg.Connection) -> datetime:
    """Return the server's time."""
    return connection.execute("SELECT clock_timestamp()").fetchall()[0][0]


def begin_to_write(connection: psycopg.Connection) -> None:
    """Let a transaction write: from here on it has a number."""
    _ = connection.execute("SELECT pg_current_xact_id()")


def as_of(office: Office, path: str, instant: datetime) -> Answer:
    """Read a record as it was at an instant, as the public."""
    return office.get(f"{path}?as_of={written(instant)}", keyed=False)


def is_settled(answer: Answer) -> bool:
    """Tell whether an answer may be kept."""
    assert answer.status == 200
    kept = answer.headers["Cache-Control"]
    assert kept == "no-store" or "max-age" in kept
    return kept != "no-store"


def test_an_instant_to_come_is_refused(
    office: Office, claim: str, look: psycopg.Connection
) -> None:
    answer = as_of(office, claim, now(look) + timedelta(hours=1))
    assert answer.status == 400
    assert answer.codes == {"as_of": "in-the-future"}


def test_an_instant_is_settled_while_nobody_writes(
    office: Office, claim: str, look: psycopg.Connection
) -> None:
    assert is_settled(as_of(office, claim, now(look)))


def test_an_instant_after_a_writer_began_is_not_settled(
    office: Office, claim: str, writer: psycopg.Connection, look: psycopg.Connection, hasty: None
) -> None:
    begin_to_write(writer)
    assert not is_settled(as_of(office, claim, now(look)))
    writer.rollback()
    assert is_settled(as_of(office, claim, now(look)))


def test_a_writer_whose_beginning_nobody_may_see_settles_nothing(
    office: Office, claim: str, writer: psycopg.Connection, look: psycopg.Connection, hasty: None
) -> None:
    url = str(state(office.app).settings.database_url)
    role = conninfo_to_dict(url)["user"]
    look.execute(f"REVOKE pg_read_all_stats FROM {role}".encode())
    try:
        instant = now(look)
        begin_to_write(writer)
        assert not is_settled(as_of(office, claim, instant))
    finally:
        look.execute(f"GRANT pg_read_all_stats TO {role}".encode())


def test_an_instant_before_a_writer_began_is_settled(
    office: Office, claim: str, writer: psycopg.Connection, look: psycopg.Connection
) -> None:
    instant = now(look)
    begin_to_write(writer)
    assert is_settled(as_of(office, claim, instant))


def test_who_only_reads_unsettles_nothing(
    office: Office, claim: str, writer: psycopg.Connection, look: psycopg.Connection
) -> None:
    writer.execute("SELECT FROM revision")
    assert is_settled(as_of(office, claim, now(look)))


def test_who_writes_to_another_database_unsettles_nothing(
    office: Office, claim: str, look: psycopg.Connection, each_cluster: Cluster
) -> None:
    with psycopg.connect(each_cluster.url("postgres")) as elsewhere:
        begin_to_write(elsewhere)
        assert is_settled(as_of(office, claim, now(look)))


def test_an_unsettled_instant_is_waited_for(
    office: Office, claim: str, writer: psycopg.Connection, look: psycopg.Connection, patient: None
) -> None:
    begin_to_write(writer)
    instant, answers = now(look), list[Answer]()
    reader = threading.Thread(target=lambda: answers.append(as_of(office, claim, instant)))
    reader.start()
    until(lambda: look.execute(ASKED, [instant]).fetchall())
    assert answers == []
    writer.rollback()
    reader.join()
    assert [is_settled(answer) for answer in answers] == [True]


@pytest.mark.parametrize(("suffix", "headers"), [("", ANY), ("-new", {})], ids=["revise", "create"])
def test_no_writer_records_before_an_instant_that_was_settled(
    office: Office, look: psycopg.Connection, gate: Gate, suffix: str, headers: dict[str, str]
) -> None:
    path = office.claim(f"slow-{len(suffix)}")
    put = partial(office.send, "PUT", path + suffix, json={"text": "new"}, headers=headers)
    writer = threading.Thread(target=put)
    gate.close()
    writer.start()
    until(gate.is_reached)
    instant = now(look)
    settled = is_settled(as_of(office, path, instant))
    gate.open()
    writer.join()
    assert office.history(path + suffix)[-1].recorded_at > instant or not settled
