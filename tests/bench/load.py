"""A load generator of the benchmark's own: connections that are kept, each asking at once again.

wrk and hey are not on every machine. This one is a single process on epoll that spends some 30 µs
on a request; it reads of an answer what HTTP/1.1 needs to find its end, and its status.
"""

import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

PATIENCE: Final = 600.0
"""Seconds without a single answer after which all is given up."""

PIECE: Final = 1 << 18
BODILESS: Final = (204, 304)
LENGTH: Final = b"\r\ncontent-length:"
CHUNKED: Final = b"\r\ntransfer-encoding: chunked"
LOST: Final = 0
"""What stands for the status where the connection ended before the answer."""


class Call(NamedTuple):
    """A request as it goes over the wire, and the status that is right for it."""

    data: bytes
    status: int


@dataclass(slots=True)
class Outcome:
    """What came of a load: seconds in all, those of each answer, and statuses that were wrong."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list[float])
    wrong: Counter[int] = field(default_factory=Counter[int])

    @property
    def errors(self) -> int:
        """Return how many answers were not as they should be."""
        return self.wrong.total()


@dataclass(slots=True)
class Line:
    """A connection, the call that is on it, when that was sent, and what has come."""

    address: tuple[str, int]
    wire: socket.socket = field(init=False)
    call: Call = field(init=False)
    sent_at: float = field(init=False)
    come: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        """Connect."""
        self.wire = socket.create_connection(self.address, timeout=PATIENCE)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, call: Call) -> None:
        """Send a call."""
        self.call, self.come, self.sent_at = call, b"", time.perf_counter()
        self.wire.sendall(call.data)

    def receive(self) -> int | None:
        """Take what has come; return the status once the answer is whole, `LOST` if it ended."""
        try:
            piece = self.wire.recv(PIECE)
        except ConnectionError:
            return LOST
        self.come += piece
        return status(self.come) if piece else LOST


def status(come: bytes) -> int | None:
    """Return the status of an answer, None as long as it is not whole."""
    end = come.find(b"\r\n\r\n")
    if end < 0:
        return None
    number, head = int(come[9:12]), come[: end + 2].lower()
    if number in BODILESS:
        return number
    if CHUNKED in head:
        whole = come.endswith(b"\r\n0\r\n\r\n")
    else:
        _, _, rest = head.partition(LENGTH)
        whole = len(come) >= end + 4 + int(rest.partition(b"\r\n")[0] or 0)
    return number if whole else None


def drive(
    address: tuple[str, int],
    calls: Iterator[Call],
    connections: int,
    seconds: float = float("inf"),
) -> Outcome:
    """Make calls for so long, or until there are none left, and wait for the last answers."""
    poll, outcome, begun = select.epoll(), Outcome(), time.perf_counter()
    lines: dict[int, Line] = {}
    for call in _some(calls, connections):
        _open(poll, lines, address, call)
    while lines:
        events = poll.poll(PATIENCE)
        if not events:
            raise TimeoutError(f"{address} does not answer")
        for number, _ in events:
            line = lines[number]
            if (found := line.receive()) is None:
                continue
            now = time.perf_counter()
            _note(outcome, line, found, now)
            more = next(calls, None) if now < begun + seconds else None
            if more and found != LOST:
                line.send(more)
            else:
                poll.unregister(number)
                lines.pop(number).wire.close()
                if more:
                    _open(poll, lines, address, more)
    poll.close()
    outcome.seconds = time.perf_counter() - begun
    return outcome


def _some(calls: Iterator[Call], count: int) -> Iterator[Call]:
    for _, call in zip(range(count), calls, strict=False):
        yield call


def _open(poll: select.epoll, lines: dict[int, Line], address: tuple[str, int], call: Call) -> None:
    line = Line(address)
    lines[line.wire.fileno()] = line
    poll.register(line.wire, select.EPOLLIN)
    line.send(call)


def _note(outcome: Outcome, line: Line, found: int, now: float) -> None:
    outcome.latencies.append(now - line.sent_at)
    if found != line.call.status:
        outcome.wrong[found] += 1
