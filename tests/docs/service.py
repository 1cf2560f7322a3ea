"""`factcheck serve` as a person runs it: a folder of its own, the banner, curl."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import pytest

from tests.running.client import PATIENCE, Answer, postmaster

PROGRAMS = Path(sys.executable).parent
UNLIMITED = {f"FACTCHECK_{what}_LIMIT": "0" for what in ("READ", "WRITE", "FAILED_KEY")}
"""Settings of a server that tests ask more of than one client may."""

SLOW = 2 * PATIENCE
"""Seconds for a start or a stop with all that belongs to it, on a machine with other work."""


@contextmanager
def folder() -> Iterator[Path]:
    """Make a temporary folder that the PostgreSQL of root can reach too."""
    with TemporaryDirectory(prefix="factcheck-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Return our environment with the program on the path, `home` as its data, and no settings."""
    ours = {name: word for name, word in os.environ.items() if not name.startswith("FACTCHECK_")}
    path = f"{PROGRAMS}{os.pathsep}{ours.get('PATH', os.defpath)}"
    return {**ours, "PATH": path, "DATABASE_URL": "", "FACTCHECK_HOME": str(home), **changes}


def factcheck(home: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `factcheck` to its end and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "service", *words],
        env=environment(home, **changes),
        capture_output=True,
        text=True,
        timeout=SLOW,
        check=False,
    )


class Service:
    """A running `factcheck serve`, on a free port."""

    program: Sequence[str] = (sys.executable, "-m", "service")
    """The command that `serve` is one of."""

    def __init__(self, home: Path, *options: str, **changes: str) -> None:
        """Start it on the data directory `home`; the ``with`` block begins when it listens."""
        self.home = home
        self.log = home.with_name(f"{home.name}.log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, "serve", "--port", "0", *options],
                env=environment(home, **changes),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self) -> Self:
        """Read the banner to its end."""
        self.banner = [line.rstrip("\n") for line in self._banner()]
        self.url = self.banner[0].removeprefix("factcheck-records listens on ")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, if it still runs."""
        if self.process.poll() is None:
            self.stop()
        assert self.process.stdout
        self.process.stdout.close()

    def _banner(self) -> Iterator[str]:
        assert self.process.stdout
        for line in self.process.stdout:
            yield line
            if "?status=draft" in line:
                return
        raise AssertionError(self.log.read_text())

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(SLOW)

    @property
    def key(self) -> str:
        """Return the admin key."""
        return (self.home / "admin.key").read_text().strip()

    @property
    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        return [pid for pid in self._children() if not self._delivers(pid)]

    @property
    def deliverer(self) -> int:
        """Return the process id of what tells webhooks of changes, 0 when there is none."""
        return next(filter(self._delivers, self._children()), 0)

    def _children(self) -> list[int]:
        pid = self.process.pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    @staticmethod
    def _delivers(pid: int) -> bool:
        with suppress(OSError):  # it has just ended
            return b"\0deliver\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
        return False

    @property
    def postmaster(self) -> int:
        """Return the process id of the embedded PostgreSQL, 0 when there is none."""
        return postmaster(self.home / "cluster")

    def curl(self, path: str, *words: str, key: str = "") -> Answer:
        """Send a request with curl itself and return the answer."""
        credentials = ["-u", f"{key}:"] if key else []
        command = [curl(), "-sS", "-i", *credentials, *words, self.url + path]
        return Answer(subprocess.run(command, capture_output=True, check=True).stdout)

    def send(self, method: str, path: str, body: Any = None, match: str = "*") -> Answer:  # noqa: ANN401
        """Send a write with the admin key; `match` goes into If-Match unless it is a POST."""
        words = ["-X", method, *([] if method == "POST" else ["-H", f"If-Match: {match}"])]
        if body is not None:
            words += ["-H", "Content-Type: application/json", "-d", json.dumps(body)]
        return self.curl(path, *words, key=self.key)


def curl() -> str:
    """Return where curl is, or skip the test."""
    return shutil.which("curl") or pytest.skip("this system has no curl")
