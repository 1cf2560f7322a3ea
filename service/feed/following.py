"""Following the feed: one poller a process reads what is new, once for all who listen."""

from dataclasses import dataclass
from threading import Condition, Event, Thread, current_thread
from time import monotonic
from typing import Final

from service.errors import TooManyStreams
from service.feed.changes import ALL, Change, Stretch, Wanted, read_changes
from service.feed.marks import Mark
from service.feed.news import Channel
from service.records.people import Reader
from service.storage.database import Door

INTERVAL: Final = 0.25
"""Seconds between two looks."""

RETRY_AFTER: Final = {"Retry-After": "5"}


class Poller:
    """Look for news every `INTERVAL` while somebody listens; at most `most` do.

    Who waits holds no connection, and what is new is kept once, however many they are.
    """

    def __init__(self, door: Door, most: int) -> None:
        """Look at nothing as yet."""
        self.door = door
        self._most = most
        self._changed = Condition()
        self._channels = [Channel(door, Reader(keyed)) for keyed in (False, True)]
        self._thread: Thread | None = None

    def admit(self, reader: Reader) -> Channel:
        """Let one more listen, until `dismiss`; raises `TooManyStreams`."""
        with self._changed:
            if sum(channel.listeners for channel in self._channels) >= self._most:
                detail = (
                    "This server has as many open streams and waiting requests as it takes. Read"
                    " pages without wait, or try again in some seconds."
                )
                raise TooManyStreams(detail, headers=RETRY_AFTER)
            channel = self._channels[reader.keyed]
            channel.listeners += 1
            return channel

    def dismiss(self, channel: Channel) -> None:
        """Let one listen no more."""
        with self._changed:
            channel.listeners -= 1

    @property
    def idle(self) -> bool:
        """Tell whether nobody looks."""
        return self._thread is None

    def wait(self, channel: Channel, known: Mark | None, patience: float, stopping: Event) -> bool:
        """Wait until a channel ends at another place than the known one; return whether it does.

        The server's stop ends the wait.
        """
        with self._changed:
            if self._thread is None:
                self._thread = Thread(target=self._run, args=(stopping,), daemon=True)
                self._thread.start()
            self._changed.wait_for(
                lambda: channel.end != known or stopping.is_set(), timeout=patience
            )
            return channel.end != known

    def _run(self, stopping: Event) -> None:
        try:
            while self._look() and not stopping.is_set():
                stopping.wait(INTERVAL)
        finally:
            with self._changed:
                if self._thread is current_thread():
                    self._thread = None
                self._changed.notify_all()

    def _look(self) -> bool:
        """Look at every channel that has listeners; return whether there is one."""
        with self._changed:
            for channel in self._channels:
                if not channel.listeners:
                    channel.forget()
            heard = [channel for channel in self._channels if channel.listeners]
            if not heard:
                # Decided here, lest somebody come to listen before the thread has ended.
                self._thread = None
        for channel in heard:
            more = True
            while more:
                more = channel.look()
                with self._changed:
                    self._changed.notify_all()
        return bool(heard)


@dataclass(slots=True)
class Listener:
    """One who follows the feed from a place on; `mark` moves with what was heard or passed over.

    What is there already is read from the database: a look of the poller may be a little old.
    """

    poller: Poller
    channel: Channel
    stopping: Event
    mark: Mark
    wanted: Wanted = ALL
    limit: int = 100
    _level: bool = False

    def hear(self, patience: float) -> list[Change]:
        """Return the next changes; none when there is nothing for so long, or the server stops.

        Raises as the door does where it has to read from the database.
        """
        end = monotonic() + patience
        while not self.stopping.is_set():
            known, before = self.channel.end, self.mark
            stretch = self._next()
            self.mark = stretch.end
            if stretch.changes:
                return stretch.changes
            left = end - monotonic()
            waited = before != self.mark or self.poller.wait(
                self.channel, known, left, self.stopping
            )
            if left <= 0 or not waited:
                break
        return []

    def _next(self) -> Stretch:
        """Return what comes next: from memory, or for one who is behind from the database."""
        news = self.channel.after(self.mark) if self._level else None
        if news is None:
            door, reader = self.poller.door, self.channel.reader
            stretch = read_changes(door, reader, self.mark, self.limit, self.wanted)
            self._level = stretch.end == self.mark
            return stretch
        changes = [change for change in news.changes if self.wanted.takes(change)]
        if len(changes) <= self.limit:
            return Stretch(changes, news.end)
        return Stretch(changes[: self.limit], changes[self.limit - 1].mark)
