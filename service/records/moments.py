"""Moments: what a walk through pages looks at, whatever is written meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Self

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
LOW: Final = 0x7F
"""The bits of a byte that hold a number; the highest says that there is more of it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which transactions are done, as PostgreSQL's pg_snapshot says it.

    All below `xmin` are, none from `xmax` on, and of those between all but `running`.
    """

    xmin: int
    xmax: int
    running: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the snapshot that PostgreSQL has written as ``xmin:xmax:running,…``."""
        xmin, xmax, running = text.split(":")
        return cls(int(xmin), int(xmax), tuple(map(int, filter(None, running.split(",")))))

    def __str__(self) -> str:
        """Return the snapshot as PostgreSQL reads it."""
        return f"{self.xmin}:{self.xmax}:{','.join(map(str, self.running))}"

    def durable(self, newest: int) -> Self:
        """Return the snapshot less what is above the newest transaction seen to have written.

        Numbers above it need not have reached the disk, and after a crash they are given
        again to transactions that the snapshot must not take for done.
        """
        xmax = min(self.xmax, newest + 1)
        running = tuple(number for number in self.running if number < xmax)
        return type(self)(min(self.xmin, xmax), xmax, running)

    def settled(self) -> Self:
        """Return the part of the snapshot below which nothing runs.

        A standby's snapshot does not say which transactions run on its primary.
        """
        return type(self)(self.xmin, self.xmin)

    def pack(self) -> bytes:
        """Return the snapshot in few bytes."""
        gaps = [number - self.xmin for number in self.running]
        numbers = [self.xmin, self.xmax - self.xmin, len(gaps), *gaps]
        return b"".join(map(packed, numbers))

    @classmethod
    def unpack(cls, content: bytes) -> tuple[Self, bytes]:
        """Return the snapshot that `pack` wrote, and the bytes behind it."""
        numbers = Numbers(content)
        xmin, width, count = (next(numbers) for _ in range(3))
        running = tuple(xmin + next(numbers) for _ in range(count))
        return cls(xmin, xmin + width, running), numbers.rest


@dataclass(frozen=True, slots=True)
class Moment:
    """A snapshot, and an instant that nothing in it was recorded after.

    The instant decides nothing; it lets the database pass over what is newer.
    """

    snapshot: Snapshot
    horizon: datetime

    def pack(self) -> bytes:
        """Return the moment in few bytes."""
        return self.snapshot.pack() + stamped(self.horizon)

    @classmethod
    def unpack(cls, content: bytes) -> tuple[Self, bytes]:
        """Return the moment that `pack` wrote, and the bytes behind it."""
        snapshot, rest = Snapshot.unpack(content)
        return cls(snapshot, instant(rest)), rest[STAMP:]


STAMP: Final = 8
"""Bytes of an instant."""


def stamped(moment: datetime) -> bytes:
    """Return an instant as microseconds."""
    return ((moment - EPOCH) // MICROSECOND).to_bytes(STAMP, signed=True)


def instant(content: bytes) -> datetime:
    """Return the instant at the beginning of the bytes."""
    return EPOCH + int.from_bytes(content[:STAMP], signed=True) * MICROSECOND


def packed(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first (LEB128)."""
    groups = bytearray()
    while number > LOW:
        groups.append(number & LOW | ~LOW & 0xFF)
        number >>= 7
    return bytes([*groups, number])


class Numbers(Iterator[int]):
    """Read numbers that `packed` wrote; `rest` are the bytes not yet read."""

    def __init__(self, content: bytes) -> None:
        """Take the bytes."""
        self.rest = content

    def __next__(self) -> int:
        """Return the next number."""
        number = 0
        for place, group in enumerate(self.rest):
            number |= (group & LOW) << 7 * place
            if group <= LOW:
                self.rest = self.rest[place + 1 :]
                return number
        raise StopIteration
