"""Ratings as Google has them: a label, and whole numbers on a scale of the publisher's."""

from collections.abc import Mapping
from typing import Final

from schemas.factchecktools import INT32
from service.documents.values import JsonObject, JsonValue, members
from service.interop import scales
from service.interop.ratings import normalised
from service.interop.ratings.normalising import SCALE

NUMBERS: Final = {"ratingValue": "value", "worstRating": "worst", "bestRating": "best"}
"""Google's names for the numbers of an original rating."""

SIZES: Final = ("value", "best", "worst")


def label(verdict: JsonObject, scale: JsonObject) -> str | None:
    """Return a verdict's rating in words: the publisher's own, else its scale's.

    The scale's is in the language of the verdict, else in English, else in any; where the scale
    cannot be read the key of the rating stands for it.
    """
    if own := members(verdict.get("original_rating")).get("label"):
        return str(own)
    return scales.label(scale, verdict)


def shown(verdict: JsonObject, scale: JsonObject) -> JsonObject:
    """Return label and numbers: the original ones, else those of the scale.

    A number that is no int32 is left out, for Google knows no other.
    """
    numbers = members(verdict.get("original_rating")) or scales.place(scale, verdict.get("rating"))
    found: JsonObject = {}
    if (said := label(verdict, scale)) is not None:
        found["textualRating"] = said
    for theirs, ours in NUMBERS.items():
        value = numbers.get(ours)
        if isinstance(value, int | float) and value == int(value) and -INT32 <= value < INT32:
            found[theirs] = int(value)
    return found


def kept(rating: Mapping[str, JsonValue]) -> JsonObject:
    """Return what a verdict keeps of a rating: as it was sent, and what it comes to."""
    names = {"textualRating": "label", **NUMBERS}
    original = {ours: rating[theirs] for theirs, ours in names.items() if theirs in rating}
    if not original:
        return {}
    label = str(original["label"]) if "label" in original else None
    value, best, worst = (
        float(str(original[size])) if size in original else None for size in SIZES
    )
    normal = normalised(label, value, best, worst)
    found: JsonObject = {"original_rating": {**original, "rule": normal.rule}}
    return found | ({"scale_id": SCALE, "rating": normal.rating} if normal.rating else {})
