"""An update of a page: whether it is still what was read, and which review each markup is."""

from collections.abc import Iterator, Sequence

from service.documents.values import JsonObject
from service.errors import PreconditionFailed, PreconditionRequired
from service.interop.factchecktools.pages import Page, Review

Reviewed = tuple[JsonObject, Review | None]
"""A markup as it was sent, and the review that it is, or None for a new one."""


def check_version(sent: object, page: Page) -> None:
    """Raise `PreconditionRequired` without a version, `PreconditionFailed` with an older one."""
    if sent is None:
        detail = "Send the versionId of the page that you changed: get it, change it, update it."
        raise PreconditionRequired(detail, versionId=page.version)
    if sent != page.version:
        detail = (
            f"Someone has changed the page since: it is at versionId {page.version}. Get it again"
            " and put your change on top."
        )
        raise PreconditionFailed(detail, versionId=page.version)


def paired(markups: Sequence[JsonObject], reviews: Sequence[Review]) -> Iterator[Reviewed]:
    """Yield each markup with the review that it is: the one of its claim, or else the next left.

    What more there are of one than of the other is new, or comes out.
    """
    left, found = list(reviews), dict[int, Review]()
    for place, markup in enumerate(markups):
        same = (one for one in left if one.claim.get("text") == markup["claimReviewed"])
        if one := next(same, None):
            found[place] = one
            left.remove(one)
    rest = [place for place in range(len(markups)) if place not in found]
    found |= zip(rest, left, strict=False)
    yield from ((markup, found.get(place)) for place, markup in enumerate(markups))
