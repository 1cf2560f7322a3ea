"""The laws that hold whatever was killed: each yields what was found to break it.

Nothing acknowledged is lost or told otherwise, nothing is there twice, nothing is there
that was refused, revisions have no gap, and a replay is the first answer again.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.soak.history import Line, Record
from tests.soak.writes import Answer, Entry

SERVER_FIELDS = {"id", "type", "revision", "created_at", "updated_at", "self", "recorded_by"}


def flaws_of_answers(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield writes that were not answered, or refused though nobody was in their way."""
    for entry in entries:
        if entry.answer is None:
            yield f"{_told(entry)} was never answered"
        elif not entry.acknowledged and (entry.answer.status, entry.write.contested) != (412, True):
            yield f"{_told(entry)} was refused: {entry.answer.status} {entry.answer.body!r}"


def flaws_of_writes(entries: Iterable[Entry], lines: Iterable[Line]) -> Iterator[str]:
    """Yield writes that are lost, there twice or otherwise than the client was told."""
    found: defaultdict[str | None, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.note].append(line)
    for entry in entries:
        there = found.pop(entry.write.token, [])
        if len(there) > 1:
            yield f"{_told(entry)} is there {len(there)} times"
        elif entry.acknowledged and [_as_acknowledged(entry)] != there:
            yield f"{_told(entry)} is not as it was acknowledged, but {there}"
        elif entry.answer and not entry.acknowledged and there:
            yield f"{_told(entry)} was refused and is there"
    yield from (f"nobody wrote {strange}" for strange in found.values())


def flaws_of_numbers(lines: Iterable[Line]) -> Iterator[str]:
    """Yield gaps, repeats and disorder in the revisions of a record."""
    last = Counter[Record]()
    for line in lines:
        last[line.record] += 1
        if line.revision != last[line.record]:
            yield f"{line.record} has {line.revision} where {last[line.record]} is due"


def flaws_of_order(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield writes beneath revisions that had been acknowledged before they were sent."""
    of_record: defaultdict[Record, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.acknowledged:
            of_record[entry.record].append(entry)
    for of_one in of_record.values():
        end_of_later = math.inf
        for entry in sorted(of_one, key=lambda entry: entry.revision, reverse=True):
            if end_of_later < entry.began:
                yield f"{_told(entry)} is beneath what had been acknowledged before"
            end_of_later = min(end_of_later, entry.ended)


def flaws_of_conditions(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield acknowledged writes that are not on top of the revision they named."""
    for entry in entries:
        asked = entry.write.fields.get("If-Match", "*").strip('"')
        if entry.acknowledged and asked != "*" and entry.revision != int(asked) + 1:
            yield f"{_told(entry)} became {entry.revision} on top of {asked}"


def flaws_of_reads(
    entries: Iterable[Entry], revisions: dict[Record, list[dict[str, Any]]]
) -> Iterator[str]:
    """Yield acknowledged writes that read otherwise in the revisions of their record."""
    there = {
        (record, item["revision"]): item for record, items in revisions.items() for item in items
    }
    for entry in entries:
        if not entry.acknowledged or entry.record not in revisions:
            continue
        item = there.get((entry.record, entry.revision), {})
        if item.get("note") != entry.write.token:
            yield f"{_told(entry)} is not among the revisions"
        elif entry.answer and entry.answer.body and entry.answer.json() != item["body"]:
            yield f"{_told(entry)} reads {item['body']}"


def flaws_of_replays(replays: Iterable[tuple[Entry, Answer]]) -> Iterator[str]:
    """Yield replays that are not the first answer again, or do not say that they are one."""
    for entry, answer in replays:
        if answer != entry.answer or not answer.replayed:
            yield f"{_told(entry)} was replayed as {answer}"


def _as_acknowledged(entry: Entry) -> Line | None:
    """Return the line that an acknowledged write must have made."""
    told = entry.answer.json() if entry.answer else {}
    status = told.pop("status", "deleted")
    body = {name: value for name, value in told.items() if name not in SERVER_FIELDS}
    return Line(entry.record, entry.revision, status, entry.write.token, body)


def _told(entry: Entry) -> str:
    return f"{entry.write.method} {entry.write.path} ({entry.write.token}, tries: {entry.tries})"
