"""A claim: what was said, by whom, and how it reached the public."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas import bounds
from schemas.dates import HalfKnownDate
from schemas.fields import Choice, Flag, Number, ServerSet, Text, Wording, message
from schemas.period import PeriodSchema
from schemas.record import SEARCHED, RecordSchema
from schemas.structures import Many, Object, Part, RuledObject
from schemas.texts import Language, RecordId, Sha256, Url

SOURCE = {"refers_to": "source", "filter": "source_id"}
URL = {"filter": "url"}


class ClaimantSchema(Object):
    """Whose assertion it is."""

    name = Text(bounds.NAME, metadata={"filter": "claimant"})
    kind = Choice(
        "person", "organization", "government", "group", "anonymous", "machine", "unknown"
    )
    role = Text(bounds.NAME)
    affiliation = Text(bounds.NAME)
    same_as = Many(Url(), bounds.FEW)
    source_id = RecordId(metadata={"refers_to": "source"})


class QuantitySchema(RuledObject):
    """The number in a claim: one value, or a range open or closed at either end."""

    value = Number()
    low = Number()
    high = Number()
    comparison = Choice("exactly", "about", "more_than", "at_least", "less_than", "at_most")
    unit = Text(bounds.LABEL)
    measure = Choice("total", "change")

    def broken_rules(
        self, data: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield the faults of a quantity without a number, with two, or with a reversed range."""
        ranged = bool(given.keys() & {"low", "high"})
        if "value" in given and ranged:
            yield "value", message("invalid", "give either value, or low and high; not both")
        if "value" not in given and not ranged:
            yield "value", message("required", "give value, or low, or high, or both of these")
        if {"low", "high"} <= data.keys() and data["low"] > data["high"]:
            yield "low", message("out-of-range", "low is above high; expected high or less")


class MediaSchema(Object):
    """A picture, film or recording that is part of the claim."""

    url = Url(required=True, metadata=URL)
    kind = Choice("image", "video", "audio")
    sha256 = Sha256()
    archived_url = Url(metadata=URL)
    description = Text(bounds.PARAGRAPH)


class AppearanceSchema(Object):
    """Where the public met the claim."""

    url = Url(metadata=URL)
    source_id = RecordId(metadata=SOURCE)
    platform = Text(bounds.LABEL)
    archived_url = Url(metadata=URL)
    title = Text(bounds.TITLE)
    publisher = Text(bounds.NAME)
    published_at = HalfKnownDate()
    quote = Text(bounds.PARAGRAPH, metadata=SEARCHED)
    locator = Text(bounds.TITLE)
    first = Flag()


class AttributionSchema(Object):
    """One step of the way by which the claim reached us."""

    source_id = RecordId(required=True, metadata=SOURCE)
    verb = Choice("said", "reported", "leaked", "affirmed", "denied")
    at = HalfKnownDate()
    quote = Text(bounds.PARAGRAPH, metadata=SEARCHED)
    locator = Text(bounds.TITLE)


class RelationSchema(Object):
    """How the claim stands to another."""

    type = Choice(
        "contradicts",
        "supports",
        "part_of",
        "variant_of",
        "repeats",
        "quantifies",
        "responds_to",
        "offered_as_evidence_for",
        "supersedes",
        required=True,
    )
    claim_id = RecordId(required=True, metadata={"refers_to": "claim", "filter": "claim_id"})
    note = Text(bounds.NOTE)


class ClaimTranslationSchema(Object):
    """The claim in another language."""

    language = Language(required=True)
    text = Wording(bounds.PARAGRAPH, required=True, metadata=SEARCHED)


class ClaimSchema(RecordSchema):
    """What was said."""

    type = ServerSet(Choice("claim"))
    text = Wording(bounds.PARAGRAPH, required=True, metadata=SEARCHED)
    language = Language(metadata={"filter": "language"})
    claimant = Part(ClaimantSchema)
    claimed_at = HalfKnownDate()
    claim_type = Choice(
        "event",
        "quantity",
        "quotation",
        "causal",
        "position",
        "prediction",
        "opinion",
        metadata={"filter": "claim_type"},
    )
    about = Part(PeriodSchema, metadata={"period": True})
    quantity = Part(QuantitySchema)
    topics = Many(Text(bounds.LABEL, metadata={"filter": "topic"}), bounds.SEVERAL)
    locations = Many(Text(bounds.NAME), bounds.SEVERAL)
    context = Text(bounds.PAGE, metadata=SEARCHED)
    media = Many(Part(MediaSchema), bounds.SEVERAL)
    appearances = Many(Part(AppearanceSchema), bounds.MANY)
    attribution = Many(Part(AttributionSchema), bounds.SEVERAL)
    relations = Many(Part(RelationSchema), bounds.MANY)
    translations = Many(Part(ClaimTranslationSchema), bounds.SEVERAL, unique="language")
