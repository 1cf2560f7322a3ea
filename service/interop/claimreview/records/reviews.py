"""One review as records: the claim, the sources of both, and the verdict."""

from dataclasses import dataclass, field
from typing import cast

from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.finding import Item
from service.interop.claimreview.reading.lint import Lint
from service.interop.claimreview.reading.nodes import Node, Scope
from service.interop.claimreview.records import raw
from service.interop.claimreview.records.around import completed
from service.interop.claimreview.records.claims import claim
from service.interop.claimreview.records.identity import claim_id, verdict_id
from service.interop.claimreview.records.verdicts import address, corrections, verdict
from service.interop.claimreview.values import languages
from service.kinds import BY_NAME
from service.kinds.addresses import identity
from service.records.notices import summary

CLAIM_REVIEW = "claimreview"


@dataclass(frozen=True, slots=True)
class Review:
    """The records of one review, all of them sound."""

    claim: JsonObject
    verdict: JsonObject
    sources: list[JsonObject] = field(default_factory=list[JsonObject])


def read(item: Item, lint: Lint) -> Review | None:
    """Return the records of an item, None where no claim can be made of it."""
    silent = Node(item.value, (), Scope(Lint(), item.known, item.terms))
    language = languages.read(silent.get("inLanguage"))
    node = Node(item.value, (), Scope(lint, item.known, item.terms, language))
    if CLAIM_REVIEW not in [one.casefold() for one in node.types] and not lint.aliases:
        node.note("type-missing", found=node.types, made="ClaimReview")
    whole, page = completed(node, item)
    url = address(whole, page)
    origin = raw.origin(node, url)
    whose = identity(url) if url else str(origin.get("sha256"))
    found = claim(whole, whose)
    if found is None:
        node.note("not-understood", found=item.value)
        return None
    of_claim, sources = found
    of_verdict, cited = verdict(whole, url, whose)
    known = whose if url else _without_address(of_verdict, origin)
    made = of_claim | {"id": claim_id(of_claim, known)} | _found_at(url)
    identifier = verdict_id(known, str(made["id"]))
    of_verdict |= {"id": identifier, "claim_id": made["id"], "origin": origin}
    if corrected := corrections(whole):
        origin["corrections"] = cast("list[JsonValue]", corrected)
        of_verdict |= {"note": summary(corrected), "reason": "correction"}
    return Review(
        sound(made, lint),
        sound(of_verdict, lint),
        [sound(one | _found_at(url), lint) for one in _each_once([*sources, *cited])],
    )


def sound(record: JsonObject, lint: Lint) -> JsonObject:
    """Return a record without members that its kind would refuse: the last resort."""
    kind = BY_NAME[str(record["type"])]
    for fault in kind.check({name: one for name, one in record.items() if name != "type"}):
        name = str(fault.pointer).removeprefix("#/").partition("/")[0]
        lint.note("wrong-shape", (), found={name: record.get(name)})
        record = {one: value for one, value in record.items() if one != name}
    return record


def _found_at(url: str | None) -> JsonObject:
    return {"origin": {"url": url}} if url else {}


def _without_address(verdict: JsonObject, origin: JsonObject) -> str:
    """Return what tells a review from others that has no address: what it says, each word of it."""
    publisher = cast("JsonObject", verdict.get("publisher") or {})
    said = f"{publisher.get('name')} {verdict.get('published_at')} {verdict.get('title')}"
    return f"{said} {verdict.get('authors')} {origin.get('sha256')}"


def _each_once(sources: list[JsonObject]) -> list[JsonObject]:
    """Return sources, each once; what the later says and the first does not is added."""
    found: dict[JsonValue, JsonObject] = {}
    for one in sources:
        found[str(one["id"])] = one | found.get(str(one["id"]), {})
    return list(found.values())
