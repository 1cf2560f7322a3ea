"""Every payload schema, and for each a payload that uses all its members."""

from typing import Any, Final

from schemas.claim import ClaimSchema
from schemas.factchecktools import ClaimReviewMarkupPageSchema
from schemas.import_line import HistoryEndSchema, HistoryMetaSchema, HistoryRevisionSchema
from schemas.key import NewKeySchema
from schemas.ninjs import PushedItemSchema
from schemas.restore import RestoreSchema
from schemas.scale import ScaleSchema
from schemas.source import SourceSchema
from schemas.structures import Object
from schemas.verdict import VerdictSchema
from schemas.webhook import NewWebhookSchema, WebhookChangeSchema

Json = dict[str, Any]

INSTANT: Final = "2022-02-16T18:00:00.000000Z"
SHA256: Final = "ab" * 32
URL: Final = "https://desk.example/проверка?q=1#top"
PUSHED_ITEM: Final[Json] = {"guid": "urn:newsml:desk.example:1", "pubstatus": "usable"}
NEW_WEBHOOK: Final[Json] = {
    "url": "https://cms.example/hooks?desk=1",
    "types": ["verdict.*", "*.corrected", "claim.published"],
    "reasons": ["correction", "clarification"],
    "description": "The CMS",
    "reads": "drafts",
    "since": "now",
}
WEBHOOK_CHANGE: Final[Json] = NEW_WEBHOOK | {"description": None, "active": True, "rotate": True}
SHARED: Final[Json] = {
    "id": "r-1",
    "revision": 3,
    "status": "published",
    "created_at": INSTANT,
    "updated_at": INSTANT,
    "self": "/v1/claims/r-1",
    "recorded_by": {"key": "desk", "actor": "o.k."},
    "expanded": {},
    "external_ids": {"wikidata": "Q1"},
    "origin": {
        "url": URL,
        "fetched_at": INSTANT,
        "sha256": SHA256,
        "corrections": [{"text": "It was Monday", "published_at": "2022-02"}],
        "raw": {"a": [1, None]},
    },
    "internal": {"tip": ["+380", 1.5, True, None]},
    "note": "why",
    "reason": "typo",
    "actor": "o.k.",
}
CLAIM: Final[Json] = SHARED | {
    "type": "claim",
    "text": "More than 148,000 troops are at the border",
    "language": "en-GB",
    "claimant": {
        "name": "Military intelligence",
        "kind": "government",
        "role": "service",
        "affiliation": "Ukraine",
        "same_as": [URL],
        "source_id": "s-1",
    },
    "claimed_at": "2022-02",
    "claim_type": "quantity",
    "about": {"from": "2022-02-16", "to": "2022-02"},
    "quantity": {
        "low": -7000,
        "high": 150000.5,
        "comparison": "more_than",
        "unit": "persons",
        "measure": "total",
    },
    "topics": ["Ukraine"],
    "locations": ["Belarus"],
    "context": "Exercises",
    "media": [
        {"url": URL, "kind": "image", "sha256": SHA256, "archived_url": URL, "description": "map"}
    ],
    "appearances": [
        {
            "url": URL,
            "source_id": "s-1",
            "platform": "web",
            "archived_url": URL,
            "title": "News",
            "publisher": "CNN",
            "published_at": "2022-02-16T18:00:00+01:00",
            "quote": "more than",
            "locator": "paragraph 3",
            "first": True,
        }
    ],
    "attribution": [
        {"source_id": "s-1", "verb": "said", "at": "2022", "quote": "more", "locator": "p. 1"}
    ],
    "relations": [{"type": "supports", "claim_id": "c-2", "note": "same figures"}],
    "translations": [{"language": "uk", "text": "Понад 148 000 військових"}],
}
SOURCE: Final[Json] = SHARED | {
    "type": "source",
    "title": "Report",
    "source_type": "intelligence",
    "url": URL,
    "archived_url": URL,
    "publisher": "CNN",
    "authors": ["A. B."],
    "published_at": "2022-02-16",
    "accessed_at": INSTANT,
    "language": "zh-Hant-TW",
    "reliability": "C",
    "reliability_note": "One side's",
    "interests": "A party to it",
    "anonymity": {"described_as": "an official", "reason": "safety"},
    "derived_from": ["s-2"],
    "content_sha256": SHA256,
    "license": "CC-BY-4.0",
    "translations": [{"language": "uk", "title": "Звіт"}],
}
VERDICT: Final[Json] = SHARED | {
    "type": "verdict",
    "status": "in_review",
    "claim_id": "c-1",
    "scale_id": "truth",
    "rating": "mostly_true",
    "title": "Mostly true",
    "summary": "One origin",
    "explanation": "# Why",
    "evidence": [
        {
            "source_id": "s-1",
            "stance": "supports",
            "credibility": 3,
            "quote": "more than",
            "locator": "p. 1",
            "note": "echoed",
        },
        {"described_as": "photographs seen by the desk"},
    ],
    "authors": ["A. B."],
    "publisher": {"name": "Desk", "url": URL, "logo": URL},
    "url": URL,
    "image": URL,
    "language": "en",
    "published_at": "2022-02-16",
    "valid": {"from": "2022-02-16T00:00:00Z", "to": "2022-02-24T04:00:00+02:00"},
    "supersedes": "v-1",
    "review_by": "2999",
    "right_of_reply": [{"asked_at": "2022-02-16", "answered_at": "2022-02-17", "answer": "No"}],
    "original_rating": {"label": "True", "value": 4, "best": 5, "worst": 1, "rule": "linear"},
    "translations": [{"language": "uk", "title": "Правда", "summary": "Одне джерело"}],
}
SCALE: Final[Json] = SHARED | {
    "type": "scale",
    "name": "truth",
    "ratings": [
        {
            "key": "true",
            "labels": {"en": "True"},
            "number": 5,
            "truth": 1,
            "color": "#1A7f37",
            "description": "as said",
        },
        {"key": "unproven", "number": None, "truth": None},
    ],
    "url": URL,
}
RESTORE: Final[Json] = {
    "restore": 2,
    "status": "draft",
    "note": "why",
    "reason": "correction",
    "actor": "o.k.",
}
NEW_KEY: Final[Json] = {
    "name": "Die Prüfer 2",
    "scopes": ["read", "publish"],
    "expires_at": "2999-01-01T00:00:00+01:00",
    "vouches": True,
}
META: Final[Json] = {
    "type": "meta",
    "format": "factcheck-records/1",
    "history": True,
    "exported_at": INSTANT,
    "as_of": INSTANT,
    "types": ["claim"],
    "cursor": "Q2hhbmdl",
}
REVISION: Final[Json] = {
    "type": "claim",
    "id": "c-1",
    "revision": 1,
    "recorded_at": INSTANT,
    "recorded_by": {"key": "desk"},
    "status": "deleted",
    "note": "why",
    "reason": "legal",
    "salt": "0f" * 16,
    "sha256": SHA256,
    "public": True,
    "purged_at": INSTANT,
    "purges": [1],
    "internal": {},
    "body": {},
}
END: Final[Json] = {"type": "end", "records": 0, "revisions": 31, "sha256": SHA256}

