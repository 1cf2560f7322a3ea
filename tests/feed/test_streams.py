"""Streams on a real server: bounded, ended by its stop, and whole when its database was killed."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from itertools import count

import pytest

from tests.docs.service import UNLIMITED, Service, folder
from tests.feed.readers import EVENTS, ask, connect, events
from tests.running.client import until

NUMBERS = count()
MOST = 20
AT_ONCE = 5.0
"""Seconds within which a server with open streams stops, where requests would have thirty."""


@pytest.fixture
def stopping() -> Iterator[Service]:
    """Run a server to be stopped."""
    with folder() as place, Service(place / "home", "--workers", "1", **UNLIMITED) as found:
        yield found


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Run a server of one worker with one connection, which takes twenty streams."""
    settings = {"FACTCHECK_MAX_STREAMS": str(MOST), "FACTCHECK_POOL_SIZE": "1"}
    with folder() as place:
        options = ("--workers", "1")
        with Service(place / "home", *options, **settings, **UNLIMITED) as found:
            yield found


def opened(service: Service) -> tuple[HTTPConnection, HTTPResponse]:
    """Open a stream of what comes; it is open once its first lines are there."""
    connection = connect(service.url)
    answer = ask(connection, "/v1/changes?since=now", "", **EVENTS)
    assert answer.readline() == b"retry: 1000\n"
    return connection, answer


def publish(service: Service) -> str:
    """Publish a claim, as soon as the server can; return its path."""
    body = {"id": f"number-{next(NUMBERS)}", "text": "It rains", "status": "published"}
    # A try whose answer was lost has done it: the next is told that the id is taken.
    until(lambda: service.send("POST", "/v1/claims", body).status in {201, 409}, 60)
    return f"/v1/claims/{body['id']}"


def open_streams(service: Service) -> float:
    """Return what the metrics say of open streams."""
    body = service.curl("/metrics").body.decode()
    lines = [line for line in body.splitlines() if line.startswith("factcheck_open_streams ")]
    return sum(float(line.split()[1]) for line in lines)


def test_a_server_that_stops_ends_streams_and_waiting_requests_at_once(stopping: Service) -> None:
    connection, answer = opened(stopping)
    with closing(connection), closing(connect(stopping.url)) as other:
        other.request("GET", "/v1/changes?since=now&wait=30")
        until(lambda: open_streams(stopping) == 1)
        began = time.monotonic()
        stopping.process.send_signal(signal.SIGTERM)
        # http.client raises where the last chunk is missing.
        assert b"id: " in answer.read()
        waited = other.getresponse()
        assert (waited.status, waited.read()[:10]) == (200, b'{"items":[')
        assert time.monotonic() - began < AT_ONCE
    assert stopping.process.wait(60) == 0


def test_no_more_streams_are_open_than_the_setting_says_and_they_hold_no_connection(
    service: Service,
) -> None:
    streams = [opened(service) for _ in range(MOST)]
    assert open_streams(service) == MOST
    refused = service.curl("/v1/changes?since=now", "-H", "Accept: text/event-stream")
    assert refused.problem()["code"] == "too-many-streams"
    path = publish(service)
    for connection, answer in streams:
        assert next(events(answer))["subject"] == path
        connection.close()
        answer.close()
    # That a reader has left shows when there is something to send, if only a ping.
    until(lambda: publish(service) and open_streams(service) == 0)


def test_a_stream_goes_on_when_the_database_was_killed(service: Service) -> None:
    connection, answer = opened(service)
    with closing(connection):
        before = publish(service)
        os.kill(service.postmaster, signal.SIGKILL)
        after = publish(service)
        found = events(answer)
        assert [next(found)["subject"], next(found)["subject"]] == [before, after]


def test_a_key_that_is_revoked_ends_its_stream(service: Service) -> None:
    made = service.send("POST", "/v1/keys", {"name": "leaver", "scopes": ["read"]})
    key = json.loads(made.body)
    with closing(connect(service.url)) as connection:
        answer = ask(connection, "/v1/changes?since=now", key["key"], **EVENTS)
        assert answer.readline() == b"retry: 1000\n"
        service.send("DELETE", key["self"])
        time.sleep(1)  # the second within which every worker learns of it
        publish(service)
        assert list(events(answer)) == []
