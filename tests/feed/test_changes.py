"""The feed has every change, and shows none that another may still come before."""

import psycopg

from service.feed.changes import newest
from service.storage.database import Database
from tests.newsroom import Newsroom


def write(http: Newsroom) -> int:
    """Write a claim and return the status of the answer."""
    return http.put("/v1/claims/c", json={"text": "The newest"}, key=http.desk).status


def test_the_newest_change_moves_with_each_write(http: Newsroom, database: Database) -> None:
    before = newest(database)
    assert write(http) == 201
    assert newest(database) > before


def test_no_change_is_the_newest_that_a_running_writer_may_come_before(
    http: Newsroom, database: Database, owner: psycopg.Connection
) -> None:
    before = newest(database)
    with psycopg.connect(owner.info.dsn) as writer:
        writer.execute("SELECT pg_current_xact_id()")
        assert write(http) == 201
        assert newest(database) == before
    assert newest(database) > before
