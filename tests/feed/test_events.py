"""The long life of a record, told as events: to the public, and to a key that reads drafts."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from service.feed.changes import EVERYTHING, Change, newest, read_changes
from service.feed.marks import Mark
from service.records.people import Reader
from service.storage.database import Database
from tests.kinds.smallest import SAMPLES
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, draft, publish, purge, restore, revise

CLAIM = SAMPLES[2]
PUBLIC = Reader(keyed=False)
OTHER = {"note": "A court said so.", "reason": "legal"}


def steps(http: Newsroom) -> Iterator[object]:
    """Take a claim through the revisions of the README's table, one at a time."""
    path = CLAIM.path
    yield draft(http, CLAIM, text="one")
    yield revise(http, path, text="two")
    yield revise(http, path, text="three", status="published")
    yield revise(http, path, text="four", status="draft")
    yield revise(http, path, text="five", status="published", **WHY)
    yield revise(http, path, status="retracted", **WHY)
    yield revise(http, path, status="withheld", **OTHER)
    yield revise(http, path, text="eight", status="published", **OTHER)
    yield delete(http, path)
    yield restore(http, path, 8)
    yield revise(http, path, text="eleven", status="published", **OTHER)
    yield purge(http, path, 5)
    yield purge(http, path)


def text_of(record: dict[str, Any] | None) -> str | None:
    """Return what a claim in an event says."""
    return record["text"] if record else None


def told(change: Change) -> str:
    """Return an event in a line: revision, what happened, before, after, and * for a note."""
    event = orjson.loads("{" + change.text)
    happening = f"{event['revision']} {event['type'].partition('.')[2]}"
    data = event["data"]
    if data is None:
        shown = "null"
    elif "after" in data:
        shown = f"{text_of(data['before'])} > {text_of(data['after'])}"
    else:
        shown = str(data["purges"])
    return f"{happening}: {shown}{' *' if event['note'] else ''}"


@pytest.fixture
def start(database: Database) -> Mark:
    """Return the place before the first step."""
    return newest(database)


def story(http: Newsroom, database: Database, start: Mark, until: int, reader: Reader) -> list[str]:
    """Take so many steps and return all events as they are told then."""
    for number, _ in enumerate(steps(http), 1):
        if number == until:
            break
    return [told(change) for change in read_changes(database, reader, start, 200).changes]


PUBLISHED = ["3 published: None > three", "5 corrected: three > five *"]
AGAIN = [*PUBLISHED, "6 retracted: five > five *", "7 withheld: five > None *"]
GONE = ["3 published: null", "5 corrected: null", "6 retracted: null"]

TOLD = {
    1: [],
    2: [],
    3: PUBLISHED[:1],
    4: PUBLISHED[:1],
    5: PUBLISHED,
    6: AGAIN[:3],
    7: [*GONE, "7 withheld: null *"],
    8: [*AGAIN, "8 updated: None > eight *"],
    9: [*GONE, "7 withheld: null", "8 updated: null", "9 deleted: null *"],
    10: [*GONE, "7 withheld: null", "8 updated: null", "9 deleted: null *"],
    11: [
        *AGAIN,
        "8 updated: None > eight *",
        "9 deleted: eight > None *",
        "11 restored: None > eleven *",
    ],
    12: [
        "3 published: None > three",
        "5 corrected: null",
        "6 retracted: None > five *",
        "7 withheld: five > None *",
        "8 updated: None > eight *",
        "9 deleted: eight > None *",
        "11 restored: None > eleven *",
        "12 purged: eleven > eleven *",
    ],
    13: [
        *GONE,
        "7 withheld: null",
        "8 updated: null",
        "9 deleted: null",
        "11 restored: null",
        "12 purged: null",
        "13 purged: null *",
    ],
}


@pytest.mark.parametrize("now", TOLD)
def test_the_public_is_told_what_the_table_says(
    http: Newsroom, database: Database, start: Mark, now: int
) -> None:
    assert story(http, database, start, now, PUBLIC) == TOLD[now]


def test_a_key_that_reads_is_told_everything(
    http: Newsroom, database: Database, start: Mark
) -> None:
    assert story(http, database, start, 12, EVERYTHING) == [
        "1 created: None > one",
        "2 updated: None > two",
        "3 published: None > three",
        "4 updated: None > four",
        "5 corrected: null",
        "6 retracted: None > five *",
        "7 withheld: five > five *",
        "8 updated: five > eight *",
        "9 deleted: eight > None *",
        "10 restored: None > eight",
        "11 restored: None > eleven *",
        "12 purged: eleven > eleven *",
    ]


def test_a_purge_beneath_a_draft_is_told_without_note_and_record(
    http: Newsroom, database: Database, start: Mark
) -> None:
    publish(http, CLAIM, text="one")
    revise(http, CLAIM.path, text="two", **WHY)
    revise(http, CLAIM.path, text="three", status="draft")
    purge(http, CLAIM.path, 1)
    changes = read_changes(database, PUBLIC, start, 200).changes
    assert [told(change) for change in changes] == [
        "1 published: null",
        "2 corrected: None > two *",
        "4 purged: [1]",
    ]


def test_a_draft_that_nobody_saw_is_deleted_unheard(
    http: Newsroom, database: Database, start: Mark
) -> None:
    draft(http, CLAIM)
    delete(http, CLAIM.path)
    assert read_changes(database, PUBLIC, start, 200).changes == []
    changes = read_changes(database, EVERYTHING, start, 200).changes
    assert [(change.kind, change.happening) for change in changes] == [
        ("claim", "created"),
        ("claim", "deleted"),
    ]
