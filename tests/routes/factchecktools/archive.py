"""What the newsroom has published, for Google's clients to find."""

from typing import Any, Final

from tests.newsroom import Newsroom

Json = dict[str, Any]

SITE: Final = "desk.example"
PAGE: Final[Json] = {
    "pageUrl": "https://desk.example/troops",
    "publishDate": "2024-02-17",
    "claimReviewAuthor": {"name": "The Desk", "imageUrl": "https://desk.example/logo.png"},
    "claimReviewMarkups": [
        {
            "url": "https://desk.example/troops",
            "claimReviewed": "Some troops are returning to base",
            "claimDate": "2022-02",
            "claimLocation": "Moscow",
            "claimFirstAppearance": "https://ministry.example/1",
            "claimAppearances": ["https://paper.example/2", "https://wire.example/3"],
            "claimAuthor": {
                "name": "The ministry of defence",
                "imageUrl": "https://ministry.example/seal.png",
                "jobTitle": "Ministry",
                "sameAs": "https://ministry.example/",
            },
            "rating": {
                "textualRating": "Mostly false",
                "ratingValue": 2,
                "worstRating": 1,
                "bestRating": 5,
                "imageUrl": "https://desk.example/meter.png",
                "ratingExplanation": "More have come.",
            },
        },
        {
            "url": "https://desk.example/troops#drills",
            "claimReviewed": "The drills end on Sunday",
            "rating": {"textualRating": "Too early to say"},
        },
    ],
}
"""A page that says all that Google's markup can say."""


def publish(http: Newsroom, name: str, *, claim: Json | None = None, **verdict: object) -> None:
    """Publish a claim of this name and a verdict on it."""
    said = {"text": f"It rained in {name}", "language": "en", "status": "published"}
    found = {
        "claim_id": name,
        "scale_id": "truth",
        "rating": "false",
        "url": f"https://www.{SITE}/{name}",
        "publisher": {"name": "The Desk"},
        "title": f"No rain in {name}",
        "language": "en-GB",
        "published_at": "2022-02-17",
        "status": "published",
    }
    put(http, f"/v1/claims/{name}", said | (claim or {}))
    put(http, f"/v1/verdicts/{name}", found | verdict)


def put(http: Newsroom, path: str, sent: Json) -> None:
    """Write a record, over whatever is there."""
    why = {"note": "We had it wrong.", "reason": "correction"} if "note" not in sent else {}
    first = http.put(path, json=sent, key=http.editor)
    if first.status == 428:
        headers = {"If-Match": "*"}
        first = http.put(path, json=sent | why, key=http.editor, headers=headers)
    assert first.status in {200, 201}, first.text


def texts(pages: list[Json]) -> list[str]:
    """Return what the claims of pages of a search say."""
    return [claim["text"] for page in pages for claim in page.get("claims", [])]
