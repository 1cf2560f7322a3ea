"""Clients that do nothing, and clients that never get their request finished, beside the rest."""

import asyncio
from functools import partial
from typing import cast

from tests.docs.service import Service
from tests.load.asking import getting
from tests.load.client import Book, load
from tests.load.overload import address, line

IDLE = 10_000
SLOW = 3_000
PAUSE = 5.0
"""Seconds between two bytes of a slow client."""

BATCH = 500
"""Clients that connect at once."""

QUICK = 4
"""Connections that ask for records beside the crowd."""


class Slow(asyncio.Protocol):
    """Send a byte of a header in a while, for ever."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin a request."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(b"GET /v1/claims HTTP/1.1\r\nX-Slow: ")
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio gives it
        """Send no more."""
        self._due.cancel()

    def _go_on(self) -> None:
        self._transport.write(b"x")
        self._due = asyncio.get_running_loop().call_later(PAUSE, self._go_on)


async def crowd(service: Service, seconds: float, idle: int = IDLE, slow: int = SLOW) -> str:
    """Ask for records alone, then beside the crowd; return the figures in lines."""
    alone = await asked(service, seconds)
    clients = await gathered(service, asyncio.Protocol, idle) + await gathered(service, Slow, slow)
    beside = await asked(service, seconds)
    left = sum(not client.is_closing() for client in clients)
    for client in clients:
        client.abort()
    return "\n".join(
        [
            line("get alone", alone.seconds()),
            line(f"get beside {idle:,} idle and {slow:,} slow", beside.seconds()),
            f"{left:,} of them are connected in the end, {beside.errors} errors",
        ]
    )


async def asked(service: Service, seconds: float) -> Book:
    """Ask for records."""
    return await load(address(service), QUICK, seconds, partial(getting, ""))


async def gathered(
    service: Service, sort: type[asyncio.Protocol], many: int
) -> list[asyncio.Transport]:
    """Return so many connections of a sort."""
    loop, found = asyncio.get_running_loop(), list[asyncio.Transport]()
    for number in range(0, many, BATCH):
        batch = range(number, min(many, number + BATCH))
        made = await asyncio.gather(
            *(loop.create_connection(sort, *address(service)) for _ in batch)
        )
        found += [cast("asyncio.Transport", transport) for transport, _ in made]
    return found
