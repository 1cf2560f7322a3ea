"""A real service on a server of ours."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.docs.service import Service
from tests.trouble.postgres import Postgres

DEADLINE = 1
ENOUGH = 10.0
"""Seconds within which every answer is there, on a machine with other work."""


@dataclass(frozen=True)
class House:
    """A service and the server behind it."""

    postgres: Postgres
    service: Service

    @property
    def log_size(self) -> int:
        """Return how much the service has logged."""
        return self.service.log.stat().st_size

    def troubles(self, since: int) -> list[str]:
        """Return the troubles that the log names, one for each warning about a request."""
        with self.service.log.open() as log:
            log.seek(since)
            lines = [json.loads(line) for line in log if line.startswith("{")]
        warned = [
            line for line in lines if (line["event"], line["level"]) == ("request", "warning")
        ]
        return [line["trouble"] for line in warned if line["status"] == 503]


@contextmanager
def serving(server: Postgres, home: Path, *others: Postgres) -> Generator[Service]:
    """Serve on a new database of the server; `others` are where it may be found later."""
    server.run("CREATE ROLE newsroom LOGIN")
    server.run("CREATE DATABASE factcheck")
    hosts = [server, *others]
    urls = {
        "DATABASE_URL": address(hosts, "newsroom"),
        "FACTCHECK_OWNER_URL": address(hosts, "postgres"),
    }
    with Service(home, **urls, FACTCHECK_DEADLINE=str(DEADLINE)) as service:
        yield service


def address(servers: list[Postgres], role: str) -> str:
    """Return how a role reaches the service's database, on the one that takes writes."""
    hosts = ",".join(str(server.folder) for server in servers)
    choice = " target_session_attrs=read-write" if len(servers) > 1 else ""
    return f"host={hosts} port=5432 user={role} dbname=factcheck{choice}"
