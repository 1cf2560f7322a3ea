"""The query string, read once: every parameter known, every fault named at once."""

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Self, TypeVar

from flask import request

from schemas.dates import HalfKnownDate, Instant
from schemas.fields import Single
from schemas.record import REASONS
from service.documents.instants import read
from service.errors import Fault, InvalidQuery
from service.kinds.faults import fault_of
from service.records.listing import USUAL
from service.records.proposals import Change

T = TypeVar("T")

MAX_LIMIT = 200
LONGEST = 1_000
ACTOR = 200
ALTERNATIVES = 50
LONGEST_LIST = 8_000
MOST_OF_ONE = 2_000
LONGEST_FIELD = 300
NAMED = 20
"""Faults that are told at most: a short query does not make a long answer."""

CHANGE = ("note", "reason", "actor")
WRITE = (*CHANGE, "status", "publish")
INSTANT, HALF_KNOWN = Instant(), HalfKnownDate()
AN_INSTANT = "an instant, such as 2022-02-17T00:00:00Z"


def checked(field: Single[str], value: str) -> str:
    """Return the value if the field takes it; raises `ValueError`."""
    if fault := fault_of(field, value):
        raise ValueError(fault.detail)
    return value


def no_parameters() -> None:
    """Raise `InvalidQuery` where there are parameters at an address that knows none."""
    with Query():
        pass


class Query:
    """Read parameters by type; leaving the ``with`` block raises `InvalidQuery` for its faults."""

    def __init__(self, *known: str) -> None:
        """Take the names that this address knows."""
        self.faults: list[Fault] = []
        self._known = known

    def __enter__(self) -> Self:
        """Note parameters that are unknown, or given twice with different values."""
        for name, values in request.args.lists():
            if name not in self._known:
                self.faults.append(
                    Fault("unknown-parameter", self._hint(name), parameter=name[:LONGEST])
                )
            elif len(set(values)) > 1:
                self.refuse(name, "given-twice", "give it once; a comma separates alternatives")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Raise what was found."""
        if kind is None and self.faults:
            named = self.faults[:NAMED]
            names = ", ".join(str(fault.parameter) for fault in named)
            more = f" and {len(self.faults) - NAMED} more" if len(self.faults) > NAMED else ""
            raise InvalidQuery(f"Mend: {names}{more}.", errors=named)

    def refuse(self, name: str, code: str, detail: str) -> None:
        """Note a fault of a parameter."""
        self.faults.append(Fault(code, detail, parameter=name))

    def text(self, name: str, longest: int = LONGEST) -> str | None:
        """Return a parameter of 1 to `longest` characters, None when absent."""
        value = request.args.get(name)
        if value is None:
            return None
        if not value or "\x00" in value or len(value) > longest:
            code = "too-long" if len(value) > longest else "invalid"
            self.refuse(name, code, f"give 1 to {longest} characters, none of them U+0000")
            return None
        return value

    def needed(self, name: str, wanted: str, longest: int = LONGEST) -> str:
        """Return a parameter that has to be there; `wanted` tells who has left it out."""
        if name not in request.args:
            self.refuse(name, "required", wanted)
        return self.text(name, longest) or ""

    def parsed(self, name: str, parse: Callable[[str], T], expected: str) -> T | None:
        """Return what `parse` makes of a parameter; its `ValueError` becomes a fault."""
        value = self.text(name)
        try:
            return None if value is None else parse(value)
        except ValueError:
            self.refuse(name, "invalid", f"expected {expected}")
            return None

    def choice(self, name: str, choices: Collection[str]) -> str | None:
        """Return one of the choices."""
        value = self.text(name)
        if value is not None and value not in choices:
            self.refuse(name, "not-a-choice", f"expected one of {', '.join(choices)}")
        return value if value in choices else None

    def several(self, name: str, each: int = MOST_OF_ONE) -> list[str] | None:
        """Return the alternatives between commas: at most 50, of 1 to `each` characters."""
        value = self.text(name, LONGEST_LIST)
        if value is None:
            return None
        parts = [part.strip() for part in value.split(",")]
        if len(parts) > ALTERNATIVES or not all(0 < len(part) <= each for part in parts):
            detail = (
                f"expected 1 to {ALTERNATIVES} values between commas, of 1 to {each} characters"
            )
            self.refuse(name, "invalid", detail)
            return None
        return sorted(set(parts))

    def chosen(self, name: str, choices: Sequence[str]) -> list[str] | None:
        """Return alternatives that are all among the choices."""
        values = self.several(name, LONGEST_FIELD)
        for value in values or ():
            if value not in choices:
                nearest = difflib.get_close_matches(value, choices, n=1)
                hint = f'; did you mean "{nearest[0]}"?' if nearest else f": {', '.join(choices)}"
                self.refuse(name, "not-a-choice", f'there is no "{value[:60]}"{hint}')
        return values and [value for value in values if value in choices]

    def instant(self, name: str, expected: str = AN_INSTANT) -> datetime | None:
        """Return an RFC 3339 instant; a blank stands for the plus sign that a query loses."""

        def parse(text: str) -> datetime:
            return read(checked(INSTANT, text.replace(" ", "+")))

        return self.parsed(name, parse, expected)

    def half_known(self, name: str) -> str | None:
        """Return a year, a month, a day or an instant, as it was written."""

        def parse(text: str) -> str:
            return checked(HALF_KNOWN, text.replace(" ", "+"))

        return self.parsed(name, parse, "2022, 2022-02, 2022-02-16 or 2022-02-16T18:00:00Z")

    def number(self, name: str, minimum: int = 1) -> int | None:
        """Return a whole number from `minimum` up."""

        def parse(text: str) -> int:
            if not re.fullmatch("[0-9]{1,18}", text) or int(text) < minimum:
                raise ValueError
            return int(text)

        return self.parsed(name, parse, f"a whole number from {minimum}")

    def stretch(self, name: str) -> tuple[int, int | None]:
        """Return the number after which to go on and, if there is one, the last to go to."""

        def parse(text: str) -> tuple[int, int | None]:
            if not re.fullmatch("[1-9][0-9]{0,17}(-[1-9][0-9]{0,17})?", text):
                raise ValueError
            after, _, last = text.partition("-")
            return int(after), int(last) if last else None

        return self.parsed(name, parse, "what the next link of a page has") or (0, None)

    def limit(self, usual: int = USUAL, most: int = MAX_LIMIT) -> int:
        """Return how many items a page has: 1 to `most`, more is taken as that."""
        return min(self.number("limit") or usual, most)

    def flag(self, name: str) -> bool:
        """Return whether a parameter is true; absent is false."""
        return self.choice(name, ("true", "false")) == "true"

    def change(self, statuses: Collection[str] = ()) -> Change:
        """Return what goes with a write."""
        return Change(
            note=self.text("note"),
            reason=self.choice("reason", REASONS),
            actor=self.text("actor", ACTOR),
            status=self.choice("status", statuses) if statuses else None,
            references=bool(statuses) and self.choice("publish", ("references",)) is not None,
        )

    def _hint(self, name: str) -> str:
        nearest = difflib.get_close_matches(name[:60], self._known, n=1)
        if nearest:
            return f'did you mean "{nearest[0]}"?'
        return f"known here: {', '.join(self._known)}" if self._known else "none is known here"
