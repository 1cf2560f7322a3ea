"""Clients that read and write without a pause, and remember every answer."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from tests.contract import Contract
from tests.docs.service import Service

HANGING = 60.0
"""Seconds after which a client takes the service to hang."""

KNOWN = "/v1/claims/known"
OURS = {"busy", "unavailable"}


@dataclass(frozen=True)
class Answer:
    """What came back, when it was asked for and how long it took."""

    began: float
    seconds: float
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 -- JSON of any shape
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Asked:
    """A request of a kind, `read`, `mine`, `write`, `live` or `ready`, and its answer."""

    kind: str
    path: str
    text: str
    answer: Answer


def ask(
    service: Service, method: str, path: str, body: object = None, key: str = "", **fields: str
) -> Answer:
    """Send one request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(service.url).netloc, timeout=HANGING)
    if key:
        fields["Authorization"] = f"Bearer {key}"
    if body is not None:
        fields["Content-Type"] = "application/json"
    data = None if body is None else json.dumps(body)
    began = time.monotonic()
    try:
        connection.request(method, path, data, fields)
        found = connection.getresponse()
        content = found.read()
    finally:
        connection.close()
    return Answer(began, time.monotonic() - began, found.status, found.getheaders(), content)


def claim(text: str) -> dict[str, object]:
    """Return a claim that takes some room, however well it is compressed."""
    return {"text": text, "internal": {"padding": secrets.token_hex(4000)}}


@dataclass
class Clients:
    """Two that write, one that reads, one with a key, one that asks how the service is."""

    service: Service
    contract: Contract
    asked: list[Asked] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    _done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        """Begin; there is a public claim for the readers."""
        self.key = self.service.key
        body = claim("What everybody reads") | {"status": "published"}
        ask(self.service, "PUT", KNOWN, body, self.key)
        work = [self._write, self._write, self._read, self._read_mine, self._probe]
        self._threads = [threading.Thread(target=self._go_on, args=[each]) for each in work]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End; what broke the contract fails the test."""
        self._done.set()
        for thread in self._threads:
            thread.join()
        assert not self.faults, self.faults

    def of(self, kind: str, since: float = 0) -> list[Answer]:
        """Return the answers to requests of a kind that began after an instant."""
        return [a.answer for a in list(self.asked) if a.kind == kind and a.answer.began >= since]

    def seen(self, since: float, wanted: Mapping[str, int]) -> bool:
        """Tell whether each of the kinds got the status wanted, twice since an instant."""
        return not self.faults and all(
            sum(answer.status == status for answer in self.of(kind, since)) > 1
            for kind, status in wanted.items()
        )

    def refused(self) -> list[Asked]:
        """Return what was answered 503."""
        return [each for each in self.asked if each.answer.status == 503]

    def _go_on(self, work: Callable[[], Iterable[Asked]]) -> None:
        try:
            while not self._done.is_set():
                self.asked.extend(work())
        except Exception as fault:  # noqa: BLE001 -- it is told at the end, in the test's thread
            self.faults.append(fault)

    def _ask(self, kind: str, method: str, path: str, text: str = "", key: str = "") -> Asked:
        answer = ask(self.service, method, path, claim(text) if text else None, key)
        self.contract.check(method, path, answer.status, answer.headers, answer.body)
        if answer.status == 503:
            assert dict(answer.headers)["Retry-After"].isdigit()
            assert answer.json()["code"] in OURS
        return Asked(kind, path, text, answer)

    def _write(self) -> Iterable[Asked]:
        name = f"c{secrets.token_hex(8)}"
        yield self._ask("write", "PUT", f"/v1/claims/{name}", f"The text of {name}", self.key)

    def _read(self) -> Iterable[Asked]:
        yield self._ask("read", "GET", KNOWN)

    def _read_mine(self) -> Iterable[Asked]:
        yield self._ask("mine", "GET", KNOWN, key=self.key)

    def _probe(self) -> Iterable[Asked]:
        yield self._ask("live", "GET", "/livez")
        yield self._ask("ready", "GET", "/readyz")
