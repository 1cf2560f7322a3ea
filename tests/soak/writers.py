"""Editors at work, and the book in which each notes what it was told."""

import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from tests.soak.client import Client
from tests.soak.life import Writes, life, opening
from tests.soak.writes import Entry

WRITERS = 8


class Book:
    """All writes that were settled, in the order of their answers."""

    def __init__(self) -> None:
        """Begin with none."""
        self.entries: list[Entry] = []

    def acknowledged(self, since: int, instant: float) -> list[Entry]:
        """Return what was acknowledged after an instant, looking from an entry on."""
        new = self.entries[since:]
        return [entry for entry in new if entry.acknowledged and entry.ended > instant]


@contextmanager
def at_work(url: str, secret: str, book: Book) -> Generator[None]:
    """Let the editors write until the block ends; each finishes what it is at."""
    leaving = threading.Event()
    with ThreadPoolExecutor(WRITERS) as threads:
        editors = [
            threads.submit(_work, Client(url, secret), book, leaving) for _ in range(WRITERS)
        ]
        try:
            yield
        finally:
            leaving.set()
    for editor in editors:
        editor.result()


def _work(client: Client, book: Book, leaving: threading.Event) -> None:
    with closing(client):
        _live(client, book, leaving, opening())
        while not leaving.is_set():
            _live(client, book, leaving, life())


def _live(client: Client, book: Book, leaving: threading.Event, writes: Writes) -> None:
    """Do one write after the other; one that is refused without need ends it, and is noted."""
    write = next(writes, None)
    while write and not leaving.is_set():
        entry = client.insist(write)
        book.entries.append(entry)
        if not entry.answer or not (entry.acknowledged or write.contested):
            return
        try:
            write = writes.send(entry.answer)
        except StopIteration:
            return
