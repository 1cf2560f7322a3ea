"""A DataFeed (schema.org): reviews one after the other, however many there are."""

from collections.abc import Iterable, Iterator

import orjson

from service.documents.values import JsonObject, filled
from service.interop.claimreview.writing.review import CONTEXT, review
from service.interop.claimreview.writing.things import organization
from service.interop.newsroom import Newsroom
from service.records.surroundings import Surroundings


def feed(
    newsroom: Newsroom, url: str, modified: str | None, items: Iterable[JsonObject]
) -> Iterator[bytes]:
    """Yield a feed as JSON text, piece by piece: what it is, and its items.

    Each item has a line, which begins so that nobody takes the feed for lines of JSON.
    """
    head: JsonObject = {
        "name": f"Fact checks of {newsroom.name}",
        "url": url,
        "dateModified": modified,
        "license": newsroom.license,
        "publisher": organization(newsroom.publisher),
    }
    yield orjson.dumps({"@context": CONTEXT, "@type": "DataFeed", **filled(head)})[:-1]
    yield b',"dataFeedElement":['
    between = b""
    for item in items:
        yield between + orjson.dumps(item)
        between = b"\n,"
    yield b"\n]}\n"


def items(
    verdicts: Iterable[JsonObject], around: Surroundings, newsroom: Newsroom
) -> Iterator[JsonObject]:
    """Yield verdicts as items of a feed, but those whose claims are gone."""
    for verdict in verdicts:
        if around.get("claim", verdict["claim_id"]):
            yield item(verdict, around, newsroom)


def item(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject:
    """Return a verdict as an item of a feed.

    A retracted one is there without its review, as deleted on that day: a reader that shows
    reviews takes it off, and none shows it by mistake.
    """
    told: JsonObject = {"@type": "DataFeedItem", "dateCreated": verdict["created_at"]}
    if verdict["status"] == "retracted":
        url = verdict.get("url", newsroom.of(verdict))
        return told | {"url": url, "dateDeleted": verdict["updated_at"]}
    told["dateModified"] = verdict["updated_at"]
    told["item"] = review(verdict, around, newsroom)
    return told
