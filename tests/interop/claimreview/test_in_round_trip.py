"""What a careful writer says of a verdict comes back without loss."""

from typing import Final

from tests.interop.claimreview.reader import Members, read

WRITTEN: Final[Members] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "@id": "https://desk.example/v1/verdicts/v",
    "identifier": ["v", {"@type": "PropertyValue", "propertyID": "wire", "value": "77"}],
    "url": "https://desk.example/rain",
    "claimReviewed": "It rained\n\nfor two days",
    "name": "It did not rain",
    "headline": "It did not rain",
    "description": "The gauge was dry.",
    "reviewBody": "# The gauge\n\nIt was **dry** on both days.",
    "image": "https://desk.example/i.png",
    "inLanguage": "en",
    "datePublished": "2022-02-17T09:00:00Z",
    "expires": "2023-02",
    "temporalCoverage": "2022-02-15/2022-02-16",
    "author": [
        {"@type": "Organization", "name": "Desk", "url": "https://desk.example/"},
        {"@type": "Person", "name": "Ann"},
        {"@type": "Person", "name": "Bob"},
    ],
    "publisher": {
        "@type": "Organization",
        "name": "Desk",
        "url": "https://desk.example/",
        "logo": "https://desk.example/l.png",
    },
    "correction": {
        "@type": "CorrectionComment",
        "text": "We had the wrong day.",
        "datePublished": "2022-02-18T09:00:00.000000Z",
    },
    "citation": [
        {"@type": "Dataset", "url": "https://met.example/1", "name": "Readings", "license": "CC0"},
        {"@type": "CreativeWork", "name": "A letter"},
    ],
    "comment": {"@type": "Comment", "text": "It felt wet.", "dateCreated": "2022-02-16"},
    "workTranslation": [
        {
            "@type": "CreativeWork",
            "inLanguage": "de",
            "name": "Kein Regen",
            "description": "Trocken.",
        },
        {"@type": "CreativeWork", "inLanguage": "fr"},
    ],
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "Mostly false",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "ratingExplanation": "The gauge was dry.",
    },
    "itemReviewed": {
        "@type": "Claim",
        "text": "It rained\n\nfor two days",
        "description": "At the market.",
        "inLanguage": "en",
        "author": {
            "@type": "Organization",
            "name": "Farmers",
            "description": "Lobby",
            "parentOrganization": {"@type": "Organization", "name": "Union"},
            "sameAs": ["https://farmers.example/"],
        },
        "datePublished": "2022-02",
        "temporalCoverage": "2022-02-15/..",
        "contentLocation": [{"@type": "Place", "name": "Kyiv"}, "Lviv"],
        "keywords": ["Weather"],
        "firstAppearance": {
            "@type": "SocialMediaPosting",
            "name": "A post",
            "url": "https://posts.example/1",
            "archivedAt": "https://archive.example/1",
            "author": {"@type": "Person", "name": "Cy"},
            "publisher": {"@type": "Organization", "name": "Posts"},
            "datePublished": "2022-02-15",
            "inLanguage": "en",
            "text": "So wet!",
            "isPartOf": {"@type": "WebSite", "name": "Postings"},
        },
        "appearance": {"@type": "CreativeWork", "url": "https://paper.example/1"},
        "associatedMedia": {
            "@type": "VideoObject",
            "contentUrl": "https://posts.example/1.mp4",
            "archivedAt": "https://archive.example/1.mp4",
            "sha256": "a" * 64,
            "description": "Puddles",
        },
        "workTranslation": [
            {"@type": "Claim", "inLanguage": "de", "text": "Es regnete"},
            {"@type": "Claim", "inLanguage": "de", "text": "Regen"},
            {"@type": "Claim", "text": "?"},
        ],
    },
}


def test_a_verdict_comes_back() -> None:
    found = read(WRITTEN)
    verdict = dict(found.verdict)
    letter = {"described_as": "A letter"}
    readings = next(one for one in found.of("source") if one["title"] == "Readings")
    assert found.codes == set()
    assert readings["license"] == "CC0"
    assert {name: verdict.pop(name) for name in ("type", "id", "claim_id")}
    corrected = {"text": "We had the wrong day.", "published_at": "2022-02-18T09:00:00.000000Z"}
    assert verdict.pop("origin")["corrections"] == [corrected]
    assert verdict == {
        "title": "It did not rain",
        "summary": "The gauge was dry.",
        "explanation": "# The gauge\n\nIt was **dry** on both days.",
        "image": "https://desk.example/i.png",
        "url": "https://desk.example/rain",
        "language": "en",
        "published_at": "2022-02-17T09:00:00Z",
        "review_by": "2023-02",
        "valid": {"from": "2022-02-15", "to": "2022-02-16"},
        "authors": ["Ann", "Bob"],
        "publisher": {
            "name": "Desk",
            "url": "https://desk.example/",
            "logo": "https://desk.example/l.png",
        },
        "note": "We had the wrong day.",
        "reason": "correction",
        "evidence": [{"source_id": readings["id"]}, letter],
        "right_of_reply": [{"answer": "It felt wet.", "answered_at": "2022-02-16"}],
        "translations": [{"language": "de", "title": "Kein Regen", "summary": "Trocken."}],
        "external_ids": {"desk.example": "v", "wire": "77"},
        "scale_id": "truth",
        "rating": "mostly_false",
        "original_rating": {
            "label": "Mostly false",
            "value": 2,
            "best": 5,
            "worst": 1,
            "rule": 'label: "Mostly false" (en)',
        },
    }


def test_a_claim_comes_back() -> None:
    claim = dict(read(WRITTEN).claim)
    first, second = claim.pop("appearances")
    assert {name: claim.pop(name) for name in ("type", "id", "origin")}
    assert claim == {
        "text": "It rained\n\nfor two days",
        "context": "At the market.",
        "language": "en",
        "claimant": {
            "name": "Farmers",
            "kind": "organization",
            "role": "Lobby",
            "affiliation": "Union",
            "same_as": ["https://farmers.example/"],
        },
        "claimed_at": "2022-02",
        "about": {"from": "2022-02-15"},
        "topics": ["Weather"],
        "locations": ["Kyiv", "Lviv"],
        "media": [
            {
                "url": "https://posts.example/1.mp4",
                "kind": "video",
                "archived_url": "https://archive.example/1.mp4",
                "sha256": "a" * 64,
                "description": "Puddles",
            }
        ],
        "translations": [{"language": "de", "text": "Es regnete"}],
    }
    assert first == {
        "source_id": first["source_id"],
        "url": "https://posts.example/1",
        "archived_url": "https://archive.example/1",
        "title": "A post",
        "publisher": "Posts",
        "platform": "Postings",
        "published_at": "2022-02-15",
        "quote": "So wet!",
        "first": True,
    }
    assert second.keys() == {"url", "source_id"}


def test_its_sources_come_back() -> None:
    post = next(one for one in read(WRITTEN).of("source") if one["title"] == "A post")
    assert {name: post[name] for name in ("source_type", "authors", "publisher", "language")} == {
        "source_type": "post",
        "authors": ["Cy"],
        "publisher": "Posts",
        "language": "en",
    }
