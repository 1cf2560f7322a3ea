"""Sheets: records of one kind as CSV (RFC 4180), a row each, in and out."""

import codecs
import csv
import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, zip_longest
from typing import Any

import orjson

from service.bulk.columns import BETWEEN, Column, GivenTwiceError, columns, unfit
from service.bulk.histories import LONGEST, lines
from service.bulk.records import Numbered
from service.documents.cells import row
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, InvalidRecord
from service.kinds import BY_NAME, Kind

TAKEN = tuple(BY_NAME[name] for name in ("claim", "source"))
"""The kinds that can be imported from a sheet."""

GIVEN = (*TAKEN, BY_NAME["verdict"])
"""The kinds that can be exported as a sheet."""

SERVER = ("revision", "created_at", "updated_at", "self")
"""What the service sets: given, and passed over where it is sent back."""

OWN = {
    "op": Column(("op",), "text"),
    "if_revision": Column(("if_revision",), "number"),
    "left_out": Column(("left_out",), "text"),
}
EXTERNAL = "external_ids."
LEFT_OUT = "left_out"
"""The column that names the members of a record which the sheet has no cells for."""

DELIMITERS = ",;\t"
COLUMNS = 500
"""How many a sheet may have."""

NAMED = 20
"""Faults of the first row that are told at the most."""

UNREADABLE = (csv.Error, UnicodeDecodeError)


@dataclass
class Sheet:
    """Read a sheet; once it is read, `sha256` is the hash of all of it."""

    kind: Kind
    _hash: Any = field(default_factory=hashlib.sha256, init=False)
    _columns: list[Column | None] = field(default_factory=list[Column | None], init=False)

    def read(self, chunks: Iterable[bytes]) -> Iterator[Numbered]:
        """Yield the rows by the lines on which they begin; raises `InvalidRecord` for the head.

        What follows a row that has no end, or that is no UTF-8, is hashed and not looked at.
        """
        raw = self._hashed(chunks)
        text = _decoded(raw)
        begin = 1
        try:
            head = next(text, "")
            delimiter = max(DELIMITERS, key=head.count)
            rows = csv.reader(chain([head], text), delimiter=delimiter, strict=True)
            self._columns = self._named(next(rows))
            begin = rows.line_num + 1
            for cells in rows:
                if any(cells):
                    yield begin, self._value(cells)
                begin = rows.line_num + 1
        except UNREADABLE as error:
            problem = _unreadable(error)
            if begin == 1:
                raise _of_head(problem.errors) from error
            yield begin, problem
        for _ in raw:
            pass

    @property
    def sha256(self) -> bytes:
        """Return the hash of what was read."""
        return self._hash.digest()

    def _hashed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines(chunks):
            self._hash.update(line)
            yield line

    @cached_property
    def _known(self) -> dict[str, Column]:
        return columns(self.kind) | OWN

    def _named(self, names: list[str]) -> list[Column | None]:
        if len(names) > COLUMNS:
            detail = f"these are {len(names)} columns; at most {COLUMNS}"
            raise _of_head([Fault("too-long", detail, "#")])
        found: list[Column | None] = []
        faults: list[Fault] = []
        for place, name in enumerate(map(str.strip, names), 1):
            column = self._column(name)
            if isinstance(column, Fault):
                faults.append(column)
            elif column and column in found:
                faults.append(column.fault("given-twice", f"it stands at {place} again; once"))
            else:
                found.append(column)
            if len(faults) == NAMED:
                break
        if faults:
            raise _of_head(faults)
        return found

    def _column(self, name: str) -> Column | Fault | None:
        """Return the column of a name, None for one that is passed over, or what is wrong."""
        if name in self._known:
            return self._known[name]
        if name in {*SERVER, "type"}:
            return None
        if name.startswith(EXTERNAL) and name != EXTERNAL:
            return Column(("external_ids", name.removeprefix(EXTERNAL)), "text")
        if any(f"{name}.".startswith(f"{one}.") for one in unfit(self.kind)):
            detail = f'column "{name}": no cell can hold this; import it as NDJSON'
            return Fault("unknown-field", detail, "#")
        nearest = difflib.get_close_matches(name[:60], [*self._known, *SERVER], n=1)
        known = ", ".join(self._known)
        hint = f'did you mean "{nearest[0]}"?' if nearest else f"known are {known}"
        return Fault("unknown-field", f'there is no column "{name[:60]}"; {hint}', "#")

    def _value(self, cells: list[str]) -> JsonObject | InvalidRecord:
        record: JsonObject = {"type": self.kind.name}
        faults: list[Fault] = []
        for column, cell in zip_longest(self._columns, cells[: len(self._columns)]):
            if column and cell and cell.strip():
                try:
                    _put(record, column, column.value(cell))
                except ValueError as error:
                    code = "given-twice" if isinstance(error, GivenTwiceError) else "invalid"
                    faults.append(column.fault(code, str(error)))
        if record.pop(LEFT_OUT, None) and record.get("op", "put") == "put":
            detail = (
                "the record has members for which the sheet has no cells, and would lose them;"
                ' with "patch" in a column op only what the row has is changed'
            )
            faults.append(OWN[LEFT_OUT].fault("invalid", detail))
        if any(cells[len(self._columns) :]):
            detail = f"{len(cells)} cells, and the first row names {len(self._columns)}"
            faults.append(Fault("invalid", detail, "#"))
        return InvalidRecord("", errors=faults) if faults else record


