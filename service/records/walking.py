"""Walks through lists, page by page: all of them show one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.errors import CursorExpired
from service.records.cursors import Cursor, Cursors, Position
from service.records.listing import LIKENESS, Listing
from service.records.moments import Moment, Snapshot
from service.records.reading import wait_until_settled
from service.records.rows import Cut, Page
from service.records.wording import Words
from service.storage.database import Database, Door
from service.storage.statements import statement
from service.storage.troubles import unavailable


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, the cursor of the next one if there is one, and whether it stays as it is.

    `asked` are the words that were looked for. `snapshot` is the one that it shows, by which
    what stands around its records can be asked for; None where that is to be asked for as of now.
    """

    page: Page
    following: str | None
    settled: bool
    asked: Sequence[str] = ()
    snapshot: str | None = None


def page(database: Database, cursors: Cursors, listing: Listing, text: str | None) -> Listed:
    """Return a page: the first, or the one that a cursor's text stands for.

    All pages of a walk show the moment of the first. Raises `InvalidCursor`,
    `ForeignCursor`, `CursorExpired`, and `Unavailable` on a replica that has not got to
    that moment yet.
    """
    bound, words = listing.identity(), listing.words
    if text:
        start = cursors.read(text, bound)
        words = words and words.known(
            database, listing.kind, listing.reader, start.rules, start.worth
        )
        listing = replace(listing, words=words)
        settled, moment = start.moment is None, start.moment
        found = later(database, listing, start)
    else:
        words = words and words.weighed(database, listing.kind, listing.reader)
        listing = replace(listing, words=words)
        settled = listing.as_of is not None and wait_until_settled(database, listing.as_of)
        found, moment = first(database, listing, settled=settled)
    settled = settled and listing.sort != LIKENESS  # what words are worth goes on changing
    asked = words.asked if words else ()
    snapshot = str(moment.snapshot) if moment else found.own_snapshot
    last = _last(found, moment, words)
    return Listed(found, last and cursors.make(last, bound), settled, asked, snapshot)


def _last(found: Page, moment: Moment | None, words: Words | None) -> Cursor | None:
    """Return where a walk goes on after a page, None where that is the last."""
    if found.last_instant is None or found.last_id is None:
        return None
    last = Cursor(Position(found.last_instant, found.last_id), moment, found.total)
    return replace(last, rules=words.rules, worth=words.worth) if words else last


def first(database: Database, listing: Listing, *, settled: bool) -> tuple[Page, Moment | None]:
    """Return the first page, and the moment of all that follow; None for a settled instant."""
    found = ask(database, listing)
    if settled or found.last_id is None or found.horizon is None:
        return found, None
    moment = Moment(Snapshot.of(found.snapshot).durable(found.newest), found.horizon)
    if not found.replica:
        return found, moment
    # What else the replica showed may come from transactions beside which others still run.
    moment = replace(moment, snapshot=whole(database, moment.snapshot.settled()))
    return ask(database, listing, moment=moment), moment


def whole(database: Database, settled: Snapshot) -> Snapshot:
    """Return as much of a settled snapshot as builds on nothing that is not in it."""
    cut = database.all(Cut, statement("cut"), {"below": str(settled.xmin)})[0]
    return Snapshot(cut.below, cut.below)


def later(database: Database, listing: Listing, start: Cursor) -> Page:
    """Return the page at which a walk goes on."""
    counted = listing.count and start.total is not None
    asked = replace(listing, count=False) if counted else listing
    found = ask(database, asked, start.position, start.moment)
    if start.moment:
        check_reached(found, start.moment.snapshot)
    elif found.replica and listing.as_of:
        check_settled(database, listing.as_of)
        found = ask(database, asked, start.position)
    return replace(found, total=start.total) if counted else found


def ask(
    door: Door,
    listing: Listing,
    start: Position | None = None,
    moment: Moment | None = None,
) -> Page:
    """Return a page in one statement, planned for these very values where that matters."""
    then, after = bool(moment or listing.as_of), start is not None
    query = listing.statement(then=then, after=after)
    prepare = None if listing.steady and not then and not after else False
    return door.all(Page, query, listing.values(start, moment), prepare=prepare)[0]


def check_settled(database: Database, as_of: datetime) -> None:
    """Raise where a replica has not come to an instant yet, settled though it was elsewhere."""
    if not wait_until_settled(database, as_of):
        raise unavailable("behind")


def check_reached(found: Page, snapshot: Snapshot) -> None:
    """Raise where the server that answered has not come to a snapshot, or no longer."""
    here = Snapshot.of(found.snapshot)
    if found.replica and here.xmin < snapshot.xmax:
        raise unavailable("behind")
    if here.xmax < snapshot.xmax:
        raise CursorExpired("The database has gone back since. Start again without a cursor.")
