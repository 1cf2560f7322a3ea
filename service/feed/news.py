"""News: what the last looks at the feed gave, kept in memory for those who listen."""

from dataclasses import dataclass
from time import monotonic
from typing import Final

from service.errors import Problem
from service.feed.changes import Stretch, newest, read_changes
from service.feed.marks import Mark
from service.records.people import Reader
from service.storage.database import Door

BATCH: Final = 100
KEPT: Final = 2.0
"""Seconds for which news is kept: who comes later reads pages, which know what was withdrawn."""

MOST_KEPT: Final = 8 * 1024 * 1024
"""Characters of news that are kept for one kind of reader."""

TAKEN_BACK: Final = frozenset({"withheld", "deleted", "purged"})


@dataclass(frozen=True, slots=True)
class News:
    """What one look gave, where it began, and when."""

    start: Mark
    stretch: Stretch
    instant: float

    @property
    def size(self) -> int:
        """Return how many characters it holds."""
        return sum(len(change.text) for change in self.stretch.changes)

    @property
    def takes_back(self) -> bool:
        """Tell whether something that readers had is no longer to be read."""
        return any(change.happening in TAKEN_BACK for change in self.stretch.changes)


class Channel:
    """What is new to one kind of reader, as far as it is kept.

    `end` is the place up to which that goes; None when there has been no look as yet.
    """

    def __init__(self, door: Door, reader: Reader) -> None:
        """Begin knowing nothing."""
        self.reader = reader
        self.end: Mark | None = None
        self.listeners = 0
        self._door = door
        # Replaced and never changed: one thread looks, others read.
        self._news: tuple[News, ...] = ()

    def look(self) -> bool:
        """Read what is new; return whether there may be more already.

        A database in trouble is asked again at the next look.
        """
        try:
            if self.end is None:
                self.end = newest(self._door)
                return False
            stretch = read_changes(self._door, self.reader, self.end, BATCH)
        except Problem:
            return False
        found = (News(self.end, stretch, monotonic()),) if stretch.end != self.end else ()
        # Earlier news may tell of the same record what nobody is to read any more.
        before = () if found and found[0].takes_back else self._news
        self._news = _not_too_much((*before, *found))
        self.end = stretch.end
        return bool(found)

    def forget(self) -> None:
        """Know nothing any more."""
        self.end, self._news = None, ()

    def after(self, mark: Mark) -> Stretch | None:
        """Return what is new after a place; None where that has to be read from the database."""
        end, news = self.end, self._news
        if end is not None and mark >= end:
            return Stretch([], mark)
        later = [one for one in news if one.stretch.end > mark]
        if not later or later[0].start > mark:
            return None
        changes = [change for one in later for change in one.stretch.changes if change.mark > mark]
        return Stretch(changes, later[-1].stretch.end)


def _not_too_much(news: tuple[News, ...]) -> tuple[News, ...]:
    """Return the newest of it: none older than `KEPT`, and together within `MOST_KEPT`."""
    oldest, size, kept = monotonic() - KEPT, 0, len(news)
    while kept and news[kept - 1].instant >= oldest and size + news[kept - 1].size <= MOST_KEPT:
        kept -= 1
        size += news[kept].size
    return news[kept:]
