"""A process beside the server's workers: started, started again when it dies, and stopped."""

import logging
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import ClassVar

_LOG = logging.getLogger("factcheck.companion")


class Companion:
    """Keep one process of a command running; `watch` wants to be called every second or so.

    It is a program of its own and no fork: it needs nothing of what this process holds,
    the port least of all.
    """

    grace: ClassVar[float] = 10.0
    """Seconds that it has to end by itself."""

    shortest: ClassVar[float] = 1.0
    """Seconds until one that has lived for long is started anew."""

    longest: ClassVar[float] = 60.0
    """Most seconds until one that dies again and again is started anew."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Take what to run; nothing is started before `watch`."""
        self._command, self._environment = command, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._pause, self._due = self.shortest, 0.0
        self._owner = os.getpid()

    def watch(self) -> None:
        """Start the process if there is none; never raises and does not wait."""
        if self._process and self._process.poll() is None:
            return
        now = time.monotonic()
        if now < self._due:
            return
        if self._process:
            _LOG.error("the process beside the workers has died and is started again")
        lived_well = now > self._due + self.longest
        self._pause = self.shortest if lived_well else min(self._pause * 2, self.longest)
        self._due = now + self._pause
        try:
            self._process = subprocess.Popen(self._command, env=self._environment)  # noqa: S603 -- ours
        except OSError:
            _LOG.exception("the process beside the workers cannot be started")

    def stop(self) -> None:
        """Ask the process to end, and end it if it does not; nothing in a forked worker."""
        if self._process is None or self._owner != os.getpid():
            return
        self._process.terminate()
        try:
            _ = self._process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
            _ = self._process.wait()
