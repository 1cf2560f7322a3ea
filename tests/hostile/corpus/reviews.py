"""ClaimReview: whatever a review is, it is understood or told of, and nothing falls over it."""

import gzip
from typing import Final

import orjson

from tests.hostile.rows import PAGE, REVIEWS, Row, send

INTO: Final = "/v1/import?dry_run=true"
GOOD: Final = {"@type": "ClaimReview", "claimReviewed": "It rained"}
TEXT: Final = orjson.dumps(GOOD)


def bring(*items: object, media: str = REVIEWS, query: str = INTO) -> bytes:
    """Return an import of reviews, one a line, that writes nothing."""
    lines = (one if isinstance(one, bytes) else orjson.dumps(one) for one in items)
    return send("POST", query, b"\n".join(lines), media=media)


TAKEN: Final[list[tuple[str, bytes]]] = [
    ("nothing", bring()),
    ("a number", bring(b"5")),
    ("a thousand brackets", bring(b"[" * 1000)),
    ("a hundred thousand braces", bring(b'{"a":' * 100_000)),
    ("what is no JSON", bring(b"It rained")),
    ("what is no UTF-8", bring(b"\xff\xfe\xfd")),
    ("a review without a claim", bring({"@type": "ClaimReview"})),
    ("a review of numbers", bring(dict.fromkeys(("claimReviewed", "url", "author", "itemReviewed"), 5))),
    ("a review of lists", bring(GOOD | {name: [[[]]] for name in ("url", "author", "itemReviewed")})),
    ("a review of itself", bring({"@id": "a", **GOOD, "itemReviewed": {"@id": "a"}, "author": {"@id": "a"}})),
    ("a name twice", bring(b'{"@type": "ClaimReview", "claimReviewed": "a", "claimReviewed": "b"}')),
    ("NaN and infinities", bring(b'{"claimReviewed": "a", "reviewRating": {"ratingValue": NaN, "bestRating": Infinity}}')),
    ("a number of 5,000 digits", bring(b'{"claimReviewed": "a", "x": ' + b"9" * 5000 + b"}")),
    ("U+0000 and half an emoji", bring(b'{"claimReviewed": "a\\u0000\\ud83d", "\\udfff": "\\u0000"}')),
    ("turns of direction", bring(GOOD | {"claimReviewed": "\u202egnp.exe\u2066"})),
    ("an address that runs", bring(GOOD | {"url": "javascript:alert(1)", "image": "data:text/html,<script>"})),
    ("a year 0", bring(GOOD | {"datePublished": "0000-00-00", "expires": "99999-01-01"})),
    ("a review of a megabyte", bring(GOOD | {"reviewBody": "a" * 1_000_000})),
    ("a line of 5 MiB", bring(TEXT, b'{"a": "' + b"x" * 5 * 2**20 + b'"}', TEXT)),
    ("10,000 reviews of the same", bring(*[TEXT] * 10_000)),
    ("gzip that says it is none", bring(gzip.compress(TEXT))),
    ("a page of scripts", bring(b"<script " * 100_000, media=PAGE)),
    ("a page of comments", bring(b"<!--" * 100_000, media=PAGE)),
    ("a page that is none", bring(TEXT, media=PAGE)),
]  # fmt: skip

ROWS: Final = [
    *(Row(f"reviews: {what}", data, (200,)) for what, data in TAKEN),
    Row("reviews as JSON", bring(GOOD, media="application/json"), (415,), "unsupported-media-type"),
    Row("reviews of a type", bring(GOOD, query=f"{INTO}&type=claim"), (400,), "invalid-query"),
    Row("reviews of a status that is none", bring(GOOD, query=f"{INTO}&status=secret"), (400,), "invalid-query"),
    Row("reviews in part", bring(GOOD, query=f"{INTO}&partial=true"), (207,)),
]  # fmt: skip
