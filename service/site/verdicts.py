"""The page of a verdict, and its card for other sites."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from service.documents.values import JsonObject
from service.interop.scales import scale_of
from service.records.surroundings import Shown
from service.site.banners import banners
from service.site.history import Drawn, Past, timeline
from service.site.ratings import chosen, steps
from service.site.rendering import Site, embedded, render


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the claim was checked with, and the source it is from, None if that is gone."""

    said: JsonObject
    source: JsonObject | None


def page(site: Site, shown: Shown, drawn: Drawn) -> str:
    """Return the page of a verdict."""
    verdict, around = shown.record, shown.around
    scale = scale_of(verdict, around)
    rated = steps(scale, verdict.get("rating"), verdict.get("language"))
    entries = timeline(drawn.past, {step.key: step.label for step in rated})
    return render(
        "verdict.html",
        site,
        place=shown.place,
        verdict=verdict,
        claim=around.get("claim", verdict["claim_id"]),
        scale=scale,
        steps=rated,
        rating=chosen(scale, verdict.get("rating"), verdict.get("language")),
        evidence=list(_evidence(shown)),
        entries=entries[::-1],
        whole=drawn.past.whole,
        banners=list(banners(shown, entries, drawn.as_of)),
        as_of=drawn.as_of,
        hidden=drawn.as_of is not None or verdict["status"] != "published",
        markup=drawn.markup and embedded(drawn.markup),
    )


def card(site: Site, shown: Shown, past: Past) -> str:
    """Return a verdict in short, for a frame in somebody's page."""
    verdict, around = shown.record, shown.around
    scale = scale_of(verdict, around)
    return render(
        "card.html",
        site,
        place=shown.place,
        verdict=verdict,
        claim=around.get("claim", verdict["claim_id"]),
        rating=chosen(scale, verdict.get("rating"), verdict.get("language")),
        steps=steps(scale, verdict.get("rating"), verdict.get("language")),
        banners=list(banners(shown, timeline(past, {}), None)),
    )


def _evidence(shown: Shown) -> Iterator[Evidence]:
    for one in cast("list[JsonObject]", shown.record.get("evidence") or []):
        yield Evidence(one, shown.around.get("source", one.get("source_id")))
