"""The whole service as one program: gunicorn, the embedded PostgreSQL, and curl in front."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.clusters import Cluster
from tests.docs.service import Service, factcheck, folder
from tests.running.client import Answer, until

CLAIM = {"text": "Bus fares rose by a third", "status": "published"}
CORRECTION = {"text": "Bus fares rose by a fifth", "note": "It is a fifth.", "reason": "correction"}


class House:
    """A data directory, and the service that runs on it: started again if it was ended."""

    def __init__(self, home: Path) -> None:
        """Take the directory; the first to ask for the service starts it."""
        self._home = home
        self._service: Service | None = None

    def service(self) -> Service:
        """Return the running service, with little patience for its database."""
        if self._service is None or self._service.process.poll() is not None:
            self.close()
            self._service = Service(self._home, FACTCHECK_DEADLINE="4").__enter__()
        return self._service

    def close(self) -> None:
        """Stop the service."""
        if self._service:
            self._service.__exit__()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Make a data directory for all tests of this module."""
    with folder() as parent, closing(House(parent / "data")) as house:
        yield house


@pytest.fixture
def service(house: House) -> Service:
    """Return the running service."""
    return house.service()


def written(service: Service, identifier: str) -> Answer:
    """Publish a claim and correct it; return the answer to the correction."""
    assert service.send("POST", "/v1/claims", {"id": identifier, **CLAIM}).status == 201
    return service.send("PATCH", f"/v1/claims/{identifier}", CORRECTION, '"1"')


def text(answer: Answer) -> str:
    """Return the body as text."""
    return answer.body.decode()


def revisions(home: Path, **environment: str) -> list[str]:
    """Return the lines of an export with history, without the first and the last."""
    done = factcheck(home, "export", "--history", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:-1]


def test_a_record_is_created(service: Service) -> None:
    answer = service.send("POST", "/v1/claims", {"id": "created", **CLAIM})
    assert (answer.status, answer.fields["ETag"]) == (201, '"1"')
    assert answer.fields["Location"].endswith("/v1/claims/created")
    assert CLAIM["text"] in text(service.curl("/v1/claims/created"))


def test_a_record_is_revised(service: Service) -> None:
    answer = written(service, "revised")
    assert (answer.status, answer.fields["ETag"]) == (200, '"2"')
    assert CORRECTION["text"] in text(service.curl("/v1/claims/revised"))


def test_a_stale_revision_is_a_conflict(service: Service) -> None:
    written(service, "conflict")
    answer = service.send("PATCH", "/v1/claims/conflict", CORRECTION, '"1"')
    assert (answer.status, answer.problem()["revision"]) == (412, 2)
    assert service.curl("/v1/claims/conflict").fields["ETag"] == '"2"'


def test_the_history_has_every_revision(service: Service) -> None:
    written(service, "history")
    history = text(service.curl("/v1/claims/history/revisions"))
    assert history.index(CLAIM["text"]) < history.index(CORRECTION["text"])
    assert CORRECTION["note"] in history


def test_as_of_gives_what_was_recorded_then(service: Service) -> None:
    service.send("POST", "/v1/claims", {"id": "as-of", **CLAIM})
    first = text(service.curl("/v1/claims/as-of")).split('"updated_at":"')[1].split('"')[0]
    service.send("PATCH", "/v1/claims/as-of", CORRECTION, '"1"')
    assert CLAIM["text"] in text(service.curl(f"/v1/claims/as-of?as_of={first}"))


def test_what_was_deleted_is_gone_and_can_be_restored(service: Service) -> None:
    written(service, "deleted")
    path = "/v1/claims/deleted"
    assert service.send("DELETE", f"{path}?note=Twice.&reason=duplicate", match='"2"').status == 204
    assert service.curl(path).status == 410
    answer = service.send("POST", f"{path}/revisions", {"restore": 2})
    assert answer.problem()["code"] == "precondition-required"
    words = ["-H", 'If-Match: "3"', "-H", "Content-Type: application/json", "-d", '{"restore": 2}']
    restored = service.curl(f"{path}/revisions", *words, key=service.key)
    assert (restored.status, restored.fields["ETag"]) == (201, '"4"')


