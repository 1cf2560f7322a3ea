"""Reading the feed."""

from service.feed.marks import BEGINNING, Mark
from service.storage.database import Door
from service.storage.statements import statement


def newest(door: Door) -> Mark:
    """Return the place of the newest change that no running writer can still come before."""
    return door.one(Mark, statement("newest_change")) or BEGINNING
