"""A primary and its standby, each with a service in front, and a walk between the two."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.storage.database import Database
from tests.docs.service import UNLIMITED, Service
from tests.running.client import until
from tests.trouble.clients import Answer, ask
from tests.trouble.house import address
from tests.trouble.postgres import Postgres, started


@dataclass(frozen=True)
class Pair:
    """Who serves from the primary, who from the standby, and a way to write to the primary."""

    primary: Postgres
    standby: Postgres
    leader: Service
    follower: Service
    database: Database

    def get(self, service: Service, path: str, *, keyed: bool) -> Answer:
        """Read from one of the services, with the key or as the public."""
        return ask(service, "GET", path, key=self.leader.key if keyed else "")

    def page(self, service: Service, path: str, *, keyed: bool) -> dict[str, Any]:
        """Return a page that one of the services has."""
        answer = self.get(service, path, keyed=keyed)
        assert answer.status == 200, answer.body
        return answer.json()

    def catch_up(self) -> None:
        """Wait until the standby has all that the primary has committed."""
        ((end,),) = self.primary.run("SELECT pg_current_wal_flush_lsn()::text")
        reached = (
            "SELECT pid FROM pg_stat_wal_receiver WHERE pg_last_wal_replay_lsn() >= %s::pg_lsn"
        )
        until(lambda: self.standby.run(reached, [end]))

    @contextmanager
    def lagging(self) -> Generator[None]:
        """Let the standby stay where it is for as long as the block lasts."""
        self.standby.run("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
        until(lambda: self.standby.run(state) == [(True,)])
        try:
            yield
        finally:
            self.standby.run("SELECT pg_wal_replay_resume()")


@contextmanager
def paired(home: Path) -> Generator[Pair]:
    """Run both servers and both services in a folder."""
    for name in ("primary", "standby"):
        (home / name).mkdir()
    with ExitStack() as stack:
        primary, standby = (Postgres(home / name) for name in ("primary", "standby"))
        primary.make()
        stack.enter_context(started(primary))
        primary.run("CREATE ROLE newsroom LOGIN")
        primary.run("CREATE DATABASE factcheck")
        standby.copy(primary)
        stack.enter_context(started(standby))
        url = {"FACTCHECK_OWNER_URL": address([primary], "postgres"), **UNLIMITED}
        leader = stack.enter_context(
            Service(home / "leader", DATABASE_URL=address([primary], "newsroom"), **url)
        )
        follower = stack.enter_context(
            Service(home / "follower", DATABASE_URL=address([standby], "newsroom"), **url)
        )
        database = Database(address([primary], "newsroom"), size=8, deadline=60, prepare=True)
        stack.callback(database.close)
        pair = Pair(primary, standby, leader, follower, database)
        until(lambda: ask(pair.follower, "GET", "/readyz").status == 200)
        yield pair
