"""A source: what claims and findings come from."""

from schemas import bounds
from schemas.dates import HalfKnownDate
from schemas.fields import Choice, ServerSet, Text, Wording
from schemas.record import SEARCHED, RecordSchema
from schemas.structures import Many, Object, Part
from schemas.texts import Language, RecordId, Sha256, Url


class AnonymitySchema(Object):
    """How a source that is not named may be described, and why; never the name."""

    described_as = Wording(bounds.NAME, required=True)
    reason = Text(bounds.PARAGRAPH)


class SourceTranslationSchema(Object):
    """The title in another language."""

    language = Language(required=True)
    title = Wording(bounds.TITLE, required=True, metadata=SEARCHED)


class SourceSchema(RecordSchema):
    """Where something comes from, how far to trust it, and what it leans on itself.

    `reliability` is the Admiralty grade: A completely reliable … E unreliable, F cannot be
    judged.
    """

    type = ServerSet(Choice("source"))
    title = Wording(bounds.TITLE, required=True, metadata=SEARCHED)
    source_type = Choice(
        "person",
        "organization",
        "document",
        "statement",
        "article",
        "broadcast",
        "post",
        "interview",
        "dataset",
        "imagery",
        "intelligence",
        "other",
    )
    url = Url(metadata={"filter": "url"})
    archived_url = Url(metadata={"filter": "url"})
    publisher = Text(bounds.NAME, metadata={"filter": "publisher", **SEARCHED})
    authors = Many(Text(bounds.NAME, metadata=SEARCHED), bounds.SEVERAL)
    published_at = HalfKnownDate()
    accessed_at = HalfKnownDate()
    language = Language(metadata={"filter": "language"})
    reliability = Choice("A", "B", "C", "D", "E", "F")
    reliability_note = Text(bounds.PARAGRAPH)
    interests = Text(bounds.PARAGRAPH)
    anonymity = Part(AnonymitySchema)
    derived_from = Many(
        RecordId(metadata={"refers_to": "source", "filter": "source_id"}), bounds.MANY
    )
    content_sha256 = Sha256()
    license = Text(bounds.NAME)
    translations = Many(Part(SourceTranslationSchema), bounds.SEVERAL, unique="language")
