"""The tables in which the lines of an import wait, and what is asked of them there."""

import uuid
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import orjson

from service.bulk.hanging import hanging
from service.bulk.refusals import Faulty
from service.bulk.rows import Count, Dependent, Done, Edge, First, Held, Need, Patch, Result
from service.bulk.turns import turns
from service.bulk.waiting import BATCH, Waiting, batches, counted
from service.errors import Busy, Unavailable
from service.kinds import KINDS
from service.meters import NOBODY, Meters
from service.records.judging import FIRST, MOVES
from service.records.people import Caller
from service.storage.database import Database, Door, Transaction
from service.storage.statements import Statement, statement

Row = TypeVar("Row")

TOLD = 100
"""Lines of which the planner has to know: to compare each of fewer with all is quick enough."""

REMOVED = 10_000
ALIVE = 600.0
"""Seconds after a batch for which an import is taken for alive, whatever its client does."""


@dataclass(slots=True)
class Staging:
    """The lines of one import.

    How many there are, the number of the last in its file, how many of them are about records,
    whether any refer to their own kind and whether any are faulty by themselves is known once
    all of them wait; how many were written, and in part refused, once that is done. `meters` hear
    of the lines as they come.
    """

    database: Database
    meters: Meters = NOBODY
    job: str = field(default_factory=lambda: str(uuid.uuid4()))
    lines: int = 0
    last: int = 0
    written: int = 0
    refused: int = 0
    records: int = 0
    kin: bool = False
    flawed: bool = False

    @property
    def _key(self) -> dict[str, object]:
        return {"import": self.job}

    def live(self, seconds: float = ALIVE) -> None:
        """Let the import be taken for alive for so long."""
        self._run(statement("import_open"), self._key | {"alive": seconds})

    def take(self, waiting: Iterable[Waiting]) -> None:
        """Let lines wait, batch by batch, each in a transaction of its own."""
        for batch in batches(waiting):
            self.live()
            self._send(self._counted(batch))
            self.lines += len(batch)
            self.meters.imported("read", len(batch))
            self.last = batch[-1].place
            self.records += sum(line.kind is not None for line in batch)
            self._tell()

    def patches(self, door: Transaction, after: int = 0) -> list[Patch]:
        """Return some patches that are yet to be applied to what their records are now."""
        return self._some(door, Patch, "import_patches", after)

    def again(self, door: Transaction, waiting: Sequence[Waiting]) -> None:
        """Let what patches make of their records wait."""
        self._note(waiting)
        door.each(statement("import_again"), [line.values | self._key for line in waiting])

    @contextmanager
    def short(self) -> Generator[Transaction]:
        """Begin a transaction of a few steps at these tables."""
        with self.database.transaction() as transaction:
            self.pin(transaction)
            yield transaction

    def take_turns(self) -> None:
        """Let the lines of a kind that refer to each other wait for those that come first."""
        if not self.kin:
            return
        found = list(turns(self._edges()).items())
        for start in range(0, len(found), REMOVED):
            places, waits = zip(*found[start : start + REMOVED], strict=True)
            values = {"places": list(places), "turns": list(waits)}
            self._run(statement("import_turns"), self._key | values)

    def pin(self, door: Transaction) -> None:
        """Let what a transaction asks of these tables go by their indexes."""
        door.run(statement("import_pins"))

    def wait_turn(self, door: Transaction) -> None:
        """Wait until no other import is writing."""
        door.run(statement("import_turn"))

    def hold(self, door: Door) -> Held:
        """Hold the records that would be revised against other writers."""
        return door.all(Held, statement("import_lock"), self._key, prepare=False)[0]

    def faulty(self, door: Door, caller: Caller, *, overwrite: bool) -> Iterator[list[Faulty]]:
        """Yield the lines that cannot be written as they are, some at a time."""
        values = rules(caller) | {"overwrite": overwrite}
        after = 0
        while found := self._some(door, Faulty, "import_faulty", after, values):
            yield found
            after = found[-1].place

    def dependent(self, door: Transaction) -> Iterator[list[Dependent]]:
        """Yield the lines that hang on refused ones, some at a time."""
        found = list(hanging(self._needs(door)).items())
        for start in range(0, len(found), BATCH):
            some = found[start : start + BATCH]
            pairs = [(place, target) for place, targets in some for target in targets]
            places, targets = zip(*pairs, strict=True)
            values = self._key | {"places": list(places), "targets": list(targets)}
            yield door.all(Dependent, statement("import_dependent"), values, prepare=False)

    def refuse(self, door: Transaction, places: Sequence[int], faults: Sequence[str]) -> None:
        """Refuse lines, each with its faults."""
        values = {"places": places, "faults": faults}
        door.run(statement("import_refuse"), self._key | values)

    def foresee(self, door: Transaction) -> None:
        """Note of each line what comes of it."""
        door.run(statement("import_outcomes"), self._key)

    def write(self, door: Door, caller: Caller) -> Done:
        """Write all lines that are not refused, and tell what that came to."""
        values = self._key | {"key_name": caller.key_name}
        done = door.all(Done, statement("import_write"), values, prepare=False)[0]
        self.written = done.opened
        return done

    def settle(self) -> None:
        """Let the planner know if much was written; what fails is left to autovacuum."""
        with suppress(Busy, Unavailable):
            self._run(statement("import_analyze"), {"written": self.written})

    def counts(self, door: Door) -> dict[str, int]:
        """Return how many lines came to what."""
        found = door.all(Count, statement("import_counts"), self._key, prepare=False)
        return {str(one.outcome): one.lines for one in found}

    def results(self, door: Door) -> Generator[Result]:
        """Yield what came of each line."""
        after = 0
        while found := self._some(door, Result, "import_results", after):
            yield from found
            after = found[-1].place

    def remove(self) -> None:
        """Take all out again; what fails is left to the sweeper."""
        with suppress(Busy, Unavailable):
            for after in range(0, self.last, REMOVED):
                values = self._key | {"after": after, "most": REMOVED}
                self._run(statement("import_remove"), values)
            self._run(statement("import_close"), self._key)

    def _run(self, query: Statement, values: Mapping[str, object]) -> None:
        with self.database.transaction() as transaction:
            transaction.run(query, values)

    def _tell(self) -> None:
        """Let the planner know of the lines, where it could take many for few."""
        if self.lines >= TOLD:
            with suppress(Busy, Unavailable):
                self._run(statement("import_tell"), {"lines": self.lines})

    def _note(self, waiting: Sequence[Waiting]) -> None:
        self.kin = self.kin or any(line.kin for line in waiting)
        self.flawed = self.flawed or any(line.flawed for line in waiting)

    def _counted(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Return the lines, those of a record that has one already with its first."""
        named = [line for line in waiting if line.kind and not line.made]
        values = {"kinds": [line.kind for line in named], "ids": [line.id for line in named]}
        with self.short() as transaction:
            query = statement("import_firsts")
            found = transaction.all(First, query, self._key | values, prepare=False)
        return list(counted(waiting, {(one.kind, one.id): one.place for one in found}))

    def _send(self, waiting: Sequence[Waiting]) -> None:
        self._note(waiting)
        self.database.copy(statement("import_stage"), [line.row(self.job) for line in waiting])

    def _edges(self) -> Iterator[tuple[int, int]]:
        after = 0
        while True:
            with self.short() as transaction:
                found = self._some(transaction, Edge, "import_kin", after)
            if not found:
                return
            yield from ((edge.place, edge.target) for edge in found if edge.target)
            after = found[-1].place

    def _needs(self, door: Transaction) -> Iterator[tuple[int, int, bool]]:
        after = 0
        while found := self._some(door, Need, "import_needs", after):
            yield from ((need.place, need.target, need.refused) for need in found if need.target)
            after = found[-1].place

    def _some(
        self,
        door: Door,
        row: type[Row],
        name: str,
        after: int,
        values: dict[str, object] | None = None,
    ) -> list[Row]:
        given = self._key | {"after": after, "most": BATCH} | (values or {})
        return door.all(row, statement(name), given, prepare=False)


def rules(caller: Caller) -> dict[str, object]:
    """Return what the statement has to know of the caller, and of how records may move."""
    return {
        "key_name": caller.key_name,
        "vouches": caller.vouches,
        "four_eyes": caller.four_eyes,
        "may_publish": caller.may("publish"),
        "judged": [kind.name for kind in KINDS if kind.judged],
        "lasting": orjson.dumps({k.name: k.lasting for k in KINDS if k.lasting}).decode(),
        "first_statuses": list(FIRST),
        "moves": [f"{old}>{new}" for new, olds in MOVES.items() for old in olds],
    }
