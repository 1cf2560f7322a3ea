"""Lines of an import as they wait in the tables: checked one by one, yet to be checked together."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, cast

import orjson

from service.documents.pointers import fragment
from service.errors import Fault
from service.kinds import KINDS
from service.kinds.facts import Reference
from service.records.proposals import Proposal, text

RANKS = {kind.name: rank for rank, kind in enumerate(KINDS)}
"""The order in which kinds are written: no kind before what it refers to."""

BATCH = 500
"""Lines that are sent or asked for at once."""

SIZE = 4 * 1024 * 1024
"""Characters that are sent at once: lines can be long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line, its members in the order of the columns that take them.

    `first` is the first line of its record, of one that comes after that.
    """

    place: int
    first: int | None = None
    kind: str | None = None
    rank: int = 0
    id: str | None = None
    made: bool = False
    op: str | None = None
    sent: str | None = None
    applied_to: int | None = None
    if_revision: int | None = None
    status: str | None = None
    body: str | None = None
    internal: str | None = None
    raw: str | None = None
    actor: str | None = None
    note: str | None = None
    reason: str | None = None
    sha256: bytes | None = None
    salt: bytes | None = None
    refs: Sequence[str] = ()
    needed: Sequence[str | None] = ()
    terms: Sequence[str] = ()
    valid: str | None = None
    review_by: date | None = None
    seen_revision: int | None = None
    seen_created_at: datetime | None = None
    seen_updated_at: datetime | None = None
    seen_key: str | None = None
    seen_actor: str | None = None
    faults: str | None = None

    @property
    def size(self) -> int:
        """Return about how many characters it has."""
        return sum(map(len, (self.sent or "", self.body or "", self.raw or "", self.faults or "")))

    @property
    def kin(self) -> bool:
        """Tell whether it refers to records of its own kind."""
        return any(ref.startswith(f"{self.kind}/") for ref in self.refs)

    @property
    def flawed(self) -> bool:
        """Tell whether it is to be refused, whatever the records are."""
        return self.faults is not None or self.first is not None

    @property
    def values(self) -> dict[str, object]:
        """Return the values of a statement, by their names."""
        lists = {"refs": [*self.refs], "needed": [*self.needed], "terms": [*self.terms]}
        return {**dict(zip(_NAMES, _VALUES(self), strict=True)), **lists}

    def row(self, job: str) -> tuple[object, ...]:
        """Return the values of the columns, in their order."""
        values = list(_VALUES(self))
        for place in _LISTS:
            values[place] = listed(cast("Sequence[str | None]", values[place]))
        return (job, *values)


_NAMES = tuple(Waiting.__slots__)
_VALUES = attrgetter(*_NAMES)
_LISTS = tuple(_NAMES.index(name) for name in ("refs", "needed", "terms"))


def refused(place: int, faults: Iterable[Fault], **known: Any) -> Waiting:  # noqa: ANN401
    """Return a line of which no revision can be made, and what is known of it."""
    return Waiting(place=place, faults=packed(faults), **known)


def proposed(place: int, proposal: Proposal, **more: Any) -> Waiting:  # noqa: ANN401
    """Return the line of a proposal; of a faulty one what there is to check of it besides."""
    content = _faulty(proposal) if proposal.faults else _sound(proposal)
    return Waiting(
        place=place,
        kind=proposal.kind.name,
        rank=RANKS[proposal.kind.name],
        id=proposal.place.id,
        status=proposal.status,
        actor=proposal.change.actor,
        note=proposal.change.note,
        reason=proposal.change.reason,
        **content,
        **cast("dict[str, Any]", proposal.seen.values()),
        **more,
    )


def counted(
    lines: Iterable[Waiting], firsts: MutableMapping[tuple[str | None, str | None], int]
) -> Iterator[Waiting]:
    """Yield the lines, those of a record that has one already with the place of its first.

    `firsts` are the places of the first lines of records; those of these lines are added.
    """
    for line in lines:
        first = firsts.setdefault((line.kind, line.id), line.place)
        yield replace(line, first=first) if line.kind and first != line.place else line


def batches(waiting: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """Yield lines in batches that are neither too long nor too large."""
    batch: list[Waiting] = []
    size = 0
    for line in waiting:
        batch.append(line)
        size += line.size
        if len(batch) == BATCH or size >= SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def packed(faults: Iterable[Fault]) -> str:
    """Return faults as they wait."""
    return orjson.dumps([replace(fault, line=None).as_dict() for fault in faults]).decode()


def unpacked(faults: str | None) -> list[Fault]:
    """Return the faults that `packed` made a text of."""
    return [Fault(**members) for members in orjson.loads(faults or "[]")]


def listed(items: Iterable[str | None]) -> str:
    """Return the text of a PostgreSQL array: a third of the time of psycopg's own."""
    return "{" + ",".join(["NULL" if item is None else _quoted(item) for item in items]) + "}"


def _quoted(item: str) -> str:
    return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sound(proposal: Proposal) -> Mapping[str, Any]:
    values = proposal.values()
    return {name: values[name] for name in _CONTENT}


_CONTENT = (
    *("body", "internal", "raw", "sha256", "salt"),
    *("refs", "needed", "terms", "valid", "review_by"),
)


def sound_references(proposal: Proposal) -> Iterator[Reference]:
    """Yield the references whose places are neither faulty themselves nor in what is."""
    faulty = {fault.pointer for fault in proposal.faults}
    for one in proposal.kind.references(proposal.body):
        around = (fragment(one.path[:end]) for end in range(len(one.path) + 1))
        if faulty.isdisjoint(around):
            yield one


def _faulty(proposal: Proposal) -> Mapping[str, Any]:
    """Return what can be checked of a faulty body: the references in sound places."""
    found = {one.target: one.term for one in sound_references(proposal)}
    return {
        "body": text(proposal.body),
        "refs": list(found),
        "needed": list(found.values()),
        "faults": packed(proposal.faults),
    }
