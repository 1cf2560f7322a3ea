"""The claim that an item is about: as an item of its own, and whom and what it concerns."""

from typing import Final
from urllib.parse import quote

from service.documents.instants import as_instant
from service.documents.values import JsonObject, JsonValue, array, filled, members
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
    claimant = members(claim.get("claimant"))
    found: dict[str, JsonValue] = {}
    name, member = claimant.get("name"), MEMBERS.get(str(claimant.get("kind")))
    if name and member:
        found[member] = [{"rel": "claimant", "name": name, **_known(claimant)}]
    places = array(claim.get("locations"))
    return {**found, "places": [{"rel": "about", "name": place} for place in places]}


def claimed(claim: JsonObject, newsroom: Newsroom) -> JsonObject:
    """Return a claim as the item that was reviewed."""
    text = claim["text"]
    return filled(
        {
            "name": "claim",
            "rel": "claim-reviewed",
            "uri": newsroom.of(claim),
            "type": "text",
            "version": str(claim["revision"]),
            "language": claim.get("language"),
            "title": text,
            "bodies": [{"contentType": "text/plain", "value": text}],
            "by": members(claim.get("claimant")).get("name"),
            "contentCreated": as_instant(claim.get("claimed_at")),
        }
    )


def uri(text: JsonValue) -> str:
    """Return an address in ASCII, as the standard asks (RFC 3987, section 3.1)."""
    return quote(str(text), safe=KEPT)


def _known(claimant: JsonObject) -> JsonObject:
    """Return by what else a claimant is known."""
    same = array(claimant.get("same_as"))
    return {"uri": uri(same[0])} if same else {}
