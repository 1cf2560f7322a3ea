"""One request to somebody else's server, on a connection to the very address that was checked."""

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from typing import Final

from service.webhooks.targets import Lookup, Refused, parsed, resolved, system_lookup

CONNECTING: Final = 5.0
"""Seconds that one address has to take a connection."""
TOTAL: Final = 15.0
"""Seconds that a delivery may take, from the look-up of the name to the status of the answer."""
MOST: Final = 4_096
"""Bytes that are read of an answer's body, lest its sender be reset; nobody looks at them."""
LAST_BYTES: Final = 1.0
"""Seconds that they have: what became of the event is known already."""

Limit = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a delivery: the status, or a word for why there is none."""

    status: int | None
    error: str | None
    milliseconds: int

    @property
    def taken(self) -> bool:
        """Tell whether the receiver has the event now."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 -- RFC 9110

    @property
    def outcome(self) -> str:
        """Return what became of it in one of a few words."""
        return "taken" if self.taken else self.error or "status"


@dataclass(frozen=True, slots=True)
class Client:
    """Post to addresses that are public, or to any if `private`.

    `limit` is a context that raises `TimeoutError` when a delivery has taken too long in all;
    without one each wait of its own has `TOTAL` seconds.
    """

    private: bool = False
    lookup: Lookup = system_lookup
    limit: Limit = nullcontext

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a body and return what came of it; never raises, never follows a redirect."""
        began, status, error = time.monotonic(), None, None
        try:
            with self.limit():
                status = self._status(url, body, headers, began + TOTAL)
        except Refused as refused:
            error = refused.word
        except TimeoutError:
            error = "timeout"
        except ssl.SSLError:
            error = "tls"
        except ConnectionRefusedError:
            error = "refused"
        except (OSError, HTTPException):
            error = "broken"
        return Answer(status, error, round((time.monotonic() - began) * 1000))

    def _status(self, url: str, body: bytes, headers: Mapping[str, str], until: float) -> int:
        target = parsed(url, private=self.private)
        addresses = resolved(target, self.lookup, private=self.private)
        connection = HTTPConnection(target.host, target.port)
        connection.sock = sock = _connected(addresses, target.port, until)
        try:
            # Head and body go in two pieces: the second must not wait for word of the first.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(TOTAL)
            if target.scheme == "https":
                connection.sock = sock = tls().wrap_socket(sock, server_hostname=target.host)
            fields = {"Host": target.authority, "Connection": "close", **headers}
            connection.request("POST", target.path, body, fields)
            answer = connection.getresponse()
            sock.settimeout(LAST_BYTES)
            with suppress(OSError, HTTPException):
                _ = answer.read(MOST)
            return answer.status
        finally:
            connection.close()


def _connected(addresses: list[str], port: int, until: float) -> socket.socket:
    """Return a connection to the first of the addresses that takes one.

    However many there are, `until` is the end: to pass over one that takes none is to pass over
    a limit that ends in its midst, too.
    """
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), _left(until))
    return socket.create_connection((addresses[-1], port), _left(until))


def _left(until: float) -> float:
    """Return the seconds that an address has to take a connection; raises `TimeoutError`."""
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError
    return min(left, CONNECTING)


@cache
def tls() -> ssl.SSLContext:
    """Return the system's authorities, read once."""
    return ssl.create_default_context()
