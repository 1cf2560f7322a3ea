"""The verdict that a review gives: what it says itself, by whom, and how it rates the claim."""

import re
from typing import cast
from urllib.parse import urljoin, urlsplit

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node, Scope
from service.interop.claimreview.records import works
from service.interop.claimreview.records.claims import period
from service.interop.claimreview.values import dates, languages, links, numbers, people, texts
from service.interop.ratings import Normal, normalised
from service.interop.ratings.normalising import SCALE
from service.interop.ratings.numbers import rating as numbers_rating
from service.kinds.addresses import identity

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


def verdict(review: Node, url: str | None) -> tuple[JsonObject, list[JsonObject]]:
    """Return the verdict of a review, without its claim, and the sources that it cites."""
    evidence, sources = works.cited(review.get("citation", "isBasedOn"))
    language = languages.read(review.get("inLanguage"))
    publisher, authors = _people(review, url)
    described = review.get("description", "abstract") or _explained(review)
    made: JsonObject = {
        "type": "verdict",
        **rating(review, language),
        "title": texts.read(review.get("name", "headline"), bounds.TITLE),
        "summary": texts.read(described, bounds.PARAGRAPH, lines=True),
        "explanation": _body(review),
        "evidence": evidence or None,
        "authors": cast("list[JsonValue]", authors[: bounds.SEVERAL]) or None,
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
        **_correction(review.get("correction")),
    }
    return {name: value for name, value in made.items() if value is not None}, sources


def rating(review: Node, language: str | None) -> JsonObject:
    """Return the rating as the publisher has it, and what it comes to on the scale `truth`."""
    node = _rated(review)
    if node is None:
        review.note("rating-unknown", name="reviewRating")
        return {}
    original = _original(node)
    known = cast("dict[str, float]", original)
    value, best, worst = (known.get(name) for name in ("value", "best", "worst"))
    label = cast("str | None", original.get("label"))
    found = normalised(label, value, best, worst, language)
    if known.keys() & {"value", "best", "worst"} and numbers_rating(value, best, worst)[0] is None:
        node.note("scale-insane", found={"value": value, "best": best, "worst": worst})
    _tell(node, label, found)
    made: JsonObject = {"original_rating": original | {"rule": found.rule[: bounds.TITLE]}}
    return made if found.rating is None else made | {"scale_id": SCALE, "rating": found.rating}


def _rated(review: Node) -> Node | None:
    """Return the rating of the claim: of several the first with a label, none of the readers'."""
    node = review.get("reviewRating")
    several = node.each() if node else []
    found = [one for one in several if not _is_of_readers(one)]
    if len(found) < len(several):
        review.note("rating-of-readers", found=[one.types for one in several], name="reviewRating")
    chosen = next(filter(_has_label, found), found[0] if found else None)
    if node is None or chosen is None:
        return node.one() if node and not several else None
    if chosen is not node:
        node.note("list-for-one", found=node.value, made=chosen.value)
    return chosen if chosen is node or chosen.deep else chosen.one()


def _is_of_readers(node: Node) -> bool:
    return any(one.casefold() == "aggregaterating" for one in node.types)


def _has_label(node: Node) -> bool:
    """Tell whether a rating has a label; nothing is told of one that may not be chosen."""
    quiet = Node(node.value, node.path, Scope(known=node.scope.known))
    return isinstance(node.value, str) or quiet.get("alternateName", "name") is not None


def _original(node: Node) -> JsonObject:
    """Return label and numbers as the publisher has them."""
    if node.members is None:
        if isinstance(node.value, str):
            node.note("text-for-object", found=node.value, made={"alternateName": node.value})
            label = texts.read(node, bounds.NAME)
            return {} if label is None else {"label": label}
        value, _ = numbers.read(node)
        return {} if value is None else {"value": value}
    value, of = numbers.read(node.get("ratingValue"))
    best, _ = numbers.read(node.get("bestRating"))
    worst, _ = numbers.read(node.get("worstRating"))
    known: JsonObject = {"label": _label(node), "value": value, "worst": worst}
    known["best"] = of if best is None else best
    return {name: one for name, one in known.items() if one is not None}


def _label(node: Node) -> str | None:
    """Return the label, which some write where the number belongs."""
    found = node.get("alternateName", "name")
    if found is None:
        value = node.get("ratingValue")
        unread = value and numbers.read(value) == (None, None)
        found = value if unread else numbers.beside(value)
    return texts.read(found, bounds.NAME)


def _tell(node: Node, label: str | None, found: Normal) -> None:
    """Tell how a rating was found where that is not plain, and where there is none."""
    if label and found.label and label.casefold() != found.label.casefold():
        node.note("label-decorated", found=label, made=found.label, name="alternateName")
    if found.conflict:
        node.note("rating-conflict", found=found.conflict, made=found.rule)
    elif label and not found.label:
        node.note("label-unknown", found=label, made=found.rule)
    if found.rating is None:
        node.note("rating-unknown", found=found.rule)


def _explained(review: Node) -> Node | None:
    """Return why the rating is so, where that is a text."""
    node = _rated(review)
    inner = node.get("ratingExplanation") if node else None
    if inner is None or not isinstance(inner.value, int | float):
        return inner
    inner.note("wrong-shape", found=inner.value)
    return None


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
        publisher["name"] = (urlsplit(url).hostname or "").removeprefix("www.")[: bounds.NAME]
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
    for one in (node.each() if node else [])[: bounds.SEVERAL]:
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
    return list(found.values())[: bounds.SEVERAL]


def _identifiers(node: Node | None, url: str | None) -> JsonObject:
    """Return the ids that a review has elsewhere; a bare one is that of its site."""
    found: JsonObject = {}
    site = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    for one in (node.each() if node else [])[: bounds.SEVERAL]:
        described = one.members is not None
        system = texts.read(one.get("propertyID", "name"), bounds.LABEL) if described else site
        value = texts.read(one.get("value") if described else one, bounds.NAME)
        if value and system and _KEY.fullmatch(system):
            found.setdefault(system, value)
    return found


def _correction(node: Node | None) -> JsonObject:
    """Return corrections as the note of what is written: it is what readers are told."""
    found: list[str] = []
    for one in node.each() if node else []:
        text = texts.read(one.get("text", "name") if one.members is not None else one, bounds.NOTE)
        at = dates.read(one.get("datePublished"))
        if text:
            found.append(f"{at}: {text}" if at else text)
    note = " ".join(found)
    if len(note) > bounds.NOTE:
        note = f"{note[: bounds.NOTE - 1]}…"
    return {"note": note, "reason": "correction"} if note else {}
