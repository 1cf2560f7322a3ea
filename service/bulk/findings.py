"""Findings: what is wrong with the lines of an import, as far as one answer lists it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from service.errors import Fault, InvalidRecord

SHOWN = 200
"""Faults that an answer lists at the most."""


@dataclass(slots=True)
class Found:
    """The faults of an import: how many lines have any, and the first of them."""

    lines: int = 0
    faults: list[Fault] = field(default_factory=list[Fault])
    total: int = 0

    def add(self, told: Iterable[tuple[int, list[Fault]]]) -> None:
        """Note the faults of lines, by their places."""
        for place, faults in told:
            self.lines += 1
            self.total += len(faults)
            room = SHOWN - len(self.faults)
            self.faults += [replace(fault, line=place) for fault in faults[:room]]

    def problem(self) -> InvalidRecord:
        """Return the problem that lists them."""
        lines = "1 line" if self.lines == 1 else f"{self.lines:,} lines"
        faults = "1 fault" if self.total == 1 else f"{self.total:,} faults"
        listed = "" if self.total <= SHOWN else f" The first {SHOWN} are listed."
        detail = f"{faults} in {lines}; nothing was written.{listed} Mend them and send it again."
        return InvalidRecord(detail, errors=self.faults, refused=self.lines)
