"""Lists of a kind's records: filters and order, and the statements that give them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import orjson

from service.documents.instants import counted
from service.kinds import Kind
from service.records.cursors import Position
from service.records.moments import Moment
from service.records.people import Reader
from service.records.wording import Words
from service.storage.statements import Statement, Value, statement

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
"""Parameters that look for terms of a record; the part of that name has each."""

COLUMN_FILTERS = (
    "actor",
    "created_from",
    "created_to",
    "updated_from",
    "updated_to",
    "review_before",
    "valid_at",
)
"""Parameters that look at a column of their own; the part of that name has each."""

POSTED = frozenset(
    {
        "claimant",
        "rating",
        "scale_id",
        "source_id",
        "stance",
        "topic",
        "language",
        "claim_type",
        "publisher",
    }
)
"""Those of terms by which records are posted in the order of their creation (0013)."""

USUAL = 50
"""Records of a page, unless another number is asked for."""

LISTED = {
    True: ["draft", "in_review", "published", "retracted", "withheld"],
    False: ["published", "retracted"],
}
"""Statuses in lists, by whether the reader has a key that reads drafts."""

LIKENESS = "relevance"
INSTANTS = {"created_at": "created_at", "updated_at": "recorded_at", LIKENESS: "created_at"}
"""Columns that lists are sorted by; of records that are alike in a search the number decides."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What someone wants to see of a kind, as the statements take it.

    `filters` hold terms, columns' values and `status`; what is absent does not filter.
    `as_of` is an instant to see it at, instead of now, `words` what is searched for.
    """

    kind: Kind
    reader: Reader
    filters: Mapping[str, object] = field(default_factory=dict[str, object])
    sort: str = "-created_at"
    limit: int = USUAL
    count: bool = False
    wanted: tuple[str, ...] = ()
    as_of: datetime | None = None
    words: Words | None = None

    @property
    def posted(self) -> str | None:
        """Return the term by whose postings the list goes: the only one that is asked for."""
        asked = [name for name in TERM_FILTERS if name in self.filters]
        if self.words or "created_at" not in self.sort or not POSTED.issuperset(asked):
            return None
        terms = [term for name in asked for term in cast("list[str]", self.filters[name])]
        return terms[0] if len(terms) == 1 else None

    @property
    def steady(self) -> bool:
        """Tell whether PostgreSQL's plan for the present is the best whatever is asked for.

        Then it need not be made anew each time, which takes as long as the page. Of what other
        filters find it has to know how much that is; and other sizes of a page would be ever more
        statements for each connection to keep.
        """
        others = self.filters.keys() - (POSTED if self.posted else ())
        more = self.words or self.count or self.wanted or others
        return self.limit == USUAL and not more

    def statement(self, *, then: bool = False, after: bool = False) -> Statement:
        """Return the statement for the reader and the order, for `then` or now, `after` a page.

        What was is found by its terms, if any are asked for; else, in the order of creation,
        by what has become of it.
        """
        if self.words:
            return self._filled("search_then" if then else "search")
        rare = any(name in self.filters for name in TERM_FILTERS) and not self.posted
        way = "list"
        if then:
            way = "walk" if "created_at" in self.sort and not rare else "stood"
        falls = self.sort.startswith("-")
        return self._filled(f"{way}_descending" if falls else f"{way}_ascending", after=after)

    def _filled(self, name: str, *, after: bool = False) -> Statement:
        row = "last" if name.startswith("walk") else "r"
        given = self.filters.keys() - (POSTED if self.posted else ())
        more = {"posted": self.posted, "count": self.count, "wanted": self.wanted}
        more["after_id"] = after
        return statement(
            name,
            frozenset(given | {one for one, asked in more.items() if asked}),
            until=self.reader.until,
            present=self.reader.present,
            closed_by=self.reader.closed_by,
            instant=INSTANTS[self.sort.removeprefix("-")],
            row=row,
            ordered="p" if self.posted else row,
            kind=Value(self.kind.name),
            listed=Value(tuple(LISTED[self.reader.keyed])),
            most=Value(self.limit + 1),
        )

    def identity(self) -> str:
        """Return what a cursor is bound to: all but the size of a page and what goes with it."""
        filters = sorted(self.filters.items())
        words = [self.words.text, self.words.language] if self.words else []
        key = [self.kind.name, self.reader.keyed, self.sort, filters, self.as_of, *words]
        return orjson.dumps(key, default=str).decode()

    def values(
        self, start: Position | None = None, moment: Moment | None = None
    ) -> dict[str, object]:
        """Return the values of the statement for what follows `start`, at a moment or now."""
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
            "posted": self.posted,
            "as_of": self.as_of,
            "snapshot": moment and str(moment.snapshot),
            "horizon": self.as_of or (moment and moment.horizon),
            **self._searched(start),
        }

    def _searched(self, start: Position | None) -> dict[str, object]:
        """Return the values of a search: its order is by a number that falls."""
        if self.words is None:
            return {}
        return {
            **self.words.values(),
            "by_likeness": self.sort == LIKENESS,
            "direction": 1 if self.sort.startswith("-") else -1,
            "after_key": start and counted(start.instant),
        }
