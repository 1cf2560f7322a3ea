"""Google's addresses asked for what they cannot give, and sent what they cannot keep."""

from typing import Any, Final

from tests.hostile.rows import Row, get, send

SEARCH, IMAGES = "/v1alpha1/claims:search", "/v1alpha1/claims:imageSearch"
PAGES = "/v1alpha1/pages"
URL: Final = "https://desk.example/a"
ONE: Final = {"claimReviewed": "It rained"}
OPEN: Final = "%28" * 400

QUERIES: Final = [
    ("a search for nothing", SEARCH, "query="),
    ("a search without a question", SEARCH, ""),
    ("a search for a NUL", SEARCH, "query=%00"),
    ("a search for more than an address holds", SEARCH, "query=" + "x" * 2_001),
    ("a search in a language that is SQL", SEARCH, "query=x&languageCode=en'--"),
    ("a search of half a day", SEARCH, "query=x&maxAgeDays=0.5"),
    ("a search of more days than 32 bits hold", SEARCH, "query=x&maxAgeDays=2147483648"),
    ("a search of days in Arabic digits", SEARCH, "query=x&maxAgeDays=%D9%A3"),
    ("a page of fewer than no results", SEARCH, "query=x&pageSize=-1"),
    ("a page of results as a float", SEARCH, "query=x&pageSize=1e1"),
    ("an offset below nothing", SEARCH, "query=x&offset=-1"),
    ("a page token made up", SEARCH, "query=x&pageToken=AAAA"),
    ("a page token that is no base64", SEARCH, "query=x&pageToken=%25%25"),
    ("a page token that is no UTF-8", SEARCH, "query=x&pageToken=____"),
    ("a page token of a NUL", SEARCH, "query=x&pageToken=%00"),
    ("a page token without end", SEARCH, "query=x&pageToken=" + "A" * 4_001),
    ("a search as protobuf", SEARCH, "query=x&alt=proto"),
    ("a search as a script", SEARCH, "query=x&callback=alert"),
    ("fields in four hundred brackets", SEARCH, "query=x&fields=" + OPEN),
    ("fields behind two hundred slashes", SEARCH, "query=x&fields=" + "a/" * 200 + "a"),
    ("fields with a NUL", SEARCH, "query=x&fields=%00"),
    ("a search for two things", SEARCH, "query=x&query=y"),
    ("a search by a name of /v1", SEARCH, "query=x&limit=1"),
    ("a picture of nothing", IMAGES, "imageUri="),
    ("a picture at a NUL", IMAGES, "imageUri=%00"),
    ("a picture at an address without end", IMAGES, "imageUri=" + "x" * 2_001),
    ("pages of an address that is a script", PAGES, "url=javascript:alert(1)"),
    ("pages of an address and a site", PAGES, "url=https://a.example/&organization=a.example"),
    ("pages after a token made up", PAGES, "pageToken=MC4w"),
]

BODIES: Final[list[tuple[str, Any]]] = [
    ("a page of nothing", {}),
    ("a page of no markups", {"pageUrl": URL, "claimReviewMarkups": []}),
    ("a page of markups that are texts", {"pageUrl": URL, "claimReviewMarkups": ["x"]}),
    ("a page of null", {"pageUrl": None, "claimReviewMarkups": [ONE]}),
    ("a page at a script", {"pageUrl": "javascript:alert(1)", "claimReviewMarkups": [ONE]}),
    ("a page of 201 markups", {"pageUrl": URL, "claimReviewMarkups": [ONE] * 201}),
    (
        "a markup on another page",
        {"pageUrl": URL, "claimReviewMarkups": [ONE | {"url": "https://evil.example/"}]},
    ),
    (
        "a rating beyond 32 bits",
        {"pageUrl": URL, "claimReviewMarkups": [ONE | {"rating": {"ratingValue": 2**31}}]},
    ),
    (
        "a page of the year 2999",
        {"pageUrl": URL, "claimReviewMarkups": [ONE], "publishDate": "2999"},
    ),
    ("a page with a status", {"pageUrl": URL, "claimReviewMarkups": [ONE], "status": "published"}),
]

ROWS: Final = [
    *(Row(what, get(f"{path}?{query}"), (400,), "invalid-query") for what, path, query in QUERIES),
    *(Row(what, send("POST", PAGES, body), (400,), "invalid-body") for what, body in BODIES),
    Row("a page that is a list", send("POST", PAGES, []), (400,), "malformed-json"),
    Row(
        "a page twice named",
        send("POST", PAGES, b'{"name": "a", "name": "b"}'),
        (400,),
        "malformed-json",
    ),
    Row(
        "a page with a NUL",
        send("POST", PAGES, b'{"pageUrl": "\\u0000"}'),
        (400,),
        "malformed-json",
    ),
    Row(
        "a page as a form",
        send("POST", PAGES, b"pageUrl=x", media="application/x-www-form-urlencoded"),
        (415,),
        "unsupported-media-type",
    ),
    Row("the page of a NUL", get(f"{PAGES}/AA"), (404,), "not-found"),
    Row("the page of an escaped slash", get(f"{PAGES}/a%2Fb"), (404,), "not-found"),
    Row("the page of dots", get(f"{PAGES}/.."), (404,), "not-found"),
    Row("the page of a term of another sort", get(f"{PAGES}/cmF0aW5nPXRydWU"), (404,), "not-found"),
    Row("a search that is posted", send("POST", SEARCH, {}), (405,), "method-not-allowed"),
    Row("an address that Google has not", get("/v1alpha1/claims"), (404,), "not-found"),
    Row("a batch of Google's", send("POST", "/v1alpha1/batch", {}), (404,), "not-found"),
]
