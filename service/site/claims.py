"""The page of a claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from service.documents.values import JsonObject
from service.interop.scales import scale_of
from service.records.surroundings import Shown, Surroundings
from service.site.banners import banners
from service.site.history import Drawn, timeline
from service.site.ratings import Step, chosen, steps
from service.site.rendering import Site, embedded, render


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the rating it gives, and its scale."""

    verdict: JsonObject
    rating: Step | None
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A part of a claim that names a source, and that source, None if it is gone."""

    said: JsonObject
    source: JsonObject | None


@dataclass(frozen=True, slots=True)
class Related:
    """A relation to another claim, that claim, None if it is gone, and the verdicts on it."""

    said: JsonObject
    claim: JsonObject | None
    judged: list[Judged]


def page(site: Site, shown: Shown, drawn: Drawn, others: Surroundings) -> str:
    """Return the page of a claim; `others` stand around the claims that it is related to."""
    claim = shown.record
    entries = timeline(drawn.past, {})
    return render(
        "claim.html",
        site,
        place=shown.place,
        claim=claim,
        judged=judged(shown.around, claim),
        appearances=list(_sourced(shown, "appearances")),
        attribution=list(_sourced(shown, "attribution")),
        related=list(_related(shown, others)),
        entries=entries[::-1],
        whole=drawn.past.whole,
        banners=list(banners(shown, entries, drawn.as_of)),
        as_of=drawn.as_of,
        hidden=drawn.as_of is not None or claim["status"] != "published",
        markup=drawn.markup and embedded(drawn.markup),
    )


def judged(around: Surroundings, claim: JsonObject) -> list[Judged]:
    """Return the verdicts on a claim, the newest first."""
    found = around.verdicts_on(claim["id"])[::-1]
    return [opinion(around, one) for one in found]


def opinion(around: Surroundings, verdict: JsonObject) -> Judged:
    """Return a verdict with its rating."""
    scale = scale_of(verdict, around)
    given = verdict.get("rating"), verdict.get("language")
    return Judged(verdict, chosen(scale, *given), steps(scale, *given))


def _sourced(shown: Shown, name: str) -> Iterator[Sourced]:
    for one in cast("list[JsonObject]", shown.record.get(name) or []):
        yield Sourced(one, shown.around.get("source", one.get("source_id")))


def _related(shown: Shown, others: Surroundings) -> Iterator[Related]:
    for one in cast("list[JsonObject]", shown.record.get("relations") or []):
        claim = shown.around.get("claim", one["claim_id"])
        yield Related(one, claim, judged(others, claim) if claim else [])
