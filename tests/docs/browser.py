"""Chromium without a window, spoken to in its DevTools protocol over a pair of pipes."""

import json
import os
import select
import shutil
import subprocess
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any, Self

import pytest

from tests.docs.service import SLOW

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--disable-extensions", "--remote-debugging-pipe"),
    # Whatever is not on this host has no address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find() -> str:
    """Return where the browser is; a test that has none is skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    return found


class Browser:
    """One page; `events` collects what it tells of itself. A context manager."""

    def __init__(self, program: str) -> None:
        """Take the program; the ``with`` block starts it with a new profile."""
        self.events: list[dict[str, Any]] = []
        self._program = program
        self._session: dict[str, str] = {}
        self._stack = ExitStack()
        self._number = 0
        self._unread = b""

    def __enter__(self) -> Self:
        """Start the browser and open an empty page."""
        profile = self._stack.enter_context(
            TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        )
        (theirs, self._to), (self._from, ours) = os.pipe(), os.pipe()
        # It reads from descriptor 3 and writes to 4.
        script = f'exec "$@" 3<&{theirs} 4>&{ours}'
        process = subprocess.Popen(
            ["bash", "-c", script, "bash", self._program, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(theirs, ours),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for descriptor in (theirs, ours):
            os.close(descriptor)
        for descriptor in (self._to, self._from):
            self._stack.callback(os.close, descriptor)
        self._stack.callback(process.wait, SLOW)
        self._stack.callback(process.kill)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        """End the browser and remove its profile."""
        self._stack.close()

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **self._session}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 -- whatever the page has
        """Return the value of an expression in the page."""
        return self.call("Runtime.evaluate", expression=expression)["result"].get("value")

    def told(self, *methods: str) -> list[dict[str, Any]]:
        """Return the parameters of the events of these names."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            assert select.select([self._from], [], [], SLOW)[0], "the browser does not answer"
            piece = os.read(self._from, 65536)
            assert piece, "the browser has gone"
            self._unread += piece
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)
