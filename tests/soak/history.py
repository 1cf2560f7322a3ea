"""What the service holds at the end: over HTTP as its clients read it, and in the table itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import class_row

from tests.records.chronicle import HISTORY, Row
from tests.soak.client import Client

Record = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Line:
    """A revision as the export with history tells it."""

    record: Record
    revision: int
    status: str
    note: str | None
    body: dict[str, Any]


def lines(client: Client) -> list[Line]:
    """Return every revision but those of the first migration, in the order of writing."""
    answer = client.send("GET", "/v1/export?history=true")
    meta, *rows, end = map(json.loads, answer.body.splitlines())
    assert (meta["type"], end["type"], end["revisions"]) == ("meta", "end", len(rows))
    return [line(row) for row in rows if (row["type"], row["id"]) != ("scale", "truth")]


def line(row: dict[str, Any]) -> Line:
    """Return a line of an export."""
    record = (row["type"], row["id"])
    return Line(record, row["revision"], row["status"], row.get("note"), row["body"])


def revisions(client: Client, record: Record) -> list[dict[str, Any]]:
    """Return all that `/revisions` tells of a record, page after page."""
    found, path = [], f"/v1/{record[0]}s/{record[1]}/revisions?limit=200"
    while path:
        page = client.get(path)
        found += page["items"]
        path = page["next"]
    return found


def rows(owner_url: str) -> Iterator[tuple[Record, list[Row]]]:
    """Yield each record with its rows of the table."""
    with psycopg.connect(owner_url) as connection:
        records = connection.execute("SELECT DISTINCT kind, id FROM revision").fetchall()
        cursor = connection.cursor(row_factory=class_row(Row))
        for kind, identifier in records:
            yield (kind, identifier), cursor.execute(HISTORY, [kind, identifier]).fetchall()
