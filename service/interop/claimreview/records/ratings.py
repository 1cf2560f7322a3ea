"""The rating that a review gives: as the publisher has it, and what it comes to."""

from typing import cast

from schemas import bounds
from service.documents.values import JsonObject
from service.interop.claimreview.reading.nodes import Node, Scope
from service.interop.claimreview.values import numbers, texts
from service.interop.ratings import Normal, normalised
from service.interop.ratings.normalising import SCALE
from service.interop.ratings.numbers import rating as numbers_rating


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


def explained(review: Node) -> Node | None:
    """Return why the rating is so, where that is a text."""
    node = _rated(review)
    inner = node.get("ratingExplanation") if node else None
    if inner is None or not isinstance(inner.value, int | float):
        return inner
    inner.note("wrong-shape", found=inner.value)
    return None
