"""The claim that a review is of: who made it, when, and where the public met it."""

from collections.abc import Iterator
from typing import Final, cast

from service.documents.values import JsonObject, JsonValue, members, objects
from service.interop.claimreview.writing.things import (
    coverage,
    kind_of,
    named,
    one_or_all,
    thing,
    work,
)
from service.interop.newsroom import Newsroom
from service.records.surroundings import Surroundings

BODIES: Final = {
    "organization": "Organization",
    "government": "GovernmentOrganization",
    "group": "Organization",
}
"""Kinds of claimants that are organizations of a type; of others readers expect a person."""

MEDIA: Final = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}


def subject(claim: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject | None:
    """Return a claim as schema.org has it."""
    first, others = _appearances(claim, around)
    places = cast("list[str]", claim.get("locations", []))
    return thing(
        "Claim",
        {
            "@id": newsroom.of(claim),
            "identifier": claim["id"],
            "text": claim["text"],
            "description": claim.get("context"),
            "inLanguage": claim.get("language"),
            "author": claimant(members(claim.get("claimant"))),
            "datePublished": claim.get("claimed_at"),
            "firstAppearance": one_or_all(first),
            "appearance": one_or_all(others),
            "temporalCoverage": coverage(members(claim.get("about"))),
            "contentLocation": one_or_all(named("Place", name) for name in places),
            "keywords": claim.get("topics"),
            "associatedMedia": one_or_all(_media(claim)),
            "workTranslation": one_or_all(_translations(claim)),
        },
    )


def claimant(known: JsonObject) -> JsonObject | None:
    """Return whose assertion it is: a person or an organization."""
    same = cast("list[JsonValue]", known.get("same_as", []))
    members: JsonObject = {"name": known.get("name"), "sameAs": one_or_all(same)}
    belongs = named("Organization", known.get("affiliation"))
    if kind := BODIES.get(str(known.get("kind"))):
        inside = {"description": known.get("role"), "parentOrganization": belongs}
        return thing(kind, members | inside)
    return thing("Person", members | {"jobTitle": known.get("role"), "affiliation": belongs})


def _appearances(
    claim: JsonObject, around: Surroundings
) -> tuple[list[JsonObject | None], list[JsonObject | None]]:
    """Return where it appeared first, and where else."""
    found = objects(claim.get("appearances"))
    first = [_appearance(one, around) for one in found if one.get("first")]
    return first, [_appearance(one, around) for one in found if not one.get("first")]


def _appearance(known: JsonObject, around: Surroundings) -> JsonObject | None:
    """Return a work in which the claim appeared; its source says what it does not say itself."""
    own: dict[str, JsonValue] = {
        "name": known.get("title"),
        "url": known.get("url"),
        "archivedAt": known.get("archived_url"),
        "publisher": named("Organization", known.get("publisher")),
        "datePublished": known.get("published_at"),
        "text": known.get("quote"),
        "isPartOf": named("WebSite", known.get("platform")),
    }
    source = around.get("source", known.get("source_id")) or {}
    said = {name: value for name, value in own.items() if value is not None}
    return thing(kind_of(source), work(source) | said)


def _media(claim: JsonObject) -> Iterator[JsonValue]:
    for one in objects(claim.get("media")):
        yield thing(
            MEDIA.get(str(one.get("kind")), "MediaObject"),
            {
                "contentUrl": one["url"],
                "archivedAt": one.get("archived_url"),
                "sha256": one.get("sha256"),
                "description": one.get("description"),
            },
        )


def _translations(claim: JsonObject) -> Iterator[JsonValue]:
    for one in objects(claim.get("translations")):
        yield thing("Claim", {"inLanguage": one["language"], "text": one["text"]})
