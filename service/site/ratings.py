"""A rating and its scale: every step, with the one that a verdict chose."""

import re
from dataclasses import dataclass
from typing import Final, cast

from service.documents.values import JsonObject
from service.interop.scales import spoken
from service.site.wording import plain

_COLOR: Final = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Step:
    """A rating of a scale as it is shown; `language` is that of the label, None if unknown."""

    key: str
    label: str
    language: str | None
    description: str | None = None
    number: float | None = None
    color: str | None = None
    chosen: bool = False


def steps(scale: JsonObject | None, chosen: object, language: object = None) -> list[Step]:
    """Return the ratings of a scale in their order, those without a number last.

    A rating that the scale does not have, or a scale that is not there, gives that rating alone.
    """
    ratings = cast("list[JsonObject]", scale["ratings"]) if scale else []
    found = [_step(one, chosen, str(language or "en")) for one in ratings]
    if chosen and not any(one.chosen for one in found):
        found.append(Step(str(chosen), plain(chosen), "en", chosen=True))
    return sorted(found, key=lambda one: one.number is None)


def chosen(scale: JsonObject | None, key: object, language: object = None) -> Step | None:
    """Return the rating of a verdict, None where it has none yet."""
    return next((one for one in steps(scale, key, language) if one.chosen), None)


def _step(rating: JsonObject, chosen: object, language: str) -> Step:
    labels = cast("dict[str, str]", rating.get("labels") or {})
    tag = spoken(labels, language)
    color = str(rating.get("color") or "")
    return Step(
        key=str(rating["key"]),
        label=labels[tag] if tag else plain(rating["key"]),
        language=tag or "en",
        description=cast("str | None", rating.get("description")),
        number=cast("float | None", rating.get("number")),
        color=color if _COLOR.fullmatch(color) else None,
        chosen=rating["key"] == chosen,
    )
