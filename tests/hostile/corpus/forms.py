"""Lists and records asked for in forms that they do not have, or by a host that is none."""

from typing import Final

from tests.hostile.rows import CLOSE, Row, ask, get, head

QUERY: Final = "invalid-query"
VERDICTS, CLAIMS, EXPORT = "/v1/verdicts", "/v1/claims", "/v1/export"

QUERIES: Final = [
    ("verdicts as a sheet", VERDICTS, "format=csv"),
    ("claims as a feed", CLAIMS, "format=atom"),
    ("claims as reviews", CLAIMS, "format=jsonld"),
    ("sources as a sheet", "/v1/sources", "format=csv"),
    ("verdicts as RSS", VERDICTS, "format=rss"),
    ("verdicts in a form of capitals", VERDICTS, "format=ATOM"),
    ("verdicts in no form", VERDICTS, "format="),
    ("verdicts in two forms", VERDICTS, "format=atom&format=jsonld"),
    ("verdicts in two forms by a comma", VERDICTS, "format=atom,jsonld"),
    ("a claim as a review", f"{CLAIMS}/seed", "format=jsonld"),
    ("a feed with fields", VERDICTS, "format=atom&fields=id"),
    ("reviews with a count", VERDICTS, "format=jsonld&count=true"),
    ("lines with records around them", CLAIMS, "format=ndjson&expand=verdicts"),
    ("a sheet by the page", CLAIMS, "format=csv&limit=1"),
    ("a sheet from a cursor on", CLAIMS, "format=csv&cursor=x"),
    ("a sheet with perhaps a mark", CLAIMS, "format=csv&bom=maybe"),
    ("a mark before JSON", CLAIMS, "bom=true"),
    ("a mark before verdicts", VERDICTS, "bom=true"),
    ("a feed as of tomorrow", VERDICTS, "format=atom&as_of=2999-01-01T00:00:00Z"),
    ("a sheet of no calendar", CLAIMS, "format=csv&as_of=2022-02-30T00:00:00Z"),
    ("all reviews of claims", EXPORT, "format=jsonld&type=claim"),
    ("all reviews with their history", EXPORT, "format=jsonld&history=true"),
    ("everything as a feed", EXPORT, "format=atom"),
]

HOSTS: Final = [
    ("a feed from a host with markup", 'desk.example"><script>'),
    ("a feed from a host with a path", "desk.example/a b"),
    ("a feed from a host that is no name", "[::"),
    ("a feed from a host of a port beyond all", "desk.example:99999999"),
    ("a feed from a host beyond ASCII", "d\xe9sk.example"),
    ("a feed from a host of another alphabet", "xn--e1afmkfd.xn--p1ai"),
    ("a feed from a host of no alphabet", "xn--0"),
]

ROWS: Final = [
    *(Row(what, get(f"{path}?{query}"), (400,), QUERY) for what, path, query in QUERIES),
    Row(
        "a feed from a made-up cursor",
        get(f"{VERDICTS}?format=atom&cursor={'A' * 60}"),
        (400,),
        "invalid-cursor",
    ),
    *(
        Row(what, ask("GET", f"{VERDICTS}?format=atom", host=f"Host: {host}"), (200,))
        for what, host in HOSTS
    ),
    *(
        Row(
            f"what leads on, {what[7:]}",
            ask("GET", "/.well-known/api-catalog", host=f"Host: {host}"),
            (200,),
        )
        for what, host in HOSTS
    ),
    Row(
        "a page for a host of no alphabet", ask("GET", "/?format=html", host="Host: xn--0"), (200,)
    ),
    Row("a feed from no host", head(f"GET {VERDICTS}?format=atom HTTP/1.0", CLOSE), (200,)),
]
