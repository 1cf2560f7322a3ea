"""A primary that acknowledges nothing before its standby has it, and a service on it."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.docs.service import Service, folder
from tests.running.client import until
from tests.trouble.clients import Answer, ask
from tests.trouble.house import ENOUGH, House, address, serving
from tests.trouble.postgres import Postgres, started

SYNCHRONOUS = "-c synchronous_standby_names=standby"
FOLLOWING = "SELECT pid FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'"
WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def home() -> Generator[Path]:
    """Make a folder for two servers and a service."""
    with folder() as found:
        for name in ("primary", "standby"):
            (found / name).mkdir()
        yield found


@pytest.fixture(scope="module")
def primary(home: Path) -> Generator[Postgres]:
    """Run the primary."""
    server = Postgres(home / "primary", settings=SYNCHRONOUS)
    server.make()
    with started(server):
        yield server


@pytest.fixture(scope="module")
def standby(home: Path, primary: Postgres) -> Generator[Postgres]:
    """Run the standby, once it is made and heard."""
    server = Postgres(home / "standby", settings="-c cluster_name=standby")
    server.copy(primary)
    with started(server):
        until(lambda: primary.run(FOLLOWING))
        yield server


@pytest.fixture(scope="module")
def house(home: Path, primary: Postgres, standby: Postgres) -> Generator[House]:
    """Serve from the primary, or from what becomes it."""
    with serving(primary, home / "data", standby) as service:
        yield House(primary, service)


@pytest.fixture(scope="module")
def follower(home: Path, primary: Postgres, standby: Postgres, house: House) -> Generator[Service]:
    """Serve readers from the standby; what a start writes goes to the primary."""
    urls = {"DATABASE_URL": address([standby], "newsroom")}
    urls["FACTCHECK_OWNER_URL"] = address([primary], "postgres")
    with Service(home / "follower", **urls) as service:
        until(lambda: ask(service, "GET", "/readyz").status == 200)
        yield service


def write(house: House, name: str, **fields: str) -> Answer:
    """Write a claim."""
    path, key = f"/v1/claims/{name}", house.service.key
    return ask(house.service, "PUT", path, {"text": name}, key, **fields)


def read(house: House, name: str) -> int:
    """Return the status that a reader with a key gets."""
    return ask(house.service, "GET", f"/v1/claims/{name}", key=house.service.key).status


def written(house: House, name: str) -> bool:
    """Tell whether a claim can be written."""
    return write(house, name).status == 201


@contextmanager
def away(primary: Postgres, standby: Postgres) -> Generator[None]:
    """Freeze the standby; afterwards it follows again."""
    with standby.frozen():
        yield
    until(lambda: primary.run(FOLLOWING))


def lag(follower: Service) -> float:
    """Return how far the standby says it is behind."""
    return ask(follower, "GET", "/readyz").json()["lag"]


def refused(answer: Answer) -> bool:
    """Tell whether an answer says in good time that nobody can write, or that many wait."""
    told = answer.json()["code"], dict(answer.headers)["Retry-After"]
    return (
        answer.status == 503
        and told in {("unavailable", "2"), ("overloaded", "5")}
        and answer.seconds < ENOUGH
    )


def test_without_the_standby_writes_are_refused_and_reads_go_on(
    house: House, primary: Postgres, standby: Postgres
) -> None:
    assert written(house, "before")
    mark = house.log_size
    with away(primary, standby), ThreadPoolExecutor(30) as pool:
        answers = pool.map(lambda n: write(house, f"w{n}"), range(60))
        assert all(refused(answer) for answer in answers)
        primary.run("UPDATE api_key SET last_used_at = NULL", database="factcheck")
        assert [read(house, "before") for _ in range(10)] == [200] * 10
        assert ask(house.service, "GET", "/readyz").status == 200
    assert "unconfirmed" in house.troubles(mark)
    until(lambda: written(house, "after"))


def test_no_backend_goes_on_waiting_for_the_standby(
    house: House, primary: Postgres, standby: Postgres
) -> None:
    with away(primary, standby), ThreadPoolExecutor(8) as pool:
        writing = pool.map(lambda n: write(house, f"l{n}"), range(8))
        until(lambda: len(primary.run(WAITING)) == 8)
        assert all(refused(answer) for answer in writing)
        assert not primary.run(WAITING)


def test_a_commit_whose_wait_was_cancelled_is_not_acknowledged(
    house: House, primary: Postgres, standby: Postgres
) -> None:
    with away(primary, standby), ThreadPoolExecutor() as pool:
        writing = pool.submit(write, house, "cancelled")
        ((pid,),) = until(lambda: primary.run(WAITING))
        primary.run("SELECT pg_cancel_backend(%s)", [pid])
        answer = writing.result()
        assert refused(answer)
        assert "No standby has confirmed" in answer.json()["detail"]
        assert read(house, "cancelled") == 200
    assert write(house, "cancelled").status == 428


def test_a_replay_is_not_acknowledged_either_while_the_standby_is_away(
    house: House, primary: Postgres, standby: Postgres
) -> None:
    key = {"Idempotency-Key": "kept"}
    with away(primary, standby), ThreadPoolExecutor() as pool:
        writing = pool.submit(write, house, "kept", **key)
        ((pid,),) = until(lambda: primary.run(WAITING))
        primary.run("SELECT pg_cancel_backend(%s)", [pid])
        assert refused(writing.result())
        assert refused(write(house, "kept", **key))
    answer = write(house, "kept", **key)
    assert (answer.status, dict(answer.headers)["Idempotency-Replayed"]) == (201, "true")
    path = "/v1/claims/kept/revisions"
    assert len(ask(house.service, "GET", path, key=house.service.key).json()["items"]) == 1


def test_a_server_starts_while_the_standby_is_away(
    house: House, primary: Postgres, standby: Postgres, home: Path
) -> None:
    urls = {"DATABASE_URL": primary.url("newsroom", "factcheck")}
    urls["FACTCHECK_OWNER_URL"] = primary.url(database="factcheck")
    with away(primary, standby), Service(home / "second", **urls) as second:
        assert ask(second, "GET", "/readyz").json()["lag"] is None


def test_a_standby_serves_readers_and_refuses_writers(house: House, follower: Service) -> None:
    assert written(house, "copied")
    path, key = "/v1/claims/copied", house.service.key
    until(lambda: ask(follower, "GET", path, key=key).status == 200)
    answer = ask(follower, "PUT", "/v1/claims/new", {"text": "New"}, key)
    assert refused(answer)
    assert "takes no writes" in answer.json()["detail"]
    # To search counts as a write, but is none.
    for path in ("/v1/match?text=copied", "/v1alpha1/claims:search?query=copied", "/search?q=x"):
        found = ask(follower, "GET", path)
        assert (found.status, "RateLimit" in dict(found.headers)) == (200, True)
    assert ask(follower, "POST", "/v1/match", {"text": "copied"}).status == 200


def test_a_standby_tells_how_far_it_is_behind(
    house: House, standby: Postgres, follower: Service
) -> None:
    until(lambda: lag(follower) == 0)
    standby.run("SELECT pg_wal_replay_pause()")
    assert written(house, "ahead")
    until(lambda: lag(follower) > 0)
    standby.run("SELECT pg_wal_replay_resume()")
    until(lambda: lag(follower) == 0)


def test_the_service_goes_on_with_the_standby_that_takes_over(
    house: House, primary: Postgres, standby: Postgres
) -> None:
    names = [f"f{n}" for n in range(20)]
    acknowledged = [name for name in names if written(house, name)]
    primary.stop("immediate")
    standby.promote()
    until(lambda: written(house, "successor"))
    for name in acknowledged:
        until(lambda name=name: read(house, name) == 200)
