"""Finding: the reviews that lie in a JSON value, at whatever depth and in whatever wrapping."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from service.documents.pointers import Path
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading import mending
from service.interop.claimreview.reading.nodes import plain, types_of

DEEPEST = 60
"""Levels down to which reviews are looked for."""

TYPES = 20
"""Types of other things that a report names."""

PAGES = ("page_url", "pageUrl", "page")
"""Members in which crawlers keep the address of the page beside the review."""

REVIEWS = ("claim_review", "claimReview", "ClaimReview", "review", "json_ld", "jsonld")
"""Members in which they keep a review as the text of its JSON."""


AROUND = ("article", "blogposting", "webpage", "report")
"""What ends the types of things that say something of the reviews in them."""

SAID = frozenset(
    (
        *("url", "author", "creator", "publisher", "provider", "sourceorganization"),
        *("datepublished", "datecreated", "name", "headline", "inlanguage"),
        *("ispartof", "mainentityofpage", "@id"),
    )
)
"""What they say that holds for the reviews, in small letters."""

FARTHEST = 4
"""Articles and pages around a review that are asked for what it does not say."""

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


@dataclass(frozen=True)
class Item:
    """A review: its members, where it stands, the page it was on, and what it can refer to.

    `around` are the articles and pages that it stands in, the nearest first.
    `aliases` lead from places in it to those in the document, of an item that was put together.
    """

    value: JsonObject
    path: Path = ()
    page: str | None = None
    known: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject])
    aliases: Mapping[Path, Path] = field(default_factory=dict[Path, Path])
    around: tuple[JsonObject, ...] = ()


@dataclass(frozen=True)
class Place:
    """What a value lies in: the page it was on, and the articles around it."""

    page: str | None = None
    around: tuple[JsonObject, ...] = ()

    def inside(self, value: JsonObject) -> "Place":
        """Return what the members of an object lie in."""
        page = next((one for name in PAGES if isinstance(one := value.get(name), str)), self.page)
        if not is_around(value):
            return Place(page, self.around)
        said = {name: one for name, one in value.items() if plain(name).casefold() in SAID}
        return Place(page, (said, *self.around)[:FARTHEST])


@dataclass
class Search:
    """Look through a value; `passed` counts by type what is no review, `deep` lay too deep."""

    page: str | None = None
    passed: Counter[str] = field(default_factory=Counter[str])
    deep: list[Path] = field(default_factory=list[Path])

    def items(self, value: JsonValue) -> Iterator[Item]:
        """Yield the reviews, in the order of the document."""
        known = nodes_by_id(value)
        waiting: list[tuple[JsonValue, Path, Place]] = [(value, (), Place(self.page))]
        while waiting:
            one, path, place = waiting.pop()
            if len(path) > DEEPEST:
                self.deep.append(path)
            elif isinstance(one, list):
                inside = [(item, (*path, number), place) for number, item in enumerate(one)]
                waiting += reversed(inside)
            elif isinstance(one, dict):
                if is_review(one):
                    yield Item(one, path, place.page, known, around=place.around)
                elif answers := _answered(one, path):
                    yield from answers
                else:
                    waiting += reversed(list(self._inside(one, path, place)))

    def _inside(
        self, value: JsonObject, path: Path, place: Place
    ) -> Iterator[tuple[JsonValue, Path, Place]]:
        """Yield the members of what is no review, and count it."""
        self.passed.update(types_of(value)[:1] if len(self.passed) < TYPES else [])
        place = place.inside(value)
        for name, member in value.items():
            inner = member
            if isinstance(member, str):
                if name not in REVIEWS or "{" not in member:
                    continue
                inner = mending.of_member(member)
            yield inner, (*path, name), place


def is_review(value: JsonObject) -> bool:
    """Tell whether an object is a review: it says so, or says what claim it reviews."""
    if any(one.casefold() == "claimreview" for one in types_of(value)):
        return True
    return any(plain(name).casefold() == "claimreviewed" for name in value)


def is_around(value: JsonObject) -> bool:
    """Tell whether an object is an article or a page, of which reviews can be a part."""
    return any(one.casefold().endswith(AROUND) for one in types_of(value))


def nodes_by_id(value: JsonValue) -> dict[str, JsonObject]:
    """Return the objects of a document that others can refer to."""
    found: dict[str, JsonObject] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            name = one.get("@id")
            if isinstance(name, str) and not one.keys() <= {"@id", "@type"}:
                found.setdefault(name, one)
    return found


def _answered(claim: JsonObject, path: Path) -> list[Item]:
    """Return the reviews of a claim as Google's claims:search answers with it."""
    reviews = claim.get("claimReview")
    if not isinstance(reviews, list) or "text" not in claim:
        return []
    found: list[Item] = []
    for place, review in enumerate(reviews):
        if isinstance(review, dict) and not is_review(review):
            found.append(_translated(claim, review, path, place))
    return found


def _translated(claim: JsonObject, review: JsonObject, path: Path, place: int) -> Item:
    """Return a review of such an answer in the words of schema.org."""
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
    return Item(item, path, None, {}, aliases)
