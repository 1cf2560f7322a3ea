"""Exports: everything a reader may see, one snapshot, one line a record or a revision."""

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice

import orjson

from schemas.import_line import FORMAT
from service.documents.instants import written
from service.kinds import KINDS
from service.records.listing import LISTED
from service.records.people import Reader
from service.storage.database import Database
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an export, without its end, and whether it begins a record."""

    text: str
    first: bool


def export(database: Database, reader: Reader, *, history: bool) -> Generator[bytes]:
    """Yield the lines: `meta`, the records or their revisions, and `end`.

    `end` counts the lines between and has the SHA-256 of all bytes before it, so that
    a file that was cut off is known for one.
    """
    rows = _rows(database, reader, history=history)
    first = list(islice(rows, 1))  # asked before anything is said, so that a refusal is heard
    meta = {
        "type": "meta",
        "format": FORMAT,
        "history": history,
        "exported_at": written(datetime.now(UTC)),
    }
    line, records, revisions = orjson.dumps(meta) + b"\n", 0, 0
    sha256 = hashlib.sha256(line)
    yield line
    for row in chain(first, rows):
        line = row.text.encode() + b"\n"
        sha256.update(line)
        records, revisions = records + row.first, revisions + 1
        yield line
    end = {"type": "end", "records": records, "revisions": revisions, "sha256": sha256.hexdigest()}
    yield orjson.dumps(end) + b"\n"


def _rows(database: Database, reader: Reader, *, history: bool) -> Generator[Line]:
    values = {
        "keyed": reader.keyed,
        "status": LISTED[reader.keyed],
        "kinds": [kind.name for kind in KINDS],
    }
    query = statement("export_history") if history else statement("export", until=reader.until)
    return database.stream(Line, query, values)
