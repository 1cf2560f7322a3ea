"""What makes two reviews, two claims or two works the same, and the ids that follow from it.

The same item always leads to the same ids, so that an import can be repeated.
"""

import hashlib
import unicodedata
from typing import cast

from service.documents.canonical import canonical
from service.documents.values import JsonObject
from service.interop.ratings.labels import folded
from service.kinds.addresses import identity

_QUOTES = dict.fromkeys(map(ord, "\"'«»‘’‚‛“”„‟‹›`´"))  # noqa: RUF001 -- quotation marks
_ENDS = " .!?…:;,。！？"  # noqa: RUF001 -- these are meant


def verdict_id(address: str, claim: str) -> str:
    """Return the id of the verdict that a review at an address gives on a claim."""
    return f"cr-{_digest(address, claim)}"


def claim_id(claim: JsonObject, address: str) -> str:
    """Return the id of a claim: by its text and its claimant.

    Of a claimant nobody named it cannot be said that he is the same, so such a claim is that
    of its review alone.
    """
    who = claimed_by(claim)
    return f"cr-{_digest(said(str(claim['text'])), who or f'review {address}')}"


def source_id(url: str) -> str:
    """Return the id of the source at an address."""
    return f"cr-{_digest(identity(url))}"


def work_id(title: str, told: JsonObject, review: str) -> str:
    """Return the id of a source that has no address: by what is said of it in its review.

    That two reviews mean the same work cannot be said, so it is that of its review alone.
    """
    return f"cr-{_digest(title, canonical(told).decode(), f'review {review}')}"


def claimed_by(claim: JsonObject) -> str:
    """Return what tells a claimant from others: the name, else the addresses."""
    known = cast("JsonObject", claim.get("claimant") or {})
    if name := known.get("name"):
        return said(str(name))
    addresses = cast("list[str]", known.get("same_as") or [])
    return " ".join(sorted(map(identity, addresses)))


def said(text: str) -> str:
    """Return a text without what writers differ in: case, white space, quotation marks, its end."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return " ".join(plain.split()).strip(_ENDS)


def near(text: str) -> str:
    """Return the words of a text: claims with the same ones are worth a look."""
    return folded(text) or said(text)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
