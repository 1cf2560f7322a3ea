"""What a pushed item leads to: a draft of its source, and drafts over the claims that it quotes.

Nothing becomes public by a push, and pushes may come again: what was done is found done.
"""

from dataclasses import dataclass, replace
from typing import Final

from service.interop.ninjs.items import Item
from service.interop.superdesk.appearing import Appeared, appear
from service.interop.superdesk.quoting import quotations
from service.interop.superdesk.sourcing import Kept, keep
from service.records.people import Caller
from service.storage.database import Database

QUOTING: Final = frozenset({"created", "revised", "unchanged"})
"""What a push may have come to for the item's quotations to be looked at."""


@dataclass(frozen=True, slots=True)
class Received:
    """What an item came to."""

    item: Item
    kept: Kept
    appeared: list[Appeared]

    def as_dict(self) -> dict[str, object]:
        """Return it as it is told."""
        return {
            "source": self.kept.as_dict(),
            "claims": [one.as_dict() for one in self.appeared],
            "left_out": [fault.as_dict() for fault in self.item.faults],
            "advice": self.kept.advice,
        }


def receive(database: Database, caller: Caller, item: Item) -> Received:
    """Write what an item leads to, all of it or nothing; whoever pushes only drafts."""
    drafter = replace(caller, scopes=frozenset({"write"}))
    quoted = quotations(database, item) if item.usable else []
    with database.transaction() as door:
        kept = keep(door, drafter, item)
        # By id, so that two pushes that quote the same claims wait for each other in one order.
        wanted = quoted if kept.outcome in QUOTING else []
        return Received(item, kept, [appear(door, drafter, item, one) for one in wanted])
