"""Records as a file of NDJSON has them, with the meta and end lines of an export or without."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from service.bulk.histories import AROUND, LONGEST, lines, type_of
from service.documents.parsing import parse_lines
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, InvalidRecord, Problem
from service.kinds.faults import faults

Numbered = tuple[int, JsonValue | Problem]
"""The number of a line, and its value or what is wrong with it."""


@dataclass
class Records:
    """Read a file of records; once it is read, `sha256` is the hash of all of it."""

    records: int = 0
    sha256: bytes = field(default=hashlib.sha256().digest(), init=False)
    _before: str = ""
    _begun: bool = False
    _ended: bool = False

    def read(self, chunks: Iterable[bytes]) -> Iterator[Numbered]:
        """Yield the records, and lines around them only where they are faulty."""
        last = 0
        for number, value in parse_lines(self._hashed(chunks), LONGEST):
            last = number
            if self._ended:
                yield number, _problem("invalid", "nothing follows the end line; take it out", "#")
            elif type_of(value) not in AROUND:
                self.records += 1
                yield number, value
            elif found := self._around(type_of(value), cast("JsonObject", value)):
                yield number, InvalidRecord("", errors=found)
        if self._begun and not self._ended:
            detail = "the file was cut off: its last line, end, is not there"
            yield last + 1, _problem("required", detail, "#")

    def _hashed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield whole lines; know the hash of all that were read, and of all but the last."""
        sha256 = hashlib.sha256()
        for line in lines(chunks):
            self._before = "" if self._ended else sha256.hexdigest()
            sha256.update(line)
            yield line
        self.sha256 = sha256.digest()

    def _around(self, name: str, value: JsonObject) -> list[Fault]:
        found = faults(AROUND[name], value)
        if name == "meta":
            self._begun = True
            if not found and value["history"]:
                detail = "this file is a history; it moves into an empty server by ?history=true"
                found.append(Fault("invalid", detail, "#/history"))
        else:
            self._ended = True
            found += [] if found else self._broken_seal(value)
        return found

    def _broken_seal(self, end: JsonObject) -> Iterator[Fault]:
        for name in ("records", "revisions"):
            if end[name] != self.records:
                yield Fault("invalid", f"{self.records} came before this line", f"#/{name}")
        if end["sha256"] != self._before:
            these = "this line and the first one" if self._begun else "this line"
            detail = (
                "the lines before this one have another hash: they were changed on their way;"
                f" if you changed them, take {these} out"
            )
            yield Fault("hash-mismatch", detail, "#/sha256")


def _problem(code: str, detail: str, pointer: str) -> Problem:
    return InvalidRecord(detail, errors=[Fault(code, detail, pointer)])
