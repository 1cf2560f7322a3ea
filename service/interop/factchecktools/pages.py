"""Pages of markup: the verdicts that are published at one address, under one name."""

import base64
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import orjson

from service.documents.values import JsonObject, JsonValue, members
from service.errors import NotFound
from service.interop.factchecktools.markup import markup_of, page_of
from service.kinds import BY_NAME
from service.kinds.kind import term
from service.records import rows
from service.records.listing import Listing
from service.records.people import Reader
from service.records.walking import ask
from service.storage.database import Door

CLAIM, VERDICT = BY_NAME["claim"], BY_NAME["verdict"]
KEYED = Reader(keyed=True)
PREFIX = "url="
MOST = 200
"""Markups of one page at the most: what else has its address is left out."""

TOGETHER = 1_000
"""Verdicts that one statement gives of several pages."""


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict with its claim, and its scale if it has one, as a key reads them."""

    verdict: JsonObject
    claim: JsonObject
    scale: JsonObject

    @property
    def markup(self) -> JsonObject:
        """Return it as markup."""
        return markup_of(self.claim, self.verdict, self.scale)

    @property
    def version(self) -> str:
        """Return which revisions it is made of."""
        records = (self.verdict, self.claim)
        return " ".join(f"{one['id']}@{one['revision']}" for one in records)


@dataclass(frozen=True, slots=True)
class Page:
    """The reviews of an address, the oldest first; `term` is that by which lists find them."""

    term: str
    reviews: Sequence[Review]

    @property
    def version(self) -> str:
        """Return what stands for the revisions of all its records."""
        text = "\n".join(review.version for review in self.reviews)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def head(self) -> JsonObject:
        """Return what the page says of itself."""
        return page_of(self.reviews[0].verdict)

    def as_dict(self) -> JsonObject:
        """Return the page as Google has it."""
        markups: list[JsonValue] = [review.markup for review in self.reviews]
        own: JsonObject = {"name": name_of(self.term), "versionId": self.version}
        return {**own, **self.head, "claimReviewMarkups": markups}


def term_of(url: str) -> str:
    """Return the term by which the records of an address are found, however it is spelled."""
    return term("url", url)


def name_of(term: str) -> str:
    """Return the name of the page of a term: `pages/`, and the address in base64."""
    text = term.removeprefix(PREFIX).encode()
    return f"pages/{base64.urlsafe_b64encode(text).decode().rstrip('=')}"


def term_named(page_id: str) -> str:
    """Return the term that a page's id stands for; raises `NotFound` for what is no id."""
    try:
        padded = page_id + "=" * (-len(page_id) % 4)
        found = PREFIX + base64.b64decode(padded, b"-_", validate=True).decode()
    except ValueError as error:
        raise no_page(page_id) from error
    if "\x00" in found or name_of(found) != f"pages/{page_id}":
        raise no_page(page_id)
    return found


def no_page(page_id: str) -> NotFound:
    """Return the problem of a page that is not there."""
    detail = (
        f'There is no page "{page_id[:60]}". GET /v1alpha1/pages lists those there are; a page is'
        " there as long as a verdict has its address."
    )
    return NotFound(detail)


def reviews_listing(*terms: str) -> Listing:
    """Return the list of verdicts, the oldest first, with the claims and scales they name."""
    filters = {"url": list(terms)} if terms else {}
    wanted = ("claim", "scale")
    return Listing(VERDICT, KEYED, filters, sort="created_at", limit=MOST, wanted=wanted)


def find(door: Door, term: str) -> Page | None:
    """Return the page of a term as it is now, None if no verdict has its address.

    One whose claim was deleted reviews nothing, and is left out.
    """
    found = ask(door, reviews_listing(term))
    return next(_pages(found), None)


def find_all(door: Door, terms: Collection[str]) -> dict[str, Page]:
    """Return the pages of some terms as they are now, by their terms.

    They come in one statement; only where they have more verdicts than that may give, each is
    asked for by itself.
    """
    if not terms:
        return {}
    found = ask(door, replace(reviews_listing(*terms), limit=TOGETHER))
    if found.last_id is not None:
        return {one: page for one in terms if (page := find(door, one))}
    return {page.term: page for page in _pages(found)}


def _pages(found: rows.Page) -> Iterator[Page]:
    """Yield the pages of verdicts, the oldest of each first."""
    beside = members(orjson.loads(found.expanded or "{}"))
    by_term: dict[str, list[JsonObject]] = {}
    for verdict in orjson.loads(found.items):
        by_term.setdefault(term_of(str(verdict["url"])), []).append(verdict)
    for shared, verdicts in by_term.items():
        if reviews := list(_reviews(verdicts[:MOST], beside)):
            yield Page(shared, reviews)


def _reviews(verdicts: list[JsonObject], beside: JsonObject) -> Iterator[Review]:
    claims, scales = members(beside.get("claims")), members(beside.get("scales"))
    for verdict in verdicts:
        claim = members(claims.get(str(verdict["claim_id"])))
        scale = members(scales.get(str(verdict.get("scale_id"))))
        if "gone" not in claim:
            yield Review(verdict, claim, scale)
