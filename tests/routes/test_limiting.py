"""Rate limits through HTTP: who counts as one client, what costs, what each answer says."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from service.records.allowances import Allowances
from service.routes import limiting
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster
from tests.contract import Operation
from tests.kinds.smallest import Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import publish, refused
from tests.routes.conftest import Variant
from tests.test_contract import CONTRACT

OF_PEOPLE = {"/search", "/corrections", "/embed/verdicts/{id}", "/oembed"}
"""Addresses elsewhere that tell of records."""

PATH = "/v1/scales/truth"
DRAFT = {"text": "x"}
ITEM = re.compile(r'"([a-z-]+)";r=(\d+);t=(\d+)')
"""A member of a List of RFC 9651: a String with two Integers as parameters."""


def standing(answer: Answer) -> tuple[str, int, int]:
    """Return what `RateLimit` says: the limit, what is left, and when all is back."""
    found = ITEM.fullmatch(answer.headers["RateLimit"])
    assert found
    return found[1], int(found[2]), int(found[3])


def address(operation: Operation) -> str:
    """Return an address of an operation."""
    return operation.path.replace("{n}", "1").replace("{id}", "truth")


def bad(http: Newsroom, number: int = 0, heard: str = "") -> Answer:
    """Read with a key that is not in force, as a proxy passes it on."""
    return http.get(PATH, key=f"fck_{number}", headers={"X-Forwarded-For": heard})


@contextmanager
def wire(database: Database, file: Path) -> Generator[Callable[[], list[str]]]:
    """Yield a way to tell what a pool of one connection has asked on the wire since the last time.

    libpq itself writes each message down; the empty query by which the pool sees that its
    connection still lives is left out.
    """
    with file.open("w") as told, file.open() as read:
        with database.connection() as connection:
            connection.pgconn.trace(told.fileno())
        yield lambda: re.findall(r"(?m)\tF\t\d+\t(?:Bind|Query\t \"[^\"]).*$", read.read())
        with database.connection() as connection:
            connection.pgconn.untrace()


def cost(http: Newsroom, file: Path, times: int, key: str | None = None) -> list[tuple[int, int]]:
    """Return status and number of statements of reads, or with a key of writes."""

    def ask() -> int:
        if key is None:
            return http.get(PATH).status
        return http.post("/v1/claims", json=DRAFT, key=key).status

    # The first is another matter: it reads the key, and is swept behind.
    _ = ask()
    with wire(database_of(http), file) as asked:
        return [(ask(), len(asked())) for _ in range(times)]


def database_of(http: Newsroom) -> Database:
    """Return the database of the application behind a newsroom."""
    observed: Any = http.client.application
    return observed._application.extensions["factcheck"].database  # noqa: SLF001 -- nobody else needs it


def test_every_operation_on_records_counts(variant: Variant, http: Newsroom) -> None:
    limited = variant(read_limit=1000, write_limit=1000)
    counted = [
        (one, limited.request(one.method, address(one), key=http.admin))
        for one in CONTRACT.operations
        if one.path.startswith("/v1") or one.path in OF_PEOPLE
    ]
    assert [str(one) for one, answer in counted if "RateLimit" not in answer.headers] == []
    for one, answer in counted:
        reads = one.method == "GET" and one.path not in limiting.COSTLY
        assert standing(answer)[0] == ("reads" if reads else "writes")


def test_what_is_not_about_records_does_not_count(variant: Variant) -> None:
    limited = variant(read_limit=1, write_limit=1, failed_key_limit=1)
    for operation in CONTRACT.operations:
        if not operation.path.startswith("/v1") and operation.path not in OF_PEOPLE:
            assert "RateLimit" not in limited.get(operation.path).headers
    for method in ("OPTIONS", "TRACE"):
        assert "RateLimit" not in limited.request(method, PATH).headers


def test_an_answer_says_what_is_left(variant: Variant) -> None:
    limited = variant(read_limit=6, write_limit=1200)
    read = limited.get(PATH)
    assert read.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
    assert standing(read)[:2] == ("reads", 2)
    assert 1 <= standing(read)[2] <= 60
    written = limited.post("/v1/claims", json=DRAFT, key=limited.desk)
    assert written.headers["RateLimit-Policy"] == '"writes";q=1200;w=60'
    assert standing(written) == ("writes", 1199, 1)


def test_without_limits_an_answer_says_nothing(http: Newsroom, owner: psycopg.Connection) -> None:
    answers = [http.get(PATH), http.post("/v1/claims", json=DRAFT, key=http.desk), bad(http)]
    assert [answer.status for answer in answers] == [200, 201, 401]
    assert not any("RateLimit" in answer.headers for answer in answers)
    assert owner.execute("SELECT FROM allowance").fetchall() == []


def test_one_write_too_many_is_refused_and_writes_nothing(variant: Variant) -> None:
    limited = variant(write_limit=1)
    assert limited.put("/v1/claims/a", json=DRAFT, key=limited.desk).status == 201
    answer = limited.put("/v1/claims/b", json=DRAFT, key=limited.desk)
    assert refused(answer) == (429, "rate-limited")
    assert answer.headers["Retry-After"] == "60"
    assert standing(answer)[1] == 0
    assert answer.json()["detail"].startswith("Wait 60 s")
    assert limited.get("/v1/claims/b", key=limited.desk).status == 404


def test_keys_have_allowances_of_their_own(variant: Variant) -> None:
    limited = variant(write_limit=1, read_limit=2, workers=1)
    for key in (limited.desk, limited.editor):
        assert limited.post("/v1/claims", json=DRAFT, key=key).status == 201
        assert limited.post("/v1/claims", json=DRAFT, key=key).status == 429
    for key in (limited.desk, limited.editor, None):
        reads = [limited.get(PATH, key=key).status for _ in range(3)]
        assert reads == [200, 200, 429]


def test_another_application_counts_the_same_writes(variant: Variant) -> None:
    one, other = variant(write_limit=2), variant(write_limit=2)
    statuses = [n.post("/v1/claims", json=DRAFT, key=n.desk).status for n in (one, other, one)]
    assert statuses == [201, 201, 429]


def test_what_the_client_has_already_costs_nothing(
    variant: Variant, http: Newsroom, sample: Sample
) -> None:
    publish(http, sample)
    limited = variant(read_limit=4)
    held = {"If-None-Match": '"1"'}
    answers = [limited.get(sample.path, headers=held) for _ in range(5)]
    assert [answer.status for answer in answers] == [304] * 5
    assert [standing(answer)[1] for answer in answers] == [2] * 5
    assert standing(limited.get(sample.path))[1] == 1


def test_the_order_is_method_then_key_then_limit_then_query(variant: Variant, reader: str) -> None:
    limited = variant(write_limit=1, read_limit=1, workers=1)
    assert limited.post("/v1/claims", json=DRAFT, key=limited.desk).status == 201
    path = "/v1/claims?nonsense=1"
    assert refused(limited.request("TRACE", path)) == (405, "method-not-allowed")
    for _ in range(2):
        assert refused(limited.post(path)) == (401, "unauthorized")
        assert refused(limited.post(path, key=reader)) == (403, "forbidden")
    assert refused(limited.post(path, key=limited.desk)) == (429, "rate-limited")
    assert [limited.get(path).status for _ in range(2)] == [400, 429]


def test_reads_cost_no_statement(variant: Variant, tmp_path: Path) -> None:
    free, limited = variant(pool_size=1), variant(pool_size=1, read_limit=8)
    costs = [cost(newsroom, tmp_path / "wire", 5) for newsroom in (free, limited)]
    assert costs[0] == [(200, 1)] * 5
    assert costs[1] == [(200, 1)] * 3 + [(429, 0)] * 2


def test_a_write_costs_one_statement_more_and_hammering_none(
    variant: Variant, tmp_path: Path
) -> None:
    free, limited = variant(pool_size=1), variant(pool_size=1, write_limit=3)
    costs = [cost(newsroom, tmp_path / "wire", 5, newsroom.desk) for newsroom in (free, limited)]
    (one,) = set(costs[0])
    assert costs[1] == [(201, one[1] + 1)] * 2 + [(429, 1)] + [(429, 0)] * 2


def test_bad_keys_are_refused_and_a_good_one_goes_through(variant: Variant) -> None:
    limited = variant(failed_key_limit=2)
    answers = [bad(limited, number) for number in range(4)]
    assert [answer.status for answer in answers] == [401, 401, 429, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"failed-keys";q=2;w=60'
    assert [standing(answer)[1] for answer in answers] == [1, 0, 0, 0]
    assert answers[3].headers["Retry-After"] == "30"
    assert limited.get(PATH, key=limited.desk).status == 200
    assert limited.get(PATH).status == 200


def test_bad_keys_count_by_the_address_that_they_come_from(variant: Variant) -> None:
    limited = variant(failed_key_limit=1, proxies=1)
    sent = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.1, 192.0.2.3", "192.0.2.4, 192.0.2.1"]
    statuses = [bad(limited, heard=entries).status for entries in sent]
    assert statuses == [401, 429, 401, 401, 429]


def test_what_is_no_key_at_all_is_no_failed_key(variant: Variant) -> None:
    limited = variant(failed_key_limit=1)
    answers = [limited.get(PATH, headers={"Authorization": "Token x"}) for _ in range(3)]
    assert [answer.status for answer in answers] == [401] * 3
    assert not any("RateLimit" in answer.headers for answer in answers)


def test_a_database_that_cannot_write_still_says_that_the_key_is_bad(
    variant: Variant, cluster: Cluster, tables: str
) -> None:
    change = "ALTER ROLE newsroom IN DATABASE {} SET default_transaction_read_only = {}"
    names = [sql.Identifier(tables), sql.Literal("on")]
    cluster.run(sql.SQL(change).format(*names))
    try:
        limited = variant(failed_key_limit=1, write_limit=1)
        assert [bad(limited).status for _ in range(2)] == [401, 401]
    finally:
        cluster.run(sql.SQL(change).format(names[0], sql.Literal("off")))


BEHIND = {
    (0, None, "192.0.2.9"): "192.0.2.9",
    (0, "192.0.2.1", "192.0.2.9"): "192.0.2.9",
    (1, "192.0.2.1", "192.0.2.9"): "192.0.2.1",
    (1, "192.0.2.1, 192.0.2.2", "192.0.2.9"): "192.0.2.2",
    (2, "192.0.2.1, 192.0.2.2", "192.0.2.9"): "192.0.2.1",
    (3, "192.0.2.1,192.0.2.2", "192.0.2.9"): "192.0.2.1",
    (1, None, "192.0.2.9"): "192.0.2.9",
    (1, "", "192.0.2.9"): "192.0.2.9",
    (1, "unknown", "192.0.2.9"): "192.0.2.9",
    (1, "192.0.2.1:8080", "192.0.2.9"): "192.0.2.1",
    (1, "[2001:db8:1:2:3::4]:8080", "192.0.2.9"): "2001:db8:1:2::/64",
    (1, "2001:db8:1:2:ffff::4", "192.0.2.9"): "2001:db8:1:2::/64",
    (0, None, "2001:db8:1:2::1"): "2001:db8:1:2::/64",
    (0, None, "fe80::1%eth0"): "fe80::/64",
    (0, None, "::ffff:192.0.2.9"): "192.0.2.9",
    (0, None, ""): "unknown",
}


@pytest.mark.parametrize(("asked", "expected"), BEHIND.items(), ids=str)
def test_a_client_is_an_address_as_its_proxies_tell_it(
    app: Flask, asked: tuple[int, str | None, str], expected: str
) -> None:
    proxies, heard, peer = asked
    headers = {} if heard is None else {"X-Forwarded-For": heard}
    with app.test_request_context("/x", headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert limiting.address(proxies) == expected


def test_a_request_counts_once_however_often_its_route_asks_who_sent_it(
    settings: Settings, database: Database
) -> None:
    allowances = Allowances.of(replace(settings, read_limit=10, workers=1), database)
    assert allowances.reads
    with Flask("asks").test_request_context("/x"):
        for _ in range(3):
            limiting.spend(allowances, "a")
    assert allowances.reads.counts == {"a": 1}


def test_what_has_served_its_time_goes_behind_a_write(
    variant: Variant, owner: psycopg.Connection
) -> None:
    whole = "INSERT INTO allowance VALUES ('writes', 'long ago', now() - interval '1 h')"
    for ask in (lambda n: n.post("/v1/claims", json=DRAFT, key=n.desk), bad):
        owner.execute(whole)
        newsroom = variant()
        _ = newsroom.get(PATH)
        assert owner.execute("SELECT client FROM allowance").fetchall() == [("long ago",)]
        _ = ask(replace(newsroom))
        assert owner.execute("SELECT FROM allowance").fetchall() == []
