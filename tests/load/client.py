"""Connections that ask again as soon as they are answered, thousands of them in one process."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

Asked = tuple[str, bytes]
"""What sort of request it is, and its bytes."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: to what sort of request, its status, seconds until its end, and its head."""

    sort: str
    status: int
    seconds: float
    head: bytes

    @property
    def shed(self) -> bool:
        """Say whether it sends the client away for a while, as a problem."""
        fields = self.head.lower()
        return self.status == 503 and b"\r\nretry-after:" in fields and b"problem+json" in fields


@dataclass
class Book:
    """What came of all requests; `broken` counts connections that ended without an answer."""

    told: list[Told] = field(default_factory=list[Told])
    broken: int = 0

    def seconds(self, sort: str = "") -> list[float]:
        """Return how long good answers took, of one sort or of all, the shortest first."""
        good = (told for told in self.told if told.status < 400 and sort in {"", told.sort})
        return sorted(told.seconds for told in good)

    @property
    def shed(self) -> int:
        """Return how many were sent away in order."""
        return sum(told.shed for told in self.told)

    @property
    def errors(self) -> int:
        """Return how many were neither served nor sent away in order."""
        return self.broken + sum(told.status >= 400 and not told.shed for told in self.told)


class Asker(asyncio.Protocol):
    """One connection: a request, its answer, the next request, until it is told to stop."""

    def __init__(self, asks: Iterator[Asked], book: Book) -> None:
        """Take what to ask and where to note what came of it."""
        self._asks, self._book = asks, book
        self._heard = bytearray()
        self._stopping = False
        self._sort = ""
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Note an answer that is complete, and go on."""
        self._heard += data
        if not whole(self._heard):
            return
        head, status = bytes(self._heard.partition(b"\r\n\r\n")[0]), int(self._heard[9:12])
        seconds = time.perf_counter() - self._began
        self._book.told.append(Told(self._sort, status, seconds, head))
        self._heard.clear()
        self._sort = ""
        if self._stopping:
            self._transport.close()
        else:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio gives it
        """Note that an answer will not come."""
        self._book.broken += bool(self._sort)
        if not self.ended.done():
            self.ended.set_result(None)

    def stop(self) -> None:
        """Ask nothing more; the connection closes after the answer that is due."""
        self._stopping = True

    def _ask(self) -> None:
        self._sort, data = next(self._asks)
        self._began = time.perf_counter()
        self._transport.write(data)


def whole(heard: bytearray) -> bool:
    """Say whether an answer is complete; all have a length or are chunked."""
    end = heard.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(heard[:end]).lower()
    _, there, length = head.partition(b"\r\ncontent-length:")
    if there:
        return len(heard) >= end + 4 + int(length.partition(b"\r\n")[0])
    return heard.endswith(b"0\r\n\r\n")


async def load(
    address: tuple[str, int], connections: int, seconds: float, asks: Callable[[], Iterator[Asked]]
) -> Book:
    """Keep connections busy for so long and return what came of it."""
    book, loop = Book(), asyncio.get_running_loop()
    askers = [
        (await loop.create_connection(lambda: Asker(asks(), book), *address))[1]
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds)
    for asker in askers:
        asker.stop()
    await asyncio.wait([asker.ended for asker in askers], timeout=30)
    return book
