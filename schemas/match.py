"""The order to match a text or a document against the claims that are there."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from schemas import bounds
from schemas.fields import Flag, Integer, Wording, message
from schemas.structures import RuledObject
from schemas.texts import Language

MOST: Final = 50
"""Matches of a text at the most."""


class MatchSchema(RuledObject):
    """What is to be matched: a text as it is, or a document sentence by sentence."""

    text = Wording(bounds.PARAGRAPH)
    document = Wording(bounds.PAGE)
    language = Language()
    limit = Integer(1, MOST)
    explain = Flag()
    excerpts = Flag()

    def broken_rules(
        self, _: Mapping[str, Any], given: Mapping[str, Any], /
    ) -> Iterator[tuple[str, str]]:
        """Yield the fault of an order with neither a text nor a document, or with both."""
        if len(given.keys() & {"text", "document"}) != 1:
            yield "text", message("required", "give either text or document, one of them")
