"""The verdict that a review gives: what it says itself, by whom, and how it rates the claim."""

import re
from typing import cast
from urllib.parse import urljoin

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.records import works
from service.interop.claimreview.records.claims import period
from service.interop.claimreview.records.ratings import explained, rating
from service.interop.claimreview.values import dates, languages, links, people, texts
from service.kinds.addresses import identity, site_of

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,49}")
_PART = re.compile(r"#\S{1,500}")


def address(review: Node, page: str | None) -> str | None:
    """Return the address of a review: its own, or else that of the page it was found on."""
    own = review.get("url")
    if own and page and (found := _of_part(own, page)):
        return found
    if found := links.read(own, page):
        return found
    for name in ("mainEntityOfPage", "@id", "sameAs"):
        node = review.get(name)
        if node and (found := links.read(node, page)):
            review.note("url-from-elsewhere", found=node.value, made=found, name="url")
            return found
    if found := links.mended(page or "", None):
        review.note("url-from-elsewhere", found=page, made=found, name="url")
        return found if len(found) <= bounds.URL else None
    return None


def _of_part(url: Node, page: str) -> str | None:
    """Return the address of a part of a page, of which only the name of the part is given."""
    if not isinstance(url.value, str) or not _PART.fullmatch(url.value):
        return None
    if found := links.mended(urljoin(links.mended(page) or "", url.value)):
        url.note("url-relative", found=url.value, made=found)
    return found if found and len(found) <= bounds.URL else None


def verdict(review: Node, url: str | None, known: str) -> tuple[JsonObject, list[JsonObject]]:
    """Return the verdict of a review, without its claim, and the sources that it cites.

    `known` is what tells the review from others.
    """
    evidence, sources = works.cited(review.get("citation", "isBasedOn"), known)
    language = languages.read(review.get("inLanguage"))
    publisher, authors = _people(review, url)
    described = review.get("description", "abstract") or explained(review)
    made: JsonObject = {
        "type": "verdict",
        **rating(review, language),
        "title": texts.read(review.get("name", "headline"), bounds.TITLE),
        "summary": texts.read(described, bounds.PARAGRAPH, lines=True),
        "explanation": _body(review),
        "evidence": evidence or None,
        "authors": cast("list[JsonValue]", review.kept(authors, bounds.SEVERAL, "author")) or None,
        "publisher": publisher or None,
        "url": url,
        "image": links.read(review.get("image", "thumbnailUrl"), url),
        "language": language,
        "published_at": _published(review),
        "valid": period(review.get("temporalCoverage")),
        "review_by": dates.read(review.get("expires")),
        "right_of_reply": _replies(review.get("comment")) or None,
        "translations": _translations(review.get("workTranslation")) or None,
        "external_ids": _identifiers(review.get("identifier"), url) or None,
    }
    return {name: value for name, value in made.items() if value is not None}, sources


def corrections(review: Node) -> list[JsonObject]:
    """Return what was corrected in a review, in the order in which it says so."""
    found: list[JsonObject] = []
    node = review.get("correction")
    for one in node.each(bounds.MANY) if node else ():
        said = one.get("text", "name") if one.members is not None else one
        at = dates.read(one.get("datePublished"))
        if text := texts.read(said, bounds.PARAGRAPH, lines=True):
            found.append({"text": text, "published_at": at} if at else {"text": text})
        else:
            one.note("wrong-shape", found=one.value)
    return found


def _body(review: Node) -> str | None:
    node = review.get("reviewBody", "articleBody", "text")
    return texts.read(node, bounds.ARTICLE, lines=True)


def _people(review: Node, url: str | None) -> tuple[JsonObject, list[str]]:
    """Return who publishes a review and who wrote it.

    An organization that is the only author publishes it, as Google's rules want it written.
    """
    authors = people.parties(review.get("author", "creator"), url)
    publishers = people.parties(review.get("publisher", "provider", "sourceOrganization"), url)
    if not publishers:
        publishers = [one for one in authors if one.organization][:1]
    if not publishers and len(authors) == 1 and authors[0].kind is None:
        publishers = authors
    publisher = publishers[0].publisher() if publishers else {}
    first, *others = (publishers[0].addresses if publishers else ()) or ("",)
    if further := [one for one in others if identity(one) != identity(first)]:
        review.note("further-addresses", found=further, made=first)
    names = [name for one in authors if one not in publishers for name in one.names]
    own = publisher.get("name")
    if not publisher and url:
        publisher["name"] = (site_of(url) or "")[: bounds.NAME]
        review.note("publisher-from-address", found=url, made=publisher, name="publisher")
    return publisher, [name for name in dict.fromkeys(names) if name != own]


def _published(review: Node) -> str | None:
    """Return when a review was published, else when it was changed."""
    if found := dates.read(review.get("datePublished", "dateCreated"), past=True):
        return found
    node = review.get("dateModified")
    if found := dates.read(node, past=True):
        review.note("date-of-change", found=node and node.value, made=found, name="dateModified")
    return found


def _replies(node: Node | None) -> list[JsonValue]:
    """Return what was answered; only comments with a text say anything."""
    found: list[JsonValue] = []
    for one in node.each(bounds.SEVERAL) if node else ():
        answer = texts.read(one.get("text"), bounds.PAGE, lines=True)
        at = dates.read(one.get("dateCreated", "datePublished"))
        if answer:
            found.append({"answer": answer, "answered_at": at} if at else {"answer": answer})
    return found


def _translations(node: Node | None) -> list[JsonValue]:
    found: dict[str, JsonValue] = {}
    for one in node.each() if node else []:
        language = languages.read(one.get("inLanguage"))
        title = texts.read(one.get("name", "headline"), bounds.TITLE)
        summary = texts.read(one.get("description"), bounds.PARAGRAPH, lines=True)
        said = {name: text for name, text in (("title", title), ("summary", summary)) if text}
        if language and said:
            found.setdefault(language, {"language": language, **said})
    return node.kept([*found.values()], bounds.SEVERAL) if node else []


def _identifiers(node: Node | None, url: str | None) -> JsonObject:
    """Return the ids that a review has elsewhere; a bare one is that of its site."""
    found: JsonObject = {}
    site = site_of(url) or ""
    for one in node.each(bounds.SEVERAL) if node else ():
        described = one.members is not None
        system = texts.read(one.get("propertyID", "name"), bounds.LABEL) if described else site
        value = texts.read(one.get("value") if described else one, bounds.NAME)
        if value and system and _KEY.fullmatch(system):
            found.setdefault(system, value)
    return found
