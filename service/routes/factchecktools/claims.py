"""Google's search: claims that were checked, by what they say or by who published the check."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import orjson
from flask import Response

from schemas.match import MatchSchema
from service.documents.values import JsonObject, JsonValue, members
from service.interop.factchecktools.reviews import Checked, Sieve, checked, pictured, published
from service.interop.factchecktools.sites import named
from service.interop.factchecktools.walks import Start, Walk
from service.kinds import BY_NAME
from service.kinds.faults import fault_of
from service.kinds.kind import term
from service.kinds.trails import fields_of
from service.records.listing import Listing
from service.records.people import PUBLIC
from service.records.surroundings import Extent, surroundings
from service.routes import context
from service.routes.factchecktools.answering import answer
from service.routes.factchecktools.asking import PAGING, GoogleQuery
from service.routes.matching import LONGEST
from service.search.asked import Asked
from service.search.matching import WORTH_SHOWING, matches

EVERYONE: Final = PUBLIC.reader
"""Whose eyes these addresses have, whatever key is sent: what they show is public."""

CLAIM = BY_NAME["claim"]
LANGUAGE: Final = fields_of(MatchSchema())["language"]
MATCHED: Final = 200
"""Claims that a text matches at the most, over all pages."""

LONGEST_SITE: Final = 300
OLDEST: Final = 365_000
"""Days before which nothing was checked: some thousand years."""


def search_claims() -> Response:
    """Return claims that match a text, the likest first, or those of a site, the newest first."""
    _ = context.caller()
    with GoogleQuery(
        "query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", *PAGING
    ) as query:
        text, language = query.said("query", LONGEST), _language(query)
        site = query.said("reviewPublisherSiteFilter", LONGEST_SITE)
        days, form, size = query.whole("maxAgeDays"), query.form(), query.size()
        start = query.start(query=text, language=language, site=site, days=days)
        if not text and not site:
            query.refuse("query", "required", "give query, or reviewPublisherSiteFilter, or both")
    sieve = Sieve(site and named(site), language, _since(days))
    found, after = _matched(text, sieve, start, size) if text else _listed({}, sieve, start, size)
    bound = {"query": text, "language": language, "site": site, "days": days}
    return answer({"claims": found, "nextPageToken": after and after.token(bound)}, form)


def search_images() -> Response:
    """Return claims that have a picture from an address among their media, the newest first."""
    _ = context.caller()
    with GoogleQuery("imageUri", "languageCode", *PAGING) as query:
        image, language = query.text("imageUri", LONGEST), _language(query)
        form, size = query.form(), query.size()
        start = query.start(image=image, language=language)
        if image is None:
            query.refuse("imageUri", "required", "say where the picture is")
    filters: dict[str, object] = {"url": [term("url", str(image))]}
    found, after = _listed(
        filters, Sieve(language=language), start, size, lambda one: pictured(one, str(image))
    )
    results: list[JsonValue] = [{"claim": one} for one in found]
    bound = {"image": image, "language": language}
    return answer({"results": results, "nextPageToken": after and after.token(bound)}, form)


def _matched(
    text: str, sieve: Sieve, start: Start, size: int
) -> tuple[list[JsonValue], Start | None]:
    """Return a page of what a text matches, in the order of /v1/match."""
    asked = Asked(text, sieve.language, MATCHED)
    every: list[Checked] = []
    for one in matches(context.state().database, EVERYONE, asked):
        verdicts = [members(orjson.loads(verdict)) for verdict in one.texts.verdicts]
        claim = checked(members(orjson.loads(one.texts.text)), verdicts, sieve)
        if claim and one.scored.score >= WORTH_SHOWING:
            every.append(claim)
    end = start.skipped + size
    return _told(every[start.skipped : end]), Start(end) if end < len(every) else None


def _listed(
    filters: dict[str, object],
    sieve: Sieve,
    start: Start,
    size: int,
    wanted: Callable[[JsonObject], bool] = bool,
) -> tuple[list[JsonValue], Start | None]:
    """Return a page of the claims that there are, all of its walk at one moment."""

    def keep(claims: Sequence[JsonObject], beside: JsonObject) -> Iterator[Checked | None]:
        for claim in claims:
            verdicts = published(members(beside.get("verdicts")), claim)
            yield checked(claim, verdicts, sieve) if wanted(claim) else None

    filters |= {"status": ["published"]}
    state, listing = context.state(), Listing(CLAIM, EVERYONE, filters, wanted=("verdict",))
    walked = Walk(state.database, state.cursors, listing, keep).page(start, size)
    return _told(walked.found, walked.snapshot), walked.rest


def _told(found: Sequence[Checked], snapshot: str | None = None) -> list[JsonValue]:
    """Return claims as Google has them, with what stands around their verdicts, or did then."""
    verdicts = [verdict for one in found for verdict in one.verdicts]
    database = context.state().database
    around = surroundings(database, EVERYONE, verdicts, Extent(snapshot=snapshot, newest=0))
    return [one.as_dict(around) for one in found]


def _language(query: GoogleQuery) -> str | None:
    found = query.text("languageCode")
    if found and (fault := fault_of(LANGUAGE, found)):
        query.refuse("languageCode", fault.code, fault.detail)
    return found


def _since(days: int | None) -> datetime | None:
    return datetime.now(UTC) - timedelta(days=min(days, OLDEST)) if days else None
