"""Who may come to know what of each revision, as data."""

from collections.abc import Callable
from typing import Final

from tests.visibility.life import Life
from tests.visibility.tables import TABLES, Row

Seen = Callable[[Row, Life], set[int]]


def with_body(row: Row, life: Life) -> set[int]:
    """Return the revisions whose text the history shows."""
    return row.with_body


def explained(row: Row, life: Life) -> set[int]:
    """Return the revisions whose notes are read: the history's, or the one that a refusal tells."""
    if row.item in {"410", "451"}:
        told = "deleted" if row.item == "410" else "withheld"
        return {max(n for n, status in enumerate(life.statuses, 1) if status == told)}
    return row.lines - life.purged


def sealed(row: Row, life: Life) -> set[int]:
    """Return the revisions whose salts are shown; of a tombstone there is nothing to guess."""
    tombstones = {n for n in row.lines if life.statuses[n - 1] == "deleted"}
    return (row.with_body | tombstones) - life.purged


def authored(row: Row, life: Life) -> set[int]:
    """Return all revisions so far: whose they are outlives a purge."""
    return set(range(1, life.now + 1))


def unpurged(row: Row, life: Life) -> set[int]:
    """Return all revisions so far that were not purged."""
    return authored(row, life) - life.purged


def nothing(row: Row, life: Life) -> set[int]:
    """Return no revision."""
    return set()


RULES: Final[dict[str, dict[str, Seen]]] = {
    "public": {
        "text": with_body,
        "note": explained,
        "salt": sealed,
        "internal": nothing,
        "raw": nothing,
        "actor": nothing,
        "key": nothing,
    },
    "keyed": {
        "text": unpurged,
        "note": unpurged,
        "salt": unpurged,
        "internal": unpurged,
        "raw": unpurged,
        "actor": authored,
        "key": authored,
    },
}
"""Of which revisions each class of readers sees the text, the note, the salt and so on."""


def visible(sees: str, life: Life) -> set[str]:
    """Return the secrets that a class of readers may see while the record is as it is."""
    row = TABLES[sees][life.now]
    shown = {place: rule(row, life) for place, rule in RULES[sees].items()}
    return {one.secret for one in life.planted if one.revision in shown[one.place]}
