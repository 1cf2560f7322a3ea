"""The page of a claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from service.documents.values import JsonObject
from service.interop.scales import scale_of
from service.records.surroundings import HANDFUL, NEWEST, Shown, Surroundings
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
    """A relation to another claim, that claim, None if it is gone, and the verdicts on it.

    Of these it has the newest, and how many there are.
    """

    said: JsonObject
    claim: JsonObject | None
    judged: list[Judged]
    total: int


def page(site: Site, shown: Shown, drawn: Drawn, others: Surroundings) -> str:
    """Return the page of a claim; `others` stand around the claims that it is related to."""
    claim = shown.record
    entries = timeline(drawn.past, {})
    return render(
        "claim.html",
        site,
        place=shown.place,
        claim=claim,
        judged=judged(shown.around, claim, NEWEST),
        total=shown.around.total_on(claim["id"]),
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


def judged(around: Surroundings, claim: JsonObject, most: int) -> list[Judged]:
    """Return the newest verdicts on a claim, the last one first."""
    return [opinion(around, one) for one in around.newest_on(claim["id"], most)]


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
        found = judged(others, claim, HANDFUL) if claim else []
        yield Related(one, claim, found, others.total_on(one["claim_id"]))
