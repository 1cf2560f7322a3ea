"""Google's pages of markup: those there are, and one read, made, changed and deleted."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import Response

from schemas.factchecktools import ClaimReviewMarkupPageSchema
from schemas.texts import Url
from service.documents.values import JsonObject, JsonValue, objects
from service.errors import Fault, InvalidBody
from service.interop.factchecktools.pages import (
    Page,
    find,
    find_all,
    name_of,
    no_page,
    reviews_listing,
    term_named,
    term_of,
)
from service.interop.factchecktools.sites import belongs, named
from service.interop.factchecktools.walks import Start, Walk
from service.interop.factchecktools.writing import Desk
from service.kinds.faults import fault_of, faults
from service.records.people import Caller
from service.routes import answers, bodies, context
from service.routes.factchecktools.answering import answer
from service.routes.factchecktools.asking import PAGING, Form, GoogleQuery
from service.routes.factchecktools.claims import LONGEST_SITE
from service.routes.retrying import attempt

SCHEMA: Final = ClaimReviewMarkupPageSchema()
ADDRESS: Final = Url()


def list_pages() -> Response:
    """Return the page of an address, or those of a site or of all, the oldest first."""
    _ = context.require("write")
    with GoogleQuery("url", "organization", *PAGING) as query:
        url, site = query.text("url", ADDRESS.maximum), query.said("organization", LONGEST_SITE)
        form, size, start = query.form(), query.size(), query.start(url=url, site=site)
        if url and (fault := fault_of(ADDRESS, url)):
            query.refuse("url", fault.code, fault.detail)
        if url and site:
            query.refuse("organization", "invalid", "give url or organization, not both")
    if url:
        page = find(context.state().database, term_of(url))
        return answer({"claimReviewMarkupPages": [page.as_dict()] if page else []}, form)
    found, after = _listed(site and named(site), start, size)
    token = after and after.token({"url": url, "site": site})
    return answer({"claimReviewMarkupPages": found, "nextPageToken": token}, form)


def get_page(page_id: str) -> Response:
    """Return a page as it is now."""
    _ = context.require("write")
    with GoogleQuery() as query:
        form = query.form()
    return _shown(term_named(page_id), form)


def create_page() -> Response:
    """Write the records of a page as drafts."""
    caller = context.require("write")
    with GoogleQuery() as query:
        form = query.form()
    sent = _sent()
    term = term_of(str(sent["pageUrl"]))
    return _shown(term, form, again=_desk(caller, term).create(sent))


def update_page(page_id: str) -> Response:
    """Write a page in the place of the one that was read."""
    caller = context.require("write")
    with GoogleQuery() as query:
        form = query.form()
    term = term_named(page_id)
    if find(context.state().database, term) is None:
        raise no_page(page_id)
    sent = _sent(term)
    return _shown(term, form, again=_desk(caller, term).update(sent))


def delete_page(page_id: str) -> Response:
    """Delete the drafts of a page."""
    caller = context.require("write")
    with GoogleQuery() as query:
        form = query.form()
    again = _desk(caller, term_named(page_id)).delete()
    return answer({}, form, answers.REPLAYED if again else {})


def _desk(caller: Caller, term: str) -> Desk:
    database = context.state().database
    return Desk(database, context.newsroom(), caller, attempt(caller), term)


def _listed(site: str | None, start: Start, size: int) -> tuple[list[JsonValue], Start | None]:
    """Return some of the pages, each at the place of its oldest verdict."""
    state = context.state()

    def keep(verdicts: Sequence[JsonObject], _: JsonObject) -> Iterator[Page | None]:
        terms = [_term(verdict, site) for verdict in verdicts]
        pages = find_all(state.database, {term for term in terms if term})
        for verdict, term in zip(verdicts, terms, strict=True):
            page = pages.get(term or "")
            first = page and page.reviews[0].verdict["id"] == verdict["id"]
            yield page if first else None

    walked = Walk(state.database, state.cursors, reviews_listing(), keep).page(start, size)
    return [page.as_dict() for page in walked.found], walked.rest


def _term(verdict: JsonObject, site: str | None) -> str | None:
    """Return the term of the page that a verdict is on, None if it is none of the site's."""
    url = verdict.get("url")
    wanted = url is not None and (site is None or belongs(url, site))
    return term_of(str(url)) if wanted else None


def _shown(term: str, form: Form, *, again: bool = False) -> Response:
    page = find(context.state().database, term)
    if page is None:
        raise no_page(name_of(term).removeprefix("pages/"))
    return answer(page.as_dict(), form, answers.REPLAYED if again else {})


def _sent(term: str | None = None) -> JsonObject:
    """Return the page in the body; `term` is that of the page whose place it takes.

    Raises `InvalidBody` for all faults.
    """
    _ = bodies.media_type(bodies.JSON)
    sent = bodies.json_object()
    found = faults(SCHEMA, sent)
    if not any(fault.pointer == "#/pageUrl" for fault in found):
        found += _misplaced(sent, term)
    if found:
        raise InvalidBody("Mend what details lists.", errors=found)
    return sent


def _misplaced(sent: JsonObject, term: str | None) -> list[Fault]:
    """Return faults of a page at another address, and of markups that are not on the page."""
    url, found = str(sent["pageUrl"]), list[Fault]()
    if "#" in url:
        detail = "the address of a page has no #…; the url of a markup may"
        found.append(Fault("invalid", detail, "#/pageUrl"))
    if term and term_of(url) != term:
        detail = "a page keeps its address; create one at the new address and delete this one"
        found.append(Fault("invalid", detail, "#/pageUrl"))
    if term and sent.get("name", name_of(term)) != name_of(term):
        found.append(Fault("invalid", "this is the name of another page", "#/name"))
    for place, markup in enumerate(objects(sent.get("claimReviewMarkups"))):
        if term_of(str(markup.get("url", url))) != term_of(url):
            detail = "expected the pageUrl, or that with a #… behind it"
            found.append(Fault("invalid", detail, f"#/claimReviewMarkups/{place}/url"))
    return found
