"""Filling a service in, through its own import, as a newsroom that moves in would."""

import time
from collections.abc import Callable, Iterator
from itertools import islice

import psycopg

from service.storage.embedded import Embedded
from tests.bench.load import Call, Outcome, drive
from tests.bench.records import LONG, Records, is_long
from tests.bench.subjects import Built
from tests.bench.work import PIECE, Asking, request

Say = Callable[[str], None]


class Filling:
    """A service that gets so many claims, with sources, verdicts and histories."""

    def __init__(self, service: Built, records: Records, say: Say) -> None:
        """Begin with none of them."""
        self._service = service
        self._records = records
        self._say = say

    def fill(self, claims: int, deepest: int) -> Asking:
        """Fill them in, one of them with `deepest` revisions; return what can be asked then."""
        begun = time.monotonic()
        for first in range(0, claims, PIECE):
            self._import(self._records.lines(first, min(first + PIECE, claims)))
            self._say(f"{min(first + PIECE, claims):,} claims filled in")
        for revision in range(2, LONG + 1):
            lines = (self._records.revised(n, revision) for n in filter(is_long, range(claims)))
            while piece := list(islice(lines, PIECE)):
                self._import(iter(piece), "?overwrite=true")
        asking = Asking(self._records, claims, self._service.key)
        self._drive(asking.deepening(deepest))
        self._settle()
        self._say(f"filled in within {time.monotonic() - begun:.0f} s")
        return asking

    def _import(self, lines: Iterator[bytes], query: str = "") -> None:
        fields = {"Authorization": f"Bearer {self._service.key}"}
        fields |= {"Content_Type": "application/x-ndjson"}
        data = request("POST", f"/v1/import{query}", b"".join(lines), **fields)
        self._drive(iter([Call(data, 200)]))

    def _drive(self, calls: Iterator[Call]) -> None:
        outcome: Outcome = drive(self._service.subject.address, calls, 1)
        assert not outcome.errors, outcome.wrong

    def _settle(self) -> None:
        """Have PostgreSQL do at once what it would do within minutes of its own accord."""
        url = Embedded(self._service.home).owner_url
        with psycopg.connect(url, autocommit=True) as owner:
            (folds,) = owner.execute("SELECT to_regproc('fold_wording')").fetchall()
            if folds[0]:
                owner.execute("SELECT fold_wording(2147483647)")
            owner.execute("VACUUM ANALYZE")
            owner.execute("CHECKPOINT")
