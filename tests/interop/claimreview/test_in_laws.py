"""Laws of reading: whatever an item is, nothing is raised, and every record made is sound."""

import json
from contextlib import suppress
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from service.interop.claimreview.reading import mending
from service.interop.claimreview.reading.lint import CODES, Lint
from tests.interop.claimreview.reader import REVIEW, Members, read

NAMES = [
    "@type",
    "@id",
    "@value",
    "url",
    "name",
    "text",
    "headline",
    "claimReviewed",
    "itemReviewed",
    "reviewRating",
    "alternateName",
    "ratingValue",
    "bestRating",
    "worstRating",
    "author",
    "publisher",
    "logo",
    "sameAs",
    "jobTitle",
    "affiliation",
    "appearance",
    "firstAppearance",
    "datePublished",
    "dateCreated",
    "expires",
    "inLanguage",
    "keywords",
    "about",
    "contentLocation",
    "temporalCoverage",
    "citation",
    "comment",
    "workTranslation",
    "identifier",
    "propertyID",
    "value",
    "correction",
    "image",
    "associatedMedia",
    "archivedAt",
    "isPartOf",
    "license",
    "description",
    "reviewBody",
    "ratingExplanation",
    "textualRating",
    "claimReview",
    "claimant",
    "claimDate",
    "languageCode",
    "title",
    "site",
    "@graph",
    "item",
    "dataFeedElement",
    "claim_review",
]
WORDS = (
    "ClaimReview", "Claim", "Person", "Organization", "False", "5", "-1", "4/5", "2022-02-16 10:00",
    "2022-02-16", "https://a.example/b", "/x", "javascript:alert(1)", "en", "<b>x</b>", "&#039;", "\u202e",
    "\u0000", "\ud800", "a, b", "https://a.example https://b.example", "2022/2021", "//x", "", " ", "https://",
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(WORDS)
)
NAMED = st.sampled_from(NAMES) | st.text(st.characters(), max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMED, inner, max_size=6),
    max_leaves=30,
)


def written(value: object) -> str:
    """Return the JSON of a value, of one that is none too."""
    return json.dumps(value, ensure_ascii=True)


@given(VALUES)
def test_any_value_is_read(value: object) -> None:
    found = read(written(value))
    assert found.counts["items"] >= found.counts["understood"]


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8))
def test_any_members_of_a_review_make_sound_records(members: Members) -> None:
    found = read(written(REVIEW | members))
    assert found.codes <= CODES.keys()
    text = orjson.dumps(found.records).decode().casefold()
    assert '"url":"javascript' not in text.replace(" ", "")


@given(st.sampled_from(sorted(REVIEW)), VALUES)
def test_one_member_that_is_anything_loses_no_other(name: str, value: Any) -> None:  # noqa: ANN401
    found = read([json.loads(written(REVIEW)) | {"url": "https://c.example/other"}])
    _ = read(written([REVIEW | {name: value}, REVIEW | {"url": "https://c.example/other"}]))
    assert found.counts["understood"] == 1


@given(VALUES)
def test_what_is_read_twice_is_the_same(value: object) -> None:
    text = written(REVIEW | {"itemReviewed": value})
    assert read(text).records == read(text).records


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_read_or_told_of(text: str) -> None:
    assert read(text).counts["understood"] <= 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told_of(data: bytes) -> None:
    assert read(data).counts["understood"] <= 1


@given(st.text(st.sampled_from('{}[]",:\\/<!->()ab\n &;'), max_size=60))
def test_what_is_almost_json_is_mended_or_refused(text: str) -> None:
    with suppress(mending.UnreadableError):
        assert mending.values(text, Lint())


@given(VALUES)
def test_sound_json_is_never_mended(value: object) -> None:
    lint = Lint()
    _ = mending.values(json.dumps(value, allow_nan=False) if finite(value) else "1", lint)
    assert "json-mended" not in [one.code for one in lint.findings]


def finite(value: object) -> bool:
    """Tell whether JSON has a way to write a value."""
    try:
        return bool(json.dumps(value, allow_nan=False))
    except ValueError:
        return False
