"""The feed and the register asked for what they cannot give."""

from typing import Final

from tests.hostile.rows import Row, get

STREAM: Final = "Accept: text/event-stream"
QUERY: Final = "invalid-query"
CHANGES, CORRECTIONS, MATCH = "/v1/changes", "/v1/corrections", "/v1/match"

QUERIES: Final = [
    ("since is a day", CHANGES, "since=2022-02-17"),
    ("since is a year", CHANGES, "since=2022"),
    ("since is yesterday", CHANGES, "since=yesterday"),
    ("since is a negative number", CHANGES, "since=-1"),
    ("since is an instant without an offset", CHANGES, "since=2022-02-17T00:00:00"),
    ("since is an instant of no calendar", CHANGES, "since=2022-02-30T00:00:00Z"),
    ("since is an instant before year 1 in UTC", CHANGES, "since=0001-01-01T00:00:00%2B14:00"),
    ("since is NOW in capitals", CHANGES, "since=NOW"),
    ("since is a NUL", CHANGES, "since=%00"),
    ("since is given twice", CHANGES, "since=now&since="),
    ("until is now", CHANGES, "until=now"),
    ("until is empty", CHANGES, "until="),
    ("the type of a change has no happening", CHANGES, "type=claim"),
    ("the type of a change is a pattern of its own", CHANGES, "type=cl*.published"),
    ("the type of a change is of no kind", CHANGES, "type=key.created"),
    ("the type of a change has three parts", CHANGES, "type=claim.published.now"),
    ("the type of a change is SQL", CHANGES, "type=claim.published'--"),
    ("fifty-one types of changes", CHANGES, "type=" + ",".join(["*.*"] * 51)),
    ("a reason of a change that there is not", CHANGES, "reason=whim"),
    ("a wait below nothing", CHANGES, "wait=-1"),
    ("a wait of half a second", CHANGES, "wait=0.5"),
    ("a wait without end", CHANGES, "wait=inf"),
    ("a wait of nineteen digits", CHANGES, "wait=1000000000000000000"),
    ("a page of no changes", CHANGES, "limit=0"),
    ("changes as CSV", CHANGES, "format=csv"),
    ("changes by cursor", CHANGES, "cursor=1"),
    ("changes as of an instant", CHANGES, "as_of=2022-02-17T00:00:00Z"),
    ("a match of nothing", MATCH, "text="),
    ("a match of a NUL", MATCH, "text=%00"),
    ("a match of more than an address holds", MATCH, "text=" + "x" * 2_001),
    ("a match in a language of no tag", MATCH, "text=x&language=e"),
    ("a match in a language that is SQL", MATCH, "text=x&language=en'--"),
    ("no matches at all", MATCH, "text=x&limit=0"),
    ("a match of two texts", MATCH, "text=x&text=y"),
    ("corrections of the year 0", CORRECTIONS, "year=0000"),
    ("corrections of a year of five digits", CORRECTIONS, "year=12022"),
    ("corrections of a year in Arabic digits", CORRECTIONS, "year=%D9%A2%D9%A0%D9%A2%D9%A2"),
    ("corrections of a typo", CORRECTIONS, "category=typo"),
    ("corrections after an instant of no calendar", CORRECTIONS, "cursor=" + "9" * 18 + "-1"),
    ("corrections after a number that no column holds", CORRECTIONS, "cursor=1-" + "9" * 19),
    ("corrections as lines", CORRECTIONS, "format=ndjson"),
]

ROWS: Final = [
    *(Row(what, get(f"{path}?{query}"), (400,), QUERY) for what, path, query in QUERIES),
    Row(
        "a cursor of the feed made up", get(f"{CHANGES}?since={'A' * 60}"), (400,), "invalid-cursor"
    ),
    Row(
        "a stream after an id made up",
        get(CHANGES, STREAM, "Last-Event-ID: 1"),
        (400,),
        "invalid-cursor",
    ),
    Row(
        "a stream after an id beyond ASCII",
        get(CHANGES, STREAM, "Last-Event-ID: \xe9"),
        (400,),
        "invalid-cursor",
    ),
    Row(
        "a stream with an end", get(f"{CHANGES}?until=2022-02-17T00:00:00Z", STREAM), (400,), QUERY
    ),
    Row(
        "changes as a page for people", get(CHANGES, "Accept: text/html"), (406,), "not-acceptable"
    ),
    Row("corrections as a stream", get(CORRECTIONS, STREAM), (406,), "not-acceptable"),
]
