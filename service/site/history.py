"""The history of a record as a timeline: what was done, when, why, and what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from service.documents.sequences import Effort
from service.documents.values import JsonObject
from service.records.proposals import UNPUBLISHED
from service.site.differences import Difference, differences
from service.site.wording import words

STEPS: Final = 300_000
"""What comparing the texts of one page may take: about a tenth of a second."""

DONE: Final = {
    "draft": "Draft written",
    "in_review": "Sent to review",
    "retracted": "Retracted",
    "withheld": "Withheld",
    "deleted": "Deleted",
}
"""What a revision did, where its status says so."""

AGAIN: Final = {
    "correction": "Corrected",
    "clarification": "Clarified",
    "new_evidence": "Updated",
    "world_changed": "Updated",
}
"""What a public revision after others did, by its reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision on the timeline; `differences` is None where there is nothing to compare with."""

    revision: int
    recorded_at: str
    status: str
    done: str
    reason: str | None
    why: str | None
    note: str | None
    path: str
    erased: bool
    differences: Sequence[Difference] | None


@dataclass(frozen=True, slots=True)
class Past:
    """Revisions as a list of them has them, oldest first; `whole` if none came before them."""

    lines: Sequence[JsonObject] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page is made of beside the record: its past, the instant it shows, its markup.

    `markup` is JSON-LD; `as_of` is None for now.
    """

    past: Past
    as_of: str | None = None
    markup: str | None = None


def timeline(past: Past, labels: Mapping[str, str]) -> list[Entry]:
    """Return the entries of some revisions, oldest first as they come; ratings by their labels."""
    effort, entries = Effort(STEPS), list[Entry]()
    before: JsonObject | None = None
    public = "" if past.whole else "published"
    for line in past.lines:
        body, status = cast("JsonObject | None", line["body"]), str(line["status"])
        compared = differences(before, body, effort, labels) if before and body else None
        entries.append(_entry(line, _done(line, public), compared))
        before = body or before
        public = public if status in UNPUBLISHED else status
    return entries


def newest(entries: Sequence[Entry], *reasons: str) -> Entry | None:
    """Return the newest entry with one of these reasons that everyone sees."""
    public = (one for one in reversed(entries) if one.status not in UNPUBLISHED)
    return next((one for one in public if one.reason in reasons), None)


def _done(line: JsonObject, public: str) -> str:
    """Return what a revision did; `public` is what everyone saw of the record before it."""
    status, reason = str(line["status"]), str(line["reason"])
    if status != "published":
        return DONE[status]
    if not public or public in {"withheld", "deleted", "retracted"}:
        return "Published again" if public else "Published"
    return AGAIN.get(reason, "Changed")


def _entry(line: JsonObject, done: str, compared: Sequence[Difference] | None) -> Entry:
    reason = cast("str | None", line["reason"])
    return Entry(
        revision=int(cast("float", line["revision"])),
        recorded_at=str(line["recorded_at"]),
        status=str(line["status"]),
        done=done,
        reason=reason,
        why=reason and words(reason, "reason"),
        note=cast("str | None", line["note"]),
        path=str(line["self"]),
        erased=line["body"] is None and line["status"] not in {"deleted", "withheld"},
        differences=compared,
    )
