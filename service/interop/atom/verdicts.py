"""Verdicts as entries of a feed."""

from collections.abc import Iterator
from html import escape
from typing import Final, cast

from service.documents.instants import DAY, as_instant
from service.documents.values import JsonObject, JsonValue, members
from service.interop.atom.writing import Category, Entry, Link
from service.interop.newsroom import Newsroom
from service.interop.scales import called
from service.records.surroundings import Surroundings

LONGEST: Final = 200
"""Characters of a claim that make a title."""


def entry(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> Entry:
    """Return a verdict as an entry, whose id is the address of the record for good."""
    where = newsroom.of(verdict)
    claim = around.get("claim", verdict["claim_id"]) or {}
    return Entry(
        id=where,
        title=_title(verdict, claim, called(verdict, around)),
        updated=str(verdict["updated_at"]),
        content="".join(_content(verdict, claim, around)),
        links=list(_links(verdict, where)),
        published=as_instant(verdict.get("published_at")),
        summary=cast("str | None", verdict.get("summary")),
        authors=_authors(verdict),
        categories=list(_categories(verdict, around, newsroom)),
        language=cast("str | None", verdict.get("language")),
    )


def _title(verdict: JsonObject, claim: JsonObject, rated: str | None) -> str:
    text = str(claim.get("text", ""))
    said = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    made = ": ".join(part for part in (rated, said) if part)
    title = str(verdict.get("title") or made or verdict["id"])
    return f"Retracted: {title}" if verdict["status"] == "retracted" else title


def _content(verdict: JsonObject, claim: JsonObject, around: Surroundings) -> Iterator[str]:
    """Yield paragraphs: the newest notices, what was claimed, and what was found."""
    for one in reversed(around.notices_of(verdict)):
        yield _paragraph(f"{one.what}, {one.at[:DAY]}" if one.at else one.what, one.note)
    yield _paragraph("Claim", claim.get("text"))
    yield _paragraph("By", members(claim.get("claimant")).get("name"))
    if verdict["status"] != "retracted":
        yield _paragraph("Rating", called(verdict, around))
    yield _paragraph("Finding", verdict.get("summary"))


def _paragraph(name: str, text: JsonValue) -> str:
    return f"<p><strong>{name}:</strong> {escape(str(text), quote=False)}</p>" if text else ""


def _links(verdict: JsonObject, where: str) -> Iterator[Link]:
    yield Link(str(verdict.get("url") or f"{where}?format=html"), type="text/html")
    yield Link(where, type="application/json")
    yield Link(f"{where}?format=jsonld", type="application/ld+json")


def _authors(verdict: JsonObject) -> list[str]:
    publisher = members(verdict.get("publisher")).get("name")
    return [str(publisher)] if publisher else cast("list[str]", verdict.get("authors", []))


def _categories(
    verdict: JsonObject, around: Surroundings, newsroom: Newsroom
) -> Iterator[Category]:
    """Yield the rating, unless it is no longer stood by, and how the verdict stands."""
    status = str(verdict["status"])
    rating = verdict.get("rating")
    if rating and status != "retracted":
        scheme = newsroom.at(f"/v1/scales/{verdict['scale_id']}") if "scale_id" in verdict else None
        yield Category(str(rating), str(called(verdict, around)), scheme)
    if status != "published":
        yield Category(status, status.replace("_", " ").capitalize())
    if around.notices_of(verdict) and status == "published":
        yield Category("corrected", "Corrected")
