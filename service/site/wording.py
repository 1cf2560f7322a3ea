"""What the words of machines mean, in those of people."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from service.documents.values import JsonObject

RELIABILITY: Final[Mapping[object, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The Admiralty grades of sources."""

CREDIBILITY: Final[Mapping[object, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The Admiralty grades of what a source says."""

STANCES: Final[Mapping[object, str]] = {
    "supports": "Supports the claim",
    "refutes": "Speaks against the claim",
    "context": "Context",
    "offered_by_claimant": "Offered by who made the claim",
}

RELATIONS: Final[Mapping[object, str]] = {
    "contradicts": "Contradicts",
    "supports": "Supports",
    "part_of": "Is part of",
    "variant_of": "Is a variant of",
    "repeats": "Repeats",
    "quantifies": "Puts a number to",
    "responds_to": "Responds to",
    "offered_as_evidence_for": "Is offered as evidence for",
    "supersedes": "Takes the place of",
}

REASONS: Final[Mapping[object, str]] = {
    "correction": "Correction: we were wrong",
    "clarification": "Clarification: we were unclear",
    "new_evidence": "New evidence came to light",
    "world_changed": "The world changed",
    "typo": "A slip of the pen",
    "duplicate": "It was here twice",
    "legal": "Legal reasons",
}

COMPARISONS: Final[Mapping[object, str]] = {
    "exactly": "exactly",
    "about": "about",
    "more_than": "more than",
    "at_least": "at least",
    "less_than": "less than",
    "at_most": "at most",
}

MEASURES: Final = {"total": "in total", "change": "of change"}

STATUSES: Final[Mapping[object, str]] = {
    "draft": "Draft",
    "in_review": "In review",
    "published": "Published",
    "retracted": "Retracted",
    "withheld": "Withheld",
    "deleted": "Deleted",
}

WORDS: Final[Mapping[str, Mapping[object, str]]] = {
    "reliability": RELIABILITY,
    "credibility": CREDIBILITY,
    "stance": STANCES,
    "relation": RELATIONS,
    "reason": REASONS,
    "comparison": COMPARISONS,
    "status": STATUSES,
}
"""All of these, by what they are words for."""


def plain(key: object) -> str:
    """Return a key as a person would write it: ``mostly false`` for ``mostly_false``."""
    return str(key).replace("_", " ")


def words(key: object, of: str) -> str:
    """Return the words for a key; one that has none is said as it is."""
    return WORDS[of].get(key, plain(key))


def quantity(found: object) -> str:
    """Return the number of a claim in words: ``more than 148,000 persons in total``."""
    if not isinstance(found, dict):
        return ""
    told = cast("JsonObject", found)
    numbers = [told[name] for name in ("value", "low", "high") if told.get(name) is not None]
    parts = [
        COMPARISONS.get(str(told.get("comparison")), ""),
        " to ".join(dict.fromkeys(map(_number, numbers))),
        str(told.get("unit") or ""),
        MEASURES.get(str(told.get("measure")), ""),
    ]
    return " ".join(filter(None, parts))


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)
