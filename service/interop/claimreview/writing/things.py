"""Things of schema.org: people, organizations, works and times, as far as we know of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, cast

from service.documents.values import JsonObject, JsonValue, filled

WEB: Final = re.compile(r"https?://")

WORKS: Final[Mapping[object, str]] = {
    "article": "Article",
    "dataset": "Dataset",
    "document": "DigitalDocument",
    "post": "SocialMediaPosting",
}
"""What schema.org calls a source; one of another type is a work."""


def thing(kind: str, members: Mapping[str, JsonValue]) -> JsonObject | None:
    """Return a thing of a type, or None where nothing is known of it."""
    said = filled(members)
    return {"@type": kind, **said} if said else None


def one_or_all(values: Iterable[JsonValue]) -> JsonValue:
    """Return the only value as it is, several as a list, and None for none at all."""
    found: list[JsonValue] = [value for value in values if value is not None]
    if len(found) > 1:
        return found
    return found[0] if found else None


def organization(known: Mapping[str, JsonValue] | Mapping[str, str]) -> JsonObject | None:
    """Return an organization of which name, address and logo may be known."""
    return thing("Organization", {name: known.get(name) for name in ("name", "url", "logo")})


def named(kind: str, name: JsonValue) -> JsonObject | None:
    """Return a thing of which the name is known."""
    return thing(kind, {"name": name})


def people(record: JsonObject) -> list[JsonObject | None]:
    """Return the authors of a record."""
    return [named("Person", name) for name in cast("list[str]", record.get("authors", []))]


def licence(known: JsonValue) -> JsonValue:
    """Return a licence: its address, or a work of its name."""
    return known if not known or WEB.match(str(known)) else named("CreativeWork", known)


def coverage(period: JsonObject) -> str | None:
    """Return a period as ISO 8601 has it; two dots are an end that is open."""
    if not period:
        return None
    first, last = period.get("from", ".."), period.get("to", "..")
    return str(first) if first == last else f"{first}/{last}"


def kind_of(source: JsonObject) -> str:
    """Return the type of a source as a work."""
    return WORKS.get(source.get("source_type"), "CreativeWork")


def work(source: JsonObject) -> dict[str, JsonValue]:
    """Return what is said of a source as a work."""
    return {
        "name": source.get("title"),
        "url": source.get("url"),
        "archivedAt": source.get("archived_url"),
        "author": one_or_all(people(source)),
        "publisher": named("Organization", source.get("publisher")),
        "datePublished": source.get("published_at"),
        "inLanguage": source.get("language"),
        "license": licence(source.get("license")),
    }
