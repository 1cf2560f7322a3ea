"""What is around a review: articles and pages say what the reviews in them leave out."""

from itertools import chain
from urllib.parse import urlsplit

from service.documents.values import JsonValue
from service.interop.claimreview.reading.finding import FARTHEST, Item, is_around
from service.interop.claimreview.reading.nodes import Node, Scope
from service.interop.claimreview.values import links, people

TAKEN = (
    ("author", "creator"),
    ("publisher", "provider", "sourceOrganization"),
    ("datePublished", "dateCreated"),
    ("name", "headline"),
    ("inLanguage",),
)
"""Members that a review has from around it, each with the names that it may have."""

LEADING = ("isPartOf", "mainEntityOfPage")
"""Members by which a review or an article says what it is part of."""


def completed(review: Node, item: Item) -> tuple[Node, str | None]:
    """Return a review with what it has from around it, and the address of the page it is on."""
    around = _around(review, item)
    addresses = (links.read(one.get("url", "mainEntityOfPage", "@id")) for one in around)
    page = next(filter(None, addresses), item.page)
    quiet = _quiet(review)
    if not around or _is_elsewhere(links.read(quiet.get("url")), page):
        return review, item.page
    taken = dict[str, JsonValue]()
    for names in TAKEN:
        if quiet.get(*names) or (names[0] == "publisher" and _is_published(quiet)):
            continue
        if found := next(filter(None, (one.get(*names) for one in around)), None):
            taken[names[0]] = found.value
            review.note("from-around", made=found.value, name=names[0])
    review.scope.borrowed = frozenset(taken)
    return Node({**(review.members or {}), **taken}, (), review.scope), page


def _around(review: Node, item: Item) -> list[Node]:
    """Return the articles and pages around a review, as far as they are in the document.

    What is found there is told of the review, so these tell of nothing themselves.
    """
    scope = Scope(known=item.known)
    own = Node(review.value, (), scope)
    found = [Node(one, (), scope, ("",)) for one in item.around]
    for one in chain([own], found):  # what these lead to is asked as well
        inner = [one.get(name) for name in LEADING if len(found) < 2 * FARTHEST]
        found += [each for each in inner if each and each.members and is_around(each.members)]
    return found


def _is_elsewhere(url: str | None, page: str | None) -> bool:
    """Tell whether a review is on another site than what is around it, which only cites it."""
    return bool(url and page) and urlsplit(url).hostname != urlsplit(page).hostname


def _is_published(review: Node) -> bool:
    """Tell whether its author, as Google's rules want it, is who publishes a review."""
    authors = people.parties(review.get("author", "creator"))
    return any(one.organization or (one.kind is None and len(authors) == 1) for one in authors)


def _quiet(review: Node) -> Node:
    """Return a review of which nothing is told."""
    return Node(review.value, (), Scope(known=review.scope.known))
