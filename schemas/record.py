"""What records of all kinds share."""

from typing import Final

from schemas import bounds
from schemas.dates import HalfKnownDate, Instant
from schemas.fields import Choice, Integer, ServerSet, Text
from schemas.free import BoundedObject, FreeObject, RawItem
from schemas.structures import Many, Map, Object, Part
from schemas.texts import Key, RecordId, Sha256, Url

SEARCHED: Final = {"searched": True}
"""The metadata of a text in which words are looked for."""

STATUSES: Final = ("draft", "published", "retracted", "withheld")
REASONS: Final = (
    "correction",
    "clarification",
    "new_evidence",
    "world_changed",
    "typo",
    "duplicate",
    "legal",
)


class OriginCorrectionSchema(Object):
    """What was corrected where a record was found, before it was here, and when."""

    text = Text(bounds.PARAGRAPH, required=True)
    published_at = HalfKnownDate()


class OriginSchema(Object):
    """Where an imported record was found; keys alone see `raw`."""

    url = Url()
    fetched_at = Instant()
    sha256 = Sha256()
    corrections = Many(Part(OriginCorrectionSchema), bounds.MANY)
    raw = RawItem(bounds.RAW_BYTES)


class RecordedBySchema(Object):
    """Whose key made a revision, and the person behind it."""

    key = Text(bounds.NAME)
    actor = Text(bounds.ACTOR)


class ChangeSchema(Object):
    """What goes with a write and is not content: why, and who."""

    note = Text(bounds.NOTE, load_only=True)
    reason = Choice(*REASONS, load_only=True)
    actor = Text(bounds.ACTOR, load_only=True)


class RecordSchema(ChangeSchema):
    """The members that a record of any kind has.

    The server's own are let through as they come: a record that was read, edited and sent
    back holds them, and the service refuses those that were changed.
    """

    id = RecordId()
    revision = ServerSet(Integer(1, bounds.REVISION))
    status = Choice(*STATUSES)
    created_at = ServerSet(Instant())
    updated_at = ServerSet(Instant())
    self = ServerSet(Text(bounds.URL))
    recorded_by = ServerSet(Part(RecordedBySchema))
    expanded = ServerSet(FreeObject())
    external_ids = Map(Key(), Text(bounds.NAME), bounds.SEVERAL)
    origin = Part(OriginSchema)
    internal = BoundedObject(bounds.INTERNAL_BYTES)
