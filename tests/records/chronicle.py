"""What the table holds of a record, and the laws that its two intervals keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, LiteralString

HISTORY: Final[LiteralString] = """
SELECT revision, status, public, body, created_at, first_public, recorded_at, superseded_at,
    withdrawn_at, opened_by::text::bigint AS opened_by, closed_by::text::bigint AS closed_by,
    withdrawn_by::text::bigint AS withdrawn_by, position::text::bigint AS position
FROM revision WHERE kind = %s AND id = %s ORDER BY revision
"""


@dataclass(frozen=True)
class Row:
    """A row of the table of revisions."""

    revision: int
    status: str
    public: bool
    body: dict[str, Any]
    created_at: datetime
    first_public: int | None
    recorded_at: datetime
    superseded_at: datetime | None
    withdrawn_at: datetime | None
    opened_by: int
    closed_by: int | None
    withdrawn_by: int | None
    position: int


def flaws(rows: list[Row]) -> list[str]:
    """Return what a history breaks of the laws; nothing if it is sound."""
    return [*flaws_of_numbers(rows), *flaws_among_all(rows), *flaws_in_public(rows)]


def flaws_of_numbers(rows: list[Row]) -> Iterator[str]:
    """Yield gaps and repeats, and what each revision should have taken from the first."""
    if [row.revision for row in rows] != list(range(1, len(rows) + 1)):
        yield "numbers have gaps or repeats"
    first_public = next((row.revision for row in rows if row.public), None)
    for row in rows:
        seen = first_public if first_public and row.revision >= first_public else None
        if row.created_at != rows[0].recorded_at or row.first_public != seen:
            yield f"{row.revision} does not know how the record began"


def flaws_among_all(rows: list[Row]) -> Iterator[str]:
    """Yield breaks in the interval of those who see all: each ends as the next begins."""
    for row, following in pairwise(rows):
        if row.recorded_at >= following.recorded_at or row.position > following.position:
            yield f"{following.revision} is not later than {row.revision}"
        if (row.superseded_at, row.closed_by) != (following.recorded_at, following.opened_by):
            yield f"{row.revision} does not end where {following.revision} begins"
    if rows[-1].superseded_at is not None:
        yield "the last revision is closed"


def flaws_in_public(rows: list[Row]) -> Iterator[str]:
    """Yield breaks in the interval of the public: what it never saw is empty."""
    public = [row for row in rows if row.public]
    for row, following in pairwise(public):
        if (row.withdrawn_at, row.withdrawn_by) != (following.recorded_at, following.opened_by):
            yield f"{row.revision} is not withdrawn where {following.revision} is public"
    if public and public[-1].withdrawn_at is not None:
        yield "the public sees nothing"
    for row in rows:
        if not row.public and (row.withdrawn_at, row.withdrawn_by) != (
            row.recorded_at,
            row.opened_by,
        ):
            yield f"{row.revision} is a draft and has an interval"
