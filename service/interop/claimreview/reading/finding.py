"""Finding: the reviews that lie in a JSON value, at whatever depth and in whatever wrapping."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from service.documents.pointers import Path
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading import mending
from service.interop.claimreview.reading.answers import translated
from service.interop.claimreview.reading.nodes import ITEMS, plain, terms_of, types_of, unwrapped

DEEPEST = 60
"""Levels down to which reviews are looked for."""

TYPES = 20
"""Types of other things that a report names."""

PAGES = ("page_url", "pageUrl", "page")
"""Members in which crawlers keep the address of the page beside the review."""

REVIEWS = ("claim_review", "claimReview", "ClaimReview", "review", "json_ld", "jsonld")
"""Members in which they keep a review as the text of its JSON."""

OF_A_CLAIM = frozenset(("review", "reviews", "subjectof"))
"""Members of a claim in which its reviews stand, in small letters."""

REVIEWS_OF_A_CLAIM = 50
"""Reviews to which a claim is handed down: each keeps it with its raw item."""

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
    terms: Mapping[str, str] = field(default_factory=dict[str, str])


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
    _known: Mapping[str, JsonObject] = field(default_factory=dict[str, JsonObject], init=False)
    _terms: Mapping[str, str] = field(default_factory=dict[str, str], init=False)

    def items(self, value: JsonValue) -> Iterator[Item]:
        """Yield the reviews, in the order of the document."""
        self._known, contexts = _surveyed(value)
        self._terms = terms_of(contexts)
        waiting: list[tuple[JsonValue | Item, Path, Place]] = [(value, (), Place(self.page))]
        while waiting:
            one, path, place = waiting.pop()
            if isinstance(one, Item):
                yield one
            elif len(path) > DEEPEST:
                self.deep.append(path)
            elif isinstance(one, list):
                inside = [(item, (*path, number), place) for number, item in enumerate(one)]
                waiting += reversed(inside)
            elif isinstance(one, dict):
                if is_review(one, self._terms):
                    yield self._item(one, path, place)
                elif answers := _answered(one, path):
                    yield from answers
                else:
                    waiting += reversed(list(self._inside(one, path, place)))

    def _inside(
        self, value: JsonObject, path: Path, place: Place
    ) -> Iterator[tuple[JsonValue | Item, Path, Place]]:
        """Yield the members of what is no review, and count it."""
        types = types_of(value, self._terms)
        self.passed.update(types[:1] if len(self.passed) < TYPES else [])
        within = OF_A_CLAIM if "claim" in map(str.casefold, types) else frozenset[str]()
        place = place.inside(value)
        own: JsonObject = {
            name: said
            for name, said in value.items()
            if within and plain(name, self._terms).casefold() not in within
        }
        for name, member in value.items():
            inner = member
            if isinstance(member, str):
                if name not in REVIEWS or "{" not in member:
                    continue
                inner = mending.of_member(member)
            if plain(name, self._terms).casefold() in within:
                yield from self._of_claim(own, inner, (*path, name), place)
            else:
                yield inner, (*path, name), place

    def _item(
        self,
        value: JsonObject,
        path: Path,
        place: Place,
        aliases: Mapping[Path, Path] = MappingProxyType({}),
    ) -> Item:
        """Return a review with what lies around it."""
        return Item(value, path, place.page, self._known, aliases, place.around, self._terms)

    def _of_claim(
        self, claim: JsonObject, inner: JsonValue, at: Path, place: Place
    ) -> Iterator[tuple[JsonValue | Item, Path, Place]]:
        """Yield what stands in a claim; a review that does not say of what it is, is of that."""
        many = unwrapped(inner)
        listed = (
            [((), many)]
            if not isinstance(many, list)
            else [((n,), one) for n, one in enumerate(many)]
        )
        for count, (number, one) in enumerate(listed):
            where = (*at, *number)
            item = None
            if count < REVIEWS_OF_A_CLAIM:
                item = self._handed_down(claim, one, where, (len(at) - 1, place))
            yield item or one, where, place

    def _handed_down(
        self, claim: JsonObject, one: JsonValue, where: Path, within: tuple[int, Place]
    ) -> Item | None:
        """Return a review in a claim as one of the claim, None of what is none or says of what."""
        if not isinstance(one, dict) or _names(one, self._terms).get("itemreviewed"):
            return None
        depth, place = within
        made: JsonObject = {**one, "itemReviewed": claim}
        aliases: dict[Path, Path] = {(name,): (*where[depth:], name) for name in one}
        aliases[("itemReviewed",)] = ()
        item = self._item(made, where[:depth], place, aliases)
        return item if is_review(made, self._terms) else None


def is_review(value: JsonObject, terms: Mapping[str, str] | None = None) -> bool:
    """Tell whether an object is a review: it says so, or says what claim it reviews."""
    types = {one.casefold() for one in types_of(value, terms)}
    names = _names(value, terms)
    if "claimreview" in types or "claimreviewed" in names:
        return True
    reviewed = unwrapped(names.get("itemreviewed"))
    listed = reviewed[:ITEMS] if isinstance(reviewed, list) else [reviewed]
    of = {one.casefold() for each in listed for one in types_of(each, terms)}
    return "review" in types and "claim" in of


def is_around(value: JsonObject) -> bool:
    """Tell whether an object is an article or a page, of which reviews can be a part."""
    return any(one.casefold().endswith(AROUND) for one in types_of(value))


def _surveyed(value: JsonValue) -> tuple[dict[str, JsonObject], list[JsonValue]]:
    """Return the objects of a document that others can refer to, and its contexts."""
    found: dict[str, JsonObject] = {}
    contexts: list[JsonValue] = []
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
            if context := one.get("@context"):
                contexts.append(context)
    return found, contexts


def _names(value: JsonObject, terms: Mapping[str, str] | None) -> JsonObject:
    """Return members by their names in small letters, as schema.org has them."""
    return {plain(name, terms).casefold(): member for name, member in reversed(value.items())}


def _answered(claim: JsonObject, path: Path) -> list[Item]:
    """Return the reviews of a claim as Google's claims:search answers with it."""
    reviews = claim.get("claimReview")
    if not isinstance(reviews, list) or "text" not in claim:
        return []
    found: list[Item] = []
    for place, review in enumerate(reviews):
        if isinstance(review, dict) and not is_review(review):
            item, aliases = translated(claim, review, place)
            found.append(Item(item, path, None, {}, aliases))
    return found
