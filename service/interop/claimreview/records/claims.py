"""The claim that a review is of, and the sources in which it appeared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.records import works
from service.interop.claimreview.values import dates, languages, links, people, texts

ELSEWHERE = ("name", "text", "headline", "description", "abstract")
"""Members of what is reviewed that may say the claim, where the review does not."""

_TITLES = ("name", "headline", "description")
_CLAIM = "claim"


@dataclass
class Reviewed:
    """What a review is about: the first thing that is said to be reviewed, and the others."""

    nodes: list[Node] = field(default_factory=list[Node])

    def get(self, *names: str) -> Node | None:
        """Return the first of these members that one of them has."""
        found = (node.get(*names) for node in self.nodes if node.members is not None)
        return next(filter(None, found), None)

    @property
    def claim(self) -> bool:
        """Tell whether it is said to be a claim."""
        return any(one.casefold() == _CLAIM for node in self.nodes for one in node.types)


def claim(review: Node, known: str) -> tuple[JsonObject, list[JsonObject]] | None:
    """Return the claim of a review and its sources, None where no text says it.

    `known` is what tells the review from others.
    """
    reviewed = _reviewed(review)
    text = _text(review, reviewed)
    if text is None:
        return None
    language = languages.read(reviewed.get("inLanguage") or review.get("inLanguage"))
    found, sources = _appeared(reviewed, known)
    appeared = review.kept(found, bounds.MANY, "itemReviewed")
    made: JsonObject = {
        "type": "claim",
        "text": text,
        "language": language,
        "claimant": people.claimant(reviewed.get("author", "creator")) or None,
        "claimed_at": dates.read(reviewed.get("datePublished", "dateCreated")),
        "about": period(reviewed.get("temporalCoverage")),
        "topics": _words(reviewed.get("keywords", "about") or review.get("keywords")),
        "locations": _places(reviewed.get("contentLocation", "spatialCoverage")),
        "context": _context(reviewed, text),
        "media": review.kept(works.media(_media(reviewed)), bounds.SEVERAL, "itemReviewed") or None,
        "appearances": cast("list[JsonValue]", appeared) or None,
        "translations": _translations(reviewed.get("workTranslation")) or None,
    }
    return {name: value for name, value in made.items() if value is not None}, sources


def _reviewed(review: Node) -> Reviewed:
    node = review.get("itemReviewed")
    found = Reviewed(node.each() if node else [])
    if node and len(found.nodes) > 1:
        node.note("list-for-one", found=node.value)
    if node and not found.claim:
        types = [one for each in found.nodes for one in each.types]
        node.note("not-a-claim", found=types or node.value, made="Claim")
    if (said := review.get("claimReviewed")) and said.members is not None:
        found.nodes.append(said)
    return found


def _text(review: Node, reviewed: Reviewed) -> str | None:
    """Return what was claimed, from where it should stand or else from where it does."""
    if text := texts.read(review.get("claimReviewed"), bounds.PARAGRAPH, lines=True):
        return text
    for node in _other_texts(review, reviewed):
        if text := texts.read(node, bounds.PARAGRAPH, lines=True):
            node.note("claim-text-elsewhere", found=node.value, made=text)
            return text
    return None


def _other_texts(review: Node, reviewed: Reviewed) -> Iterator[Node]:
    for name in ("claimReviewed", *ELSEWHERE):
        if found := reviewed.get(name):
            yield found
    for node in reviewed.nodes:
        if isinstance(node.value, str) and links.mended(node.value) is None:
            yield node
    for name in _TITLES:
        if found := review.get(name):
            yield found


def _appeared(reviewed: Reviewed, known: str) -> tuple[list[JsonObject], list[JsonObject]]:
    """Return where the claim appeared, first of all where it did so first, and the sources."""
    pairs: list[tuple[JsonObject, JsonObject]] = []
    for name in ("firstAppearance", "appearance"):
        for node in reviewed.nodes:
            if found := node.get(name):
                pairs += works.appearances(found, known, first=name == "firstAppearance")
    for node in reviewed.nodes:
        pairs += _as_works(node, known)
    appeared = works.merged(one for one, _ in pairs if one)
    return appeared, [source for one, source in pairs if one and source]


def _as_works(node: Node, known: str) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Yield what is reviewed as where the claim appeared, if it has addresses itself."""
    if isinstance(node.value, str):
        if url := links.mended(node.value):
            node.note("text-for-object", found=node.value, made={"url": url})
            yield works.appearance(node, known)
        return
    for url in links.every(node.get("url")):
        if any(one.casefold() == _CLAIM for one in node.types):
            yield works.appearance(_bare(node, url), known, url)
        else:
            yield works.appearance(node, known, url)
    for url in links.every(node.get("sameAs")):
        yield works.appearance(_bare(node, url), known, url)


def _bare(node: Node, url: str) -> Node:
    """Return an address alone: what a claim is called is not what the page with it is called."""
    return Node({"url": url}, node.path, node.scope)


def _media(reviewed: Reviewed) -> Iterator[Node]:
    for node in reviewed.nodes:
        for name in ("associatedMedia", "video", "audio", "image"):
            if found := node.get(name):
                yield from found.each()
        for name in ("firstAppearance", "appearance"):
            found = node.get(name)
            yield from (one for one in (found.each() if found else []) if works.is_media(one))


def _context(reviewed: Reviewed, text: str) -> str | None:
    found = reviewed.get("description")
    context = texts.read(found, bounds.PAGE, lines=True)
    return None if context == text else context


def period(node: Node | None) -> JsonObject | None:
    """Return a time that ISO 8601 writes with a slash, or a date as the whole of it."""
    text = texts.read(node, bounds.LABEL)
    if node is None or text is None:
        return None
    first, slash, last = text.partition("/")
    ends = {"from": first, "to": last if slash else first}
    made: JsonObject = {}
    for name, end in ends.items():
        if end.strip() not in {"", ".."}:
            made[name] = dates.read(Node(end.strip(), node.path, node.scope))
    made = {name: end for name, end in made.items() if end is not None}
    return made or None


def _words(node: Node | None) -> list[JsonValue] | None:
    """Return topics: those of a list, or of a text that commas divide."""
    if node is None:
        return None
    if isinstance(node.value, str):
        some = [one.strip() for one in node.value[: bounds.PARAGRAPH].split(",")]
        nodes = [Node(one, node.path, node.scope) for one in some if one]
    else:
        nodes = node.each()
    found = [texts.read(one, bounds.LABEL) for one in node.kept(nodes, bounds.SEVERAL)]
    return cast("list[JsonValue]", list(dict.fromkeys(filter(None, found)))) or None


def _places(node: Node | None) -> list[JsonValue] | None:
    found: list[str | None] = []
    for one in node.each(bounds.SEVERAL) if node else ():
        named = one.get("name") if one.members is not None else one
        found.append(texts.read(named, bounds.NAME))
    return cast("list[JsonValue]", list(dict.fromkeys(filter(None, found)))) or None


def _translations(node: Node | None) -> list[JsonValue]:
    found: dict[str, JsonValue] = {}
    for one in node.each() if node else []:
        language = languages.read(one.get("inLanguage"))
        text = texts.read(one.get("text", "name"), bounds.PARAGRAPH, lines=True)
        if language and text:
            found.setdefault(language, {"language": language, "text": text})
    return node.kept([*found.values()], bounds.SEVERAL) if node else []
