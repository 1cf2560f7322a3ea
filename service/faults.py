"""Faults: the single things wrong with a request, of which a problem lists all at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Name one thing wrong with a request and where it is.

    Exactly one of `pointer` (RFC 6901, as a URI fragment: ``#/evidence/0``),
    `parameter` (of the query) and `header` says where; `line` counts from 1
    and goes with bulk bodies.
    """

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, str | int]:
        """Return the members that are set."""
        pairs = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in pairs if value is not None}


FAULTS: dict[str, str] = {
    "required": "The field or parameter must be given.",
    "unknown-field": "No field of this name exists; the detail names the nearest one.",
    "unknown-parameter": "No parameter of this name exists here; the detail names the nearest one.",
    "invalid": "The value is not of the type or form that the field takes.",
    "not-a-choice": "The value is not one of those that the field takes; the detail lists them.",
    "too-long": "The text or list is longer than the field takes.",
    "too-short": "The text or list is shorter than the field takes.",
    "out-of-range": "The number is above or below what the field takes.",
    "in-the-future": "The instant has not come yet.",
    "in-the-past": "The instant has come already.",
    "read-only-field": "The service sets this field; send it back unchanged or leave it out.",
    "unknown-reference": "The record referred to does not exist.",
    "gone-reference": "The record referred to was deleted and cannot be referred to anew.",
    "unpublished-reference": "A public record refers only to records that are or were public.",
    "self-reference": "A record cannot refer to itself.",
    "unknown-rating": "The scale has no rating of this key.",
    "rating-lost": "A published scale may gain ratings and lose or rename none.",
    "rating-required": "A published verdict has a rating and a scale.",
    "unseen": "Under four eyes a verdict becomes public as the draft of somebody else has it.",
    "move-not-allowed": "The record cannot go from its status to this one.",
    "note-required": "A change to something public carries a note: why, in one sentence.",
    "reason-required": "A change to something public carries a reason; the detail lists them.",
    "given-twice": "The same thing was given twice with different values.",
    "not-restorable": "A tombstone or purged revision has no content to restore.",
    "patch-failed": "An operation of the JSON Patch cannot be applied to the record as it is.",
    "private-target": "A webhook goes to a public address; this one is private, local or reserved.",
    "hash-mismatch": "The SHA-256 of an imported revision is not that of its content.",
    "broken-history": "The imported revisions of a record are not 1, 2, 3 … in order of time.",
}
"""What each `code` in `errors[]` means; ``/problems/{code}`` serves these too."""
