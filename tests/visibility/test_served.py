"""The same walk through `factcheck serve`, with all that it and its PostgreSQL log."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from werkzeug.datastructures import Headers

from tests.docs.service import SLOW, UNLIMITED, Service, factcheck, folder
from tests.newsroom import Newsroom
from tests.visibility.hearing import Reader
from tests.visibility.life import Life
from tests.visibility.planting import secret
from tests.visibility.walk import Walk


@dataclass(frozen=True)
class Received:
    """An answer from the wire, as a test client has it."""

    status_code: int
    headers: Headers
    data: bytes

    def get_data(self) -> bytes:
        """Return the body."""
        return self.data

    def close(self) -> None:
        """Let go of nothing: it was read to its end."""


@dataclass(frozen=True)
class Wire:
    """A test client whose requests go to a server."""

    connection: HTTPConnection

    def open(self, path: str, method: str, headers: dict[str, str], data: bytes | None) -> Received:
        """Send one request and read its answer."""
        self.connection.request(method, path.replace(" ", "%20"), data, headers)
        answer = self.connection.getresponse()
        return Received(answer.status, Headers(answer.getheaders()), answer.read())


@pytest.fixture
def served() -> Iterator[Service]:
    """Run the service as a person does."""
    with folder() as place, Service(place / "home", **UNLIMITED) as service:
        yield service


def created(service: Service, name: str, scope: str) -> str:
    """Make a key on the command line."""
    done = factcheck(service.home, "keys", "create", "--name", name, "--scope", scope)
    return done.stdout.strip()


def logs(home: Path) -> Iterator[Path]:
    """Yield the files to which PostgreSQL logs."""
    yield from (path for path in home.rglob("*log") if path.is_file())


def test_no_secret_is_in_what_a_server_sends_or_logs(served: Service) -> None:
    author = secret()
    key = created(served, author, "admin")
    socket = f"host={(served.home / 'run').resolve()} user=postgres dbname=factcheck"
    wire = HTTPConnection(served.url.removeprefix("http://"), timeout=SLOW)
    with closing(wire), psycopg.connect(socket, autocommit=True) as owner:
        http = Newsroom(cast("Any", Wire(wire)), lambda *_: None, key, key, key)
        life = Life("claim", http, key, author, owner)
        walk = Walk(life, http, [Reader("nobody", None, None)])
        walk.go()
    served.stop()
    files = [served.log, *logs(served.home)]
    walk.search(b"".join(file.read_bytes() for file in files))
    assert len(files) > 1
    assert not walk.faults, "\n".join(walk.faults[:40])
