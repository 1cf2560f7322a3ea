"""A walk through pages is one moment, whatever is written meanwhile and however long that takes."""

import psycopg
import pytest

from tests.records.office import Office
from tests.records.walks import READERS, SORTS, Habits, copied, hidden, make, walked, writers

NAMES = [f"w{number:03}" for number in range(120)]
WRITERS = 4
OFTEN = ["published"] * 6 + ["draft", "retracted", "withheld", "deleted", "new"]
HABITS = Habits(acts=[1, 1, 2, 20], pauses=[0], statuses=OFTEN)


@pytest.fixture(scope="module")
def claims(office: Office) -> list[str]:
    """Make claims, some of them drafts, and return their ids."""
    with office.app.extensions["factcheck"].database.transaction() as transaction:
        for number, name in enumerate(NAMES):
            make(transaction, name, "published" if number % 4 else "draft")
    return NAMES


@pytest.mark.parametrize("path", ["?limit=7", "?limit=9&topic=one&count=true"])
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_is_what_was_there_at_its_first_page(
    office: Office, claims: list[str], sort: str, who: str, path: str
) -> None:
    keyed, database = who == "a key", office.app.extensions["factcheck"].database
    with (
        writers(database, claims, HABITS, WRITERS) as turnstile,
        psycopg.connect(office.owner_url, autocommit=True) as connection,
    ):
        with turnstile.closed:
            copy = copied(connection, sort, keyed=keyed)
            since = connection.execute("SELECT clock_timestamp()").fetchall()[0][0]
            first = office.get(f"/v1/claims{path}&sort={sort}", keyed=keyed).json()
        found = list(walked(first, lambda path: office.get(path, keyed=keyed).json()))
        gone = set[str]() if keyed else hidden(connection, since)
    assert [one for one in copy if one in found or one[0] not in gone] == found
    assert "count" not in path or first["total"] == len(copy)
