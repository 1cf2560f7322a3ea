"""What is asked of the past by header and media type: dates that are none, maps of nowhere."""

from typing import Final

from tests.hostile.rows import Row, get

DATES: Final = [
    ("nothing", ""),
    ("a word", "yesterday"),
    ("a number", "1645034400"),
    ("a negative number", "-1"),
    ("an instant of RFC 3339", "2022-02-16T18:00:00Z"),
    ("RFC 850", "Wednesday, 16-Feb-22 18:00:00 GMT"),
    ("asctime", "Wed Feb 16 18:00:00 2022"),
    ("another zone", "Wed, 16 Feb 2022 18:00:00 CET"),
    ("an offset", "Wed, 16 Feb 2022 18:00:00 +0100"),
    ("small letters", "wed, 16 feb 2022 18:00:00 gmt"),
    ("two digits of a year", "Wed, 16 Feb 22 18:00:00 GMT"),
    ("five digits of a year", "Sat, 01 Jan 10000 00:00:00 GMT"),
    ("the year 0", "Sat, 01 Jan 0000 00:00:00 GMT"),
    ("a year below 0", "Sat, 01 Jan -001 00:00:00 GMT"),
    ("a day of another week", "Thu, 16 Feb 2022 18:00:00 GMT"),
    ("a 30th of February", "Wed, 30 Feb 2022 18:00:00 GMT"),
    ("a 29th of February in a year of 365 days", "Mon, 29 Feb 2021 18:00:00 GMT"),
    ("one digit of a day", "Tue, 1 Feb 2022 18:00:00 GMT"),
    ("a month in French", "mer., 16 f\xe9vr. 2022 18:00:00 GMT"),
    ("digits that are not ASCII", "Wed, \xb9\xb6 Feb 2022 18:00:00 GMT"),
    ("hour 24", "Wed, 16 Feb 2022 24:00:00 GMT"),
    ("second 60", "Sat, 31 Dec 2016 23:59:60 GMT"),
    ("a fraction of a second", "Wed, 16 Feb 2022 18:00:00.5 GMT"),
    ("two blanks", "Wed,  16 Feb 2022 18:00:00 GMT"),
    ("a tab", "Wed,\t16 Feb 2022 18:00:00 GMT"),
    ("a date with a tail", "Wed, 16 Feb 2022 18:00:00 GMT; -P3D"),
    ("two dates", "Wed, 16 Feb 2022 18:00:00 GMT, Thu, 17 Feb 2022 18:00:00 GMT"),
    ("a date in quotes", '"Wed, 16 Feb 2022 18:00:00 GMT"'),
    ("a directive of a formatter", "%a, %d %b %Y %H:%M:%S GMT"),
    ("SQL", "Wed, 16 Feb 2022 18:00:00 GMT' OR '1'='1"),
    ("markup", "<script>alert(1)</script>"),
    ("7,000 digits", "9" * 7000),
]  # fmt: skip

TIME: Final = "Accept-Datetime: Wed, 16 Feb 2022 18:00:00 GMT"
TIMEMAP: Final = "/v1/claims/seed/revisions?format=link"
LINKS: Final = "Accept: application/link-format"

QUERIES: Final = [
    ("a format that is none", "/v1/claims/seed/revisions?format=xml"),
    ("a format in capitals", "/v1/claims/seed/revisions?format=LINK"),
    ("an empty format", "/v1/claims/seed/revisions?format="),
    ("two formats", f"{TIMEMAP}&format=json"),
    ("two formats between a comma", "/v1/claims/seed/revisions?format=json,link"),
    ("a format of one revision", "/v1/claims/seed/revisions/1?format=link"),
    ("fields of a TimeMap", f"{TIMEMAP}&fields=note"),
    ("a TimeMap of no mementos", f"{TIMEMAP}&limit=0"),
    ("a TimeMap that begins before the first", f"{TIMEMAP}&cursor=-1"),
    ("a TimeMap that begins at a bracket", f"{TIMEMAP}&cursor=%3E"),
    ("a TimeMap as of an instant", f"{TIMEMAP}&as_of=2022-02-16T00:00:00Z"),
]  # fmt: skip

ROWS: Final = [
    *(Row(f"an Accept-Datetime of {what}", get("/v1/claims/seed", f"Accept-Datetime: {value}"), (400,), "bad-request") for what, value in DATES),
    *(Row(what, get(target), (400,), "invalid-query") for what, target in QUERIES),
    Row("an Accept-Datetime twice", get("/v1/claims/seed", TIME, TIME), (400,), "bad-request"),
    Row("an Accept-Datetime of no date beside an as_of", get("/v1/claims/seed?as_of=2022-02-16T00:00:00Z", "Accept-Datetime: now"), (400,), "bad-request"),
    Row("an Accept-Datetime with an expansion", get("/v1/claims/shown?expand=verdicts", TIME), (400,), "invalid-query"),
    Row("an Accept-Datetime for what never was", get("/v1/claims/never", TIME), (404,), "not-found"),
    Row("an Accept-Datetime for PDF alone", get("/v1/claims/seed", TIME, "Accept: application/pdf"), (406,), "not-acceptable"),
    Row("an Accept-Datetime before all is the first", get("/v1/claims/seed", "Accept-Datetime: Mon, 01 Jan 0001 00:00:00 GMT"), (200,)),
    Row("an Accept-Datetime after all is the newest", get("/v1/claims/seed", "Accept-Datetime: Fri, 31 Dec 9999 23:59:59 GMT"), (200,)),
    Row("an Accept-Datetime is nothing to a list", get("/v1/claims", "Accept-Datetime: now"), (200,)),
    Row("an Accept-Datetime is nothing to a revision", get("/v1/claims/seed/revisions/1", "Accept-Datetime: now"), (200,)),
    Row("a TimeMap of what never was", get("/v1/claims/never/revisions", LINKS), (404,), "not-found"),
    Row("links alone where there is no TimeMap", get("/v1/claims/seed", LINKS), (406,), "not-acceptable"),
    Row("a TimeMap far behind the last memento is empty", get(f"{TIMEMAP}&cursor=" + "9" * 18), (200,)),
    Row("a TimeMap of as many as there are digits for has 1,000", get(f"{TIMEMAP}&limit=" + "9" * 18), (200,)),
]  # fmt: skip
