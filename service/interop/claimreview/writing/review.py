"""ClaimReview out: a verdict, the claim it is about and what it was checked with, as one review.

The terms are those of schema.org; Google's rules for fact checks go before where these leave
a choice.
"""

from collections.abc import Iterator
from typing import Final, cast

import orjson

from service.documents.values import JsonObject, JsonValue, filled, members, objects
from service.interop.claimreview.writing.claim import claimant, subject
from service.interop.claimreview.writing.rating import rating
from service.interop.claimreview.writing.things import (
    coverage,
    kind_of,
    one_or_all,
    organization,
    people,
    thing,
    work,
)
from service.interop.newsroom import Newsroom
from service.records.notices import Notice
from service.records.surroundings import Shown, Surroundings

CONTEXT: Final = "https://schema.org"

STATUSES: Final = {
    "draft": "Draft",
    "in_review": "In review",
    "retracted": "Retracted",
    "withheld": "Withheld",
}
"""How a review stands that is not simply published."""


def markup(shown: Shown, newsroom: Newsroom) -> str:
    """Return a verdict with all around it as a ClaimReview in JSON-LD, one line of text.

    No text in it ends the script element of a page that it is put into as it is.
    """
    text = orjson.dumps(document(shown.record, shown.around, newsroom)).decode()
    return text.replace("<", r"\u003c") + "\n"


def document(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject:
    """Return a verdict as a ClaimReview that stands by itself."""
    return {"@context": CONTEXT, **review(verdict, around, newsroom)}


def review(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject:
    """Return a verdict as a ClaimReview; what nobody said is not there.

    A retracted one has no rating, so that nobody takes it for a finding. Of a claim that is
    gone nothing is said.
    """
    claim = around.get("claim", verdict["claim_id"]) or {}
    publisher = organization(members(verdict.get("publisher")))
    return {
        "@type": "ClaimReview",
        "@id": newsroom.of(verdict),
        "identifier": _identifiers(verdict),
        "url": verdict.get("url", newsroom.of(verdict)),
        **filled(
            {
                "claimReviewed": claim.get("text"),
                "itemReviewed": claim and subject(claim, around, newsroom),
                "reviewRating": rating(verdict, around),
                "author": one_or_all([publisher, *people(verdict)]),
                "publisher": publisher,
                "comment": one_or_all(_replies(verdict, claim)),
                "citation": one_or_all(_citations(verdict, around, newsroom)),
                **_said(verdict),
                **_kept(verdict, around, newsroom),
            }
        ),
    }


def _said(verdict: JsonObject) -> JsonObject:
    """Return what the review says itself, and when."""
    return {
        "name": verdict.get("title"),
        "headline": verdict.get("title"),
        "description": verdict.get("summary"),
        "reviewBody": verdict.get("explanation"),
        "image": verdict.get("image"),
        "inLanguage": verdict.get("language"),
        "datePublished": verdict.get("published_at"),
        "temporalCoverage": coverage(members(verdict.get("valid"))),
        "expires": verdict.get("review_by"),
        "workTranslation": one_or_all(_translations(verdict)),
    }


def _kept(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject:
    """Return what the newsroom says of the review: its changes, its standing and its licence.

    What was found elsewhere is not ours to license; this description of it is.
    """
    return {
        "dateModified": verdict["updated_at"],
        "creativeWorkStatus": STATUSES.get(str(verdict["status"])),
        "correction": one_or_all(map(_correction, around.notices_of(verdict))),
        "license": None if "origin" in verdict else newsroom.license,
        "sdPublisher": organization(newsroom.publisher),
        "sdLicense": newsroom.license,
    }


def _identifiers(verdict: JsonObject) -> JsonValue:
    """Return the id, and those that other systems have for it."""
    others = cast("dict[str, str]", verdict.get("external_ids", {}))
    values = [
        thing("PropertyValue", {"propertyID": system, "value": value})
        for system, value in others.items()
    ]
    return one_or_all([verdict["id"], *values])


def _correction(notice: Notice) -> JsonObject | None:
    members: JsonObject = {"text": notice.note, "datePublished": notice.at}
    return thing("CorrectionComment", members)


def _citations(
    verdict: JsonObject, around: Surroundings, newsroom: Newsroom
) -> Iterator[JsonValue]:
    """Yield what it was checked with, each work once; what cannot be shown by its description."""
    seen = set[object]()
    for one in objects(verdict.get("evidence")):
        identifier, described = one.get("source_id"), one.get("described_as")
        source = around.get("source", identifier)
        if source and identifier not in seen:
            seen.add(identifier)
            yield thing(kind_of(source), {"@id": newsroom.of(source), **work(source)})
        elif not source:
            yield thing("CreativeWork", {"name": described})


def _replies(verdict: JsonObject, claim: JsonObject) -> Iterator[JsonValue]:
    """Yield what the claimant answered."""
    for one in objects(verdict.get("right_of_reply")):
        if answer := one.get("answer"):
            author = claimant(members(claim.get("claimant")))
            said = {"text": answer, "dateCreated": one.get("answered_at"), "author": author}
            yield thing("Comment", said)


def _translations(verdict: JsonObject) -> Iterator[JsonValue]:
    for one in objects(verdict.get("translations")):
        said = {"name": one.get("title"), "description": one.get("summary")}
        yield thing("CreativeWork", {"inLanguage": one["language"], **said})
