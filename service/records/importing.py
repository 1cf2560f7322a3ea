"""Imports: a whole history moves into an empty server, its instants kept, all of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from marshmallow import Schema

from schemas.import_line import HistoryEndSchema, HistoryMetaSchema, HistoryRevisionSchema
from service.documents.parsing import parse_lines
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, MalformedJson, NotEmpty
from service.kinds import BY_NAME, KINDS
from service.kinds.faults import faults
from service.records.judging import invalid
from service.records.replaying import Past, replay
from service.storage.database import Database
from service.storage.statements import statement

SHOWN = 200
"""Faults that an answer lists at the most."""

LONGEST = 2 * 1024 * 1024
"""Bytes of a line."""

LINES: Mapping[str, Schema] = {"meta": HistoryMetaSchema(), "end": HistoryEndSchema()}
REVISION = HistoryRevisionSchema()
ORDER = {kind.name: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Imported:
    """How much was written."""

    records: int
    revisions: int


def import_history(database: Database, chunks: Iterable[bytes]) -> Imported:
    """Write every revision of a history; raises `InvalidRecord` for all its faulty lines.

    Raises `NotEmpty` where there are records beside those a server starts with.
    """
    found: list[Fault] = []
    pasts = list(_read(chunks, found))
    rows = [] if found else replay(pasts, found)
    if found:
        raise invalid(sorted(found, key=lambda fault: fault.line or 0)[:SHOWN])
    rows.sort(key=lambda row: (row["recorded_at"], ORDER[str(row["kind"])], row["revision"]))
    with database.transaction() as connection:
        _ = connection.execute(statement("lock_import"))
        if connection.execute(statement("count_records")).fetchall()[0][0]:
            detail = "Start a server on a new data directory or database and import there."
            raise NotEmpty(detail)
        cursor = connection.cursor()
        cursor.executemany(statement("import_revision"), rows)
        if cursor.rowcount != len(rows):
            detail = "the first revision of a record that every server has is another here"
            raise invalid([Fault("hash-mismatch", detail, "#/sha256")])
    return Imported(len({(row["kind"], row["id"]) for row in rows}), len(rows))


def _read(chunks: Iterable[bytes], found: list[Fault]) -> Iterator[Past]:
    for number, value in parse_lines(chunks, LONGEST):
        if isinstance(value, MalformedJson):
            found += [replace(fault, line=number) for fault in value.errors]
            continue
        of_line = list(_faults(value))
        found += [replace(fault, line=number) for fault in of_line]
        if not of_line and isinstance(value, dict) and value["type"] not in LINES:
            yield Past(number, BY_NAME[str(value["type"])], value)


def _faults(value: JsonValue) -> Iterator[Fault]:
    """Yield what is wrong with one line, as far as the line alone shows it."""
    members: dict[str, Any] = value if isinstance(value, dict) else {}
    kind = members.get("type")
    yield from faults(LINES.get(str(kind), REVISION), value)
    if isinstance(kind, str) and kind not in LINES and kind not in BY_NAME:
        detail = f"expected one of {', '.join([*LINES, *BY_NAME])}"
        yield Fault("not-a-choice", detail, "#/type")
    body = members.get("body")
    if kind in BY_NAME and isinstance(body, dict) and members.get("status") != "deleted":
        for fault in BY_NAME[kind].check(cast("JsonObject", body)):
            yield replace(fault, pointer="#/body" + str(fault.pointer)[1:])
