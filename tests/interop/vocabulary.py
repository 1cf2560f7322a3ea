"""The part of schema.org's vocabulary that is used here, and a processor of JSON-LD that reads it.

Types, their parents, properties and what these take are as schema.org documents them. There is no
network in tests: a context of our own stands for the one at https://schema.org.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, cast

from pyld import jsonld

Node = dict[str, Any]

SCHEMA: Final = "https://schema.org/"
TEXT, NUMBER, DATE, MOMENT, URL = "Text", "Number", "Date", "DateTime", "URL"

PARENTS: Final = {
    "Thing": None,
    "CreativeWork": "Thing",
    "Intangible": "Thing",
    "Organization": "Thing",
    "Person": "Thing",
    "Place": "Thing",
    "Article": "CreativeWork",
    "Claim": "CreativeWork",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "Dataset": "CreativeWork",
    "DataFeed": "Dataset",
    "DigitalDocument": "CreativeWork",
    "GovernmentOrganization": "Organization",
    "MediaObject": "CreativeWork",
    "AudioObject": "MediaObject",
    "ImageObject": "MediaObject",
    "VideoObject": "MediaObject",
    "Review": "CreativeWork",
    "ClaimReview": "Review",
    "SocialMediaPosting": "Article",
    "WebSite": "CreativeWork",
    "DataFeedItem": "Intangible",
    "PropertyValue": "Intangible",
    "Rating": "Intangible",
}
"""Each type with the one above it; PropertyValue and Rating by way of others that we do not use."""

PROPERTIES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "Thing": {
        "alternateName": (TEXT,),
        "description": (TEXT,),
        "identifier": (TEXT, URL, "PropertyValue"),
        "image": (URL, "ImageObject"),
        "name": (TEXT,),
        "sameAs": (URL,),
        "url": (URL,),
    },
    "CreativeWork": {
        "archivedAt": (URL, "WebPage"),
        "associatedMedia": ("MediaObject",),
        "author": ("Organization", "Person"),
        "citation": (TEXT, "CreativeWork"),
        "comment": ("Comment",),
        "contentLocation": ("Place",),
        "correction": (TEXT, URL, "CorrectionComment"),
        "creativeWorkStatus": (TEXT, "DefinedTerm"),
        "dateCreated": (DATE, MOMENT),
        "dateModified": (DATE, MOMENT),
        "datePublished": (DATE, MOMENT),
        "expires": (DATE, MOMENT),
        "headline": (TEXT,),
        "inLanguage": (TEXT, "Language"),
        "isPartOf": (URL, "CreativeWork"),
        "keywords": (TEXT, URL, "DefinedTerm"),
        "license": (URL, "CreativeWork"),
        "publisher": ("Organization", "Person"),
        "sdLicense": (URL, "CreativeWork"),
        "sdPublisher": ("Organization", "Person"),
        "temporalCoverage": (TEXT, URL, MOMENT),
        "text": (TEXT,),
        "workTranslation": ("CreativeWork",),
    },
    "Organization": {
        "logo": (URL, "ImageObject"),
        "parentOrganization": ("Organization",),
    },
    "Person": {"affiliation": ("Organization",), "jobTitle": (TEXT, "DefinedTerm")},
    "Claim": {
        "appearance": ("CreativeWork",),
        "firstAppearance": ("CreativeWork",),
    },
    "ClaimReview": {"claimReviewed": (TEXT,)},
    "DataFeed": {"dataFeedElement": (TEXT, "DataFeedItem", "Thing")},
    "DataFeedItem": {
        "dateCreated": (DATE, MOMENT),
        "dateDeleted": (DATE, MOMENT),
        "dateModified": (DATE, MOMENT),
        "item": ("Thing",),
    },
    "MediaObject": {"contentUrl": (URL,), "sha256": (TEXT,)},
    "PropertyValue": {
        "propertyID": (TEXT, URL),
        "value": (TEXT, NUMBER),
    },
    "Rating": {
        "bestRating": (NUMBER, TEXT),
        "ratingExplanation": (TEXT,),
        "ratingValue": (NUMBER, TEXT),
        "worstRating": (NUMBER, TEXT),
    },
    "Review": {
        "itemReviewed": ("Thing",),
        "reviewBody": (TEXT,),
        "reviewRating": ("Rating",),
    },
}
"""What a type has beside what its parents have, and what each property takes."""

CONTEXT: Final[Node] = {
    name: {"@id": SCHEMA + name}
    for name in {*PARENTS, *(one for known in PROPERTIES.values() for one in known)}
}

ISO_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
ISO_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
WEB: Final = re.compile(r"https?://[^\s]+")


def expanded(document: Node) -> list[Node]:
    """Return what a processor of JSON-LD makes of a document."""
    return cast("list[Node]", jsonld.expand(document, OPTIONS))


def compacted(nodes: list[Node]) -> Node:
    """Return expanded nodes in the terms of the context again."""
    found = cast("Node", jsonld.compact(nodes, {"@context": CONTEXT}, OPTIONS))
    return {name: value for name, value in found.items() if name != "@context"}


def flaws(document: Node) -> list[str]:
    """Return what a document says that schema.org does not know, as a processor reads it."""
    return [flaw for node in expanded(document) for flaw in _flaws(node)]


def _load(url: str, _options: object) -> Node:
    assert url.startswith("https://schema.org"), url
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXT},
    }


OPTIONS: Final[Any] = {"documentLoader": _load}


def _flaws(node: Node) -> Iterator[str]:
    [kind] = (name.removeprefix(SCHEMA) for name in node["@type"])
    known = _known(kind)
    for name, values in node.items():
        if name.startswith("@"):
            continue
        term = name.removeprefix(SCHEMA)
        if term not in known:
            yield f"{kind} has no {term}"
            continue
        for value in values:
            if "@value" in value:
                if not any(_fits(value["@value"], one) for one in known[term]):
                    yield f"{term} of {kind} does not take {value['@value']!r}"
            elif not any(_is_a(value, one) for one in known[term]):
                yield f"{term} of {kind} does not take a {value['@type']}"
            else:
                yield from _flaws(value)


def _known(kind: str | None) -> dict[str, tuple[str, ...]]:
    if kind is None:
        return {}
    return _known(PARENTS[kind]) | PROPERTIES.get(kind, {})


def _is_a(node: Node, wanted: str) -> bool:
    kind: str | None = node["@type"][0].removeprefix(SCHEMA)
    while kind and kind != wanted:
        kind = PARENTS[kind]
    return kind == wanted


def _fits(value: object, wanted: str) -> bool:
    if wanted == NUMBER:
        return isinstance(value, int | float)
    forms = {DATE: ISO_DATE, MOMENT: ISO_MOMENT, URL: WEB, TEXT: re.compile(".*", re.DOTALL)}
    return wanted in forms and isinstance(value, str) and bool(forms[wanted].fullmatch(value))
