"""What was answered at an instant is answered of it ever after, to each kind of reader.

Whatever a random life does to a record, reads are kept while it goes on; afterwards
`as_of` is asked about random instants, and `Accept-Datetime` is held to `as_of`.
"""

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlencode
from uuid import uuid4

import orjson
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.http import http_date

from service.documents.instants import written
from service.settings import Settings
from tests.clusters import Cluster
from tests.contract import Contract
from tests.kinds.smallest import Json
from tests.links import Links
from tests.newsroom import Answer
from tests.records.chronicle import Row, flaws
from tests.records.office import ANY, WHY, Office, opened

LIVES = int(os.environ.get("LIVES", "20"))
TICK, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
COURT = {"note": "By order of a court.", "reason": "legal"}
KEYED, PUBLIC = True, False

Gist = tuple[int, str]
"""Status, and the record or the code of the problem."""
Move = tuple[str, int]
"""Something done to a record, and of which revision or with which text."""

MOVES = st.tuples(
    st.sampled_from(
        [
            *("draft", "published", "published", "retracted", "withheld"),
            *("deleted", "restored", "restored", "tip", "erased", "purged"),
        ]
    ),
    st.integers(1, 6),
)
BEGINNINGS = st.tuples(st.sampled_from(["draft", "published"]), st.integers(1, 6))

FOLLOWING = {
    "": ["draft", "published"],
    "draft": ["draft", "published", "published", "deleted"],
    "published": ["draft", "published", "retracted", "withheld", "deleted"],
    "retracted": ["draft", "published", "retracted", "deleted"],
    "withheld": ["published", "withheld", "deleted"],
    "deleted": ["draft", "published"],
}
"""Which statuses a history may have after each."""
GAPS = st.one_of(st.integers(1, 9), st.integers(10, 999_999), st.integers(10**6, 3 * 10**6))
CHOICES = st.tuples(st.integers(0, 59), GAPS)


@pytest.fixture(scope="module")
def archive(each_cluster: Cluster, settings: Settings, contract: Contract) -> Generator[Office]:
    """Open an office whose key may purge and move histories in."""
    with opened(each_cluster, settings, contract.check, "past", scope="admin") as found:
        yield found


def act(office: Office, path: str, move: Move) -> Answer:
    """Do a move over HTTP; what the record does not allow is refused."""
    how, number = move
    if how in {"deleted", "purged"}:
        purge = {"purge": "true"} if how == "purged" else {}
        return office.send("DELETE", f"{path}?{urlencode({**COURT, **purge})}", headers=ANY)
    if how == "erased":
        return office.send("DELETE", f"{path}/revisions/{number}?{urlencode(COURT)}", headers=ANY)
    if how == "restored":
        sent = {"restore": number, **WHY, "status": ("draft", "published")[number % 2]}
        return office.send("POST", f"{path}/revisions", json=sent, headers=ANY)
    if how == "tip":
        sent = {"internal": {"tip": str(number)}, **WHY}
        return office.send("PATCH", path, json=sent, headers=ANY)
    body = {"text": f"Version {number}", "status": how, **WHY}
    exists = office.get(path, keyed=KEYED).status != 404
    return office.send("PUT", path, json=body, headers=ANY if exists else {})


def gist(answer: Answer) -> Gist:
    """Return what an answer says."""
    return answer.status, answer.text if answer.status == 200 else answer.json()["code"]


@dataclass
class Kept:
    """What was read while a record lived: after each revision, by each reader."""

    office: Office
    path: str
    reads: dict[int, dict[bool, Gist]] = field(default_factory=dict)
    purged: set[int] = field(default_factory=set)

    def live(self, moves: list[Move]) -> list[Row]:
        """Do all moves, keep what is read after each; return the rows that came of them."""
        for move in moves:
            answer = act(self.office, self.path, move)
            assert answer.status < 500
            if answer.status < 300:
                self._keep(move, int(answer.headers["ETag"].strip('"')))
        return self.office.history(self.path)

    def _keep(self, move: Move, revision: int) -> None:
        if move[0] == "erased":
            self.purged.add(move[1])
        elif move[0] == "purged":
            self.purged.update(range(1, revision))
        answers = {keyed: self.office.get(self.path, keyed=keyed) for keyed in (KEYED, PUBLIC)}
        self.reads[revision] = {keyed: gist(answer) for keyed, answer in answers.items()}

    def expected(self, revision: int, *, keyed: bool) -> Gist:
        """Return what holds of the time of a revision, 0 for that before the first."""
        now, then = self.reads[max(self.reads)][keyed], self.reads.get(revision, {}).get(keyed)
        if not keyed and now[0] != 200:
            return now
        if then is None or then[0] == 404:
            return 404, "not-yet-recorded"
        if then[0] == 200 and orjson.loads(then[1])["revision"] in self.purged:
            return 410, "purged"
        return then


