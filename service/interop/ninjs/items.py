"""A pushed news item, as what it says of a source: IPTC's ninjs 1.x, as Superdesk writes it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, cast

from schemas import bounds
from service.documents.cutting import cut
from service.documents.instants import read, written
from service.documents.values import JsonObject, JsonValue
from service.errors import Fault
from service.interop.ninjs.prose import PARAGRAPH, line, prose
from service.kinds import BY_NAME
from service.kinds.faults import fault_of
from service.kinds.trails import fields_of

SOURCE: Final = BY_NAME["source"]
SYSTEM: Final = "superdesk"
"""The name under which a source keeps the guid of its item."""

TYPES: Final = {
    "text": "article",
    "preformatted": "article",
    "composite": "article",
    "picture": "imagery",
    "graphic": "imagery",
    "video": "broadcast",
    "audio": "broadcast",
}
"""The source_type of each type of item; any other is `other`."""

NEVER: Final = datetime.min.replace(tzinfo=UTC)
DIGITS: Final = 15
"""Digits of the version of an item at the most: what RFC 8785 writes without loss."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of an item it is: by number, and by instant."""

    number: int = 0
    created: datetime = NEVER

    @classmethod
    def of(cls, said: Mapping[str, JsonValue]) -> "Version":
        """Return the version that `version` and `versioncreated` name, the least without them."""
        number, created = str(said.get("version", "")), _instant(said.get("versioncreated"))
        sound = number.isascii() and number.isdecimal() and len(number) <= DIGITS
        return cls(int(number) if sound else 0, read(created) if created else NEVER)

    def before(self, other: "Version") -> bool:
        """Tell whether it is the older one: by number where both have one, else by instant."""
        if self.number and other.number and self.number != other.number:
            return self.number < other.number
        return NEVER < self.created < other.created

    @property
    def members(self) -> JsonObject:
        """Return what names it."""
        said: JsonObject = {"version": str(self.number)} if self.number else {}
        return said | ({"versioncreated": written(self.created)} if self.created > NEVER else {})


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says: `source` has the members of a source that could be made out.

    `faults` tell which members could not be taken, and why. `text` is what its readers read.
    """

    guid: str
    usable: bool
    pubstatus: str
    version: Version
    source: JsonObject
    text: str
    faults: tuple[Fault, ...] = ()

    @property
    def id(self) -> str:
        """Return the id of the item's source, the same for every version of the item."""
        return f"ninjs-{hashlib.sha256(self.guid.encode()).hexdigest()[:32]}"

    @property
    def sha256(self) -> str:
        """Return the hash of the item as it came."""
        return str(cast("JsonObject", self.source["origin"])["sha256"])


def read_item(sent: JsonObject, data: bytes) -> Item:
    """Return what an item says; `sent` is the JSON of `data` and has a sound guid."""
    guid, pubstatus = str(sent["guid"]), str(sent.get("pubstatus", "usable"))
    item = Item(
        guid,
        pubstatus == "usable",
        pubstatus,
        Version.of(sent),
        _members(sent) | _origin(sent, data),
        _text(sent),
    )
    return _sound(item)


def _members(sent: JsonObject) -> JsonObject:
    """Return the members of a source, sound or not, that an item has something for."""
    guid = str(sent["guid"])
    found: dict[str, JsonValue] = {
        "title": cut(_first(sent, "headline", "name", "slugline") or guid, bounds.TITLE),
        "source_type": TYPES.get(str(sent.get("type")), "other"),
        "url": _address(sent),
        "publisher": _first(sent, "source", "copyrightholder"),
        "authors": _authors(sent),
        "published_at": next(
            filter(None, (_date(sent.get(name)) for name in ("firstpublished", "firstcreated"))),
            _date(sent.get("versioncreated")),
        ),
        "language": _first(sent, "language").replace("_", "-"),
        "license": cut(_first(sent, "usageterms", "copyrightnotice"), bounds.NAME),
        "external_ids": {SYSTEM: guid},
    }
    return {name: value for name, value in found.items() if value}


def _origin(sent: JsonObject, data: bytes) -> JsonObject:
    return {"origin": {"sha256": hashlib.sha256(data).hexdigest(), "raw": sent}}


def _sound(item: Item) -> Item:
    """Return the item without the members that no source can have, and with their faults."""
    found = tuple(SOURCE.check(item.source))
    faulty = {str(fault.pointer).split("/")[1] for fault in found}
    sound = {name: value for name, value in item.source.items() if name not in faulty}
    if "origin" in faulty:  # What it was is too much to keep; its hash is not.
        sound["origin"] = {"sha256": item.sha256}
    return replace(item, source=sound, faults=found)


def _first(sent: JsonObject, *names: str) -> str:
    """Return the first of the members that says something, in one line."""
    return next((text for name in names if (text := line(_as_text(sent.get(name))))), "")


def _as_text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _authors(sent: JsonObject) -> list[JsonValue]:
    """Return the authors by name, or what stands over the text."""
    listed = sent.get("authors")
    people = listed if isinstance(listed, list) else []
    names = [line(_as_text(one.get("name"))) for one in people if isinstance(one, dict)]
    return [name for name in names if name] or [name for name in (_first(sent, "byline"),) if name]


def _address(sent: JsonObject) -> str:
    """Return where the item can be seen: its own address, else that of its original file."""
    renditions = sent.get("renditions")
    original = renditions.get("original") if isinstance(renditions, dict) else None
    file = original.get("href") if isinstance(original, dict) else None
    named = (sent.get("url"), sent.get("uri"), sent.get("guid"), file)
    return next((text for one in named if (text := _as_text(one)).startswith("http")), "")


def _date(value: JsonValue) -> str | None:
    """Return a date as it is written, or an instant as RFC 3339 writes it."""
    if fault_of(fields_of(SOURCE.schema)["published_at"], value) is None:
        return str(value)
    return _instant(value)


def _instant(value: JsonValue) -> str | None:
    """Return an instant in UTC; Superdesk writes ``+0000``, and UTC where it names no offset."""
    try:
        instant = datetime.fromisoformat(_as_text(value))
        return written(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _text(sent: JsonObject) -> str:
    """Return headline, lead and body as text."""
    leads = (_as_text(sent.get(name)) for name in ("headline", "description_text"))
    body = _as_text(sent.get("body_html")) or _as_text(sent.get("body_text"))
    return PARAGRAPH.join(part for part in (*map(prose, leads), prose(body)) if part)
