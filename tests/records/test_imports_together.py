"""Imports beside each other and beside single writers: no history is damaged, nobody gets a 5xx."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

import orjson
import psycopg
import pytest

from service.bulk import taking
from tests.newsroom import Answer
from tests.records.chronicle import flaws
from tests.records.office import ANY, SIZE, WHY, Office, crowd
from tests.running.client import until

NAMES: Final = [f"c{number}" for number in range(12)]
QUERY: Final = "?overwrite=true&note=Counted+again&reason=correction"
NDJSON: Final = {"Content-Type": "application/x-ndjson"}
WAITING: Final = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
TWIN: Final = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT kind, %s, revision, status, public, body, created_at, first_public, recorded_at,
    key_name, sha256, salt, refs, terms
FROM revision WHERE id = 'one' AND revision = 1
"""


TURN: Final = "SELECT pg_advisory_xact_lock(hashtextextended('factcheck-records: import', 0))"
REVISED: Final = """
WITH closed AS (
    UPDATE revision SET superseded_at = clock_timestamp(), closed_by = pg_current_xact_id()
    WHERE id = %s AND superseded_at IS NULL RETURNING *
)
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, withdrawn_at, withdrawn_by, key_name, sha256, salt, refs, terms)
SELECT kind, id, revision + 1, 'draft', false, '{"text":"by another"}', created_at, first_public,
    superseded_at, superseded_at, pg_current_xact_id(), key_name, sha256, salt, refs, terms
FROM closed
"""


def line(name: str, text: str, **members: object) -> dict[str, object]:
    """Return the line of a public claim."""
    return {"type": "claim", "id": name, "text": text, "status": "published", **members}


def take(office: Office, *lines: Mapping[str, object], query: str = QUERY) -> Answer:
    """Import lines."""
    data = b"\n".join(map(orjson.dumps, lines))
    return office.send("POST", f"/v1/import{query}", data=data, headers=NDJSON)


def test_of_imports_of_the_same_records_each_is_whole(office: Office) -> None:
    def bring(number: int) -> int:
        turned = NAMES[number % 7 :] + NAMES[: number % 7]
        return take(office, *[line(name, f"by {number}") for name in turned]).status

    assert set(crowd(bring)) == {200}
    histories = [office.history(f"/v1/claims/{name}") for name in NAMES]
    assert [flaws(rows) for rows in histories] == [[] for _ in NAMES]
    told = [[row.body["text"] for row in rows] for rows in histories]
    assert len(told[0]) == SIZE
    assert all(one == told[0] for one in told)


def test_imports_beside_single_writers_lose_nothing(office: Office) -> None:
    path = office.claim("busy")

    def work(number: int) -> int:
        mark = {"external_ids": {f"w{number}": "1"}, "status": "published", **WHY}
        if number % 2:
            return office.send("PATCH", path, json=mark, headers=ANY).status
        own = {"type": "claim", "id": "busy", "op": "patch"}
        return take(office, own | mark, line(f"new{number}", "x")).status

    assert set(crowd(work)) == {200}
    rows = office.history(path)
    assert flaws(rows) == []
    assert len(rows) == SIZE + 1
    assert rows[-1].body["external_ids"].keys() == {f"w{number}" for number in range(SIZE)}


def test_new_records_are_made_once_by_whoever_comes(office: Office) -> None:
    def work(number: int) -> int:
        if number % 2:
            body = {"text": "by a request", "status": "published"}
            return office.send("PUT", f"/v1/claims/new-{NAMES[number % 12]}", json=body).status
        lines = [line(f"new-{name}", f"by {number}") for name in NAMES]
        return take(office, *lines, query="").status

    assert set(crowd(work)) <= {200, 201, 422, 428}
    histories = [office.history(f"/v1/claims/new-{name}") for name in NAMES]
    assert {len(rows) for rows in histories} <= {0, 1}
    assert [flaws(rows) for rows in histories if rows] == [[] for rows in histories if rows]


@contextmanager
def meanwhile(office: Office, *lines: Mapping[str, object]) -> Generator[list[Answer]]:
    """Begin an import, and go on when it waits for somebody; at the end it has its answer."""
    answers: list[Answer] = []
    importer = threading.Thread(target=lambda: answers.append(take(office, *lines)))
    importer.start()
    with psycopg.connect(office.owner_url, autocommit=True) as watch:
        until(lambda: watch.execute(WAITING).fetchall()[0][0])
    yield answers
    importer.join()


def test_a_record_that_another_makes_in_between_is_looked_at_again(office: Office) -> None:
    office.claim("one")
    with psycopg.connect(office.owner_url) as other:
        other.execute(TWIN, ["twin"])
        with meanwhile(office, line("twin", "mine")) as answers:
            other.commit()
    assert answers[0].status == 200
    assert [row.body["text"] for row in office.history("/v1/claims/twin")] == [
        "100,000 troops",
        "mine",
    ]


def test_who_is_never_left_alone_is_told_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "TRIES", 1)
    with psycopg.connect(office.owner_url) as other:
        other.execute(TWIN, ["other"])
        with meanwhile(office, line("other", "mine")) as answers:
            other.commit()
    assert (answers[0].status, answers[0].json()["code"]) == (503, "busy")
    assert len(office.history("/v1/claims/other")) == 1


def test_what_another_wrote_while_an_import_waited_for_it_is_built_upon(office: Office) -> None:
    office.claim("slow")
    patch = {"type": "claim", "id": "slow", "op": "patch", "context": "mine"}
    with psycopg.connect(office.owner_url) as other:
        other.execute(REVISED, ["slow"])
        with meanwhile(office, patch) as answers:
            other.commit()
    assert answers[0].status == 200
    rows = office.history("/v1/claims/slow")
    assert flaws(rows) == []
    assert rows[-1].body == {"text": "by another", "context": "mine"}


@pytest.mark.parametrize("lines", [[line("bad", "")], [line("two", "x"), line("two", "y")]])
def test_what_is_to_be_refused_waits_for_no_other_import(
    office: Office, monkeypatch: pytest.MonkeyPatch, lines: list[Mapping[str, object]]
) -> None:
    monkeypatch.setattr(taking, "USUAL", 5.0)
    with psycopg.connect(office.owner_url) as other:
        other.execute(TURN)
        assert take(office, *lines).status == 422


def test_what_takes_too_long_is_to_be_sent_in_smaller_files(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "USUAL", 1.0)
    with psycopg.connect(office.owner_url) as other:
        other.execute(TURN)
        answer = take(office, line("late", "x"))
    assert (answer.status, answer.json()["code"]) == (503, "unavailable")
    assert "within 1 seconds" in answer.json()["detail"]
    assert "smaller files" in answer.json()["detail"]
    assert answer.headers["Retry-After"] == "60"
