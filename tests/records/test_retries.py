"""Many who send the same request at once: it is done once, and each is told the same."""

from collections import Counter
from typing import Unpack

import psycopg
import pytest

from service.errors import Busy
from service.records.retries import Attempt, replay
from service.storage.database import Database
from tests.newsroom import Answer, Asked
from tests.records.chronicle import flaws
from tests.records.office import ANY, WHY, Office, crowd

EACH = 50
"""How often the same request is sent, from as many threads as there are connections."""


def key(name: str) -> dict[str, str]:
    """Return the header of an Idempotency-Key."""
    return {"Idempotency-Key": name}


def gist(answer: Answer) -> tuple[int, bytes, str]:
    """Return what of an answer must be the same for all."""
    return answer.status, answer.body, answer.headers["ETag"]


def many(office: Office, name: str, method: str, path: str, **sent: Unpack[Asked]) -> list[Answer]:
    """Send a request fifty times, as many at once as can be."""
    sent["headers"] = {**key(name), **sent.get("headers", {})}
    turns = [crowd(lambda _: office.send(method, path, **sent)) for _ in range(2)]
    return [answer for turn in turns for answer in turn][:EACH]


def test_of_fifty_creates_one_is_done_and_all_are_told(office: Office) -> None:
    answers = many(office, "create", "POST", "/v1/claims", json={"text": "fifty"})
    assert {answer.status for answer in answers} == {201}
    assert len({gist(answer) for answer in answers}) == 1
    told = Counter(answer.headers.get("Idempotency-Replayed") for answer in answers)
    assert told == {None: 1, "true": EACH - 1}
    assert len(office.history(answers[0].headers["Location"])) == 1


def test_of_fifty_patches_one_is_done_and_all_are_told(office: Office) -> None:
    path = office.claim("fifty-patches")
    change = {"text": "x", "note": "n", "reason": "typo"}
    answers = many(office, "patch", "PATCH", path, json=change, headers=ANY)
    assert len({gist(answer) for answer in answers}) == 1
    rows = office.history(path)
    assert (len(rows), flaws(rows)) == (2, [])


def test_retries_and_other_writers_do_not_hold_each_other_up(office: Office) -> None:
    path = office.claim("mixed")

    def write(number: int) -> list[int]:
        body = {"external_ids": {f"w{number}": "1"}, "status": "published", **WHY}
        headers = ANY | ({} if number % 2 else key(f"mixed-{number}"))
        return [office.send("PATCH", path, json=body, headers=headers).status for _ in range(3)]

    assert {status for statuses in crowd(write) for status in statuses} == {200}
    rows = office.history(path)
    assert (len(rows), flaws(rows)) == (33, [])


def test_what_was_rolled_back_leaves_the_key_free(office: Office) -> None:
    answer = office.send("POST", "/v1/claims", json={"text": ""}, headers=key("rolled"))
    assert answer.status == 422
    with psycopg.connect(office.owner_url) as connection:
        query = "SELECT FROM retry WHERE idempotency_key = 'rolled'"
        assert connection.execute(query).fetchall() == []


def test_a_key_that_is_just_being_cleared_away_is_busy(database: Database) -> None:
    with database.transaction() as transaction, pytest.raises(Busy):
        replay(transaction, Attempt("editor", "nowhere", bytes(32)))
