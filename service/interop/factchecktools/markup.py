"""Markup of a page and the records that it is kept in: a claim and a verdict for each review."""

from collections.abc import Mapping
from typing import Final

from service.documents import patches
from service.documents.diffs import merge_patch
from service.documents.values import JsonObject, JsonValue, array, members, objects
from service.interop.factchecktools import ratings

CLAIMANT: Final = {"name": "name", "jobTitle": "role"}
PUBLISHER: Final = {"name": "name", "imageUrl": "logo"}


def claim_of(markup: JsonObject) -> JsonObject:
    """Return the claim that a markup speaks of.

    The picture of its author has no place among the fields, and is kept in `origin.raw`.
    """
    author = members(markup.get("claimAuthor"))
    claimant: JsonObject = _renamed(author, CLAIMANT)
    if "sameAs" in author:
        claimant["same_as"] = [author["sameAs"]]
    first, others = markup.get("claimFirstAppearance"), markup.get("claimAppearances")
    appearances: list[JsonValue] = [{"url": first, "first": True}] if first else []
    appearances += [{"url": url} for url in others] if isinstance(others, list) else []
    picture: JsonObject = {"claimAuthor": {"imageUrl": author.get("imageUrl")}}
    origin: JsonObject = {"raw": picture} if "imageUrl" in author else {}
    return _given(
        text=markup.get("claimReviewed"),
        claimed_at=markup.get("claimDate"),
        locations=[markup["claimLocation"]] if "claimLocation" in markup else None,
        claimant=claimant,
        appearances=appearances,
        origin=origin,
    )


def verdict_of(page: JsonObject, markup: JsonObject) -> JsonObject:
    """Return the verdict that a markup and its page give, without its claim."""
    rating = members(markup.get("rating"))
    return _given(
        url=markup.get("url", page.get("pageUrl")),
        published_at=page.get("publishDate"),
        publisher=_renamed(members(page.get("claimReviewAuthor")), PUBLISHER),
        summary=rating.get("ratingExplanation"),
        image=rating.get("imageUrl"),
        **ratings.kept(rating),
    )


def markup_of(claim: JsonObject, verdict: JsonObject, scale: JsonObject) -> JsonObject:
    """Return the markup that a verdict on a claim amounts to."""
    claimant, appearances = members(claim.get("claimant")), _addressed(claim)
    first = next((one for one in appearances if one.get("first")), None)
    raw = members(members(members(claim.get("origin")).get("raw")).get("claimAuthor"))
    author = {theirs: claimant.get(ours) for theirs, ours in CLAIMANT.items()}
    author |= {"sameAs": _first(claimant.get("same_as")), "imageUrl": raw.get("imageUrl")}
    rating = ratings.shown(verdict, scale)
    rating |= _given(imageUrl=verdict.get("image"), ratingExplanation=verdict.get("summary"))
    return _given(
        url=verdict["url"],
        claimReviewed=claim.get("text"),
        claimDate=claim.get("claimed_at"),
        claimLocation=_first(claim.get("locations")),
        claimFirstAppearance=first and first["url"],
        claimAppearances=[one["url"] for one in appearances if one is not first],
        claimAuthor=_given(**author),
        rating=rating,
    )


def page_of(verdict: JsonObject) -> JsonObject:
    """Return what a page says of itself, which is what its first verdict says."""
    publisher = members(verdict.get("publisher"))
    author = {theirs: publisher.get(ours) for theirs, ours in PUBLISHER.items()}
    return _given(
        pageUrl=str(verdict["url"]).partition("#")[0],
        publishDate=verdict.get("published_at"),
        claimReviewAuthor=_given(**author),
    )


def revised(record: JsonObject, before: JsonObject, after: JsonObject) -> JsonObject:
    """Return a record with what changed between two mappings of it, and all else as it was.

    Of its appearances, places and addresses of the claimant Google shows a part: the others
    stay, and an appearance that stays keeps what else is known of it.
    """
    patch = members(merge_patch(before, after))
    body = members(patches.merge(record, patch))
    if patch.get("original_rating") and "original_rating" not in record:
        body["original_rating"] = after["original_rating"]  # its numbers were those of the scale
    if isinstance(patch.get("appearances"), list):
        body["appearances"] = _kept(record, objects(patch["appearances"]))
    if isinstance(patch.get("locations"), list):
        body["locations"] = [*array(patch["locations"]), *array(record.get("locations"))[1:]]
    if isinstance(same := members(patch.get("claimant")).get("same_as"), list):
        known = array(members(record.get("claimant")).get("same_as"))
        body["claimant"] = {**members(body["claimant"]), "same_as": [*same, *known[1:]]}
    return body


def _kept(record: JsonObject, asked: list[JsonObject]) -> list[JsonValue]:
    known = {
        one["url"]: {name: value for name, value in one.items() if name != "first"}
        for one in _addressed(record)
    }
    others = [one for one in objects(record.get("appearances")) if "url" not in one]
    return [*({**known.get(one["url"], {}), **one} for one in asked), *others]  # pyright: ignore[reportArgumentType]


def _addressed(claim: JsonObject) -> list[JsonObject]:
    return [one for one in objects(claim.get("appearances")) if "url" in one]


def _renamed(sent: JsonObject, names: Mapping[str, str]) -> JsonObject:
    return {ours: sent[theirs] for theirs, ours in names.items() if theirs in sent}


def _first(value: JsonValue) -> JsonValue:
    return next(iter(array(value)), None)


def _given(**fields: JsonValue) -> JsonObject:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}
