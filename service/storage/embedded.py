"""The service's own PostgreSQL: started by its first user, stopped by its last.

Any number of processes share one server. Each holds a shared lock on a file
while it uses it; who leaves and can turn his lock into an exclusive one was the
last and stops the server. Nothing here lives on in a process of ours, so all of
it may be killed at any point: a server that is alone is taken over by the next
to start, a dead one is started by `Embedded.watch` or by the next.
"""

import fcntl
import logging
import os
import shutil
import signal
import socket
import struct
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Self
from urllib.parse import quote

from service.storage.cluster import PORT, Cluster, claim
from service.storage.programs import EmbeddedError

MEGABYTE = 2**20


def memory(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """Return the bytes of memory there are for us: the machine's, or fewer in a container."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # no limit is the word max
        return min(whole, int(limit.read_text()))
    return whole


def buffers(there_is: int) -> str:
    """Return how much PostgreSQL keeps in memory of what it reads: an eighth of what there is.

    At least its own default, and at most a gigabyte, which holds the words of a million claims.
    """
    return f"{min(1024, max(128, there_is // 8 // MEGABYTE))}MB"


OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "listen_addresses": "",
        "shared_buffers": buffers(memory()),
        # What is read is mostly in the system's memory: to ask another process for it takes longer.
        "io_method": "sync",
        "max_connections": "300",
        "idle_in_transaction_session_timeout": "60s",
        "log_parameter_max_length_on_error": "0",
        "log_checkpoints": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
)
"""Settings of the server where PostgreSQL's own default will not do."""

DISPOSABLE: Mapping[str, str] = MappingProxyType(
    {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "16MB",
    }
)
"""Settings for data that nobody will miss: fast, and lost when the machine stops."""

_START_UP = b"user\0postgres\0database\0postgres\0\0"
_TERMINATE = b"X\0\0\0\4"

log = logging.getLogger(__name__)


class Embedded:
    """A share in the PostgreSQL server beneath `home`; a context manager.

    A forked child neither stops nor restarts the server: both are for the
    process that called `start`.
    """

    start_limit: ClassVar[float] = 120.0
    """Seconds until a server that is alive must take connections; recovery may need many."""

    attempts: ClassVar[int] = 8
    """How often a server that dies at once is started, over about five seconds in all."""

    stop_limit: ClassVar[float] = 10.0
    """Seconds from each way of asking the server to stop to the next, ruder one."""

    def __init__(self, home: Path, options: Mapping[str, str] | None = None) -> None:
        """Name the folder and settings that go on top of `OPTIONS`; `start` does the work.

        The settings are those of whoever starts the server; who joins takes it as it is.
        """
        self._cluster = Cluster(home, {**OPTIONS, **(options or {})})
        self._users: int | None = None
        self._pid = 0

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def home(self) -> Path:
        """Return the folder of it all, absolute; another process shares the server by it."""
        return self._cluster.home

    @property
    def url(self) -> str:
        """Return the service's connection URI: role and database `factcheck`."""
        return self._url("factcheck")

    @property
    def owner_url(self) -> str:
        """Return the migrations' connection URI: the superuser, database `factcheck`."""
        return self._url("postgres")

    def start(self) -> None:
        """Return when the server takes connections; `EmbeddedError` if it will not."""
        try:
            self._cluster.prepare()
            self._users = self._cluster.open("users.lock")
        except OSError as error:
            raise EmbeddedError(
                f"{error.filename}: {error.strerror}; set FACTCHECK_HOME to a folder of your own, "
                "or run as the user whose it is"
            ) from error
        self._pid = os.getpid()
        try:
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leave, and stop the server if nobody else uses it; nothing in a forked child."""
        if self._users is None or self._pid != os.getpid():
            return
        try:
            if claim(self._users):
                self._terminate()
        finally:
            os.close(self._users)
            self._users = None

    def watch(self) -> bool:
        """Start the server again if it has died, without waiting; say whether it had.

        For a loop that comes by every second or so; it costs a few microseconds
        and never raises: what went wrong is logged and tried again next time.
        """
        if self._users is None or self._pid != os.getpid():
            return False
        try:
            return self._launch()
        except (OSError, EmbeddedError):
            log.exception("the embedded PostgreSQL has died and cannot be started")
            return False

    def _url(self, role: str) -> str:
        folder = quote(str(self._cluster.socket_folder), safe="")
        return f"postgresql://{role}@/factcheck?host={folder}&port={PORT}"

    def _launch(self) -> bool:
        """Start the server if none is alive; say whether that was so."""
        lock = self._cluster.lock()
        if lock is None:
            return False
        try:
            self._cluster.launch(lock)
        finally:
            os.close(lock)
        return True

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + self.start_limit
        attempts = 0
        while not self._answers():
            attempts += self._launch()
            if attempts > self.attempts or time.monotonic() > limit:
                tail = self._cluster.log_tail()
                raise EmbeddedError(f"The embedded PostgreSQL does not start. {tail}")
            time.sleep(0.01 * 2**attempts)

    def _answers(self) -> bool:
        """Say whether the server opens a session (version 3.0 of PostgreSQL's protocol)."""
        message = struct.pack("!II", 8 + len(_START_UP), 3 << 16) + _START_UP
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self._cluster.socket_folder / f".s.PGSQL.{PORT}"))
                client.sendall(message)
                answer = client.recv(1)
                client.sendall(_TERMINATE)
                return answer == b"R"
        except OSError:
            return False

    def _terminate(self) -> None:
        """Stop the server: a fast shutdown, else an immediate one, else a kill."""
        if not any(map(self._ends_by, (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL))):
            log.error("the embedded PostgreSQL in %s does not stop", self.home)

    def _ends_by(self, number: signal.Signals) -> bool:
        """Send a signal until the server's last process is gone; say whether that came to be."""
        limit = time.monotonic() + self.stop_limit
        while time.monotonic() < limit:
            if (lock := self._cluster.lock()) is not None:
                os.close(lock)
                return True
            # On its way out it may be without a file that names it.
            with suppress(ProcessLookupError):
                _ = (pid := self._cluster.pid()) is None or os.kill(pid, number)
            time.sleep(0.01)
        return False


@contextmanager
def throwaway(options: Mapping[str, str] = DISPOSABLE) -> Generator[Embedded]:
    """Run a server in a new temporary folder and remove both at the end, for tests and trials.

    Several processes share it by ``Embedded(home)`` with the `home` of the first.
    """
    home = Path(tempfile.mkdtemp(prefix="factcheck-"))
    home.chmod(0o711)
    try:
        with Embedded(home, options) as server:
            yield server
    finally:
        shutil.rmtree(home)
