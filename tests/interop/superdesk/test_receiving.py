"""What a push meets when others are at work; the rest is told over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import orjson
import psycopg
import pytest

from service.documents.values import JsonObject
from service.errors import Busy
from service.interop.ninjs.items import SOURCE, Item, read_item
from service.interop.superdesk.appearing import CLAIM, appear
from service.interop.superdesk.quoting import Quotation
from service.interop.superdesk.receiving import receive
from service.interop.superdesk.sourcing import create, keep, revise
from service.kinds import Kind
from service.records import writing
from service.records.judging import find_state
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose
from service.storage.database import Database
from tests.storage.waiting import until

DESK = Caller("desk", frozenset({"write"}))
EDITOR = Caller("editor", frozenset({"publish"}))
SAID = "Some Russian troops are returning to base"
QUOTED = Quotation("drawdown", "verbatim", 1.0, SAID)


def item(version: int = 1) -> Item:
    """Return a version of an item."""
    sent: JsonObject = {"guid": "urn:x", "version": version, "body_text": f"{SAID}. So it said."}
    return read_item(sent, orjson.dumps(sent))


def write(database: Database, kind: Kind, name: str, sent: JsonObject) -> None:
    """Write a record as an editor does."""
    place = Place(kind, name)
    _ = writing.create(database, propose(place, sent, Change(status="published"), EDITOR))


WISH = Proposal(Place(SOURCE, item().id), DESK, "draft", Change())


def test_a_source_that_somebody_made_meanwhile_is_looked_at_again(database: Database) -> None:
    assert create(database, WISH, item())
    assert create(database, WISH, item()) is None
    assert keep(database, DESK, item(2)).outcome == "revised"


def test_a_source_that_somebody_revised_meanwhile_is_looked_at_again(database: Database) -> None:
    _ = keep(database, DESK, item())
    stale = find_state(database, WISH)
    assert stale
    _ = keep(database, DESK, item(2))
    assert revise(database, WISH, item(3), stale) is None
    assert keep(database, DESK, item(3)).outcome == "revised"


def test_a_push_waits_for_who_is_writing_and_looks_again(
    database: Database, owner: psycopg.Connection
) -> None:
    _ = keep(database, DESK, item())
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with ThreadPoolExecutor(1) as pool, database.transaction() as other:
        _ = keep(other, DESK, item(2))
        late = pool.submit(keep, database, DESK, item(3))
        until(lambda: owner.execute(waiting).fetchall())
    assert (late.result().outcome, late.result().revision) == ("revised", 3)


def test_a_push_whose_time_is_up_says_that_others_were_faster(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "deadline", -1.0)
    with pytest.raises(Busy):
        _ = keep(database, DESK, item())


@pytest.mark.parametrize("status", ["withheld", "deleted"])
def test_a_claim_that_went_meanwhile_gets_no_appearance(database: Database, status: str) -> None:
    write(database, CLAIM, "drawdown", {"text": SAID})
    change = Change("By order of a court.", "legal", status=status)
    gone = Proposal(Place(CLAIM, "drawdown"), EDITOR, status, change, {"text": SAID})
    _ = writing.revise(database, gone, None)
    _ = keep(database, DESK, item())
    assert appear(database, DESK, item(), QUOTED).outcome == "gone"


def test_pushes_at_the_same_time_do_a_thing_once(database: Database) -> None:
    write(database, CLAIM, "drawdown", {"text": SAID})
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: receive(database, DESK, item()), range(4)))
    assert sorted(one.kept.outcome for one in done) == ["created", *["unchanged"] * 3]
    assert sorted(one.appeared[0].outcome for one in done) == ["added", *["present"] * 3]
    found = find_state(database, Proposal(Place(CLAIM, "drawdown"), DESK, "draft", Change()))
    assert found
    assert len(orjson.loads(found.text)["appearances"]) == 1
