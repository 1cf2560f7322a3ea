"""The pages of claims and verdicts: what is read for them beside the record and what is around."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

import orjson
from flask import request

from service.documents.instants import read, written
from service.interop.claimreview.writing.review import document
from service.interop.claimreview.writing.review import markup as reviewed
from service.interop.newsroom import Newsroom
from service.records import history, mementos
from service.records.surroundings import Shown, Surroundings, surroundings
from service.routes import context
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
    instant = _instant()
    others: list[JsonObject] = [
        one for one in shown.around.of("claim") if one["id"] != shown.record["id"]
    ]
    database = context.state().database
    around = surroundings(database, shown.reader, others, instant) if others else Surroundings()
    reviews = [
        document(one, shown.around, newsroom)
        for one in shown.around.verdicts_on(shown.record["id"])
        if one["status"] == "published"
    ]
    markup = orjson.dumps(reviews).decode() if reviews and not instant else None
    drawn = Drawn(past(shown), instant and written(instant), markup)
    return claims.page(site(newsroom), shown, drawn, around)


def verdict(shown: Shown, newsroom: Newsroom) -> str:
    """Return the page of a verdict."""
    instant = _instant()
    is_current = shown.record["status"] == "published" and not instant
    markup = reviewed(shown, newsroom) if is_current else None
    drawn = Drawn(past(shown), instant and written(instant), markup)
    return verdicts.page(site(newsroom), shown, drawn)


def _instant() -> datetime | None:
    """Return the instant that is asked about: whoever comes here with one was not refused."""
    text = request.args.get("as_of")
    return read(text.replace(" ", "+")) if text else None


def past(shown: Shown) -> Past:
    """Return the newest revisions up to the one shown, as far as this reader may read them."""
    database, reader, last = context.state().database, shown.reader, shown.found.revision
    start = max(0, last - REACH)
    times = mementos.timemap(database, shown.place, reader, after=start, limit=REACH)
    numbers = [number for number in times.numbers if number <= last]
    more = len(numbers) > SHOWN
    after = numbers[-SHOWN - 1] if more else start
    page = history.revisions(database, shown.place, reader, (after, last), limit=MOST)
    return Past(orjson.loads(page.text), whole=not more and not start)
