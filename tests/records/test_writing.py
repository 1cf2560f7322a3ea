"""Writes that meet another writer, or run out of time; the rest is told over HTTP."""

from collections.abc import Callable

import pytest

from service.documents.values import JsonObject
from service.errors import Busy, PreconditionFailed
from service.kinds import BY_NAME
from service.records import writing
from service.records.judging import judge, judge_new
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.records.restoring import restore
from service.records.writing import Match
from service.storage.database import Database

PLACE = Place(BY_NAME["claim"], "c")
EDITOR = Caller("editor", frozenset({"publish"}))
WISH = Proposal(PLACE, EDITOR, "draft", Change())
ANY = Match(given=True)


def proposal(text: str) -> Proposal:
    """Return the proposal of a draft."""
    return propose(PLACE, {"text": text}, Change(), EDITOR)


def meddled(database: Database, times: int) -> Callable[[JsonObject], Proposal]:
    """Return a patch that another writer outruns so many times."""
    left = iter(range(times))

    def read(current: JsonObject) -> Proposal:
        for number in left:
            _ = writing.revise(database, proposal(f"other {number}"), None)
            break
        return proposal(f"{current['text']}, patched")

    return read


def test_a_patch_over_whatever_is_there_is_made_again_until_nobody_is_between(
    database: Database,
) -> None:
    _ = writing.create(database, proposal("first"))
    row = writing.patch(database, meddled(database, 2), WISH, ANY).row
    assert row.revision == 4
    assert '"text":"other 1, patched"' in row.text


def test_a_patch_of_one_revision_is_made_once(database: Database) -> None:
    _ = writing.create(database, proposal("first"))
    with pytest.raises(PreconditionFailed) as caught:
        _ = writing.patch(database, meddled(database, 1), WISH, Match(given=True, revisions=[1]))
    assert caught.value.members == {"revision": 2, "changed": ["/text"]}


@pytest.mark.parametrize(
    "write",
    [
        lambda database: writing.create(database, proposal("x")),
        lambda database: writing.put(database, proposal("x"), Match()),
        lambda database: writing.put(database, proposal("x"), ANY),
        lambda database: writing.patch(database, meddled(database, 0), WISH, ANY),
        lambda database: restore(database, WISH, 1, ANY),
    ],
    ids=["create", "put new", "put", "patch", "restore"],
)
def test_a_write_whose_time_is_up_says_that_others_were_faster(
    database: Database, monkeypatch: pytest.MonkeyPatch, write: Callable[[Database], object]
) -> None:
    monkeypatch.setattr(database, "deadline", -1.0)
    with pytest.raises(Busy) as caught:
        _ = write(database)
    assert caught.value.headers == {"Retry-After": "1"}


def test_nothing_stands_against_a_good_revision_that_another_writer_outran(
    database: Database,
) -> None:
    _ = writing.create(database, proposal("first"))
    assert judge(database, proposal("second"), None) is None
    assert judge(database, proposal("second"), [1, 7]) is None


def test_nothing_stands_against_a_good_record_that_was_not_there_a_moment_ago(
    database: Database,
) -> None:
    assert judge_new(database, proposal("first")) is None