MARKUP_PAGE: Final[Json] = {
    "name": "pages/Ly9kZXNrLmV4YW1wbGU",
    "versionId": "51b82b1024878d8de71e97f4baa4258d",
    "pageUrl": URL,
    "publishDate": "2022-02-17",
    "claimReviewAuthor": {"name": "The Desk", "imageUrl": URL},
    "claimReviewMarkups": [
        {
            "url": URL,
            "claimReviewed": "Some troops are returning to base",
            "claimDate": "2022-02",
            "claimLocation": "Minsk",
            "claimFirstAppearance": URL,
            "claimAppearances": [URL],
            "claimAuthor": {"name": "N.", "imageUrl": URL, "jobTitle": "Speaker", "sameAs": URL},
            "rating": {
                "textualRating": "Mostly false",
                "ratingValue": 2,
                "worstRating": 1,
                "bestRating": 5,
                "imageUrl": URL,
                "ratingExplanation": "More have come.",
            },
        }
    ],
}
PAYLOADS: Final[dict[str, tuple[Object, Json]]] = {
    "Claim": (ClaimSchema(), CLAIM),
    "Source": (SourceSchema(), SOURCE),
    "Verdict": (VerdictSchema(), VERDICT),
    "Scale": (ScaleSchema(), SCALE),
    "ClaimReviewMarkupPage": (ClaimReviewMarkupPageSchema(), MARKUP_PAGE),
    "Restore": (RestoreSchema(), RESTORE),
    "NewKey": (NewKeySchema(), NEW_KEY),
    "PushedItem": (PushedItemSchema(), PUSHED_ITEM),
    "NewWebhook": (NewWebhookSchema(), NEW_WEBHOOK),
    "WebhookChange": (WebhookChangeSchema(), WEBHOOK_CHANGE),
    "HistoryMeta": (HistoryMetaSchema(), META),
    "HistoryRevision": (HistoryRevisionSchema(), REVISION),
    "HistoryEnd": (HistoryEndSchema(), END),
}
"""By the name of their component in openapi.yaml."""
KINDS: Final = ("Claim", "Source", "Verdict", "Scale")
