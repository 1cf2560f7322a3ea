"""The claim that an item is about: as an item of its own, and whom and what it concerns."""

from typing import Final
from urllib.parse import quote

from service.documents.values import JsonObject, JsonValue
from service.interop.atom.verdicts import instant
from service.interop.claimreview.writing.things import address, filled, part
from service.interop.newsroom import Newsroom

KEPT: Final = "!#$%&'()*+,/:;=?@[]~"
"""Characters that an address may have as they are, beside letters, digits and ``-._``."""

MEMBERS: Final = {
    "person": "people",
    "organization": "organisations",
    "government": "organisations",
    "group": "organisations",
}
"""Where the standard has claimants of each kind; others are neither people nor bodies."""


def about(claim: JsonObject) -> JsonObject:
    """Return who made a claim, and what places it is about."""
    claimant = part(claim, "claimant")
    found: dict[str, JsonValue] = {}
    name, member = claimant.get("name"), MEMBERS.get(str(claimant.get("kind")))
    if name and member:
        found[member] = [{"rel": "claimant", "name": name, **_known(claimant)}]
    places = listed(claim, "locations")
    return {**found, "places": [{"rel": "about", "name": place} for place in places]}


def claimed(claim: JsonObject, newsroom: Newsroom) -> JsonObject:
    """Return a claim as the item that was reviewed."""
    text = claim["text"]
    return filled(
        {
            "name": "claim",
            "rel": "claim-reviewed",
            "uri": address(claim, newsroom),
            "type": "text",
            "version": str(claim["revision"]),
            "language": claim.get("language"),
            "title": text,
            "bodies": [{"contentType": "text/plain", "value": text}],
            "by": part(claim, "claimant").get("name"),
            "contentCreated": instant(claim.get("claimed_at")),
        }
    )


def uri(text: JsonValue) -> str:
    """Return an address in ASCII, as the standard asks (RFC 3987, section 3.1)."""
    return quote(str(text), safe=KEPT)


def listed(record: JsonObject, name: str) -> list[JsonValue]:
    """Return the list that a record has under a name, an empty one where it has none."""
    found = record.get(name)
    return found if isinstance(found, list) else []


def _known(claimant: JsonObject) -> JsonObject:
    """Return by what else a claimant is known."""
    same = listed(claimant, "same_as")
    return {"uri": uri(same[0])} if same else {}
