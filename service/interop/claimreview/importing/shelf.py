"""What an import lays aside until the file is read: values in a file, and where they lie.

However large a file of reviews is, only what finds a value again stays in memory.
"""

import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, cast

import orjson

from service.documents.values import JsonValue

IN_MEMORY = 1024 * 1024
"""Bytes of a shelf that are kept in memory; the rest goes to a file that has no name."""

KEY: Final = 12
"""Bytes of a key in an index: as many as the hash in an id has."""

_SMALLEST = 1024


@dataclass
class Shelf:
    """Values by their numbers, which count from 0; each takes eight bytes of memory."""

    _file: IO[bytes] = field(
        default_factory=lambda: cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    )
    _places: "array[int]" = field(default_factory=lambda: array("Q"))
    _end: int = 0

    def add(self, value: JsonValue) -> int:
        """Lay a value aside; return its number."""
        self._places.append(self._write(value))
        return len(self._places) - 1

    def put(self, number: int, value: JsonValue) -> None:
        """Lay a value aside in the place of another."""
        self._places[number] = self._write(value)

    def get(self, number: int) -> JsonValue:
        """Return the value of a number."""
        _ = self._file.seek(self._places[number])
        return orjson.loads(self._file.readline())

    def lines(self) -> Iterator[bytes]:
        """Yield the values by their numbers, each a line of JSON."""
        for place in self._places:
            _ = self._file.seek(place)
            yield self._file.readline()

    def close(self) -> None:
        """Let go of everything."""
        self._file.close()

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._places)

    def _write(self, value: JsonValue) -> int:
        place = self._file.seek(self._end)
        self._end += self._file.write(orjson.dumps(value) + b"\n")
        return place


class Index:
    """Numbers by keys that are parts of a hash, in some 24 bytes each: a dict takes six times that.

    It is a table in which a key lies at the first free slot from that on which its hash points to.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._used = 0
        self._make(_SMALLEST)

    def setdefault(self, key: bytes, number: int) -> int:
        """Return the number of a key, which is this one if it had none."""
        if 4 * self._used >= 3 * len(self._numbers):
            self._grow()
        place = self._place(key)
        if found := self._numbers[place]:
            return found - 1
        self._put(place, key, number + 1)
        self._used += 1
        return number

    def _place(self, key: bytes) -> int:
        """Return the slot of a key, or the free one where it is to be."""
        last = len(self._numbers) - 1
        place = hash(key) & last
        while self._numbers[place] and self._key(place) != key:
            place = (place + 1) & last
        return place

    def _key(self, place: int) -> bytes:
        return bytes(self._keys[KEY * place : KEY * (place + 1)])

    def _put(self, place: int, key: bytes, number: int) -> None:
        self._keys[KEY * place : KEY * (place + 1)] = key
        self._numbers[place] = number

    def _make(self, slots: int) -> None:
        self._keys = bytearray(KEY * slots)
        self._numbers = array("I", bytes(4 * slots))

    def _grow(self) -> None:
        keys, numbers = self._keys, self._numbers
        self._make(2 * len(numbers))
        for before, number in enumerate(numbers):
            if number:
                key = bytes(keys[KEY * before : KEY * (before + 1)])
                self._put(self._place(key), key, number)