def test_the_metrics_count_the_requests(service: Service) -> None:
    service.send("POST", "/v1/claims", CLAIM)
    name = "factcheck_http_request_duration_seconds_count"
    created = f'{name}{{method="POST",route="/v1/claims",status="201"}} '
    until(lambda: created in text(service.curl("/metrics")))


def test_a_history_moves_to_another_server_and_is_the_same_there(
    service: Service, cluster: Cluster, tmp_path: Path
) -> None:
    written(service, "moved")
    here, file = revisions(service.home), tmp_path / "house.ndjson"
    file.write_text(text(service.curl("/v1/export?history=true", key=service.key)))
    with cluster.database("moved") as name:
        there = {"DATABASE_URL": cluster.url(name)}
        with Service(tmp_path / "home", **there) as other:
            body = ["-H", "Content-Type: application/x-ndjson", "--data-binary", f"@{file}"]
            answer = other.curl("/v1/import?history=true", *body, key=other.key)
            assert answer.status == 200, answer.data
        assert revisions(tmp_path / "home", **there) == here


def test_a_killed_worker_costs_no_record(service: Service) -> None:
    written(service, "worker")
    victims = service.workers
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    until(lambda: service.workers and not set(victims) & set(service.workers))
    assert CORRECTION["text"] in text(service.curl("/v1/claims/worker"))


def test_a_killed_database_is_told_and_comes_back(service: Service) -> None:
    written(service, "database")
    service.process.send_signal(signal.SIGSTOP)  # so that nobody starts it again yet
    os.kill(service.postmaster, signal.SIGKILL)
    away = until(lambda: (a := service.curl("/readyz")).status != 200 and a)
    assert (away.status, away.problem()["code"]) == (503, "unavailable")
    assert int(away.fields["Retry-After"]) > 0
    assert service.curl("/livez").status == 200
    service.process.send_signal(signal.SIGCONT)
    until(lambda: service.curl("/readyz").status == 200)
    assert CORRECTION["text"] in text(service.curl("/v1/claims/database"))


@pytest.mark.parametrize("database_too", [False, True], ids=["service", "service and database"])
def test_what_was_acknowledged_survives_kill_9(
    house: House, service: Service, *, database_too: bool
) -> None:
    acknowledged: list[str] = []
    writer = threading.Thread(target=write_until_refused, args=(service, acknowledged))
    writer.start()
    until(lambda: len(acknowledged) >= 20)
    kill(service, [service.postmaster] if database_too else [])
    writer.join()
    again = house.service()
    assert not any("fck_" in line for line in again.banner)
    there = text(again.curl("/v1/claims?limit=200&fields=id"))
    assert [name for name in acknowledged if f'"{name}"' not in there] == []


def test_sigterm_ends_the_service_and_its_database_in_good_order(service: Service) -> None:
    assert service.stop() == 0
    assert not service.postmaster
    assert '"level":"error"' not in service.log.read_text().rpartition("Handling signal: term")[2]


def write_until_refused(service: Service, acknowledged: list[str]) -> None:
    """Publish claim after claim, noting each that was acknowledged, until nobody answers."""
    with suppress(subprocess.CalledProcessError):
        while True:
            name = f"kept-{os.urandom(8).hex()}"
            assert service.send("POST", "/v1/claims", {"id": name, **CLAIM}).status == 201
            acknowledged.append(name)


def kill(service: Service, others: list[int]) -> None:
    """Kill every process of the service, and others."""
    for pid in [service.process.pid, *service.workers, *others]:
        os.kill(pid, signal.SIGKILL)
    service.process.wait()
