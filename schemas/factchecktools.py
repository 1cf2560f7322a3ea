"""A page of ClaimReview markup, as Google's Fact Check Tools API has it (v1alpha1)."""

from typing import Final

from schemas import bounds
from schemas.dates import HalfKnownDate
from schemas.fields import Integer, Text, Wording
from schemas.structures import Many, Object, Part
from schemas.texts import Url

INT32: Final = 2**31
"""Whole numbers from minus this to below it are what Google calls int32."""


class ClaimAuthorSchema(Object):
    """Whose assertion the claim is."""

    name = Text(bounds.NAME)
    imageUrl = Url()  # noqa: N815 -- these are Google's names
    jobTitle = Text(bounds.NAME)  # noqa: N815
    sameAs = Url()  # noqa: N815


class ClaimRatingSchema(Object):
    """The rating that the publisher gave."""

    textualRating = Text(bounds.NAME)  # noqa: N815
    ratingValue = Integer(-INT32, INT32 - 1)  # noqa: N815
    worstRating = Integer(-INT32, INT32 - 1)  # noqa: N815
    bestRating = Integer(-INT32, INT32 - 1)  # noqa: N815
    imageUrl = Url()  # noqa: N815
    ratingExplanation = Text(bounds.PARAGRAPH)  # noqa: N815


class ClaimReviewAuthorSchema(Object):
    """Who publishes the page."""

    name = Text(bounds.NAME)
    imageUrl = Url()  # noqa: N815


class ClaimReviewMarkupSchema(Object):
    """One review of one claim."""

    url = Url()
    claimReviewed = Wording(bounds.PARAGRAPH, required=True)  # noqa: N815
    claimDate = HalfKnownDate()  # noqa: N815
    claimLocation = Text(bounds.NAME)  # noqa: N815
    claimFirstAppearance = Url()  # noqa: N815
    claimAppearances = Many(Url(), bounds.MANY)  # noqa: N815
    claimAuthor = Part(ClaimAuthorSchema)  # noqa: N815
    rating = Part(ClaimRatingSchema)


class ClaimReviewMarkupPageSchema(Object):
    """A page and its reviews; `name` and `versionId` are the service's to give."""

    name = Text(bounds.URL)
    pageUrl = Url(required=True)  # noqa: N815
    publishDate = HalfKnownDate(past=True)  # noqa: N815
    claimReviewAuthor = Part(ClaimReviewAuthorSchema)  # noqa: N815
    claimReviewMarkups = Many(  # noqa: N815
        Part(ClaimReviewMarkupSchema), bounds.MANY, minimum=1, required=True
    )
    versionId = Text(bounds.LABEL)  # noqa: N815
