"""What is done once somebody has been answered keeps nobody waiting."""

import json
from contextlib import closing
from http.client import HTTPConnection

import gevent
import psycopg
import pytest

from service.running.worker import beside
from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.running.client import until

WAITS = "SELECT FROM pg_locks WHERE relation = 'retry'::regclass AND NOT granted"


def test_who_has_been_answered_may_ask_again_while_it_is_swept() -> None:
    with (
        folder() as home,
        Service(home / "data", "--workers", "1", **UNLIMITED) as service,
        closing(HTTPConnection(service.url.removeprefix("http://"))) as http,
        psycopg.connect(Embedded(service.home).owner_url) as owner,
    ):
        owner.execute("LOCK TABLE retry IN ACCESS EXCLUSIVE MODE")
        fields = {"Authorization": f"Bearer {service.key}", "Content-Type": "application/json"}
        http.request("POST", "/v1/claims", json.dumps({"id": "a", "text": "x"}), fields)
        with http.getresponse() as made:
            assert (made.status, bool(made.read())) == (201, True)
        until(lambda: owner.execute(WAITS).rowcount)
        http.request("GET", "/v1/claims/a", headers=fields)
        with http.getresponse() as read:
            assert read.status == 200
        assert owner.execute(WAITS).rowcount == 1


def test_what_fails_beside_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    beside(fail)
    gevent.sleep(0)
    assert [(one.name, one.exc_info and one.exc_info[0]) for one in caplog.records] == [
        ("factcheck.worker", ZeroDivisionError)
    ]
