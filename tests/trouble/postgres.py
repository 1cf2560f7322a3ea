"""A PostgreSQL that tests may treat badly, and a standby of it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psycopg

from service.storage.programs import Account, find_programs
from tests.running.client import postmaster, until

QUICK = "-c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c listen_addresses=''"
CAREFUL = "-c max_connections=60 -c wal_receiver_timeout=2s -c wal_retrieve_retry_interval=100"


class Postgres:
    """A server in a folder of its own; `settings` go on its command line at each start."""

    def __init__(self, folder: Path, programs: Path | None = None, settings: str = "") -> None:
        """Name the folder, which must be there; `make` or `copy` put a cluster into it."""
        self.folder = folder
        self.data = folder / "data"
        self.account = Account.choose(folder)
        self.account.own(folder)
        self.programs = programs or find_programs(self.account, folder)
        self.settings = settings

    def make(self, *words: str) -> None:
        """Make a new cluster."""
        options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"]
        self._run("initdb", *options, *words)

    def copy(self, primary: "Postgres") -> None:
        """Make a standby that follows `primary`, which runs."""
        where = ["-h", str(primary.folder), "-U", "postgres"]
        self._run("pg_basebackup", *where, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Return when it takes connections."""
        options = f"{QUICK} {CAREFUL} -k {self.folder} {self.settings}"
        self._run("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Return when it has stopped."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def promote(self) -> None:
        """Make a standby a primary."""
        self._run("pg_ctl", "-w", "promote")

    @property
    def pid(self) -> int:
        """Return the process id of the server, 0 when it does not run."""
        return postmaster(self.data)

    def url(self, role: str = "postgres", database: str = "postgres") -> str:
        """Return how a role reaches it."""
        return f"host={self.folder} port=5432 user={role} dbname={database}"

    def run(
        self, query: LiteralString, values: Sequence[object] = (), database: str = "postgres"
    ) -> list[tuple]:
        """Run a statement as the superuser and return its rows."""
        options = "-c default_transaction_read_only=off -c synchronous_commit=local"
        url = f"{self.url(database=database)} options='{options}'"
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def frozen(self) -> Generator[None]:
        """Stop all its processes in their tracks for as long as the block lasts."""
        pids = self._halted()
        try:
            yield
        finally:
            signalled(signal.SIGCONT, pids)

    def kill(self) -> None:
        """End all its processes without a word, and wait until they are gone."""
        pids = self._halted()
        signalled(signal.SIGKILL, pids)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))

    def _halted(self) -> list[int]:
        """Stop all its processes and return their ids."""
        pid = self.pid
        os.kill(pid, signal.SIGSTOP)  # it first, or it would make new ones
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pids = [*map(int, children), pid]
        signalled(signal.SIGSTOP, pids)
        return pids

    def _run(self, program: str, *words: str) -> None:
        command = [self.programs / program, "-D", self.data, *words]
        # pg_ctl hands its output down to the server, which keeps it open.
        with (self.folder / "said").open("ab") as log:
            done = self.account.run(command, log=log.fileno())
        assert done.returncode == 0, (self.folder / "said").read_text()[-2000:]


def signalled(number: signal.Signals, pids: list[int]) -> None:
    """Send a signal to those that are still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@contextmanager
def started(server: Postgres) -> Generator[Postgres]:
    """Run a server for as long as the block lasts."""
    server.start()
    try:
        yield server
    finally:
        if server.pid:
            server.stop()


@contextmanager
def small(folder: Path, mebibytes: int) -> Generator[bool]:
    """Mount a small file system on a folder, where we may; yield whether that is so."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0711", "tmpfs", str(folder)]
    mount = shutil.which("mount") if os.geteuid() == 0 else None
    mounted = bool(mount) and subprocess.run(words, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            until(lambda: subprocess.run(["umount", str(folder)], check=False).returncode == 0)


@contextmanager
def filled(folder: Path) -> Generator[None]:
    """Leave no byte free in the file system of a folder for as long as the block lasts."""
    ballast = folder / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(65536))
        yield
    finally:
        ballast.unlink()
