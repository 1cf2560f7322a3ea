"""Secrets to plant, and the means to find them in whatever form they come out."""

import base64
import binascii
import re
import secrets
from collections.abc import Iterator
from typing import Final

MARK: Final = "sesame"
"""How every secret begins: by this one word all of them are looked for at once."""

PLAIN: Final = re.compile(rb"sesame[0-9a-f]{0,16}")
IN_HEX: Final = re.compile(rb"(?i:736573616d65)[0-9A-Fa-f]*")
IN_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{12,}")


def secret() -> str:
    """Return a new secret: letters and digits, which JSON and addresses leave as they are."""
    return MARK + secrets.token_hex(8)


def found(data: bytes) -> set[str]:
    """Return the secrets in bytes: as they are, in hex, and in base64 from any place on."""
    return {match.decode() for text in readings(data) for match in PLAIN.findall(text)}


def readings(data: bytes) -> Iterator[bytes]:
    """Yield the bytes, and what their parts in hex and base64 stand for if it may be a secret."""
    yield data
    for run in IN_HEX.findall(data):
        yield binascii.unhexlify(run[: len(run) // 2 * 2])
    if any(core in data for core in CORES):
        for run in IN_BASE64.findall(data):
            yield from unwrapped(run)


def unwrapped(run: bytes) -> Iterator[bytes]:
    """Yield what base64 stands for that begins at any of its first four characters."""
    text = run.translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        part = text[start:]
        part = part[:-1] if len(part) % 4 == 1 else part  # one character alone is no byte
        yield base64.b64decode(part + b"=" * (-len(part) % 4))


def core(before: int) -> bytes:
    """Return the characters that `MARK` gives in base64 behind so many other bytes."""
    whole = base64.b64encode(b"\0" * before + MARK.encode())
    return whole[-(-before * 8 // 6) : (before + len(MARK)) * 8 // 6]


CORES: Final = tuple(map(core, range(3)))
