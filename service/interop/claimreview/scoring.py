"""The rating of a review: what it is called, and where it stands on its scale."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.naming import objects, part, thing
from service.records.surroundings import Surroundings

WORST, BEST = 1, 5
"""What schema.org takes for the ends of a scale that does not name them."""

FIELDS: Final = {"ratingValue": "value", "bestRating": "best", "worstRating": "worst"}


def rating(verdict: JsonObject, around: Surroundings) -> JsonObject | None:
    """Return the rating that a review gives, None where it gives none or no longer stands by it.

    What an imported review called its rating, and where it put it, goes before what we made
    of it: so it says here what it says where it was published.
    """
    if verdict["status"] == "retracted" or not verdict.keys() & {"rating", "original_rating"}:
        return None
    original = part(verdict, "original_rating")
    entry = rated(verdict, around)
    own = original.get("label")
    return thing(
        "Rating",
        {
            "alternateName": own or label(verdict, around),
            **numbers(original or on_scale(verdict, around)),
            "ratingExplanation": verdict.get("summary"),
            "description": None if own else entry.get("description"),
        },
    )


def label(verdict: JsonObject, around: Surroundings) -> str | None:
    """Return what the rating is called in the language of the verdict, or else in English.

    A scale that is gone leaves the key of the rating, which the verdict has itself.
    """
    labels = cast("Mapping[str, str]", rated(verdict, around).get("labels", {}))
    known = {language.casefold(): text for language, text in labels.items()}
    language = str(verdict.get("language", "en")).casefold()
    for tongue in (language, language.partition("-")[0], "en", *known):
        if tongue in known:
            return known[tongue]
    return cast("str | None", verdict.get("rating"))


def rated(verdict: JsonObject, around: Surroundings) -> JsonObject:
    """Return the rating of the scale that the verdict has chosen, as far as it is there."""
    chosen = [one for one in _entries(verdict, around) if one["key"] == verdict.get("rating")]
    return chosen[0] if chosen else {}


def on_scale(verdict: JsonObject, around: Surroundings) -> JsonObject:
    """Return the number of the rating, and the least and greatest of its scale."""
    known = [one["number"] for one in _entries(verdict, around) if _is_number(one.get("number"))]
    value = rated(verdict, around).get("number")
    if not known or not _is_number(value):
        return {}
    ends = cast("list[float]", known)
    return {"value": value, "best": max(ends), "worst": min(ends)}


def numbers(known: JsonObject) -> JsonObject:
    """Return the numbers of a rating where they are those of a sound scale, else none.

    Its worst is 1 or more, its best above that (Google's rules), and the value between.
    """
    value = known.get("value")
    if not _is_number(value):
        return {}
    worst, best = known.get("worst", WORST), known.get("best", BEST)
    ordered = cast("Sequence[float]", (1, worst, value, best))
    sound = list(ordered) == sorted(ordered) and worst != best
    return {name: known[own] for name, own in FIELDS.items() if own in known} if sound else {}


def _entries(verdict: JsonObject, around: Surroundings) -> Sequence[JsonObject]:
    return objects(around.get("scale", verdict.get("scale_id")) or {}, "ratings")


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float)
