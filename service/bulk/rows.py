"""Rows as the statements of an import give them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class First:
    """A record, and which line is the first of it."""

    kind: str
    id: str
    place: int


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch that is yet to be applied to its record, and that as it is now."""

    place: int
    kind: str
    id: str
    sent: str
    revision: int
    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """That one line refers to another; without a target that it refers to none here."""

    place: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Need:
    """That one line holds only with another, and whether that is refused; or with none."""

    place: int
    target: int | None
    refused: bool


@dataclass(frozen=True, slots=True)
class Held:
    """How many records would be revised, how many of them are held, and how many lines wait."""

    wanted: int
    held: int
    lines: int


@dataclass(frozen=True, slots=True)
class Dependent:
    """A line that refers to lines which are refused."""

    place: int
    kind: str
    body: str
    refs: list[str]


@dataclass(frozen=True, slots=True)
class Done:
    """What was planned when it was written, and what was written."""

    planned: int
    heads: int
    closed: int
    opened: int
    created: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines came to what."""

    outcome: str | None
    lines: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a line."""

    place: int
    kind: str | None
    id: str | None
    made: bool
    outcome: str
    revision: int | None
    faults: str | None
