"""What a reader has to know before all else: that a page is of the past, that a text was wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from service.documents.values import JsonObject
from service.records.notices import Notice
from service.records.proposals import UNPUBLISHED
from service.records.surroundings import Shown
from service.site.history import Entry, newest

PUBLIC = frozenset({"published", "retracted"})
CHANGED = "What was changed"


@dataclass(frozen=True, slots=True)
class Banner:
    """A notice: its kind, its words, the note that goes with it, when that was, where it leads."""

    kind: str
    title: str
    note: str | None = None
    at: str | None = None
    path: str | None = None
    link: str | None = None


def banners(shown: Shown, entries: Sequence[Entry], as_of: str | None) -> Iterator[Banner]:
    """Yield the notices of a record, the gravest first."""
    record, path = shown.record, shown.place.path
    if as_of:
        title, link = "This page shows a past moment.", "See it as it is now"
        yield Banner("past", title, at=as_of, path=f"{path}?format=html", link=link)
    yield from _standing(record, entries)
    if record["type"] == "verdict":
        yield from _superseding(shown)
    yield from _correcting(shown, entries)
    if entry := newest(entries, "new_evidence", "world_changed"):
        there = f"#revision-{entry.revision}"
        yield Banner("updated", "Updated", entry.note, entry.recorded_at, there, CHANGED)


def _standing(record: JsonObject, entries: Sequence[Entry]) -> Iterator[Banner]:
    status = str(record["status"])
    last = next((one for one in reversed(entries) if one.status == status), None)
    note, at = (last.note, last.recorded_at) if last else (None, None)
    if status in UNPUBLISHED:
        yield Banner("draft", "This is a draft. The public does not see it.")
    if status == "withheld":
        yield Banner("draft", "This is withheld. The public does not see it.", note, at)
    if status == "retracted":
        yield Banner("retracted", "Retracted. We no longer stand by this.", note, at)


def _correcting(shown: Shown, entries: Sequence[Entry]) -> Iterator[Banner]:
    """Yield that something was wrong or unclear, however long ago that was mended."""
    told = shown.around.notices_of(shown.record)
    for title, reason in (("Corrected", "correction"), ("Clarified", "clarification")):
        if notice := next((one for one in reversed(told) if one.reason == reason), None):
            there = _change(shown, notice, entries)
            link = there and CHANGED
            yield Banner("corrected", title, notice.note, notice.at, there, link)


def _change(shown: Shown, notice: Notice, entries: Sequence[Entry]) -> str | None:
    """Return where the change is that a notice is of, None for what was changed elsewhere."""
    if notice.revision is None:
        return None
    there = f"#revision-{notice.revision}"
    if all(one.revision != notice.revision for one in entries):
        there = f"{shown.place.path}?as_of={notice.at}&format=html{there}"
    return there


def _superseding(shown: Shown) -> Iterator[Banner]:
    """Yield what took the place of a verdict, and what it took the place of."""
    record, around = shown.record, shown.around
    for other in around.verdicts_on(record["claim_id"]):
        if other.get("supersedes") == record["id"] and other["status"] in PUBLIC:
            title, link = "A later verdict takes the place of this one.", _title(other)
            at = cast("str | None", other.get("published_at"))
            yield Banner("superseded", title, at=at, path=_page(other), link=link)
    if earlier := around.get("verdict", record.get("supersedes")):
        title = "This verdict takes the place of an earlier one."
        yield Banner("updated", title, path=_page(earlier), link=_title(earlier))


def _title(verdict: JsonObject) -> str:
    return str(verdict.get("title") or verdict["id"])


def _page(record: JsonObject) -> str:
    return f"{record['self']}?format=html"
