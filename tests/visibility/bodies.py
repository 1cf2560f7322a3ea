"""What each revision of the record says: every text another, each with a secret in it."""

from collections.abc import Callable
from typing import Final

from tests.kinds.smallest import Json

Plant = Callable[[str], str]

LANGUAGES: Final = ("en", "de", "fr", "uk", "pl", "cs", "sk", "it", "es", "pt", "nl", "da", "sv")
CLAIM_TYPES: Final = ("event", "quantity", "quotation", "causal", "position", "prediction")
STANCES: Final = ("supports", "refutes", "context", "offered_by_claimant")
RATINGS: Final = ("true", "mostly_true", "mixed", "mostly_false", "false", "unproven")


def body(kind: str, number: int, *, public: bool, plant: Plant) -> Json:
    """Return what a revision is to hold; drafts refer to other records than public ones do."""
    common = {
        "external_ids": {"desk": plant("text")},
        "origin": {
            "url": f"https://o.example/{plant('text')}",
            "corrections": [{"text": plant("text")}],
            "raw": {"tip": plant("raw")},
        },
        "internal": {"tip": [plant("internal")]},
    }
    return common | KINDS[kind](number, 0 if public else 1, lambda: plant("text"))


def scale(number: int, aside: int, text: Callable[[], str]) -> Json:
    """Return a scale; one rating stays, as what was published must."""
    return {"name": text(), "ratings": [{"key": "five"}, {"key": text(), "description": text()}]}


def source(number: int, aside: int, text: Callable[[], str]) -> Json:
    """Return a source."""
    return {
        "title": text(),
        "publisher": text(),
        "url": f"https://s.example/{text()}",
        "language": LANGUAGES[number],
        "derived_from": [("paper", "wire")[aside]],
    }


def claim(number: int, aside: int, text: Callable[[], str]) -> Json:
    """Return a claim."""
    return {
        "text": f"It rained {text()}",
        "claimant": {"name": text(), "role": text()},
        "topics": [text()],
        "claim_type": CLAIM_TYPES[number % len(CLAIM_TYPES)],
        "language": LANGUAGES[number],
        "about": {"from": f"{2000 + number}-02", "to": f"{2000 + number}-03"},
        "appearances": [{"url": f"https://c.example/{text()}", "quote": text()}],
        "attribution": [{"source_id": ("paper", "wire")[aside], "verb": "said"}],
        "relations": [{"type": "repeats", "claim_id": ("subject", "other")[aside], "note": text()}],
    }


def verdict(number: int, aside: int, text: Callable[[], str]) -> Json:
    """Return a verdict."""
    return {
        "claim_id": ("subject", "other")[aside],
        "scale_id": ("truth", "stars")[aside],
        "rating": (RATINGS[number % len(RATINGS)], "one")[aside],
        "title": text(),
        "summary": f"**{text()}**",
        "explanation": f"{text()}\n\n> {text()}",
        "publisher": {"name": text()},
        "url": f"https://v.example/{text()}",
        "language": LANGUAGES[number],
        "valid": {"from": f"{2000 + number}-02", "to": f"{2000 + number}-03"},
        "review_by": f"{2000 + number}-06-01",
        "evidence": [
            {"source_id": ("paper", "wire")[aside], "stance": STANCES[number % 4], "quote": text()}
        ],
    }


KINDS: Final = {"scale": scale, "source": source, "claim": claim, "verdict": verdict}

AROUND: Final = {
    "/v1/sources/paper": {"title": "The paper"},
    "/v1/sources/wire": {"title": "The wire"},
    "/v1/claims/subject": {"text": "It rained on Wednesday"},
    "/v1/claims/other": {"text": "It snowed on Thursday"},
    "/v1/scales/stars": {"name": "Stars", "ratings": [{"key": "one"}]},
}
"""Public records to refer to, those at the second place by drafts only."""

REFERRERS: Final = {
    "scale": (
        "/v1/verdicts/referrer",
        {"scale_id": "{id}", "claim_id": "subject", "rating": "five"},
    ),
    "source": ("/v1/claims/referrer", {"text": "A", "attribution": [{"source_id": "{id}"}]}),
    "claim": ("/v1/verdicts/referrer", {"claim_id": "{id}", "scale_id": "truth", "rating": "true"}),
    "verdict": (
        "/v1/verdicts/referrer",
        {"claim_id": "other", "scale_id": "truth", "rating": "true", "supersedes": "{id}"},
    ),
}
"""A record that refers to ours, drafted at the beginning and published right after it."""
