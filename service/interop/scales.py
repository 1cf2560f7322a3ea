"""A rating on its scale: what it is called, and where it stands there."""

from collections.abc import Mapping
from typing import cast

from service.documents.values import JsonObject, JsonValue, members, objects
from service.records.surroundings import Surroundings


def entry(scale: JsonObject | None, key: JsonValue) -> JsonObject:
    """Return the rating of a scale, an empty one where it is not there."""
    found = [one for one in _entries(scale) if one.get("key") == key]
    return found[0] if found else {}


def scale_of(verdict: JsonObject, around: Surroundings) -> JsonObject | None:
    """Return the scale of a verdict, None where it has none or where that is gone."""
    return around.get("scale", verdict.get("scale_id"))


def called(verdict: JsonObject, around: Surroundings) -> str | None:
    """Return what a verdict's rating is called, None where it has none."""
    return label(scale_of(verdict, around), verdict)


def label(scale: JsonObject | None, verdict: JsonObject) -> str | None:
    """Return what a verdict's rating is called, in its language as far as the scale has it.

    What an imported review called it itself goes first: so it says here what it says where
    it was published. A scale that is gone leaves the key, which the verdict has.
    """
    if own := members(verdict.get("original_rating")).get("label"):
        return str(own)
    key = verdict.get("rating")
    labels = cast("Mapping[str, str]", entry(scale, key).get("labels") or {})
    tag = spoken(labels, verdict.get("language"))
    return labels[tag] if tag else cast("str | None", key)


def spoken(labels: Mapping[str, str], language: JsonValue) -> str | None:
    """Return the tag of the label to show: of the language, of English, or of any other."""
    wished = str(language or "en").casefold()
    for wish in (wished, wished.partition("-")[0], "en"):
        for tag in labels:
            if wish in {tag.casefold(), tag.casefold().partition("-")[0]}:
                return tag
    return next(iter(labels), None)


def place(scale: JsonObject | None, key: JsonValue) -> JsonObject:
    """Return the number of a rating, and the best and worst of its scale; none without one."""
    value = entry(scale, key).get("number")
    if not is_number(value):
        return {}
    known = [one["number"] for one in _entries(scale) if is_number(one.get("number"))]
    ends = cast("list[float]", known)
    return {"value": value, "best": max(ends), "worst": min(ends)}


def is_number(value: JsonValue) -> bool:
    """Tell whether a value is a number."""
    return isinstance(value, int | float)


def _entries(scale: JsonObject | None) -> list[JsonObject]:
    return objects(scale.get("ratings")) if scale else []
