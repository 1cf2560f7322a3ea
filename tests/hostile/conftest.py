"""Two running services for hostile input: one with records, and one with none."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.service import UNLIMITED, Service, folder
from tests.hostile.rows import KEY, RAIN
from tests.hostile.wire import Answer, exchange
from tests.running.client import PATIENCE

WHY = {"note": "It was wrong.", "reason": "correction"}
RATED = {"scale_id": "truth", "rating": "true"}
SEEDS = [
    ("POST", "/v1/claims", RAIN | {"id": "seed"}),
    ("POST", "/v1/claims", RAIN | {"id": "other"}),
    ("POST", "/v1/claims", RAIN | {"id": "shown", "status": "published"}),
    ("POST", "/v1/claims", RAIN | {"id": "hidden", "status": "published"}),
    ("PUT", "/v1/claims/hidden", RAIN | {"status": "withheld"} | WHY),
    ("POST", "/v1/claims", RAIN | {"id": "gone", "status": "published"}),
    ("DELETE", "/v1/claims/gone?note=Gone&reason=legal", None),
    ("POST", "/v1/sources", {"id": "paper", "title": "A report", "status": "published"}),
    ("POST", "/v1/scales", {"id": "stars", "name": "Stars", "ratings": [{"key": "five"}]}),
    ("POST", "/v1/verdicts", {"id": "found", "claim_id": "shown", "status": "published"} | RATED),
]
"""What is written before the first row."""


@dataclass
class Target:
    """A running service as an attacker sees it, and as its owner does."""

    service: Service

    def __post_init__(self) -> None:
        """Keep a connection for what the owner asks."""
        host, _, port = self.service.url.removeprefix("http://").partition(":")
        self.address = (host, int(port))
        self._owner = http.client.HTTPConnection(*self.address, timeout=PATIENCE)

    def send(self, data: bytes, *, half_close: bool = False, keyed: bool = True) -> list[Answer]:
        """Send a row's bytes with the admin key in its place, or without a key."""
        # Under another name of the same length, lest the framing change.
        data = data if keyed else data.replace(b"Authorization: ", b"Not-A-Secret-: ")
        data = data.replace(KEY.encode(), self.service.key.encode())
        return exchange(self.address, data, half_close=half_close)

    def close(self) -> None:
        """Close the owner's connection."""
        self._owner.close()

    def kept(self) -> list[bytes]:
        """Return every revision that is kept: the export, less its first and last line."""
        return self.ask("/v1/export?history=true").splitlines()[1:-1]

    def ask(self, path: str) -> bytes:
        """Return what the owner reads at an address."""
        fields = {"Authorization": f"Bearer {self.service.key}"}
        self._owner.request("GET", path, headers=fields)
        answer = self._owner.getresponse()
        body = answer.read()
        assert answer.status == 200
        return body


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """Make a folder for the services of these tests."""
    with folder() as parent:
        yield parent


@pytest.fixture(scope="session")
def desk(home: Path) -> Iterator[Target]:
    """Run a service with a few records."""
    with Service(home / "desk", **UNLIMITED) as service:
        for act in SEEDS:
            assert service.send(*act).status in {200, 201, 204}, act
        yield from target(service)


@pytest.fixture(scope="session")
def empty(home: Path) -> Iterator[Target]:
    """Run a service without records."""
    with Service(home / "empty", **UNLIMITED) as service:
        yield from target(service)


def target(service: Service) -> Iterator[Target]:
    """Make a target and close its connection in the end."""
    with closing(Target(service)) as found:
        yield found
