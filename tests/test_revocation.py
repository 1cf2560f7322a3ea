"""Keys on a real server of two workers: revoked everywhere at once, written down nowhere."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import pytest

from tests.docs.service import Service, folder
from tests.running.client import Answer, until

SECOND: Final = 1.0
MANY: Final = 12
"""Connections, each of its own, so that every worker is asked."""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """Run the service with two workers."""
    with folder() as parent, Service(parent / "data", "--workers", "2") as found:
        yield found


def made(service: Service, name: str, *scopes: str) -> Any:  # noqa: ANN401 -- JSON
    """Make a key and return what was answered."""
    answer = service.send("POST", "/v1/keys", {"name": name, "scopes": scopes})
    assert answer.status == 201, answer.data
    return json.loads(answer.body)


def seen(service: Service, secret: str) -> list[tuple[float, int]]:
    """Return when many connections asked, one after the other, and the status each got."""
    return [
        (time.monotonic(), service.curl("/v1/keys/self", key=secret).status) for _ in range(MANY)
    ]


def answering(service: Service, status: int) -> set[int]:
    """Return the process ids of the workers that have told a key of itself with this status."""
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    wanted = {"route": "/v1/keys/self", "status": status}
    return {line["pid"] for line in lines if wanted.items() <= line.items()}


def test_every_worker_refuses_a_key_within_a_second_of_its_revocation(service: Service) -> None:
    key, workers = made(service, "revoked", "read"), set(service.workers)
    until(lambda: seen(service, key["key"]) and answering(service, 200) == workers)
    assert service.send("DELETE", key["self"]).status == 204
    revoked, statuses = time.monotonic(), list[tuple[float, int]]()

    def all_refuse() -> bool:
        statuses.extend(seen(service, key["key"]))
        return {status for _, status in statuses[-MANY:]} == {401}

    until(lambda: all_refuse() and answering(service, 401) == workers)
    assert {status for asked, status in statuses if asked > revoked + SECOND} <= {401}
    assert {status for _, status in seen(service, key["key"])} == {401}


def bear(service: Service, secret: str) -> list[Answer]:
    """Bear a key in each of the ways there are, and in one there is not."""
    fields = [f"Authorization: Bearer {secret}", f"Authorization: {secret}"]
    answers = [service.curl("/v1/claims", "-H", field) for field in fields]
    return [*answers, *(service.curl(path, key=secret) for path in ("/v1/keys/self", "/nowhere"))]


def misplace(service: Service, secret: str) -> None:
    """Put a key where none belongs: into addresses."""
    for path in (f"keys/{secret}", f"claims/{secret}", f"claims?cursor={secret}&key={secret}"):
        service.curl(f"/v1/{path}", key=secret)
    service.curl(f"/v1/claims?{secret}=1", key=secret)


def test_a_secret_is_told_once_and_kept_and_logged_nowhere(service: Service) -> None:
    key = made(service, "secret", "read")
    secret = key["key"]
    told = [*bear(service, secret), service.curl("/v1/keys?limit=200", key=service.key)]
    misplace(service, secret)
    log = until(lambda: (text := service.log.read_text()).count('"key":"secret"') > 5 and text)
    basic, digest = base64.b64encode(f"{secret}:".encode()), hashlib.sha256(secret.encode())
    for form in (secret, secret[4:], basic.decode(), digest.hexdigest()):
        assert form not in log
        assert [answer.data for answer in told if form.encode() in answer.data] == []
    assert [file for file in files(service) if secret[4:].encode() in file] == []


def files(service: Service) -> Iterator[bytes]:
    """Yield what stands in each file of the data directory, PostgreSQL's own among them."""
    for file in service.home.rglob("*"):
        with suppress(FileNotFoundError):
            if file.is_file():
                yield file.read_bytes()
