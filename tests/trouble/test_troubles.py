"""A database in trouble, for real, beneath a real server that clients use all the while."""

import json
import time
from collections.abc import Generator
from dataclasses import dataclass

import pytest

from tests.contract import Contract
from tests.docs.service import folder
from tests.running.client import until
from tests.trouble.clients import Asked, Clients, ask
from tests.trouble.house import ENOUGH, House, serving
from tests.trouble.postgres import Postgres, small, started
from tests.trouble.troubles import TROUBLES, Trouble

WELL = {"write": 201, "read": 200, "mine": 200, "live": 200, "ready": 200}


@dataclass(frozen=True)
class Course:
    """What clients met before, in and after a trouble, until each was served as ever."""

    trouble: Trouble
    asked: list[Asked]
    named: list[str]
    workers: tuple[list[int], list[int]]

    def statuses(self, kind: str) -> set[int]:
        """Return what requests of a kind were answered."""
        return {each.answer.status for each in self.asked if each.kind == kind}

    @property
    def writes(self) -> list[Asked]:
        """Return the writes."""
        return [each for each in self.asked if each.kind == "write"]


@pytest.fixture(scope="module")
def house() -> Generator[tuple[House, bool]]:
    """Run a service on a server whose tables and log have a small disk each, where we may."""
    with folder() as home, small(home / "disk", 300) as mounted, small(home / "wal", 32):
        server = Postgres(home / "disk", settings="-c max_wal_size=20MB -c min_wal_size=2MB")
        server.account.own(home / "wal")
        server.make("-X", str(home / "wal" / "pg_wal"), "--wal-segsize=1")
        with started(server), serving(server, home / "data") as service:
            yield House(server, service), mounted


@pytest.fixture(scope="module", params=TROUBLES)
def course(request: pytest.FixtureRequest, house: tuple[House, bool], contract: Contract) -> Course:
    """Make a trouble and let it pass."""
    (found, mounted), trouble = house, TROUBLES[request.param]
    if trouble.needs_disk and not mounted:
        pytest.skip("only root may mount a small file system")
    touched = dict.fromkeys({"write"} | trouble.touched, 503)
    with Clients(found.service, contract) as clients:
        until(lambda: clients.seen(0, WELL))
        mark, workers = found.log_size, found.service.workers
        with trouble.make(found.postgres):
            began = time.monotonic()
            until(lambda: clients.seen(began, WELL | touched))
        over = time.monotonic()
        until(lambda: clients.seen(over, WELL))
    until(lambda: len(found.troubles(mark)) == len(clients.refused()))
    return Course(trouble, clients.asked, found.troubles(mark), (workers, found.service.workers))


def test_every_answer_comes_in_time(course: Course) -> None:
    assert max(each.answer.seconds for each in course.asked) < ENOUGH


def test_what_the_trouble_does_not_touch_goes_on(course: Course) -> None:
    for kind in WELL.keys() - course.trouble.touched - {"write"}:
        assert course.statuses(kind) == {WELL[kind]}


def test_what_it_touches_is_unavailable_and_then_served_again(course: Course) -> None:
    for kind in course.trouble.touched | {"write"}:
        assert course.statuses(kind) == {WELL[kind], 503}


def test_the_log_names_it_once_for_each_refusal(course: Course) -> None:
    assert course.trouble.name in course.named


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(
    course: Course, house: tuple[House, bool]
) -> None:
    service = house[0].service
    export = ask(service, "GET", "/v1/export", key=service.key).body.splitlines()
    texts = {line["id"]: line["text"] for line in map(json.loads, export) if "text" in line}
    for write in course.writes:
        found = texts.get(write.path.rpartition("/")[2])
        assert found == write.text or (found is None and write.answer.status == 503)


def test_no_worker_is_lost(course: Course) -> None:
    before, after = course.workers
    assert before == after
