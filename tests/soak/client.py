"""A client that does not give up: the same bytes under the same key until there is an answer."""

import random
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any

from tests.soak.writes import Answer, Entry, Write

PATIENCE = 60.0
"""Seconds after which a write counts as one that nobody answers."""

BROKEN = (OSError, HTTPException)


class Client:
    """A connection that is opened again when it breaks, for one thread, with a key or none."""

    def __init__(self, url: str, secret: str) -> None:
        """Take where the service is; nothing is opened yet."""
        self._connection = HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE)
        self._secret = secret

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def send(self, method: str, path: str, body: bytes = b"", **fields: str) -> Answer:
        """Send a request once; raises one of `BROKEN` when no whole answer comes."""
        try:
            if self._secret:
                fields["Authorization"] = f"Bearer {self._secret}"
            self._connection.request(method, path, body or None, fields)
            return Answer.read(self._connection.getresponse())
        except BROKEN:
            self._connection.close()
            raise

    def get(self, path: str) -> dict[str, Any]:
        """Return the JSON of something that is there."""
        answer = self.send("GET", path)
        assert answer.status == 200, answer
        return answer.json()

    def offer(self, write: Write) -> Answer:
        """Send a write once; raises as `send` does."""
        return self.send(write.method, write.path, write.body, **write.fields)

    def insist(self, write: Write) -> Entry:
        """Send a write until an answer settles it."""
        began = time.monotonic()
        for tries in count(1):
            answer = None
            with suppress(*BROKEN):
                answer = self.offer(write)
            ended = time.monotonic()
            if answer and not answer.asks_for_another_try:
                return Entry(write, answer, tries, began, ended)
            if ended - began > PATIENCE:
                return Entry(write, None, tries, began, ended)
            # Less patient than Retry-After asks, and never in step with other clients.
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 -- nothing secret
        raise AssertionError
