"""Delivering: event after event to each address, in order, each until it is taken."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from service.feed.changes import Change, Stretch, read_changes
from service.feed.marks import Mark, Marks
from service.records.people import Reader
from service.storage.database import Database
from service.webhooks.bookmarks import Bookmarks, Leased
from service.webhooks.client import Answer, Client
from service.webhooks.signing import signature

AHEAD = 50
"""Changes that are read ahead for webhooks at one place."""
FRESH = 5.0
"""Seconds for which what was read may be sent: what is withheld meanwhile must not go out."""

Stretches = dict[tuple[Reader, Mark], Stretch]
Spawn = Callable[[Callable[[], object]], object]


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Lease webhooks that are due and have `spawn` run the delivery to each.

    `observe` hears in a word what became of each attempt.
    """

    database: Database
    marks: Marks
    client: Client
    spawn: Spawn
    observe: Callable[[str], object] = lambda _: None

    def tick(self, most: int) -> int:
        """Begin with up to `most` webhooks; return how many there were.

        One statement where none is due, and one more for all that stand at the same place.
        """
        bookmarks = Bookmarks(self.database)
        stretches: Stretches = {}
        passed: list[tuple[Leased, Mark]] = []
        leased = bookmarks.claim(most)
        for webhook in leased:
            place = webhook.reader, webhook.mark
            if place not in stretches:
                stretches[place] = read_changes(self.database, *place, AHEAD)
            found = stretches[place]
            wanted = [change for change in found.changes if webhook.wants(change)]
            if wanted:
                self.spawn(partial(self.deliver, bookmarks, webhook, wanted, found.end))
            else:
                passed.append((webhook, found.end))
        if passed:
            bookmarks.pass_over(passed)
        return len(leased)

    def deliver(
        self, bookmarks: Bookmarks, webhook: Leased, changes: Sequence[Change], end: Mark
    ) -> None:
        """Deliver changes in order until one is not taken; then the bookmark moves to `end`."""
        until, failures = time.monotonic() + FRESH, webhook.failures
        ahead, goes_on = iter(changes), True
        while goes_on:
            change = next(ahead)
            answer = self.send(webhook, change)
            self.observe(answer.outcome)
            stale = change.mark if time.monotonic() > until else None
            then = end if change is changes[-1] else stale
            goes_on = bookmarks.note(webhook, change, answer, failures, then)
            failures = 0

    def send(self, webhook: Leased, change: Change) -> Answer:
        """Send one event once, signed at this moment."""
        identifier, now = self.marks.make(change.mark), int(time.time())
        body = change.event(self.marks).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "factcheck-records",
            "webhook-id": identifier,
            "webhook-timestamp": str(now),
            "webhook-signature": signature(webhook.secrets, identifier, now, body),
        }
        return self.client.post(webhook.url, body, headers)
