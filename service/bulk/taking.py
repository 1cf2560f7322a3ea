"""Imports of records: each line waits in a table, all are checked there, and written at once."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

import orjson

from service.bulk.checking import Checking
from service.bulk.lines import Order, Reading
from service.bulk.records import Numbered
from service.bulk.rows import Result
from service.bulk.staging import Staging
from service.documents.values import JsonObject
from service.errors import BodyTooLarge, Busy, Unavailable
from service.records.writing import busy
from service.storage.database import Door, Transaction
from service.storage.troubles import RETRY_AFTER

T = TypeVar("T")

MOST = 1_000_000
"""Lines of one import."""

LARGE = 1_000
"""Records written, from which on the planner is told at once, if they are a tenth of all."""

MOST_KEPT = 128 * 1024 * 1024
"""Bytes of an answer that is kept for who sends the import again."""

TRIES = 5
"""How often an import is begun anew, because others were at its records."""

USUAL, EACH = 60.0, 0.005
"""Seconds that the statements of an import have in all, and for each of its lines: some ten times
what they take."""

RETRY_LATER = {"Retry-After": "60"}


Turn = Callable[[float], AbstractContextManager[object]]
"""How an import is let in, within so many seconds."""


def at_once(_seconds: float) -> AbstractContextManager[object]:
    """Let it in without a wait."""
    return nullcontext()


class Moved(Exception):  # noqa: N818 -- it is no error, but the word to begin anew
    """Another writer was at a record of this import since it was looked at."""


@dataclass(frozen=True, slots=True)
class Taking:
    """An import of records under way."""

    staging: Staging
    order: Order
    keeps: bool = False
    """Whether the whole answer is kept, for who sends the import again."""
    turn: Turn = at_once
    """What has to be let in before the database is asked to write."""

    def stage(self, values: Iterable[Numbered]) -> None:
        """Let every line wait, in short transactions, as it comes from the client."""
        reading = Reading(self.order)
        self.staging.take(reading.read(*one) for one in bounded(values))

    def finish(self, once: Callable[[Callable[[Door], str]], T]) -> T:
        """Write what waits, all of it or nothing, by `once`, which is given the act to do.

        Begins anew where other writers come between; raises `InvalidRecord` for what cannot be
        written, `Busy` where the others do not leave off.
        """
        self.staging.live(3 * TRIES * self._patience)
        turn = self.turn if self._may_write else at_once
        with turn(self._patience):
            for _ in range(TRIES):
                self._checking.apply_patches()
                self.staging.take_turns()
                try:
                    done = once(self._act)
                except (Moved, Busy):
                    continue
                if self.staging.written >= LARGE:
                    self.staging.settle()
                return done
        raise busy()

    def answer(self, door: Door) -> Iterator[bytes]:
        """Yield a line for each line of the file, and one for all of them."""
        for result in self.staging.results(door):
            yield orjson.dumps(told(result, dry_run=self.order.dry_run)) + b"\n"
        counts = self.staging.counts(door)
        yield orjson.dumps({"type": "end", **self._summary(counts)}) + b"\n"

    @property
    def _may_write(self) -> bool:
        """Tell whether it could come to that: a trial does not, nor what is refused whole."""
        return not self.order.dry_run and (self.order.partial or not self.staging.flawed)

    @property
    def _checking(self) -> Checking:
        return Checking(self.staging, self.order)

    @property
    def _patience(self) -> float:
        return USUAL + EACH * self.staging.lines

    def _act(self, door: Door) -> str:
        if self.staging.flawed and not self.order.dry_run:
            # Before its turn: for what is to be refused nobody has to wait.
            with self._begun(door) as transaction:
                self._checking.settle(transaction)
        with self._begun(door) as transaction:
            counts = self._foreseen(transaction) if self.order.dry_run else self._done(transaction)
            if self.order.partial and not self.keeps:
                return ""
            if self.order.partial:
                return self._kept(transaction)
            return orjson.dumps(self._summary(counts)).decode()

    def _kept(self, door: Door) -> str:
        """Return the whole answer; raises `BodyTooLarge` where it is too long to be kept."""
        pieces, size = list[bytes](), 0
        for piece in self.answer(door):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_KEPT:
                detail = (
                    "The answer to this import is too long to be kept for its Idempotency-Key."
                    " Nothing was written; send it in smaller files, or without the key."
                )
                raise BodyTooLarge(detail)
        return b"".join(pieces).decode()

    @contextmanager
    def _begun(self, door: Door) -> Generator[Transaction]:
        """Begin a transaction with time for all lines, or go on with the one that is under way."""
        with door.transaction() as transaction, bounded_by(self._patience):
            transaction.extend(self._patience)
            self.staging.pin(transaction)
            yield transaction

    def _foreseen(self, door: Transaction) -> dict[str, int]:
        self._checking.settle(door)
        self.staging.foresee(door)
        counts = self.staging.counts(door)
        self._check_whole(sum(counts.values()))
        return counts

    def _done(self, door: Transaction) -> dict[str, int]:
        self.staging.wait_turn(door)
        held = self._hold(door)
        # What others wrote before these were held is looked at; then there may be more to hold.
        while self._checking.goes_on(door):
            held = self._hold(door)
        if self.order.partial:
            self.staging.foresee(door)
            self.staging.refused = self.staging.counts(door).get("refused", 0)
        return self._write(door, held)

    def _hold(self, door: Door) -> int:
        found = self.staging.hold(door)
        while found.held < found.wanted:  # others were faster with some: those they wrote are next
            found = self.staging.hold(door)
        self._check_whole(found.lines)
        return found.held

    def _check_whole(self, lines: int) -> None:
        """Raise `Unavailable` where the server has lost what was not yet written."""
        if lines != self.staging.lines:
            detail = (
                "Lines of this import are gone: the database began anew in between, or a record in"
                " it was purged. Nothing was written; send it again."
            )
            raise Unavailable(detail, headers=RETRY_AFTER, trouble="failing")

    def _write(self, door: Door, held: int) -> dict[str, int]:
        done = self.staging.write(door, self.order.caller)
        if done.opened != done.planned or not done.heads == done.closed == held:
            raise Moved
        return {
            "created": done.created,
            "revised": done.opened - done.created - done.deleted,
            "deleted": done.deleted,
            "unchanged": self.staging.records - done.opened,
        }

    def _summary(self, counts: dict[str, int]) -> JsonObject:
        outcomes = ("created", "revised", "deleted", "unchanged")
        found: JsonObject = {name: counts.get(name, 0) for name in outcomes}
        if self.order.partial:
            found["refused"] = counts.get("refused", 0)
        return found | ({"dry_run": True} if self.order.dry_run else {})


@contextmanager
def bounded_by(seconds: float) -> Generator[None]:
    """Say of what takes longer than it may that there is too much of it; raises `Unavailable`."""
    try:
        yield
    except Unavailable as problem:
        if problem.trouble != "slow":
            raise
        detail = (
            f"This import could not be checked and written within {seconds:,.0f} seconds, so"
            " nothing was. Send it in smaller files, or when less is going on."
        )
        raise Unavailable(detail, headers=RETRY_LATER, trouble="slow") from problem


def bounded(values: Iterable[Numbered]) -> Iterator[Numbered]:
    """Yield lines up to the most there may be; raises `BodyTooLarge` for one more."""
    for count, one in enumerate(values, start=1):
        if count > MOST:
            raise BodyTooLarge(f"Send at most {MOST:,} lines at once.")
        yield one


def told(result: Result, *, dry_run: bool) -> JsonObject:
    """Return what came of a line, as an answer says it; a dry run makes no ids."""
    found: JsonObject = {"line": result.place}
    if result.kind is not None:
        found["type"] = result.kind
        if not (result.made and (dry_run or result.outcome == "refused")):
            found["id"] = result.id
    found["outcome"] = result.outcome
    if result.faults is not None:
        return found | {"errors": orjson.loads(result.faults)}
    return found | {"revision": result.revision}
