"""The lines of a history that moves in: each checked by itself, and all against their seal."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import cast

from marshmallow import Schema

from schemas.import_line import HistoryEndSchema, HistoryMetaSchema, HistoryRevisionSchema
from service.bulk.past import Past
from service.documents.instants import read
from service.documents.parsing import parse_lines
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, MalformedJson
from service.kinds import BY_NAME, Kind
from service.kinds.faults import faults
from service.records.members import BESIDE_THE_BODY

LONGEST = 2 * 1024 * 1024
"""Bytes of a line."""

AROUND: Mapping[str, Schema] = {"meta": HistoryMetaSchema(), "end": HistoryEndSchema()}
REVISION = HistoryRevisionSchema()


@dataclass
class History:
    """Read a file of NDJSON; what is wrong with its lines goes to `found`.

    It is `sealed` once its last line, end, was there, as that of an export is.
    """

    found: list[Fault] = field(default_factory=list[Fault])
    records: set[str] = field(default_factory=set[str])
    revisions: int = 0
    sealed: bool = False
    sha256: str = field(default=hashlib.sha256().hexdigest(), init=False)
    _before: str = ""

    def read(self, chunks: Iterable[bytes]) -> Iterator[Past]:
        """Yield the revisions; only of those without a fault is more to be made."""
        begun, last = False, 0
        for number, value in parse_lines(self._hashed(chunks), LONGEST):
            of_line = list(self._faults(value))
            self.found += [replace(fault, line=number) for fault in of_line]
            name = type_of(value)
            if self.sealed:
                detail = "nothing follows the end line; take it out"
                self.found.append(Fault("invalid", detail, "#", line=number))
            begun, last = begun or name == "meta", number
            self.sealed = self.sealed or name == "end"
            if isinstance(value, dict) and name in BY_NAME and not of_line:
                yield self._past(number, value)
        if begun and not self.sealed:
            detail = "the file was cut off: its last line, end, is not there"
            self.found.append(Fault("required", detail, "#", line=last))

    def _past(self, number: int, value: JsonObject) -> Past:
        past = Past(number, BY_NAME[str(value["type"])], value)
        self.records.add(past.target)
        self.revisions += 1
        return past

    def _hashed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield whole lines; know the hash of all that were read, and of all but the last."""
        sha256 = hashlib.sha256()
        for line in lines(chunks):
            sha256.update(line)
            self._before, self.sha256 = self.sha256, sha256.hexdigest()
            yield line

    def _faults(self, value: JsonValue | MalformedJson) -> Iterator[Fault]:
        """Yield what is wrong with one line, as far as the line alone shows it."""
        if isinstance(value, MalformedJson):
            yield from value.errors
            return
        known = type_of(value)
        of_line = faults(AROUND.get(known, REVISION), value)
        yield from of_line
        if known == "end" and not of_line:
            yield from self._broken_seal(cast("JsonObject", value))
        elif known in BY_NAME and not of_line:
            yield from of_revision(BY_NAME[known], cast("JsonObject", value))
        elif known and known not in AROUND and known not in BY_NAME:
            detail = f"expected one of {', '.join([*AROUND, *BY_NAME])}"
            yield Fault("not-a-choice", detail, "#/type")

    def _broken_seal(self, end: JsonObject) -> Iterator[Fault]:
        counted = {"records": len(self.records), "revisions": self.revisions}
        for name, count in counted.items():
            if end[name] != count:
                yield Fault("invalid", f"{count} came before this line", f"#/{name}")
        if end["sha256"] != self._before:
            detail = "the lines before this one have another hash; they were changed on their way"
            yield Fault("hash-mismatch", detail, "#/sha256")


def type_of(value: object) -> str:
    """Return the type that a line says it has, the empty text if it says none."""
    name = cast("JsonObject", value).get("type") if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""


def of_revision(kind: Kind, line: JsonObject) -> Iterator[Fault]:
    """Yield what is wrong with a line that has the shape of a revision."""
    body, status = cast("JsonObject", line["body"]), str(line["status"])
    if status not in {*kind.statuses, "deleted"}:
        detail = f"expected one of {', '.join([*kind.statuses, 'deleted'])}"
        yield Fault("not-a-choice", detail, "#/status")
    if "purged_at" in line:
        yield from _left_of_purged(line)
    elif status == "deleted" and body:
        yield Fault("invalid", "a tombstone holds nothing: give {}", "#/body")
    elif status != "deleted":
        for fault in kind.check(body):
            yield replace(fault, pointer=f"#/body{str(fault.pointer)[1:]}")
    purges = cast("list[float]", line.get("purges", []))
    if any(number >= cast("float", line["revision"]) for number in purges):
        yield Fault("invalid", "a revision takes the content of earlier ones alone", "#/purges")
    for name in sorted(body.keys() & BESIDE_THE_BODY):
        detail = "this is no content; where the line has such a member, it stands beside body"
        yield Fault("unknown-field", detail, f"#/body/{name}")
    try:
        if read(str(line["recorded_at"])) > datetime.now(UTC):
            yield Fault("in-the-future", "this has not come yet", "#/recorded_at")
    except ValueError:
        yield Fault("invalid", "UTC has no such instant", "#/recorded_at")


def _left_of_purged(line: JsonObject) -> Iterator[Fault]:
    """Yield what a purged revision cannot have, or lacks."""
    for name in ("note", "salt", "internal"):
        if name in line:
            yield Fault("invalid", "a purged revision has none; leave it out", f"#/{name}")
    if line["body"]:
        yield Fault("invalid", "a purged revision holds nothing: give {}", "#/body")
    if "sha256" not in line:
        yield Fault("required", "of a purged revision the hash stays; give it", "#/sha256")


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of chunks that are cut anywhere; a line that is too long comes in parts."""
    rest = bytearray()
    for chunk in chunks:
        *whole, last = chunk.split(b"\n")
        for line in whole:
            yield bytes(rest) + line + b"\n"
            rest.clear()
        rest += last
        if len(rest) > LONGEST:
            yield bytes(rest)
            rest.clear()
    if rest:
        yield bytes(rest)
