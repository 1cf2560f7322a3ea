"""What differs between two revisions, in parts that stayed, went and came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from service.documents.changes import Change, changes
from service.documents.pointers import Path
from service.documents.readable import worded
from service.documents.sequences import Effort
from service.documents.values import JsonObject, JsonValue
from service.site.wording import plain

NEVER: Final = frozenset({"internal", "recorded_by", "expanded"})
"""Members that are on no page, whoever reads it."""

MOVING: Final = frozenset({"revision", "status", "created_at", "updated_at", "self", "type", "id"})
"""Members that the heading of a revision tells, or that are the same in all."""

LONGEST: Final = 2_000
"""Characters shown of a part."""

MOST: Final = 100
"""Places shown of one revision."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text: ``stayed``, ``went`` or ``came``."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in a record, and how it changed."""

    place: str
    parts: Sequence[Part]


def shown(record: JsonObject) -> JsonObject:
    """Return a record less what no page shows, to keys neither: `origin` less its raw item."""
    kept = {name: value for name, value in record.items() if name not in NEVER}
    if isinstance(origin := kept.get("origin"), dict):
        kept["origin"] = {name: value for name, value in origin.items() if name != "raw"}
    return kept


def differences(
    before: JsonObject, after: JsonObject, effort: Effort, labels: Mapping[str, str]
) -> list[Difference]:
    """Return what changed; `labels` are the names of ratings by their keys."""
    steps = changes(_told(before, labels), _told(after, labels), effort)
    return [_difference(step, effort) for step in steps[:MOST]]


def _told(record: JsonObject, labels: Mapping[str, str]) -> JsonObject:
    kept = {name: value for name, value in shown(record).items() if name not in MOVING}
    if "rating" in kept:
        kept["rating"] = labels.get(str(kept["rating"]), str(kept["rating"]))
    return kept


def _difference(change: Change, effort: Effort) -> Difference:
    path = change.was if change.kind == "remove" else change.path
    return Difference(_place(path), list(_parts(change, effort)))


def _parts(change: Change, effort: Effort) -> Iterator[Part]:
    old, new = change.old, change.new
    if isinstance(old, str) and isinstance(new, str):
        for sign, text in worded(old, new, effort):
            yield Part({" ": "stayed", "-": "went", "+": "came"}[sign], _cut(text))
        return
    if change.kind != "add":
        yield Part("went", _cut(_text(old)))
    if change.kind != "remove":
        yield Part("came", _cut(_text(new)))


def _place(path: Path) -> str:
    """Return a place as people count: ``evidence 2, quote``."""
    words = [f" {one + 1}" if isinstance(one, int) else f", {plain(one)}" for one in path]
    return "".join(words).removeprefix(", ").capitalize()


def _text(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{plain(name)}: {_text(member)}" for name, member in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
