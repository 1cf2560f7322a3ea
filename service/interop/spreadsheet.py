"""Claims with their verdicts as people want them in a sheet: a row a verdict, no codes in cells."""

from collections.abc import Iterator
from typing import Final, cast

from service.documents.values import JsonObject, JsonValue, members, objects
from service.interop.newsroom import Newsroom
from service.interop.scales import called
from service.records.surroundings import Surroundings

CLAIM: Final = (
    *("Claim ID", "Claim", "Claim language", "Claimant", "Claimed at", "Topics"),
    *("First seen", "Claim status", "Claim address"),
)
VERDICT: Final = (
    *("Verdict ID", "Verdict status", "Rating", "Rating key", "Title", "Summary", "Published at"),
    *("Article", "Publisher", "Valid from", "Valid to", "Corrected at", "Correction"),
    "Verdict address",
)
COLUMNS: Final = (*CLAIM, *VERDICT)
"""The header row."""

BETWEEN: Final = "; "


def rows(claim: JsonObject, around: Surroundings, newsroom: Newsroom) -> Iterator[list[JsonValue]]:
    """Yield a row for each verdict on a claim that no other has replaced, else one without.

    One that was retracted says so, and has no rating.
    """
    said = _claim(claim, around, newsroom)
    verdicts = standing(around.verdicts_on(claim["id"]))
    if not verdicts:
        yield [*said, *[None] * len(VERDICT)]
    for verdict in verdicts:
        yield [*said, *_verdict(verdict, around, newsroom)]


def standing(verdicts: list[JsonObject]) -> list[JsonObject]:
    """Return the verdicts that no published one of them has taken the place of."""
    replaced = [one.get("supersedes") for one in verdicts if one["status"] == "published"]
    return [one for one in verdicts if one["id"] not in replaced]


def _claim(claim: JsonObject, around: Surroundings, newsroom: Newsroom) -> list[JsonValue]:
    topics = cast("list[str]", claim.get("topics", []))
    return [
        *(claim["id"], claim["text"], claim.get("language")),
        *(
            members(claim.get("claimant")).get("name"),
            claim.get("claimed_at"),
            BETWEEN.join(topics),
        ),
        *(_first_seen(claim, around), claim["status"], newsroom.of(claim)),
    ]


def _first_seen(claim: JsonObject, around: Surroundings) -> JsonValue:
    """Return the address at which the public met the claim first, as far as one is known."""
    found = sorted(objects(claim.get("appearances")), key=lambda one: not one.get("first"))
    for one in found:
        source = around.get("source", one.get("source_id")) or {}
        if url := one.get("url") or source.get("url"):
            return url
    return None


def _verdict(verdict: JsonObject, around: Surroundings, newsroom: Newsroom) -> list[JsonValue]:
    valid, notices = members(verdict.get("valid")), around.notices_of(verdict)
    stands = verdict["status"] != "retracted"
    rating = (called(verdict, around), verdict.get("rating")) if stands else (None, None)
    return [
        *(verdict["id"], verdict["status"], *rating),
        *(verdict.get("title"), verdict.get("summary"), verdict.get("published_at")),
        *(verdict.get("url"), members(verdict.get("publisher")).get("name")),
        *(valid.get("from"), valid.get("to")),
        notices[-1].at if notices else None,
        notices[-1].note if notices else None,
        newsroom.of(verdict),
    ]
