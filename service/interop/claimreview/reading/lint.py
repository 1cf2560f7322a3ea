"""Lint: what was found in a review that is not as it should be, and what was made of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from service.documents.pointers import Path, fragment
from service.documents.values import JsonObject

MOST = 100
"""Findings told of one item; of the rest it is told how many there are."""

SHOWN = 120
"""Characters shown of what was found, and of what was made of it."""

LONGEST_POINTER = 500
"""Characters of a pointer, beyond which the place around it is named."""

CODES: dict[str, str] = {
    "json-mended": "The JSON was broken and could be mended without doubt.",
    "json-unreadable": "This is no JSON, and no sure way leads from it to some.",
    "no-claim-review": "There is no ClaimReview in this.",
    "not-understood": "No claim can be made of this review: it has no text that says one.",
    "too-deep": "This lies deeper than anything is looked for.",
    "encoding": "The file is not UTF-8; it was read in the encoding that it seems to be in.",
    "given-twice": "A name is given twice in an object; the last one counts.",
    "number-unsafe": "The number cannot be kept exactly; it is kept as a text, or left out.",
    "type-missing": "It is not said that this is a ClaimReview, but it says or is of a claim.",
    "name-form": "The name of the member is spelled otherwise in schema.org.",
    "empty": "The member is empty, as if it were not there.",
    "list-for-one": "A list where one value belongs; the first one counts.",
    "language-map": "Each language has a text: that of the item counts, else English or the first.",
    "object-for-text": "An object stands where a text belongs; its name is taken.",
    "text-for-object": "A text stands where an object belongs; it is its name or address.",
    "number-for-text": "A number stands where a text belongs.",
    "wrong-shape": "This is of no shape that is understood here; it is left out.",
    "too-many": "There are more items than a record takes; the first ones are kept.",
    "text-mended": "Entities, tags, control characters or white space were cleared out.",
    "shortened": "The text is longer than the field takes; it ends with an ellipsis.",
    "url-mended": "The address had blanks, no scheme or two of them; it was put right.",
    "url-relative": "The address is relative; it was completed from that of the review.",
    "url-shortened": "The address is too long; parameters of its query were taken out.",
    "url-unusable": "This is no web address; it is left out.",
    "date-mended": "The date is written otherwise than in ISO 8601; it was put right.",
    "date-of-change": "There is no date of publication; that of the last change is taken.",
    "date-in-part": "Not all of the date is certain; what is certain is kept.",
    "date-unusable": "This is no date; it is left out.",
    "date-in-the-future": "The date has not come yet; it is left out.",
    "references-cut": "More is referred to than is followed for one review; the rest is left out.",
    "number-mended": "The number is written as a text, or as a fraction.",
    "number-unusable": "This is no number; it is left out.",
    "scale-insane": "Best, worst and value make no scale; the numbers are kept and not believed.",
    "not-a-claim": "What is reviewed is not said to be a Claim; its members are taken as one's.",
    "claim-text-elsewhere": "There is no claimReviewed; the text of the claim was taken from here.",
    "several-claimants": "More than one claimant is named; they are kept as one group.",
    "role-in-name": "The list has a name and what the person is; the second became the role.",
    "further-names": "The name is a list; the first one counts, the others are left out.",
    "further-addresses": "A publisher has one address; the others are left out.",
    "appearance-unusable": "The appearance has no address that can be used; it is left out.",
    "url-from-elsewhere": "The review does not say its address; it was taken from here.",
    "from-around": "The review does not say this; the article or page that it is part of does.",
    "publisher-from-address": "No publisher is named; the site of the review is taken for one.",
    "rating-of-readers": "This rates the article or the site, not the claim; it is left out.",
    "label-decorated": "The label has something around it; it is known by what is inside.",
    "label-unknown": "No table knows the label, so the numbers count, if they are sane.",
    "rating-conflict": "Label and numbers do not agree; the label counts.",
    "rating-unknown": "No rating of the scale truth is certain, so the verdict has none.",
    "stays-draft": "What has no rating cannot be published; the verdict is a draft.",
    "language-unknown": "This is no language tag and no name of a language known here.",
    "raw-cut": "The item is too large or too deep to be kept; its text is, cut.",
    "claim-shared": "Another review is about the same claim by the same claimant; they share it.",
    "claim-near": "Another review has a claim of the same words, and not the same claimant.",
    "review-twice": "The same review came before in this file; this one is passed over.",
}
"""What each code of a finding means."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where in the item, what stood there, what was made of it."""

    code: str
    pointer: str
    found: str | None = None
    made: str | None = None

    def as_dict(self) -> JsonObject:
        """Return the members that are set, and what the code means."""
        told = {"found": self.found, "made": self.made}
        members: JsonObject = {"code": self.code, "pointer": self.pointer}
        members |= {name: text for name, text in told.items() if text is not None}
        return members | {"detail": CODES[self.code]}


@dataclass(slots=True)
class Lint:
    """The findings of one item; `aliases` lead from a place in it to where it really stood."""

    aliases: Mapping[Path, Path] = field(default_factory=dict[Path, Path])
    findings: list[Finding] = field(default_factory=list[Finding])
    untold: int = 0

    def note(self, code: str, path: Path, found: object = None, made: object = None) -> None:
        """Keep one finding, once."""
        if len(self.findings) >= MOST:
            self.untold += 1
            return
        where, shown_found = self._pointer(path), None if found is None else shown(found)
        finding = Finding(code, where, shown_found, None if made is None else shown(made))
        if finding not in self.findings:
            self.findings.append(finding)

    def _pointer(self, path: Path) -> str:
        for end in range(len(path), 0, -1):
            if path[:end] in self.aliases:
                path = (*self.aliases[path[:end]], *path[end:])
                break
        return pointer(path)


def pointer(path: Path) -> str:
    """Return the pointer to a place, or to the nearest one around it that is not too long."""
    path = tuple(one if isinstance(one, int) else safe(one) for one in path[: LONGEST_POINTER // 5])
    while len(where := fragment(path)) > LONGEST_POINTER:
        path = path[:-1]
    return where


def safe(text: str) -> str:
    """Return a text that UTF-8 can write."""
    return text[:LONGEST_POINTER].encode("utf-8", "replace").decode()


def shown(value: object) -> str:
    """Return a value as far as a report shows it: as JSON, without what terminals obey."""
    value = _trimmed(value, SHOWN)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    plain = (one if one.isprintable() else f"\\u{ord(one):04x}" for one in text[: 2 * SHOWN])
    told = "".join(plain)
    return told if len(told) <= SHOWN else f"{told[: SHOWN - 1]}…"


def _trimmed(value: object, room: int) -> object:
    """Return the beginning of a value, so that what is huge is not written out to be cut."""
    if isinstance(value, str):
        return value[: 2 * SHOWN]
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > SHOWN:
        return "a number of very many digits"
    if room < 2:  # noqa: PLR2004 -- each level takes a pair of brackets
        return "…"
    if isinstance(value, list):
        some = cast("list[object]", value)
        return [_trimmed(one, room // 2) for one in some[:5]]
    if isinstance(value, dict):
        members = list(cast("dict[str, object]", value).items())[:5]
        return {name[:SHOWN]: _trimmed(one, room // 2) for name, one in members}
    return value
