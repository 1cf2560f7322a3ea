"""What a write came to."""

from dataclasses import dataclass

from service.records.place import Place
from service.records.rows import Written


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say which revision of which record a write opened or found, and whether that is new.

    New is a record that was not there, and what a restore wrote.
    """

    place: Place
    row: Written
    new: bool = False
