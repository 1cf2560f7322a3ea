"""Whatever is done to a record, every instant reads as it read then, to each kind of reader."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from service.documents.instants import written
from tests.newsroom import Answer
from tests.records.chronicle import flaws
from tests.records.model import Model, Move
from tests.records.office import ANY, WHY, Office

BEGINNINGS = st.builds(
    Move, st.sampled_from(["draft", "published"]), st.just("a"), st.sampled_from(["", "tip"])
)
MOVES = st.builds(
    Move,
    st.sampled_from(["draft", "published", "retracted", "withheld", "deleted", "restored"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "tip"]),
)
TICK = timedelta(microseconds=1)

Gist = tuple[int, str]
"""Status, and the record or the code of the problem."""

NOT_YET: Gist = (404, "not-yet-recorded")


def act(office: Office, path: str, move: Move) -> Answer:
    """Do a move over HTTP."""
    if move.how == "deleted":
        return office.send("DELETE", f"{path}?{urlencode(WHY)}", headers=ANY)
    if move.how == "restored":
        return office.send("POST", f"{path}/revisions", json={"restore": 1, **WHY}, headers=ANY)
    body: dict[str, Any] = {"text": move.text, "status": move.how, **WHY}
    body |= {"internal": {"tip": move.tip}} if move.tip else {}
    exists = office.get(path, keyed=True).status != 404
    return office.send("PUT", path, json=body, headers=ANY if exists else {})


def both(office: Office, path: str) -> list[Answer]:
    """Read something with a key and as the public."""
    return [office.get(path, keyed=keyed) for keyed in (True, False)]


def gists(answers: list[Answer]) -> list[Gist]:
    """Return what the answers to both readers say."""
    return [(a.status, a.text if a.status == 200 else a.json()["code"]) for a in answers]


def live(office: Office, path: str, moves: list[Move]) -> tuple[Model, list[list[Gist]]]:
    """Do all moves to the record and its model; return that, and what each revision read like."""
    model, reads = Model(), [[NOT_YET, NOT_YET]]
    for move in moves:
        assert act(office, path, move).status == model.does(move)
        answers = both(office, path)
        assert [(read.status, read.headers.get("ETag")) for read in answers] == model.reads()
        reads[len(model.revisions) :] = [gists(answers)]
    return model, reads


def as_of(office: Office, path: str, instant: datetime) -> list[Gist]:
    """Return what both readers had at an instant."""
    return gists(both(office, f"{path}?as_of={written(instant)}"))


def true_of(then: list[Gist], now: list[Gist]) -> list[Gist]:
    """Return what holds of a past instant: what was read then, unless it is withdrawn now."""
    keyed, public = (NOT_YET if gist[0] == 404 else gist for gist in then)
    return [keyed, public if now[1][0] == 200 else now[1]]


@settings(max_examples=25)
@given(BEGINNINGS, st.lists(MOVES, max_size=8))
def test_every_instant_reads_as_it_read_then(
    office: Office, beginning: Move, moves: list[Move]
) -> None:
    path = f"/v1/claims/{uuid4()}"
    model, reads = live(office, path, [beginning, *moves])
    rows = office.history(path)
    assert flaws(rows) == []
    assert [row.status for row in rows] == [revision.how for revision in model.revisions]
    for row, before, then in zip(rows, reads[:-1], reads[1:], strict=True):
        assert as_of(office, path, row.recorded_at) == true_of(then, reads[-1])
        assert as_of(office, path, row.recorded_at - TICK) == true_of(before, reads[-1])
