"""ninjs out: a verdict as a news item of the IPTC, version 3.1.

Members are those of the standard; the words in `rel` and `role`, which it leaves to whoever
writes, are those of the records.
"""

from collections.abc import Iterator
from typing import Final

import orjson

from service.documents.instants import as_instant
from service.documents.values import JsonObject, JsonValue, array, filled, members, objects
from service.interop.newsroom import Newsroom
from service.interop.ninjs.subject import about, claimed, uri
from service.interop.scales import called
from service.records.surroundings import Shown, Surroundings

STANDARD: Final[JsonObject] = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
GENRES: Final[list[JsonValue]] = [{"name": "Fact check", "literal": "fact-check"}]

PUB_STATUS: Final = {"published": "usable", "retracted": "canceled"}
"""How a verdict may be used; one that readers do not have is `withheld`."""


def news(shown: Shown, newsroom: Newsroom) -> str:
    """Return a verdict with all around it as a news item, one line of text."""
    return orjson.dumps(document(shown.record, shown.around, newsroom)).decode() + "\n"


def document(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> JsonObject:
    """Return a verdict as a news item; what nobody said is not there.

    A retracted one is canceled and has no rating, so that nobody takes it for a finding.
    """
    claim = around.get("claim", verdict["claim_id"]) or {}
    return {
        "uri": newsroom.of(verdict),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "profile": "fact-check",
        "version": str(verdict["revision"]),
        "firstCreated": verdict["created_at"],
        "versionCreated": verdict["updated_at"],
        "pubStatus": PUB_STATUS.get(str(verdict["status"]), "withheld"),
        "genres": GENRES,
        **filled(
            {
                **_said(verdict, claim),
                **about(claim),
                **_rights(verdict, newsroom),
                "subjects": [*_rating(verdict, around, newsroom), *_topics(claim)],
                "edNote": "\n".join(_notices(verdict, around)),
                "altIds": list(_others(verdict)),
                "infoSources": list(_sources(verdict)),
                "associations": list(_associations(verdict, around, newsroom)),
            }
        ),
    }


def _said(verdict: JsonObject, claim: JsonObject) -> JsonObject:
    """Return what the item says, and when."""
    title, text = verdict.get("title"), verdict.get("explanation")
    counts = {"charCount": len(str(text)), "wordCount": len(str(text).split())}
    body: JsonObject = {"contentType": "text/markdown", **counts, "value": text}
    article = verdict.get("url")
    return {
        "language": verdict.get("language"),
        "title": title or claim.get("text"),
        "headlines": title and [{"role": "main", "value": title}],
        "descriptions": _described(verdict.get("summary")),
        "bodies": text and [{"role": "main", **body}],
        "by": ", ".join(map(str, array(verdict.get("authors")))),
        "contentCreated": as_instant(verdict.get("published_at")),
        "expires": as_instant(verdict.get("review_by")),
        "renditions": article and [_page(article)],
    }


def _page(address: JsonValue) -> JsonObject:
    return {"name": "web", "href": uri(address), "contentType": "text/html"}


def _described(summary: JsonValue) -> JsonValue:
    described: JsonObject = {"role": "summary", "contentType": "text/plain", "value": summary}
    return [described] if summary else None


def _rights(verdict: JsonObject, newsroom: Newsroom) -> JsonObject:
    """Return whose it is; what was found elsewhere is not ours to license."""
    licensed = newsroom.license if "origin" not in verdict else None
    return {
        "copyrightHolder": members(verdict.get("publisher")).get("name"),
        "rightsInfo": licensed and {"linkedRights": uri(licensed)},
    }


def _rating(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> Iterator[JsonValue]:
    """Yield the rating that it gives, unless it no longer stands by it."""
    key, scale = verdict.get("rating"), verdict.get("scale_id")
    name = called(verdict, around)
    if name and verdict["status"] != "retracted":
        where = uri(newsroom.at(f"/v1/scales/{scale}#{key}")) if scale and key else None
        yield filled({"rel": "rating", "name": name, "uri": where, "literal": key})


def _topics(claim: JsonObject) -> Iterator[JsonValue]:
    for topic in array(claim.get("topics")):
        yield {"rel": "about", "name": topic}


def _notices(verdict: JsonObject, around: Surroundings) -> Iterator[str]:
    """Yield what was put right, the newest first: editors have to know of it."""
    for one in reversed(around.notices_of(verdict)):
        what = f"{one.what}, {one.at}" if one.at else one.what
        yield f"{what}: {one.note}"


def _others(verdict: JsonObject) -> Iterator[JsonValue]:
    for system, value in members(verdict.get("external_ids")).items():
        yield {"role": system, "value": value}


def _sources(verdict: JsonObject) -> Iterator[JsonValue]:
    """Yield who publishes it, and whom it had something from that is not shown."""
    publisher = members(verdict.get("publisher"))
    if name := publisher.get("name"):
        where = publisher.get("url")
        yield filled({"role": "publisher", "name": name, "uri": where and uri(where)})
    for one in objects(verdict.get("evidence")):
        if described := one.get("described_as"):
            yield filled({"role": one.get("stance"), "name": described})


def _associations(
    verdict: JsonObject, around: Surroundings, newsroom: Newsroom
) -> Iterator[JsonValue]:
    """Yield the claim, what it was checked with, the verdict before it, and a picture."""
    if claim := around.get("claim", verdict["claim_id"]):
        yield claimed(claim, newsroom)
    for one in objects(verdict.get("evidence")):
        if source := around.get("source", one.get("source_id")):
            stance = one.get("stance")
            yield filled({"name": source["title"], "rel": stance, **_work(source, newsroom)})
    if former := around.get("verdict", verdict.get("supersedes")):
        name = former.get("title") or former["id"]
        yield {"name": name, "rel": "supersedes", "uri": newsroom.of(former), "type": "text"}
    if image := verdict.get("image"):
        files: list[JsonValue] = [{"name": "original", "href": uri(image)}]
        known = {"name": "picture", "rel": "illustration", "uri": uri(image)}
        yield {**known, "type": "picture", "renditions": files}


def _work(source: JsonObject, newsroom: Newsroom) -> JsonObject:
    """Return what is said of a source as an item."""
    where = source.get("url")
    return {
        "uri": newsroom.of(source),
        "language": source.get("language"),
        "by": ", ".join(map(str, array(source.get("authors")))),
        "contentCreated": as_instant(source.get("published_at")),
        "copyrightHolder": source.get("publisher"),
        "renditions": where and [{"name": "web", "href": uri(where)}],
    }
