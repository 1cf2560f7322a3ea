"""The walk: every reader asks everything of the record at every step of its life."""

import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from service.running.logs import JsonLines
from tests.newsroom import Newsroom
from tests.visibility.hearing import Heard, Hearing, Reader
from tests.visibility.life import LIFE, Life
from tests.visibility.planting import found
from tests.visibility.rules import visible

NAMED: Final = re.compile(rb'rating=[^&"]*|"key":"[^"]*"')
"""What a log names: the key of a rating that someone asked for, and whose key was used."""


@dataclass
class Walk:
    """Take the record through its life; whatever is not as it must be comes to be a fault.

    `checked` holds answers against the contract too: those that nobody in particular gets.
    """

    life: Life
    checked: Newsroom
    readers: list[Reader]
    faults: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)

    def go(self) -> list[str]:
        """Take every step, let everyone ask after each; return the faults."""
        self.life.begin()
        for _ in LIFE:
            self.life.step()
            self.everyone()
        return self.faults

    def everyone(self) -> None:
        """Let every reader ask; all that a class may see one of it must have seen."""
        heard: dict[str, Heard] = {reader.sees: {} for reader in self.readers}
        seen = {reader.sees: set[str]() for reader in self.readers}
        for reader in self.readers:
            http = self.checked if reader.scopes is None else self.life.http
            hearing = Hearing(self.life, http, reader, self.faults, self.tally)
            hearing.read(heard[reader.sees])
            hearing.write()
            seen[reader.sees] |= hearing.seen
            self.asked |= hearing.asked
        for sees, names in seen.items():
            missed = visible(sees, self.life) - names
            places = [one for one in self.life.planted if one.secret in missed]
            self.faults += [
                f"at {self.life.now} to {sees} readers: nobody saw {one}" for one in places
            ]

    def search(self, log: bytes) -> None:
        """Search a log, in which no secret belongs."""
        log = NAMED.sub(b"", log)
        names = found(log) | {s.secret for s in self.life.planted if s.secret.encode() in log}
        self.faults += [f"the log has {one}" for one in self.life.planted if one.secret in names]


class Kept(logging.Handler):
    """Keep what the service logs, as the lines that it would write."""

    def __init__(self) -> None:
        """Take everything."""
        super().__init__(logging.INFO)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))
