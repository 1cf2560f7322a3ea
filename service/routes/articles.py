"""The pages of claims and verdicts: what is read for them beside the record and what is around."""

from typing import TYPE_CHECKING, Final

import orjson

from service.documents.instants import written
from service.interop.claimreview.writing.review import document
from service.interop.claimreview.writing.review import markup as reviewed
from service.interop.newsroom import Newsroom
from service.records import history, mementos
from service.records.surroundings import HANDFUL, NEWEST, Extent, Shown, surroundings
from service.routes.hypertext import site
from service.site import claims, verdicts
from service.site.history import Drawn, Past

if TYPE_CHECKING:
    from service.documents.values import JsonObject

REACH: Final = 1_000
"""Revisions before the one shown among which the history is looked for."""

SHOWN: Final = 30
"""Revisions with a text that the history of a page shows."""

MOST: Final = 200
"""Revisions that it shows with those that were withheld or deleted between them."""


def claim(shown: Shown, newsroom: Newsroom) -> str:
    """Return the page of a claim."""
    others: list[JsonObject] = [
        one for one in shown.around.of("claim") if one["id"] != shown.record["id"]
    ]
    around = surroundings(shown.door, shown.reader, others, Extent(shown.as_of, newest=HANDFUL))
    reviews = [
        document(one, shown.around, newsroom)
        for one in shown.around.newest_on(shown.record["id"], NEWEST)[::-1]
        if one["status"] == "published"
    ]
    markup = orjson.dumps(reviews).decode() if reviews and not shown.as_of else None
    drawn = Drawn(past(shown), shown.as_of and written(shown.as_of), markup)
    return claims.page(site(newsroom), shown, drawn, around)


def verdict(shown: Shown, newsroom: Newsroom) -> str:
    """Return the page of a verdict."""
    is_current = shown.record["status"] == "published" and not shown.as_of
    markup = reviewed(shown, newsroom) if is_current else None
    drawn = Drawn(past(shown), shown.as_of and written(shown.as_of), markup)
    return verdicts.page(site(newsroom), shown, drawn)


def past(shown: Shown) -> Past:
    """Return the newest revisions up to the one shown, as far as this reader may read them."""
    door, reader, last = shown.door, shown.reader, shown.found.revision
    start = max(0, last - REACH)
    times = mementos.timemap(door, shown.place, reader, after=start, limit=REACH)
    numbers = [number for number in times.numbers if number <= last]
    more = len(numbers) > SHOWN
    after = numbers[-SHOWN - 1] if more else start
    page = history.revisions(door, shown.place, reader, (after, last), limit=MOST)
    return Past(orjson.loads(page.text), whole=not more and not start)
