"""The pages that lead to others: the start, what a search found, the register of corrections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from service.documents.sequences import Effort
from service.documents.values import JsonObject
from service.feed.corrections import Correction
from service.records.surroundings import HANDFUL, Surroundings
from service.site.claims import Judged, judged, opinion
from service.site.differences import Difference, differences
from service.site.history import AGAIN, STEPS
from service.site.rendering import Site, render


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register, and what differs; None where the public may not read it now."""

    said: Mapping[str, object]
    done: str
    differences: Sequence[Difference] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A verdict in a list, and the claim it is about, None if that is gone."""

    judged: Judged
    claim: JsonObject | None


@dataclass(frozen=True, slots=True)
class Result:
    """A claim that a search found, the newest verdicts on it, and how many there are."""

    claim: JsonObject
    judged: list[Judged]
    total: int


def start(
    site: Site,
    verdicts: Sequence[JsonObject],
    around: Surroundings,
    corrected: Sequence[Correction],
) -> str:
    """Return the first page: a search, the newest verdicts and the newest corrections."""
    newest = [
        Listed(opinion(around, one), around.get("claim", one["claim_id"])) for one in verdicts
    ]
    return render("start.html", site, newest=newest, entries=list(_entries(corrected)))


def search(
    site: Site, asked: str | None, claims: Sequence[JsonObject], around: Surroundings
) -> str:
    """Return what was found, or only the box to search with if nothing was asked."""
    results = [
        Result(one, judged(around, one, HANDFUL), around.total_on(one["id"])) for one in claims
    ]
    return render("search.html", site, asked=asked, results=results)


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register: of which category and year, and the address of the next."""

    found: Sequence[Correction]
    category: str
    year: str | None
    following: str | None


def corrections(site: Site, register: Register) -> str:
    """Return a page of the register, its entries by the year that they were recorded in."""
    entries = _entries(register.found)
    years = [(year, list(each)) for year, each in groupby(entries, _year)]
    return render("corrections.html", site, register=register, years=years)


def _entries(found: Sequence[Correction]) -> Iterator[Entry]:
    effort = Effort(STEPS)
    for one in found:
        said = one.as_dict()
        before, after = (cast("JsonObject | None", said[name]) for name in ("before", "after"))
        compared = differences(before, after, effort, {}) if before and after else None
        yield Entry(said, AGAIN[one.reason], compared)


def _year(entry: Entry) -> str:
    return str(entry.said["recorded_at"])[:4]
