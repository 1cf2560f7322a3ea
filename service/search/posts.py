"""What somebody posts, taken apart: its words, and those of its tags, mentions and signature."""

import re
from typing import Final

MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
LINK: Final = re.compile(
    r"(?:https?://|pic\.twitter\.com/|www\.|\b(?:t\.co|bit\.ly)/)\S*", re.IGNORECASE
)
SIGNATURE: Final = re.compile(
    r"\s?[—–]\s?(?P<name>[^—–\n]{0,80}?)\s?\(@(?P<handle>\w{1,20})\)"  # noqa: RUF001 -- dashes
    rf"\s?(?P<day>(?:{MONTHS}) \d{{1,2}}, \d{{4}})?"
)
"""``— A Name (@handle) January 14, 2020``, as embedded posts end."""

BLANK: Final = re.compile(r"[^\S\n]+")
"""Made one blank: where several may stand, patterns would try them over and over."""

TAG: Final = re.compile(r"[#＃@](\w+)")  # noqa: RUF001 -- the wide one is used
CAMEL: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)

DAY, HANDLE = 0.75, 0.5
"""How much words of a signature count beside those of the post; tuned on the train queries of
the judged set (see the benchmarks)."""

Weighed = tuple[str, float]
"""A text and how much its words count."""


def parts(post: str) -> list[Weighed]:
    """Return the texts of a post and how much the words of each count; links are left out."""
    bare = BLANK.sub(" ", LINK.sub(" ", post))
    signed = list(SIGNATURE.finditer(bare))
    body = SIGNATURE.sub(" \n ", bare)
    tags = [split(tag) for tag in TAG.findall(body)]
    names = [one["name"] for one in signed]
    found = [
        (TAG.sub(" ", body), 1.0),
        (" ".join([*tags, *names]), 1.0),
        (" ".join(one["day"] or "" for one in signed), DAY),
        (" ".join(split(one["handle"]) for one in signed), HANDLE),
    ]
    return [(text, weight) for text, weight in found if text.strip()]


def split(tag: str) -> str:
    """Return the words of a tag: ``AustralianFires`` and ``bus_fares`` are two each."""
    return CAMEL.sub(" ", tag.replace("_", " "))
