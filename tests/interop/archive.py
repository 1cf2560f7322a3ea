"""A verdict that says all that a verdict can say, and what stands around it."""

from typing import Final

from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, put, revise

VERDICT: Final = "/v1/verdicts/v"
CLAIM: Final = "/v1/claims/c"
AS_JSONLD: Final = f"{VERDICT}?format=jsonld"

SOURCES: Final[dict[str, Json]] = {
    "paper": {
        "title": "The paper of record",
        "source_type": "article",
        "url": "https://paper.example/rain",
        "archived_url": "https://archive.example/rain",
        "publisher": "The Paper",
        "authors": ["Ada Writer", "Bo Writer"],
        "published_at": "2022-02-14",
        "language": "en",
        "license": "https://paper.example/license",
    },
    "post": {"title": "A post", "source_type": "post", "license": "All rights reserved"},
    "tally": {"title": "The tally", "source_type": "dataset", "url": "https://tally.example/"},
    "voice": {"title": "A voice", "source_type": "person"},
}
SUBJECT: Final[Json] = {
    "text": "It rained for forty days",
    "language": "en",
    "claimant": {
        "name": "Noah",
        "kind": "person",
        "role": "Captain",
        "affiliation": "The Ark",
        "same_as": ["https://noah.example/", "https://who.example/noah"],
    },
    "claimed_at": "2022-02",
    "about": {"from": "2022-01-01", "to": "2022-02-09"},
    "topics": ["rain", "arks"],
    "locations": ["Ararat"],
    "context": "Said on a mountain.",
    "media": [
        {"url": "https://media.example/ark.jpg", "kind": "image", "sha256": "ab" * 32},
        {"url": "https://media.example/ark.bin", "archived_url": "https://archive.example/ark"},
        {"url": "https://media.example/ark.ogg", "kind": "audio", "description": "Rain"},
    ],
    "appearances": [
        {
            "url": "https://social.example/1",
            "platform": "Social",
            "title": "The log of the ark",
            "publisher": "The Ark",
            "published_at": "2022-02-10T08:00:00+02:00",
            "quote": "Forty days!",
            "archived_url": "https://archive.example/1",
            "first": True,
        },
        {"source_id": "paper", "quote": "“forty days”, he said"},
        {"locator": "Page 2"},
    ],
    "translations": [{"language": "de", "text": "Es regnete vierzig Tage"}],
}
FINDING: Final[Json] = {
    "claim_id": "c",
    "scale_id": "truth",
    "rating": "mostly_false",
    "title": "No, it did not rain that long",
    "summary": "It rained for nine days.",
    "explanation": "# Nine days\n\nThe tally has **nine**.",
    "evidence": [
        {"source_id": "tally", "stance": "refutes", "quote": "9"},
        {"source_id": "paper", "stance": "context"},
        {"source_id": "tally", "stance": "context"},
        {"source_id": "post"},
        {"source_id": "voice"},
        {"described_as": "A sailor who asked not to be named"},
    ],
    "authors": ["Cy Checker", "Di Checker"],
    "publisher": {
        "name": "The Desk",
        "url": "https://desk.example/",
        "logo": "https://desk.example/logo.png",
    },
    "url": "https://desk.example/rain",
    "image": "https://desk.example/rain.png",
    "language": "en",
    "published_at": "2022-02-16",
    "valid": {"from": "2022-02-09"},
    "review_by": "2023-02",
    "right_of_reply": [
        {"asked_at": "2022-02-15", "answered_at": "2022-02-16", "answer": "Forty, I said."},
        {"asked_at": "2022-02-17"},
    ],
    "translations": [
        {"language": "de", "title": "Nein", "summary": "Neun Tage."},
        {"language": "fr", "title": "Non"},
    ],
    "external_ids": {"cms": "4711"},
}


def keep(http: Newsroom, **members: object) -> None:
    """Publish the verdict and all around it, with further members, without those that are None."""
    for name, sent in SOURCES.items():
        put(http, f"/v1/sources/{name}", sent | {"status": "published"})
    put(http, CLAIM, SUBJECT | {"status": "published"})
    sent = FINDING | {"status": "published"} | members
    put(http, VERDICT, {name: value for name, value in sent.items() if value is not None})


def correct(http: Newsroom, **members: object) -> None:
    """Correct the verdict in public."""
    revise(http, VERDICT, **(members or {"summary": "It rained for ten days."}), **WHY)
