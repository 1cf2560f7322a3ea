"""How far an import or export is, for a person at a terminal."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

WIDTH = 30
EVERY = 0.1
"""Seconds between two looks."""

UNITS = ("B", "kB", "MB", "GB", "TB")
STEP = 1000


class Progress:
    """Draw one line over and over, where the stream is a terminal; elsewhere keep silent.

    The stream is standard error, unless another is given.

    `total` is how many bytes there are in all, where that is known.
    """

    def __init__(
        self,
        total: int | None = None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin at nothing."""
        self._total, self._clock = total, clock
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._due = 0.0
        self._bytes = 0
        self._lines = 0

    def over(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the chunks, and draw how far they are; the line is gone when they are over."""
        for chunk in chunks:
            yield chunk
            self._bytes += len(chunk)
            self._lines += chunk.count(b"\n")
            if self._shown and self._clock() >= self._due:
                self._due = self._clock() + EVERY
                self.say(self.line)
        self.say("")

    @property
    def line(self) -> str:
        """Return what there is to see."""
        told = f"{amount(self._bytes)}  {self._lines:,} lines"
        if not self._total:
            return told
        part = min(1.0, self._bytes / self._total)
        bar = ("#" * int(part * WIDTH)).ljust(WIDTH, ".")
        return f"[{bar}] {part:4.0%}  {told}"

    def say(self, text: str) -> None:
        """Put a text in the place of the line, at a terminal."""
        if self._shown:
            _ = self._stream.write(f"\r\x1b[K{text}")
            self._stream.flush()


def amount(size: int) -> str:
    """Return a number of bytes in the unit that suits it."""
    value, unit = float(size), 0
    while value >= STEP and unit < len(UNITS) - 1:
        value, unit = value / STEP, unit + 1
    return f"{value:.1f} {UNITS[unit]}" if unit else f"{size} B"
