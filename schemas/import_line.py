"""The lines of a history as it travels: first meta, a line a revision, at last end.

``body`` is left to the schema of the line's kind. A file made by hand may leave out meta, end,
salt, sha256 and recorded_by.
"""

from typing import Final

from schemas import bounds
from schemas.dates import Instant
from schemas.fields import Choice, Flag, Integer, Text
from schemas.free import BoundedObject, FreeObject
from schemas.record import REASONS, STATUSES, RecordedBySchema
from schemas.structures import Many, Object, Part
from schemas.texts import Key, RecordId, Salt, Sha256

FORMAT: Final = "factcheck-records/1"


class HistoryMetaSchema(Object):
    """What the file is."""

    type = Choice("meta", required=True)
    format = Choice(FORMAT, required=True)
    history = Flag(required=True)
    exported_at = Instant()


class HistoryRevisionSchema(Object):
    """One revision, with the instant and the author it had.

    One that was purged has `purged_at` and its hash, and no content; `public` tells what can
    no longer be seen from it, and `purges` stands in the revision that took the content.
    """

    type = Key(required=True)
    id = RecordId(required=True)
    revision = Integer(1, bounds.REVISION, required=True)
    recorded_at = Instant(required=True)
    recorded_by = Part(RecordedBySchema)
    status = Choice("draft", "in_review", *STATUSES[1:], "deleted", required=True)
    note = Text(bounds.NOTE)
    reason = Choice(*REASONS)
    public = Flag()
    purged_at = Instant()
    purges = Many(Integer(1, bounds.REVISION), bounds.REVISION, minimum=1)
    salt = Salt()
    sha256 = Sha256()
    internal = BoundedObject(bounds.INTERNAL_BYTES)
    body = FreeObject(required=True)


class HistoryEndSchema(Object):
    """How much came before, and its hash, so that a cut-off file is known."""

    type = Choice("end", required=True)
    records = Integer(0, bounds.REVISION, required=True)
    revisions = Integer(0, bounds.REVISION, required=True)
    sha256 = Sha256(required=True)
