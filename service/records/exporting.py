"""Exports: everything a reader may see, one snapshot, one line a record or a revision."""

import hashlib
from collections.abc import Generator, Mapping
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
    """One line of an export, without its end."""

    text: str


def export(database: Database, reader: Reader, *, history: bool) -> Generator[bytes]:
    """Yield the lines: `meta`, the records or their revisions, and `end`.

    `end` counts the lines between and has the SHA-256 of all bytes before it, so that
    a file that was cut off is known for one.
    """
    sha256, lines, first_revisions = hashlib.sha256(), 0, 0
    meta = {
        "type": "meta",
        "format": FORMAT,
        "history": history,
        "exported_at": written(datetime.now(UTC)),
    }
    for line in _lines(database, reader, meta, history=history):
        sha256.update(line)
        lines += 1
        first_revisions += b'","revision":1,' in line
        yield line
    records = first_revisions if history else lines - 1
    end = {"type": "end", "records": records, "revisions": lines - 1, "sha256": sha256.hexdigest()}
    yield orjson.dumps(end) + b"\n"


def _lines(
    database: Database, reader: Reader, meta: Mapping[str, object], *, history: bool
) -> Generator[bytes]:
    values = {
        "keyed": reader.keyed,
        "status": LISTED[reader.keyed],
        "kinds": [kind.name for kind in KINDS],
    }
    query = statement("export_history") if history else statement("export", until=reader.until)
    rows = database.stream(Line, query, values)
    first = list(islice(rows, 1))
    yield orjson.dumps(meta) + b"\n"
    for line in chain(first, rows):
        yield line.text.encode() + b"\n"
