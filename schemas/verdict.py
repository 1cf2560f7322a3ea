"""A verdict: what the checkers found about a claim."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas import bounds
from schemas.dates import HalfKnownDate
from schemas.fields import Choice, Integer, Number, ServerSet, Text, Wording, message
from schemas.period import PeriodSchema
from schemas.record import SEARCHED, STATUSES, RecordSchema
from schemas.structures import Many, Object, Part, RuledObject
from schemas.texts import Key, Language, RecordId, Url


class EvidenceSchema(RuledObject):
    """What the claim was checked with.

    `credibility` is the Admiralty grade: 1 confirmed by other sources … 5 improbable,
    6 cannot be judged.
    """

    source_id = RecordId(metadata={"refers_to": "source", "filter": "source_id"})
    described_as = Wording(bounds.TITLE)
    stance = Choice(
        "supports", "refutes", "context", "offered_by_claimant", metadata={"filter": "stance"}
    )
    credibility = Integer(1, 6)
    quote = Text(bounds.PARAGRAPH)
    locator = Text(bounds.TITLE)
    note = Text(bounds.PARAGRAPH)

    def broken_rules(
        self, _: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield the fault of evidence that is from nowhere."""
        if not given.keys() & {"source_id", "described_as"}:
            detail = "give source_id, or described_as for what cannot be shown"
            yield "source_id", message("required", detail)


class PublisherSchema(Object):
    """Who publishes the verdict; the service's settings fill what is left out."""

    name = Text(bounds.NAME, metadata={"filter": "publisher"})
    url = Url()
    logo = Url()


class RightOfReplySchema(Object):
    """That the claimant was asked, and what the answer was."""

    asked_at = HalfKnownDate()
    answered_at = HalfKnownDate()
    answer = Text(bounds.PAGE)


class OriginalRatingSchema(Object):
    """The rating as an imported review had it, and the rule that normalised it."""

    label = Text(bounds.NAME)
    value = Number()
    best = Number()
    worst = Number()
    rule = Text(bounds.TITLE)


class VerdictTranslationSchema(RuledObject):
    """Title and summary in another language; one of them is enough."""

    language = Language(required=True)
    title = Wording(bounds.TITLE, metadata=SEARCHED)
    summary = Wording(bounds.PARAGRAPH, metadata=SEARCHED)

    def broken_rules(
        self, _: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield the fault of a translation of nothing."""
        if not given.keys() & {"title", "summary"}:
            yield "title", message("required", "give title, or summary, or both")


class VerdictSchema(RecordSchema):
    """What was found, why, and for what time."""

    type = ServerSet(Choice("verdict"))
    status = Choice("draft", "in_review", *STATUSES[1:])
    claim_id = RecordId(required=True, metadata={"refers_to": "claim", "filter": "claim_id"})
    scale_id = RecordId(metadata={"refers_to": "scale", "filter": "scale_id"})
    rating = Key(metadata={"filter": "rating"})
    title = Text(bounds.TITLE, metadata=SEARCHED)
    summary = Text(bounds.PARAGRAPH, metadata=SEARCHED)
    explanation = Text(bounds.ARTICLE)
    evidence = Many(Part(EvidenceSchema), bounds.MANY)
    authors = Many(Text(bounds.NAME), bounds.SEVERAL)
    publisher = Part(PublisherSchema)
    url = Url(metadata={"filter": "url"})
    image = Url()
    language = Language(metadata={"filter": "language"})
    published_at = HalfKnownDate(past=True)
    valid = Part(PeriodSchema, metadata={"period": True})
    supersedes = RecordId(metadata={"refers_to": "verdict"})
    review_by = HalfKnownDate()
    right_of_reply = Many(Part(RightOfReplySchema), bounds.SEVERAL)
    original_rating = Part(OriginalRatingSchema)
    translations = Many(Part(VerdictTranslationSchema), bounds.SEVERAL, unique="language")
