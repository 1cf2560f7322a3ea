"""What the service tells of its own work, to whoever measures it."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, Literal

Outcome = Literal["read", "written", "refused"]


class Meters:
    """Hear what is done, and pass it over; a subclass measures.

    It is told often and must be quick: a few microseconds at the most, and never raise.
    """

    def ran(self, name: str, seconds: float) -> None:
        """Hear how long a statement took, by the name of its file, or ``commit``."""

    def imported(self, outcome: Outcome, lines: int) -> None:
        """Hear of lines of an import: they were read, written or refused."""

    @contextmanager
    def importing(self) -> Generator[None]:
        """Hear of an import for as long as it reads and writes."""
        yield


NOBODY: Final = Meters()
"""Measures nothing."""
