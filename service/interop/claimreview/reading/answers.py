"""Claims with their reviews as Google's claims:search answers with them."""

from service.documents.pointers import Path
from service.documents.values import JsonObject

OF_CLAIM: dict[Path, Path] = {
    ("claimReviewed",): ("text",),
    ("itemReviewed",): (),
    ("itemReviewed", "author"): ("claimant",),
    ("itemReviewed", "author", "name"): ("claimant",),
    ("itemReviewed", "datePublished"): ("claimDate",),
}
OF_REVIEW: dict[Path, Path] = {
    ("url",): ("url",),
    ("name",): ("title",),
    ("author",): ("publisher",),
    ("author", "url"): ("publisher", "site"),
    ("datePublished",): ("reviewDate",),
    ("reviewRating",): ("textualRating",),
    ("reviewRating", "alternateName"): ("textualRating",),
    ("inLanguage",): ("languageCode",),
}
"""Where in an answer of Google's stands what schema.org has here, in the claim or its review."""


def translated(
    claim: JsonObject, review: JsonObject, place: int
) -> tuple[JsonObject, dict[Path, Path]]:
    """Return a review of a claim in the words of schema.org, and where these stand in the claim."""
    publisher = review.get("publisher")
    known: JsonObject = publisher if isinstance(publisher, dict) else {"name": publisher}
    site = known.get("site")
    address = f"https://{site}" if isinstance(site, str) and "/" not in site else site
    author: JsonObject = {"name": known.get("name") or site, "url": address}
    item: JsonObject = {
        "@type": "ClaimReview",
        "claimReviewed": claim.get("text"),
        "itemReviewed": {
            "@type": "Claim",
            "author": {"name": claim.get("claimant")},
            "datePublished": claim.get("claimDate"),
        },
        "url": review.get("url"),
        "name": review.get("title"),
        "author": {"@type": "Organization", **author},
        "datePublished": review.get("reviewDate"),
        "reviewRating": {"alternateName": review.get("textualRating")},
        "inLanguage": review.get("languageCode"),
    }
    at: Path = ("claimReview", place)
    aliases = OF_CLAIM | {mine: (*at, *theirs) for mine, theirs in OF_REVIEW.items()}
    return item, aliases
