"""Lists of a kind's records: filters, order, one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from service.kinds import Kind
from service.records.cursors import Cursors, Position
from service.records.people import Reader
from service.records.rows import Page
from service.storage.database import Database
from service.storage.statements import statement

TERM_FILTERS = (
    "claim_id",
    "source_id",
    "claimant",
    "rating",
    "scale_id",
    "stance",
    "topic",
    "language",
    "claim_type",
    "url",
    "publisher",
    "external_id",
)
"""Parameters that look for terms of a record; the statements name each."""

COLUMN_FILTERS = (
    "actor",
    "created_from",
    "created_to",
    "updated_from",
    "updated_to",
    "review_before",
    "valid_at",
)
"""Parameters that look at a column of their own."""

LISTED = {
    True: ["draft", "in_review", "published", "retracted", "withheld"],
    False: ["published", "retracted"],
}
"""Statuses in lists, by whether the reader has a key that reads drafts."""

INSTANTS = {"created_at": "created_at", "updated_at": "recorded_at"}


@dataclass(frozen=True, slots=True)
class Listing:
    """What someone wants to see of a kind, as the statements take it.

    `filters` hold terms, columns' values and `status`; what is absent does not filter.
    """

    kind: Kind
    reader: Reader
    filters: Mapping[str, object] = field(default_factory=dict[str, object])
    sort: str = "-created_at"
    limit: int = 50
    count: bool = False
    wanted: tuple[str, ...] = ()

    def identity(self) -> str:
        """Return what a cursor is bound to: all but the size of a page and what goes with it."""
        key = [self.kind.name, self.reader.keyed, self.sort, sorted(self.filters.items())]
        return orjson.dumps(key, default=str).decode()

    def values(self, start: Position | None) -> dict[str, object]:
        """Return the values of the statement."""
        absent = dict.fromkeys((*TERM_FILTERS, *COLUMN_FILTERS))
        return {
            **absent,
            "status": LISTED[self.reader.keyed],
            **self.filters,
            "kind": self.kind.name,
            "keyed": self.reader.keyed,
            "after_instant": start and start.instant,
            "after_id": start and start.id,
            "limit": self.limit,
            "count": self.count,
            "wanted": list(self.wanted),
        }


def page(
    database: Database, cursors: Cursors, listing: Listing, cursor: str | None
) -> tuple[Page, str | None]:
    """Return a page and the cursor of the next one, None at the end.

    Raises `InvalidCursor`, `ForeignCursor`, `CursorExpired`.
    """
    start = cursors.read(cursor, listing.identity()) if cursor else None
    query = statement(
        "list_descending" if listing.sort.startswith("-") else "list_ascending",
        until=listing.reader.until,
        instant=INSTANTS[listing.sort.removeprefix("-")],
    )
    found = database.all(Page, query, listing.values(start), prepare=False)[0]
    if found.last_instant is None or found.last_id is None:
        return found, None
    last = Position(found.last_instant, found.last_id)
    return found, cursors.make(last, listing.identity())
