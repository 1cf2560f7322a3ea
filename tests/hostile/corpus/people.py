"""Pages for people, cards and their files asked for what they cannot give."""

from typing import Final

from tests.hostile.rows import Row, get

QUERY: Final = "invalid-query"
HTML: Final = "Accept: text/html"
VERDICT: Final = "http%3A%2F%2Fdesk.example%2Fv1%2Fverdicts%2F"

QUERIES: Final = [
    ("a page of no form", "/v1/claims/seed?format=xhtml"),
    ("a page of a source", "/v1/sources/never?format=html"),
    ("a page with some fields", "/v1/claims/seed?format=html&fields=text"),
    ("a page with an expansion", "/v1/claims/seed?format=html&expand=claims"),
    ("a page of a moment to come", "/v1/claims/seed?format=html&as_of=2999-01-01T00:00:00Z"),
    ("a page of a moment without an offset", "/v1/claims/seed?format=html&as_of=2022-02-17T00:00"),
    ("a start of no form", "/?format=php"),
    ("a search of a NUL", "/search?q=%00"),
    ("a search of more than an address holds", "/search?q=" + "x" * 2_001),
    ("a search with a limit", "/search?q=x&limit=1"),
    ("a search of two texts", "/search?q=x&q=y"),
    ("corrections of no year", "/corrections?year=now"),
    ("corrections of no category", "/corrections?category=typo"),
    ("corrections after no cursor", "/corrections?cursor=%3Cscript%3E"),
    ("corrections in a form", "/corrections?format=html"),
    ("a moment with an offset", "/at/claims/seed?at=2022-02-17T00:00:00Z"),
    ("a moment of no calendar", "/at/claims/seed?at=2022-02-30T00:00"),
    ("a moment in Arabic digits", "/at/claims/seed?at=%D9%A2%D9%A0%D9%A2%D9%A2-02-17T00:00"),
    ("a moment with a line end", "/at/claims/seed?at=2022-02-17T00:00%0d%0aSet-Cookie:x"),
    ("a moment elsewhere", "/at/claims/seed?at=2022-02-17T00:00&next=//evil.example"),
    ("a card with a query", "/embed/verdicts/seed?format=json"),
    ("oEmbed of nothing", "/oembed"),
    ("oEmbed in a form there is not", f"/oembed?url={VERDICT}x&format=yaml"),
    ("oEmbed no pixel wide", f"/oembed?url={VERDICT}x&maxwidth=0"),
    ("oEmbed half a pixel high", f"/oembed?url={VERDICT}x&maxheight=0.5"),
    ("oEmbed of a NUL", "/oembed?url=%00"),
]

MISSING: Final = [
    ("a card of what never was", "/embed/verdicts/never"),
    ("a card of a claim", "/embed/claims/seed"),
    ("oEmbed of what never was", f"/oembed?url={VERDICT}never"),
    ("oEmbed of another site", "/oembed?url=http%3A%2F%2Fevil.example%2Fv1%2Fverdicts%2Fx"),
    ("oEmbed of another port", "/oembed?url=http%3A%2F%2Fdesk.example%3A1%2Fv1%2Fverdicts%2Fx"),
    ("oEmbed of a script", "/oembed?url=javascript%3Aalert(1)"),
    ("oEmbed of an address that cannot be taken apart", "/oembed?url=http%3A%2F%2F%5B"),
    ("oEmbed of a claim", "/oembed?url=http%3A%2F%2Fdesk.example%2Fv1%2Fclaims%2Fseed"),
    ("a file that is none", "/assets/site.scss"),
    ("a file above", "/assets/..%2fsettings.py"),
    ("a file of a marked name that was", "/assets/site-000000000000.css"),
    ("a folder", "/assets/"),
    ("a moment of a source", "/at/sources/never?at=2022-02-17T00:00"),
]

ROWS: Final = [
    *(Row(what, get(path), (400,), QUERY) for what, path in QUERIES),
    *(Row(f"{what}, in a browser", get(path, HTML), (400,), QUERY) for what, path in QUERIES[2:20]),
    *(Row(what, get(path), (404,), "not-found") for what, path in MISSING),
    Row("a page of what never was", get("/v1/claims/never", HTML), (404,), "not-found"),
    Row("a card of nothing, in a browser", get("/embed/verdicts/x", HTML), (404,), "not-found"),
    Row("a page as a picture", get("/search", "Accept: image/png"), (406,), "not-acceptable"),
    Row("a page of anything is data", get("/v1/claims/seed", "Accept: */*"), (200,)),
    Row("a moment that is empty is now", get("/at/claims/seed?at="), (303,)),
    Row("a search for tags finds none", get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E"), (200,)),
    Row("oEmbed passes over what it does not know", get(f"/oembed?url={VERDICT}x&dnt=1"), (404,), "not-found"),
]  # fmt: skip
