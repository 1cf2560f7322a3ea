"""The rating of a review: what it is called, and where it stands on its scale."""

from typing import Final, cast

from service.documents.values import JsonObject, members
from service.interop.claimreview.writing.things import thing
from service.interop.scales import entry, is_number, label, place, scale_of
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
    original, scale = members(verdict.get("original_rating")), scale_of(verdict, around)
    own, key = original.get("label"), verdict.get("rating")
    return thing(
        "Rating",
        {
            "alternateName": label(scale, verdict),
            **numbers(original or place(scale, key)),
            "ratingExplanation": verdict.get("summary"),
            "description": None if own else entry(scale, key).get("description"),
        },
    )


def numbers(known: JsonObject) -> JsonObject:
    """Return the numbers of a rating where they are those of a sound scale, else none.

    Its worst is 1 or more, its best above that (Google's rules), and the value between.
    """
    value = known.get("value")
    if not is_number(value):
        return {}
    worst, best = known.get("worst", WORST), known.get("best", BEST)
    ordered = cast("list[float]", [1, worst, value, best])
    sound = ordered == sorted(ordered) and worst != best
    return {name: known[own] for name, own in FIELDS.items() if own in known} if sound else {}