def sheet(kind: Kind, texts: Iterable[str]) -> Iterator[bytes]:
    """Yield records, given as JSON, as the rows of a sheet, after one with their names."""
    shown = shown_of(kind)
    lost = unfit(kind)
    yield row([*[column.name for column in shown], LEFT_OUT]).encode()
    for text in texts:
        record = orjson.loads(text)
        left_out = [name for name in lost if _has(record, name)]
        cells = [*[column.cell(record) for column in shown], BETWEEN.join(left_out)]
        yield row(cells).encode()


def shown_of(kind: Kind) -> list[Column]:
    """Return the columns of a sheet that is given: what a record is, what it says, and why."""
    own = columns(kind)
    first = [own.pop("id"), own.pop("status"), *(Column((name,), "text") for name in SERVER)]
    last = [own.pop("note"), own.pop("reason")]
    return [*first, *(column for name, column in own.items() if name != "actor"), *last]


def _has(record: JsonObject, name: str) -> bool:
    value: JsonValue = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value is not None


def _decoded(raw: Iterable[bytes]) -> Iterator[str]:
    """Yield lines as text; raises what `UNREADABLE` says."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    for line in raw:
        if len(line) > LONGEST:
            message = f"a line has more than {LONGEST} bytes"
            raise csv.Error(message)
        text = decoder.decode(line, final=not line.endswith(b"\n"))
        if "\0" in text:
            message = "a line holds the character U+0000"
            raise csv.Error(message)
        yield text


def _unreadable(error: Exception) -> InvalidRecord:
    """Return the problem of a row from which on nothing can be read."""
    what = f"this is no CSV: {error}; a quote is never closed, perhaps"
    if isinstance(error, UnicodeDecodeError):
        what = "this is not UTF-8; save the sheet as CSV in UTF-8"
    detail = f"from here on {what}. Nothing that follows was looked at"
    return InvalidRecord("", errors=[Fault("invalid", detail, "#")])


def _of_head(faults: Iterable[Fault]) -> InvalidRecord:
    named = [replace(fault, line=1) for fault in faults]
    return InvalidRecord("Mend the first row, which names the columns.", errors=named)


def _put(record: JsonObject, column: Column, value: JsonValue) -> None:
    *above, last = column.path
    place = record
    for name in above:
        inner = place.setdefault(name, {})
        assert isinstance(inner, dict)  # noqa: S101 -- names of columns lead through objects
        place = inner
    before = place.get(last)
    if isinstance(before, dict) and isinstance(value, dict) and not before.keys() & value.keys():
        value = {**before, **value}
    elif before is not None:
        message = "another column gives it too; once"
        raise GivenTwiceError(message)
    place[last] = value
