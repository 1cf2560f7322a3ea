"""Imports from files and exports into them, as the commands do them."""

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import orjson

from service.bulk import sheets
from service.bulk.exporting import Wish, begin
from service.bulk.histories import LONGEST, type_of
from service.bulk.importing import check_empty, move_in, read_history
from service.bulk.lines import Order
from service.bulk.records import Numbered, Records
from service.bulk.staging import Staging
from service.bulk.taking import Taking
from service.documents.seals import Seal
from service.feed.marks import Marks
from service.kinds import BY_NAME, KINDS
from service.records import reading
from service.records.people import Reader
from service.storage.database import Database
from service.storage.installation import installation

OUTCOMES = ("created", "revised", "deleted", "unchanged", "refused")


class File(Protocol):
    """What reads a file as records."""

    def read(self, chunks: Iterable[bytes]) -> Iterator[Numbered]:
        """Yield the records with the numbers of their lines."""
        ...


def file_of(sheet_of: str | None) -> File:
    """Return what reads NDJSON, or a sheet of a type."""
    return sheets.Sheet(BY_NAME[sheet_of]) if sheet_of else Records()


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import, in a sentence, and whether all of it went in."""

    sentence: str
    whole: bool = True


def known_history(chunks: Iterable[bytes]) -> tuple[bool, Iterator[bytes]]:
    """Tell by its first line whether a file is a history; return all of it with that."""
    rest = iter(chunks)
    begun = bytearray()
    for chunk in rest:
        begun += chunk
        if b"\n" in chunk or len(begun) > LONGEST:
            break
    return _is_history(bytes(begun.partition(b"\n")[0])), chain([bytes(begun)], rest)


def bring_history(database: Database, chunks: Iterable[bytes], *, four_eyes: bool) -> Brought:
    """Import a history into an empty server."""
    check_empty(database)
    done = move_in(database, read_history(database, chunks, four_eyes=four_eyes))
    return Brought(f"Imported {done.revisions} revisions of {done.records} records.")


def bring_records(
    database: Database,
    chunks: Iterable[bytes],
    order: Order,
    file: File,
    tell: Callable[[bytes], object],
) -> Brought:
    """Import the records of a file; `tell` hears of each of its lines that is written in part."""
    staging = Staging(database)
    taking = Taking(staging, order)
    try:
        taking.stage(file.read(chunks))
        text = taking.finish(lambda act: act(database)).encode()
        for line in taking.answer(database) if order.partial else ():
            _ = tell(text) if text else None
            text = line
    finally:
        staging.remove()
    counts = orjson.loads(text)
    told = ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES if name in counts)
    sentence = f"Would come to: {told}." if order.dry_run else f"Imported: {told}."
    return Brought(sentence, whole=not counts.get("refused"))


def export_lines(database: Database, wish: Wish, form: str) -> Iterator[bytes]:
    """Yield an export as NDJSON, or as the rows of a sheet."""
    if wish.as_of:
        _ = reading.wait_until_settled(database, wish.as_of)
    found = begin(database, wish)
    if form == "csv":
        return sheets.sheet(wish.kinds[0], (line.text for line in found.rows()))
    known = installation(database)
    return found.lines(Marks(Seal(known.cursor_secret), known.system))


def everything(names: list[str] | None, *, history: bool) -> Wish:
    """Return the wish for all records of some types, or of all."""
    kinds = tuple(kind for kind in KINDS if not names or kind.name in names)
    return Wish(Reader(keyed=True), kinds, history=history)


def _is_history(line: bytes) -> bool:
    """Tell by meta or, in a file made by hand, by what no record has."""
    try:
        value = orjson.loads(line.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError:
        return False
    if type_of(value) == "meta":
        return value.get("history") is True
    return isinstance(value, dict) and {"recorded_at", "body"} <= value.keys()
