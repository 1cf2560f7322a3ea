"""More requests than the database serves: some wait, others are sent away, health answers."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg
import pytest

from service.routes.streaming import EVENTS
from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.running.client import Answer, until

HELD = "/v1/claims/held"
SWEPT = [b'_count{statement="%b"} 1.0' % name for name in (b"flush_waiting", b"sweep_wording")]
ONE_OF_EACH = {**UNLIMITED, "FACTCHECK_WORKERS": "1", "FACTCHECK_POOL_SIZE": "1"}


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    """Run a service whose worker has one connection."""
    with folder() as home, Service(home / "data", **ONE_OF_EACH, FACTCHECK_DEADLINE="60") as found:
        made = found.send("POST", "/v1/claims", {"id": "held", "text": "x", "status": "published"})
        assert made.status == 201
        # What is swept behind a write, these last, would have the one connection for a while.
        until(lambda: all(one in found.curl("/metrics").body for one in SWEPT))
        yield found


@pytest.fixture
def lock(service: Service) -> Generator[psycopg.Connection]:
    """Keep everybody from reading records until the transaction ends."""
    with psycopg.connect(Embedded(service.home).owner_url) as owner:
        owner.execute("LOCK TABLE revision IN ACCESS EXCLUSIVE MODE")
        yield owner


@pytest.fixture
def threads() -> Generator[ThreadPoolExecutor]:
    """Ask side by side."""
    with ThreadPoolExecutor(8) as found:
        yield found


def refused(asked: list[Future[Answer]]) -> list[Answer]:
    """Return what is answered while one is with the database and one waits for it, at the most."""
    until(lambda: sum(one.done() for one in asked) >= len(asked) - 2)
    return [one.result() for one in asked if one.done()]


def test_what_would_only_wait_is_sent_away_and_the_rest_is_served(
    service: Service, lock: psycopg.Connection, threads: ThreadPoolExecutor
) -> None:
    asked = [threads.submit(service.curl, HELD) for _ in range(6)]
    problems = refused(asked)
    assert {one.problem()["code"] for one in problems} == {"overloaded"}
    assert {one.fields["Retry-After"] for one in problems} == {"5"}
    lock.rollback()
    assert {one.result().status for one in asked if one.result() not in problems} == {200}
    assert service.curl(HELD).status == 200


def test_health_answers_under_overload(
    service: Service, lock: psycopg.Connection, threads: ThreadPoolExecutor
) -> None:
    _ = refused([threads.submit(service.curl, HELD) for _ in range(3)])
    assert service.curl("/livez").status == 200
    ready = threads.submit(service.curl, "/readyz")
    assert service.curl(HELD).problem()["code"] == "overloaded"
    lock.rollback()
    assert ready.result().status == 200


@pytest.mark.parametrize("query", ["format=json&wait=1", "wait=1"])
def test_who_follows_the_feed_is_not_sent_away(
    service: Service, lock: psycopg.Connection, threads: ThreadPoolExecutor, query: str
) -> None:
    _ = refused([threads.submit(service.curl, HELD) for _ in range(3)])
    following = threads.submit(service.curl, f"/v1/changes?{query}", "-H", f"Accept: {EVENTS}")
    assert service.curl(HELD).problem()["code"] == "overloaded"
    lock.rollback()
    assert following.result().status == 200


def test_who_is_sent_away_is_a_warning_of_the_log(
    service: Service, lock: psycopg.Connection, threads: ThreadPoolExecutor
) -> None:
    _ = refused([threads.submit(service.curl, HELD) for _ in range(3)])
    lock.rollback()
    until(lambda: '"status":503' in service.log.read_text())
    assert '"trouble":"overloaded"' in service.log.read_text()
