"""Works: where a claim appeared, what pictures are part of it, and what a review cites."""

from collections.abc import Iterable, Iterator
from typing import cast
from urllib.parse import urlsplit

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.records.identity import source_id, work_id
from service.interop.claimreview.values import dates, languages, links, people, texts
from service.kinds.addresses import identity, site_of

TYPES = {
    "article": "article",
    "newsarticle": "article",
    "blogposting": "article",
    "report": "document",
    "digitaldocument": "document",
    "socialmediaposting": "post",
    "discussionforumposting": "post",
    "dataset": "dataset",
    "imageobject": "imagery",
    "photograph": "imagery",
    "radioepisode": "broadcast",
    "tvepisode": "broadcast",
}
"""What sources are, by types of schema.org in small letters."""

MEDIA = {"imageobject": "image", "photograph": "image", "videoobject": "video"} | {
    "audioobject": "audio"
}
POSTED = (
    *("facebook.com", "twitter.com", "x.com", "instagram.com", "tiktok.com", "t.me", "threads.net"),
    *("telegram.me", "vk.com", "weibo.com", "reddit.com", "bsky.app", "whatsapp.com", "line.me"),
)
"""Sites of which every page is somebody's post."""


def appearances(
    node: Node, review: str, *, first: bool = False
) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Yield each place where a claim appeared, with the source that it is in, if any."""
    for one in node.each():
        for inner in _split(one):
            for url in _addresses(inner):
                found, source = appearance(inner, review, url)
                if found:
                    yield (found | {"first": True} if first else found), source


def appearance(node: Node, review: str, url: str | None = None) -> tuple[JsonObject, JsonObject]:
    """Return where a claim appeared, and the source at its address.

    What has none has a source only for what an appearance does not say itself.
    """
    address = url or links.read(node)
    if node.members is None:
        if address is None:
            node.note("appearance-unusable", found=node.value)
            return {}, {}
        return {"url": address, "source_id": source_id(address)}, source(node, address)
    found: JsonObject = {
        "url": address,
        "archived_url": links.read(node.get("archivedAt")),
        "title": texts.read(node.get("name", "headline"), bounds.TITLE),
        "publisher": _name(node.get("publisher")),
        "platform": _platform(node),
        "published_at": dates.read(node.get("datePublished", "dateCreated", "uploadDate")),
        "quote": texts.read(node.get("text"), bounds.PARAGRAPH, lines=True),
    }
    found = {name: value for name, value in found.items() if value is not None}
    if not found.keys() & {"url", "archived_url", "title", "publisher"}:
        node.note("appearance-unusable", found=node.value)
        return {}, {}
    told = source(node, address) if address else _apart(node, found, review)
    return (found | {"source_id": told["id"]} if told else found), told


def source(node: Node, url: str) -> JsonObject:
    """Return the source at an address, as far as a work tells about itself."""
    known: JsonObject = {"type": "source", "id": source_id(url), "title": _title(node, url)}
    return known | _told(node, url)


def _told(node: Node, url: str | None) -> JsonObject:
    """Return what a work tells about itself, but for what it is called."""
    authors = [name for one in people.parties(node.get("author", "creator")) for name in one.names]
    made: JsonObject = {
        "source_type": _type(node, url or ""),
        "url": url,
        "archived_url": links.read(node.get("archivedAt")),
        "publisher": _name(node.get("publisher")),
        "authors": cast("list[JsonValue]", node.kept(authors, bounds.SEVERAL, "author")) or None,
        "published_at": dates.read(node.get("datePublished", "dateCreated", "uploadDate")),
        "language": languages.read(node.get("inLanguage")),
        "license": _licence(node.get("license")),
    }
    return {name: value for name, value in made.items() if value is not None}


def media(nodes: Iterable[Node]) -> list[JsonValue]:
    """Return the pictures, films and recordings that works are, or are said to be."""
    found: dict[str, JsonValue] = {}
    for node in nodes:
        url = links.read(node.get("contentUrl", "url") if node.members is not None else node)
        if url is None:
            continue
        kind = next(filter(None, (MEDIA.get(one.casefold()) for one in node.types)), None)
        about = texts.read(node.get("description", "caption"), bounds.PARAGRAPH, lines=True)
        one: JsonObject = {"url": url, "kind": kind, "sha256": _sha256(node), "description": about}
        one["archived_url"] = links.read(node.get("archivedAt"))
        found.setdefault(
            identity(url), {name: value for name, value in one.items() if value is not None}
        )
    return list(found.values())


def is_media(node: Node) -> bool:
    """Tell whether a work says that it is a picture, a film or a recording."""
    return any(one.casefold() in MEDIA for one in node.types)


def cited(node: Node | None, review: str) -> tuple[list[JsonValue], list[JsonObject]]:
    """Return the evidence that a review cites, and the sources of it.

    What has no address and says nothing but its name is a description.
    """
    evidence: list[JsonValue] = []
    sources: list[JsonObject] = []
    for one in node.each(bounds.MANY) if node else ():
        is_address = one.members is not None or links.mended(str(one.value))
        if url := links.read(one) if is_address and _addressed(one) else None:
            evidence.append({"source_id": source_id(url)})
            sources.append(source(one, url))
        elif named := texts.read(one.get("name", "headline") or one, bounds.TITLE):
            found = _without_address(one, named, review)
            evidence.append({"source_id": found["id"]} if found else {"described_as": named})
            sources += [found] if found else []
    return evidence, sources


def merged(found: Iterable[JsonObject]) -> list[JsonObject]:
    """Return appearances, each address once; what only a later one says is added."""
    kept: dict[str, JsonObject] = {}
    for place, one in enumerate(found):
        url = one.get("url")
        key = identity(str(url)) if url else f"{place}"
        kept[key] = one | kept[key] if key in kept else one
    return list(kept.values())


def _apart(node: Node, found: JsonObject, review: str) -> JsonObject:
    """Return the source of an appearance without an address that says more than it does itself."""
    made = _without_address(node, str(found["title"]), review) if "title" in found else {}
    return made if made.keys() - found.keys() - {"type", "id"} else {}


def _without_address(node: Node, title: str, review: str) -> JsonObject:
    """Return a work without an address as a source of its review alone, if it says what it is."""
    told = _told(node, None) if node.members is not None else {}
    known: JsonObject = {"type": "source", "id": work_id(title, told, review), "title": title}
    return known | told if told else {}


def _addressed(node: Node) -> bool:
    return node.members is None or node.get("url", "contentUrl", "sameAs") is not None


def _addresses(node: Node) -> list[str | None]:
    """Return the addresses that a work lists, or one yet to be looked for."""
    listed = node.get("url") if node.members is not None else None
    if listed is None or not isinstance(listed.value, list):
        return [None]
    return [*links.every(listed)] or [None]


def _split(node: Node) -> list[Node]:
    """Return a text that lists several addresses as so many."""
    if not isinstance(node.value, str) or len(node.value) > bounds.PAGE:
        return [node]
    parts = [one.strip(" ,;|") for one in node.value.replace("\n", " ").split(" ")]
    several = [one for one in parts if one.startswith(("http://", "https://"))]
    if len(several) < 2 or len(several) != len([one for one in parts if one]):  # noqa: PLR2004
        return [node]
    node.note("list-for-one", found=node.value, made=several)
    return [Node(one, node.path, node.scope) for one in several]


def _title(node: Node, url: str) -> str:
    """Return what a work is called, else its address as people read it."""
    if found := texts.read(node.get("name", "headline"), bounds.TITLE):
        return found
    shown = f"{site_of(url) or ''}{urlsplit(url).path.rstrip('/')}"
    return shown[: bounds.LABEL]


def _type(node: Node, url: str) -> str | None:
    for name in node.types:
        if found := TYPES.get(name.casefold()):
            return found
    host = site_of(url) or ""
    return "post" if any(host == one or host.endswith(f".{one}") for one in POSTED) else None


def _name(node: Node | None) -> str | None:
    found = [name for one in people.parties(node) for name in one.names]
    return found[0] if found else None


def _platform(node: Node) -> str | None:
    within = node.get("isPartOf")
    return texts.read(within.get("name"), bounds.LABEL) if within else None


def _licence(node: Node | None) -> str | None:
    if node is None:
        return None
    return texts.read(node.get("name") if node.members is not None else node, bounds.NAME)


def _sha256(node: Node) -> str | None:
    said = node.get("sha256")
    text = said.value if said and isinstance(said.value, str) else ""
    return text if len(text) == 64 and set(text) <= set("0123456789abcdef") else None  # noqa: PLR2004
