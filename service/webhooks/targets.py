"""Where a webhook goes: an address as somebody wrote it, and the machines that it stands for.

An address is taken in its plainest spelling alone. Parsers disagree about the others, and what
one of them takes for a public name another connects to as 127.0.0.1.
"""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from service.webhooks.addresses import is_public

VISIBLE: Final = re.compile(r"[!-~]{1,2000}")
LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""What makes of a name's last label, to the parsers of browsers and C, an IPv4 address."""
LOCAL: Final = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain")
LONGEST: Final = 253
PORTS: Final = {"http": 80, "https": 443}
PATIENCE: Final = 5.0
"""Seconds that a name has to be resolved."""

Word = Literal["private", "name"]
Lookup = Callable[[str, int], list[str]]


class Refused(ValueError):  # noqa: N818 -- what became of it, in the past
    """The address may not be sent to; `word` says why in the delivery log, the text to people."""

    def __init__(self, word: Word, text: str) -> None:
        """Keep both."""
        super().__init__(text)
        self.word = word


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; `host` is a name or an address without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return what the header Host says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parsed(url: str, *, private: bool = False) -> Target:
    """Return the target of an address; raises `ValueError` with a sentence, or `Refused`.

    Names and addresses that are private by their spelling are refused unless `private`.
    """
    if not VISIBLE.fullmatch(url) or "\\" in url:
        message = "visible ASCII without a backslash; write other letters as xn-- and %XX"
        raise ValueError(message)
    parts = _split(url)
    if parts.scheme not in PORTS or not url.startswith(f"{parts.scheme}://"):
        message = "an address that begins with https:// or http://"
        raise ValueError(message)
    if "@" in parts.netloc:
        message = "an address without user name and password: the signature says who sends"
        raise ValueError(message)
    if "#" in url:
        message = "an address without a fragment, which is never sent"
        raise ValueError(message)
    host, port = _host_and_port(parts.netloc, PORTS[parts.scheme])
    path = parts.path or "/"
    target = Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)
    if not private:
        _check_spelling(host)
    return target


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        message = "an IPv6 address between two brackets"
        raise ValueError(message) from None


def _host_and_port(netloc: str, usual: int) -> tuple[str, int]:
    match = re.fullmatch(r"(\[[0-9a-fA-F:.]*\]|[^:\[\]]*)(?::([1-9][0-9]{0,4}))?", netloc)
    if not match or int(match[2] or usual) > 65_535:  # noqa: PLR2004 -- the last port there is
        message = "a host and, if need be, a port from 1 to 65535"
        raise ValueError(message)
    return _host(match[1].lower()), int(match[2] or usual)


def _host(text: str) -> str:
    """Return a host in lower case; raises `ValueError` for any but the plainest spelling."""
    labels = text.split(".")
    if text.startswith("[") or NUMBER.fullmatch(labels[-1]):
        return _address(text)
    if len(text) > LONGEST or not all(map(LABEL.fullmatch, labels)):
        message = "a host name of letters, digits, hyphens and dots, and no dot at its end"
        raise ValueError(message)
    return text


def _address(text: str) -> str:
    try:
        return str(IPv6Address(text[1:-1]) if text.startswith("[") else IPv4Address(text))
    except ValueError:
        message = "an IPv4 address as four decimal numbers, or an IPv6 address in brackets"
        raise ValueError(message) from None


def _check_spelling(host: str) -> None:
    if _is_address(host):
        _check(host)
    elif "." not in host or any(f".{host}".endswith(f".{name}") for name in LOCAL):
        raise Refused("private", "a name that the whole internet knows; this one is local")


def _is_address(host: str) -> bool:
    return ":" in host or bool(NUMBER.fullmatch(host.rpartition(".")[2]))


def _check(address: str) -> None:
    if not is_public(address.partition("%")[0]):
        detail = "a public address; private, local and reserved ones are refused here"
        raise Refused("private", detail)


def system_lookup(host: str, port: int) -> list[str]:
    """Return the addresses of a name as the system knows them; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def resolved(target: Target, lookup: Lookup = system_lookup, *, private: bool = False) -> list[str]:
    """Return the addresses behind a target; one that is not public refuses them all.

    Raises `Refused`: a name that nobody knows cannot be connected to either.
    """
    found = [target.host] if _is_address(target.host) else _in_time(lookup, target)
    if not private:
        for address in found:
            _check(address)
    return found


def _in_time(lookup: Lookup, target: Target) -> list[str]:
    """Look a name up in a thread, for the system's resolver may take a minute to give up."""
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(lookup(target.host, target.port))
        except (OSError, UnicodeError):
            answers.put([])

    Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=PATIENCE)
    except Empty:
        found = []
    if not found:
        raise Refused("name", "a name that can be resolved; nobody knows this one")
    return found
