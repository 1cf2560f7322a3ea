"""The lines of an export as it travels: first meta, a line a record or revision, at last end.

The ``body`` of a revision is left to the schema of the line's kind, and so is a record. A file
made by hand may leave out meta and end, and in a history salt, sha256 and recorded_by.
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
    as_of = Instant()
    types = Many(Key(), bounds.FEW)
    cursor = Text(bounds.CURSOR)


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


class RecordLineSchema(Object):
    """What a line of an import may have beside the members of a record."""

    op = Choice("put", "patch", "delete")
    if_revision = Integer(1, bounds.REVISION)


class HistoryEndSchema(Object):
    """How much came before, and its hash, so that a cut-off file is known."""

    type = Choice("end", required=True)
    records = Integer(0, bounds.REVISION, required=True)
    revisions = Integer(0, bounds.REVISION, required=True)
    sha256 = Sha256(required=True)