def as_of(office: Office, path: str, instant: datetime, *, keyed: bool) -> Gist:
    """Return what a reader had at an instant."""
    return gist(office.get(f"{path}?as_of={written(instant)}", keyed=keyed))


def instants(rows: list[Row], fractions: list[float]) -> Iterator[tuple[datetime, int]]:
    """Yield instants and the revision of each: the bounds of its time, and some within."""
    yield rows[0].recorded_at - TICK, 0
    ends = [*(row.recorded_at for row in rows), datetime.now(UTC)]
    for row, (start, end) in zip(rows, pairwise(ends), strict=True):
        within = [start + (end - start) * fraction for fraction in fractions]
        for instant in {start, end - TICK, *(one for one in within if one < end)}:
            yield instant, row.revision


def hold_to_law(office: Office, path: str, second: datetime, *, keyed: bool) -> None:
    """Hold the answer of a TimeGate to that of `as_of` at the end of the second.

    Where `as_of` says that there was nothing yet, it is the first memento of the TimeMap,
    and where the second is to come, it is the present.
    """
    headers = {"Accept-Datetime": http_date(second)}
    found = gist(office.get(path, keyed=keyed, headers=headers))
    expected = as_of(office, path, second.replace(microsecond=999_999), keyed=keyed)
    if expected == (400, "invalid-query"):
        expected = gist(office.get(path, keyed=keyed))
    elif expected == (404, "not-yet-recorded"):
        times = office.get(f"{path}/revisions?format=link", keyed=keyed).text
        first = Links.of_document(times).targets("memento")[:1]
        expected = gist(office.get(first[0], keyed=keyed)) if first else (410, "purged")
    assert found == expected


def seconds(rows: list[Row]) -> set[datetime]:
    """Return the seconds of all revisions, those before and after them, and two far away."""
    own = {row.recorded_at.replace(microsecond=0) for row in rows}
    around = {second + SECOND * by for second in own for by in (-1, 0, 1)}
    return around | {datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)}


@settings(max_examples=LIVES)
@given(BEGINNINGS, st.lists(MOVES, max_size=10), st.lists(st.floats(0, 1), max_size=2))
def test_every_instant_is_answered_as_it_was_then(
    archive: Office, beginning: Move, moves: list[Move], fractions: list[float]
) -> None:
    kept = Kept(archive, f"/v1/claims/{uuid4()}")
    rows = kept.live([beginning, *moves])
    assert flaws(rows) == []
    for keyed in (KEYED, PUBLIC):
        for instant, revision in instants(rows, fractions):
            found = as_of(archive, kept.path, instant, keyed=keyed)
            assert found == kept.expected(revision, keyed=keyed), (instant, revision, keyed)
        for second in seconds(rows):
            hold_to_law(archive, kept.path, second, keyed=keyed)


def history(identifier: int, choices: list[tuple[int, int]]) -> Iterator[Json]:
    """Yield the lines of a random history, by the status and the microseconds chosen of each."""
    recorded_at, status = datetime(2022, 2, 16, 18, tzinfo=UTC), ""
    line: Json = {"type": "claim", "id": f"r{identifier}", **WHY}
    public = False
    for number, (choice, gap) in enumerate(choices, start=1):
        allowed = [one for one in FOLLOWING[status] if public or one != "withheld"]
        status, recorded_at = allowed[choice % len(allowed)], recorded_at + TICK * gap
        public = public or status == "published"
        body = {} if status == "deleted" else {"text": f"Version {number}"}
        about = {"revision": number, "status": status, "recorded_at": written(recorded_at)}
        yield line | about | {"body": body}


def move_in(office: Office, histories: list[list[Json]]) -> None:
    """Import histories into the server, which is emptied before."""
    with psycopg.connect(office.owner_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM revision WHERE kind = 'claim'")
    data = b"".join(orjson.dumps(line) + b"\n" for lines in histories for line in lines)
    ndjson = {"Content-Type": "application/x-ndjson"}
    answer = office.send("POST", "/v1/import?history=true", data=data, headers=ndjson)
    assert answer.status == 200, answer.text


@settings(max_examples=LIVES)
@given(st.lists(st.lists(CHOICES, min_size=1, max_size=8), min_size=1, max_size=3))
def test_a_second_is_answered_as_its_last_instant(
    archive: Office, chosen: list[list[tuple[int, int]]]
) -> None:
    histories = [list(history(number, choices)) for number, choices in enumerate(chosen)]
    move_in(archive, histories)
    for number in range(len(histories)):
        path = f"/v1/claims/r{number}"
        for second in seconds(archive.history(path)):
            for keyed in (KEYED, PUBLIC):
                hold_to_law(archive, path, second, keyed=keyed)
