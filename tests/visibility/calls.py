"""Every operation of openapi.yaml, with the variants in which a reader may ask."""

import csv
import io
import re
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

import orjson
from werkzeug.http import http_date, parse_date

from service.documents.instants import read
from service.kinds import BY_NAME
from tests.kinds.smallest import Json
from tests.links import Links
from tests.newsroom import Answer
from tests.visibility import tables
from tests.visibility.bodies import REFERRERS
from tests.visibility.life import ID, Life
from tests.visibility.tables import Row


class Call(NamedTuple):
    """A request, and what it must be answered: `told` reads from the answer what to compare."""

    method: str
    path: str
    headers: Mapping[str, str] = MappingProxyType({})
    json: object = None
    told: Callable[[Answer], object] = lambda _: None
    expected: object = None


LINK_FORMAT: Final = "application/link-format"

Calls = Generator[Call, Answer, None]


@dataclass(frozen=True)
class Visit:
    """One reader's look at the record in one of its states."""

    life: Life
    row: Row
    scopes: tuple[str, ...] | None

    @property
    def keyed(self) -> bool:
        """Tell whether the reader's key reads drafts."""
        return bool(self.scopes)

    @property
    def path(self) -> str:
        """Return the path of the record."""
        return self.life.path

    def at(self, number: int) -> str:
        """Return the instant of a revision, or of the newest before it."""
        return self.life.instants[min(number, self.life.now) - 1]

    @property
    def shown(self) -> Json | None:
        """Return what lists show the reader of the record."""
        return self.life.bodies[self.row.shown] if self.row.shown else None

    def whether(self, fact: object) -> str:
        """Return which revision a list shows if the fact is true of the one shown."""
        return self.row.listed if fact else "absent"


def get(path: str, told: Callable[[Answer], object], expected: object, **headers: str) -> Call:
    """Return a GET whose answer is compared."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Call("GET", path, fields, None, told, expected)


def listed(answer: Answer) -> str:
    """Return which revision of the record a page or an export has."""
    if answer.status != 200:
        return tables.status(answer)
    ndjson = "ndjson" in answer.headers["Content-Type"]
    items = map(orjson.loads, answer.body.splitlines()) if ndjson else answer.json()["items"]
    return next((str(one["revision"]) for one in items if one.get("id") == ID), "absent")


def lists(visit: Visit) -> Calls:
    """Look for the record in lists: by every filter, in every order, page by page."""
    base, life = visit.life.collection, visit.life
    page = yield get(f"{base}?count=true&limit=200", listed, visit.row.listed)
    count = len(page.json()["items"])
    yield get(f"{base}?count=true&limit=1", lambda a: a.json()["total"], count)
    for sort in ("-created_at", "updated_at"):
        yield get(f"{base}?sort={sort}", in_order(sort), visit.row.listed)
    yield from pages(f"{base}?limit=2&sort=-updated_at", count)
    yield from by_terms(visit)
    yield from by_times(visit)
    yield from by_words(visit)
    yield from at_instants(visit)
    for status in BY_NAME[life.kind].statuses:
        known = visit.keyed or status in {"published", "retracted"}
        same = visit.row.shown and life.statuses[visit.row.shown - 1] == status
        yield get(f"{base}?status={status}", listed, visit.whether(same) if known else "400")
    yield get(f"{base}?fields=id,revision,internal,origin,recorded_by", listed, visit.row.listed)
    yield get(f"{base}?expand=claims,sources,verdicts,scales", listed, visit.row.listed)
    yield Call("GET", base, {"Accept": "text/html"})
    yield Call("GET", f"{base}?sorted=up")


def by_words(visit: Visit) -> Calls:
    """Search the list for what the record said in each of its revisions."""
    for body in visit.life.bodies.values():
        fact = visit.shown and main(visit.shown) == main(body)
        path = f"{visit.life.collection}?q={quote(main(body))}&excerpts=true"
        yield get(path, listed, visit.whether(fact))


def main(body: Json) -> str:
    """Return what a record says first."""
    return str(next(body[name] for name in ("text", "title", "name") if name in body))


def at_instants(visit: Visit) -> Calls:
    """List what stood at an instant, found by the place of the record and by its terms."""
    base, row = visit.life.collection, visit.row
    for number, cell in ((2, row.before), (4, row.then)):
        expected = cell if cell.isdecimal() and cell not in NO_REVISIONS else "absent"
        if cell != "none":
            instant = f"{base}?as_of={visit.at(number)}"
            for sort in ("-created_at", "created_at", "updated_at", "-updated_at"):
                yield get(f"{instant}&sort={sort}&limit=200", listed, expected)
            stood = int(expected) if expected != "absent" else min(number, visit.life.now)
            terms = terms_of(visit.life, visit.life.bodies[stood])
            for name, value in sorted(terms):
                yield get(f"{instant}&{name}={value}", listed, expected)
            said = quote(main(visit.life.bodies[stood]))
            yield get(f"{instant}&q={said}", listed, expected)
            yield Call("GET", f"{instant}&expand=claims,sources,verdicts,scales&count=true&limit=1")
    yield Call("GET", f"{base}?as_of={visit.at(visit.life.now)}&fields=internal,recorded_by")


NO_REVISIONS: Final = {"404", "410", "451"}


def in_order(sort: str) -> Callable[[Answer], str]:
    """Return a reading that also holds the order of a list to what its items say."""
    name = sort.removeprefix("-")

    def told(answer: Answer) -> str:
        keys = [(one[name], one["id"]) for one in answer.json()["items"]]
        assert keys == sorted(keys, reverse=sort.startswith("-")), f"not in order of {sort}"
        return listed(answer)

    return told


def pages(path: str, count: int) -> Calls:
    """Follow the links from page to page; there are as many records as the count says."""
    seen = 0
    while path:
        answer = yield get(path, tables.status, "200")
        seen, path = seen + len(answer.json()["items"]), answer.json()["next"]
    assert seen == count, f"{seen} on the pages, {count} in the count"


def by_terms(visit: Visit) -> Calls:
    """Filter by terms of what the reader sees, and by those of all other revisions."""
    terms = {number: terms_of(visit.life, body) for number, body in visit.life.bodies.items()}
    shown = terms_of(visit.life, visit.shown) if visit.shown else set()
    hidden = set[tuple[str, str]]().union(*terms.values()) - shown
    for chosen, expected in ((hidden, "absent"), (shown, visit.row.listed)):
        for name in sorted({name for name, _ in chosen}):
            values = ",".join(sorted(value for of, value in chosen if of == name))
            yield get(f"{visit.life.collection}?{name}={values}", listed, expected)


def terms_of(life: Life, body: Json) -> set[tuple[str, str]]:
    """Return parameters and values by which lists find a record with this body."""
    terms = BY_NAME[life.kind].facts(body).terms
    split = (term.partition("=") for term in terms)
    return {(name, f"https:{value}" if name == "url" else value) for name, _, value in split}


def by_times(visit: Visit) -> Calls:
    """Filter by instants, periods in the world and authors."""
    base, life, shown = visit.life.collection, visit.life, visit.row.shown or 0
    newest = life.instants[shown - 1] == life.instants[-1]
    yield get(f"{base}?created_from={visit.at(1)}", listed, visit.row.listed)
    yield get(f"{base}?created_to={visit.at(1)}", listed, "absent")
    yield get(f"{base}?updated_from={life.instants[-1]}", listed, visit.whether(newest))
    yield get(f"{base}?updated_to={life.instants[-1]}", listed, visit.whether(not newest))
    actors = [one.secret for one in life.planted if one.place == "actor"]
    names = ",".join(f"Ann {actor}" for actor in actors)
    yield get(f"{base}?actor={names}", listed, visit.row.listed if visit.keyed else "400")
    for number in {1, life.now} if life.kind in {"claim", "verdict"} else ():
        same = year(visit.shown) == str(2000 + number)
        yield get(f"{base}?valid_at={2000 + number}", listed, visit.whether(same))
    if life.kind == "verdict":
        early = year(visit.shown) == "2001"
        yield get(f"{base}?review_before=2002", listed, visit.whether(early))


def year(body: Json | None) -> str:
    """Return the year that a body speaks of."""
    span = (body or {}).get("about") or (body or {}).get("valid") or {"from": ""}
    return span["from"][:4]


def items(visit: Visit) -> Calls:
    """Look at the record itself: now, as of every kind of instant, expanded, conditionally."""
    path, life, row = visit.path, visit.life, visit.row
    yield get(path, tables.status, row.item)
    yield get(path, tables.etag, row.etag, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")
    yield get(path, dated, row.item == "200")
    yield get(f"{path}?as_of={visit.at(2)}", tables.at_an_instant, row.before)
    if row.then != "none":
        yield get(f"{path}?as_of={visit.at(4)}", tables.at_an_instant, row.then)
    for number in sorted({1, life.now - 1, life.now}):
        yield Call("GET", f"{path}?as_of={visit.at(number)}")
    yield Call("GET", f"{path}?as_of=2000-01-01T00:00:00Z")
    yield Call("GET", f"{path}?as_of=2999-01-01T00:00:00Z")
    yield from timegate(visit)
    others = ",".join(f'"{n}"' for n in range(1, 30) if str(n) != row.etag)
    yield get(path, tables.status, row.item, If_None_Match=others)
    same = "304" if row.item == "200" else row.item
    yield get(path, tables.status, same, If_None_Match=f'W/"{row.etag}"')
    yield get(path, tables.status, same, If_None_Match="*")
    yield get(f"{path}?fields=internal,origin,recorded_by", tables.status, row.item)
    yield get(f"{path}?expand=claims,sources,verdicts,scales", tables.status, row.item)
    for media_type in ("text/html", "application/x-ndjson", "*/*;q=0.1"):
        yield Call("GET", path, {"Accept": media_type})
    yield Call("GET", f"{path}?as_off=2022")
    yield from around(visit)
    if life.kind in {"claim", "verdict"}:
        yield from of_people(visit)
    if life.kind == "verdict":
        yield get(f"{path}?format=ninjs", tables.status, row.item)
        yield Call("GET", f"{path}?format=ninjs&as_of={visit.at(4)}")
        yield Call("GET", path, {"Accept": "application/x.ninjs+json"})
    yield Call("GET", f"{REFERRERS[life.kind][0]}?format=html")


BROWSER: Final = MappingProxyType({"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
"""What a browser would rather have."""


def of_people(visit: Visit) -> Calls:
    """Read the record's page: now, as of instants, again; and what is said where there is none."""
    path, life, row = visit.path, visit.life, visit.row
    page = yield get(f"{path}?format=html", tables.status, row.item, **BROWSER)
    if page.status == 200:
        yield get(path, tables.status, "304", If_None_Match=page.headers["ETag"], **BROWSER)
    yield get(f"{path}?as_of={visit.at(2)}", on_the_page, row.before, **BROWSER)
    if row.then != "none":
        yield get(f"{path}?as_of={visit.at(4)}", on_the_page, row.then, **BROWSER)
    for number in sorted({1, life.now - 1, life.now}):
        yield Call("GET", f"{path}?as_of={visit.at(number)}&format=html")
    yield Call("GET", f"{path}?as_of=2000-01-01T00:00:00Z", BROWSER)
    yield Call("GET", f"{path}?as_of=2999-01-01T00:00:00Z", BROWSER)
    yield Call("GET", f"{path}?format=html&fields=internal", BROWSER)
    if life.kind == "verdict":
        for claim in ("subject", "other"):
            yield Call("GET", f"/v1/claims/{claim}?format=html")


def on_the_page(answer: Answer) -> str:
    """Return the revision that a page shows, or how it was refused."""
    if answer.status not in {200, 404}:
        return tables.status(answer)
    if answer.status == 404:
        return f"404 {re.findall('/problems/([a-z-]+)', answer.text)[0]}"
    return re.findall("shows revision ([0-9]+),", answer.text)[0]


def cards(visit: Visit) -> Calls:
    """Look at the card of the record, which everyone sees as the public does."""
    if visit.life.kind == "verdict":
        path = f"/embed/verdicts/{ID}"
        if not visit.keyed:
            yield get(path, tables.status, visit.row.item)
        yield Call("GET", path, BROWSER)
    yield Call("GET", "/embed/verdicts/referrer")
    yield Call("GET", "/embed/verdicts/none", BROWSER)


def oembed(visit: Visit) -> Calls:
    """Ask how to show the record."""
    pages = (f"http://localhost/v1/verdicts/{one}" for one in (ID, "referrer", "none"))
    for page in pages:
        yield Call("GET", f"/oembed?url={quote(page, safe='')}&format=xml")
        yield Call("GET", f"/oembed?url={quote(page, safe='')}&maxwidth=300&maxheight=200")
    yield Call("GET", "/oembed")


def moments(collection: str) -> Callable[[Visit], Calls]:
    """Return the calls of the form that leads to a page of the past: it says nothing itself."""

    def calls(visit: Visit) -> Calls:
        yield Call("GET", f"/at/{collection}/{ID}?at={visit.at(1)[:16]}")
        yield Call("GET", f"/at/{collection}/{ID}", BROWSER)
        yield Call("GET", f"/at/{collection}/{ID}?at=then", BROWSER)

    return calls


def searches(visit: Visit) -> Calls:
    """Search for what the record said in each of its revisions."""
    for body in visit.life.bodies.values():
        said = " ".join(str(body.get(name, "")) for name in ("text", "title", "summary", "name"))
        yield Call("GET", f"/search?q={quote(said)}")
    yield Call("GET", "/search?q=It+rained", BROWSER)
    yield Call("GET", "/search", BROWSER)


def register(visit: Visit) -> Calls:
    """Read the register of corrections as people do: all of it, page by page, by year."""
    yield Call("GET", "/corrections?limit=200", BROWSER)
    yield Call("GET", "/corrections?limit=2&category=correction")
    yield Call("GET", f"/corrections?year={visit.at(1)[:4]}&category=update")
    yield Call("GET", f"/corrections?cursor={2**53}-1&limit=200")
    yield Call("GET", "/corrections?year=now", BROWSER)


def timegate(visit: Visit) -> Calls:
    """Ask for mementos: of before all, of after all, of the seconds of some, of no second."""
    path, row, gone = visit.path, visit.row, visit.row.item in {"404", "410", "451"}
    first = visit.row.item if gone and not visit.keyed else str(min(row.with_body, default="410"))
    yield get(path, remembered, first, Accept_Datetime="Sat, 01 Jan 2000 00:00:00 GMT")
    newest = row.etag if row.item == "200" else row.item
    yield get(path, remembered, newest, Accept_Datetime="Tue, 01 Jan 2999 00:00:00 GMT")
    for second in {read(visit.at(number)) for number in (1, 3, visit.life.now)}:
        # How long a copy may be used differs between those who ask before and after its end.
        if second + timedelta(seconds=1) < datetime.now(UTC):
            yield Call("GET", path, {"Accept-Datetime": http_date(second)})
    yield get(path, tables.status, "400", Accept_Datetime=visit.at(1))


def remembered(answer: Answer) -> str:
    """Return the revision that a TimeGate led to, or how it was refused."""
    if answer.status != 200:
        return tables.status(answer)
    number = str(answer.json()["revision"])
    assert answer.headers["Content-Location"].endswith(f"/revisions/{number}")
    assert answer.headers["Memento-Datetime"] == http_date(read(answer.json()["updated_at"]))
    return number


def dated(answer: Answer) -> bool:
    """Tell whether the date in the header is that of the record, to a second."""
    date = parse_date(answer.headers.get("Last-Modified"))
    if date is None:
        return False
    return abs(date - read(answer.json()["updated_at"])) < timedelta(seconds=1)


def around(visit: Visit) -> Calls:
    """Look at the record from those that refer to it."""
    life, row = visit.life, visit.row
    path, kinds = REFERRERS[life.kind][0], f"{life.kind}s"

    def told(answer: Answer) -> object:
        if answer.status != 200:
            return tables.status(answer)
        one = answer.json()["expanded"][kinds].get(ID, {"gone": True})
        return "absent" if one == {"gone": True} else str(one["revision"])

    there = visit.keyed or life.now >= 3
    expected = row.listed if there else "404"
    yield get(f"{path}?expand={kinds}", told, expected)
    if life.kind == "verdict":
        aside = visit.shown and visit.shown["claim_id"] == "other"
        for claim, fact in (("subject", not aside), ("other", aside)):
            yield get(f"/v1/claims/{claim}?expand=verdicts", told, visit.whether(fact))
        yield Call("GET", "/v1/claims?expand=verdicts")


def histories(visit: Visit) -> Calls:
    """Read the history, whole and page by page."""
    path, row = f"{visit.path}/revisions", visit.row
    answer = yield get(path, tables.history, row.revisions)
    trimmed = f"{path}?fields=revision,note,salt,sha256,recorded_by"
    yield get(trimmed, tables.status, tables.status(answer))
    yield Call("GET", f"{path}?cursor=1&limit=1")
    yield Call("GET", f"{path}?cursor=1-{visit.life.now}&limit=1")
    expected = row.with_body if answer.status == 200 else set[int]()
    for query, headers in (("", {"Accept": LINK_FORMAT}), ("?format=link", {})):
        yield Call("GET", f"{path}{query}", headers, None, listed_in_links, expected)
    yield get(f"{path}?format=json", tables.history, row.revisions)
    yield Call("GET", f"{path}?format=link&limit=2&cursor=1")
    following = f"{path}?limit=4"
    while following:
        answer = yield Call("GET", following)
        following = answer.json().get("next")


def revisions(visit: Visit) -> Calls:
    """Read every revision, and one beyond."""
    path, row, now = f"{visit.path}/revisions", visit.row, visit.life.now
    for number in range(1, now + 2):
        yield Call("GET", f"{path}/{number}")
    for number in (1, 2, 4)[: 2 + (now > 3)][:now]:
        yield get(f"{path}/{number}", tables.status, row.drafts)
    yield get(f"{path}/3", tables.status, row.third)
    around = {max((n for n in row.with_body if n < 3), default=3)}
    around |= {min((n for n in row.with_body if n > 3), default=3)}
    yield get(f"{path}/3", linked, around - {3} if row.third == "200" else set())
    ends = {min(row.with_body, default=3), max(row.with_body, default=3)}
    mementos = around | ends | {3} if row.third == "200" else set[int]()
    yield get(f"{path}/3", remembered_in_links, mementos)
    for number in (3, now):
        yield Call("GET", f"{path}/{number}?fields=internal,origin,recorded_by")
        yield Call("GET", f"{path}/{number}", {"If-None-Match": "*"})


def remembered_in_links(answer: Answer) -> set[int]:
    """Return the mementos to which the answer has links."""
    links = Links.of_header(answer.headers.get("Link", ""))
    return {number_in(target) for target in links.targets("memento")}


def listed_in_links(answer: Answer) -> set[int]:
    """Return the mementos that a TimeMap lists, if it is one."""
    text = answer.text if answer.headers["Content-Type"] == LINK_FORMAT else ""
    return {number_in(target) for target in Links.of_document(text).targets("memento")}


def number_in(path: str) -> int:
    """Return the number of the revision whose address this is."""
    return int(path.rpartition("/")[2])


def linked(answer: Answer) -> set[int]:
    """Return the revisions before and after to which the answer has links."""
    links = Links.of_header(answer.headers.get("Link", ""))
    rels = ("predecessor-version", "successor-version")
    return {number_in(target) for rel in rels for target in links.targets(rel)}


def diffs(visit: Visit) -> Calls:
    """Compare every revision with the one before it, and drafts with what is public."""
    path, row, now = f"{visit.path}/revisions", visit.row, visit.life.now
    yield get(f"{path}/5/diff", tables.status, row.diff)
    for number in sorted({1, 3, 4, now - 1, now, now + 1}):
        yield Call("GET", f"{path}/{number}/diff")
    for first, second in ((4, 5), (3, 4), (2, 3), (5, 3), (7, 8), (3, now), (9, 11)):
        yield Call("GET", f"{path}/{second}/diff?from={first}")
    for media_type in ("text/plain", "application/merge-patch+json", "text/html"):
        yield Call("GET", f"{path}/5/diff", {"Accept": media_type})


def instant(cell: str) -> str:
    """Return what an export as of an instant has, where an item answers as the cell says."""
    return cell if cell.isdecimal() and len(cell) < len("410") else "absent"


def in_sheet(answer: Answer) -> str:
    """Return which revision of the record a sheet has."""
    if answer.status != 200:
        return tables.status(answer)
    rows = csv.DictReader(io.StringIO(answer.text, newline=""))
    return next((row["revision"] for row in rows if row["id"] == ID), "absent")


def exports(visit: Visit) -> Calls:
    """Export what is there, and all that ever was."""
    kind = visit.life.kind
    yield get("/v1/export", listed, visit.row.listed)
    yield get(f"/v1/export?type={kind}", listed, visit.row.listed)
    others = ",".join(name for name in BY_NAME if name != kind)
    yield get(f"/v1/export?type={others}", listed, "absent")
    shown = visit.row.listed if kind != "scale" else "400"  # of which there are no sheets
    yield get(f"/v1/export?format=csv&type={kind}", in_sheet, shown)
    yield get(f"/v1/export?as_of={visit.at(2)}", listed, instant(visit.row.before))
    if visit.row.then != "none":
        yield get(f"/v1/export?as_of={visit.at(4)}", listed, instant(visit.row.then))
        yield Call("GET", f"/v1/export?history=true&as_of={visit.at(4)}")

    def told(answer: Answer) -> set[int]:
        lines = map(orjson.loads, answer.body.splitlines())
        return {one["revision"] for one in lines if one.get("id") == ID}

    # What was purged keeps its line, for its hash.
    public = visit.row.with_body | (visit.row.lines & visit.life.purged)
    whole = visit.row.lines if visit.keyed else public
    yield get("/v1/export?history=true", told, whole)
    yield Call("GET", "/v1/export", {"Accept": "text/csv"})


def changes(visit: Visit) -> Calls:
    """Follow the feed from its beginning, page by page, as lines and as a stream."""
    life, all_so_far = visit.life, range(1, visit.life.now + 1)
    known = [n for n in all_so_far if visit.keyed or n in EVER_PUBLIC]
    path, seen = "/v1/changes?limit=3", list[int]()
    while True:
        page = (yield get(path, tables.status, "200")).json()
        seen += numbers_of(page["items"])
        if page["next"] == path:
            break
        path = page["next"]
    assert seen == known, f"the feed has {seen}, not {known}"
    types = f"type={life.kind}.*"
    whole = yield get(f"/v1/changes?{types}&limit=200", heard, known)
    yield get(f"/v1/changes?{types}&format=ndjson&limit=200", heard, known)
    stream = {"Accept": "text/event-stream"}
    yield Call("GET", f"/v1/changes?{types}&wait=0", stream, None, heard, known)
    last = {**stream, "Last-Event-ID": whole.json()["items"][-1]["id"]}
    yield Call("GET", f"/v1/changes?{types}&wait=0", last, None, heard, [])
    yield get("/v1/changes?since=now&wait=0", heard, [])
    explained = [n for n in known if n in EVER_PUBLIC and n < 12] if not visit.keyed else None
    told = heard if explained is not None else tables.status
    yield get(
        f"/v1/changes?{types}&reason=correction&limit=200",
        told,
        "200" if visit.keyed else explained,
    )
    since, until = (f"/v1/changes?{types}&{side}={visit.at(3)}" for side in ("since", "until"))
    yield get(f"{since}&limit=200", heard, [n for n in known if n >= min(3, life.now)])
    yield get(f"{until}&limit=200", heard, [n for n in known if n < min(3, life.now)])
    yield get("/v1/changes?type=*.purged,*.withheld", heard, [n for n in known if n in (7, 12, 13)])
    yield Call("GET", "/v1/changes", {"Accept": "text/html"})
    yield Call("GET", "/v1/changes?since=yesterday")


EVER_PUBLIC: Final = (3, 5, 6, 7, 8, 9, 11, 12, 13)
"""The revisions that are changes to what the public has."""


def numbers_of(events: Iterable[Json]) -> list[int]:
    """Return the revisions of the record of which events tell."""
    return [event["revision"] for event in events if event["subject"].endswith(f"/{ID}")]


def heard(answer: Answer) -> list[int]:
    """Return the revisions of the record that are in a page, in lines or in a stream."""
    if answer.headers["Content-Type"] == "application/json":
        return numbers_of(answer.json()["items"])
    lines = answer.body.removesuffix(b"\n").split(b"\n")
    texts = (line.removeprefix(b"data: ") for line in lines)
    return numbers_of(orjson.loads(text) for text in texts if text.startswith(b"{"))


def corrections(visit: Visit) -> Calls:
    """Read the register of corrections, whole, page by page, by year and as a table."""
    listed = [n for n in (5, 6, 7, 8, 9, 11) if n <= visit.life.now]

    def told(answer: Answer) -> list[int]:
        links = [one["links"]["after"] for one in answer.json()["items"]]
        return sorted(int(link.rpartition("/")[2]) for link in links if f"/{ID}/" in link)

    yield get("/v1/corrections?limit=200", told, listed)
    yield get("/v1/corrections?category=correction&limit=200", told, listed)
    yield get("/v1/corrections?category=update", told, [])
    yield get(f"/v1/corrections?year={visit.at(1)[:4]}&limit=200", told, listed)
    path = "/v1/corrections?limit=2"
    while path:
        path = (yield get(path, tables.status, "200")).json()["next"]
    yield get("/v1/corrections?format=csv", tables.status, "200")
    yield Call("GET", "/v1/corrections", {"Accept": "text/csv"})
    yield Call("GET", "/v1/corrections", {"Accept": "text/html"})
    yield Call("GET", "/v1/corrections?cursor=x")
    yield Call("GET", "/v1/corrections?cursor=1-1")


def matches(visit: Visit) -> Calls:
    """Look for what the record said in each of its revisions."""
    matched = visit.row.shown and visit.life.statuses[visit.row.shown - 1] in MATCHED
    expected = visit.whether(matched) if visit.life.kind == "claim" else "absent"
    yield get("/v1/match?text=It+rained&limit=50", told_match, expected)
    yield Call("GET", "/v1/match?text=It+rained&language=en")
    for body in visit.life.bodies.values():
        said = " ".join(str(body.get(name, "")) for name in ("text", "title", "summary", "name"))
        asked = {"text": said, "explain": "true", "excerpts": "true"}
        yield Call("GET", f"/v1/match?{urlencode(asked)}")
    for narrowed in (
        "topic=rain",
        "claimant=nobody",
        "rating=false",
        "created_to=2100-01-01&created_from=2000-01-01",
    ):
        yield Call("GET", f"/v1/match?text=It+rained&limit=50&{narrowed}")
    yield Call("GET", "/v1/match")
    yield Call("GET", "/v1/match?text=x", {"Accept": "text/html"})


def orders_to_match(visit: Visit) -> Calls:
    """Look for what the record says, as a text and as a document."""
    said = [*visit.life.bodies.values()][-1]
    yield Call("POST", "/v1/match", json={"text": f"It rained {said}"[:5_000], "explain": True})
    yield Call("POST", "/v1/match", json={"document": f"It rained. {said}"})
    yield Call("POST", "/v1/match", json={})


def fact_checks(visit: Visit) -> Calls:
    """Search as Google's clients do, by every parameter, for what the record said."""
    life = visit.life
    texts = {main(body) for body in life.bodies.values()}
    for said in sorted(texts):
        yield Call("GET", f"{SEARCH}?{urlencode({'query': said})}")
    yield Call("GET", f"{SEARCH}?reviewPublisherSiteFilter=v.example&pageSize=100")
    yield Call("GET", f"{SEARCH}?query=It+rained&languageCode=en&maxAgeDays=9&offset=0")
    yield Call("GET", f"{SEARCH}?query=It+rained&{SYSTEM}")
    yield Call("GET", f"{SEARCH}?pageToken=x")
    path = f"{SEARCH}?reviewPublisherSiteFilter=v.example&pageSize=1&prettyPrint=false"
    page = yield Call("GET", path)
    if token := page.json().get("nextPageToken"):
        yield Call("GET", f"{path}&pageToken={token}")


def pictures(visit: Visit) -> Calls:
    """Search for a picture at each address that the record named."""
    for body in visit.life.bodies.values():
        for url in (one["url"] for one in body.get("appearances", [])):
            yield Call("GET", f"{IMAGES}?{urlencode({'imageUri': url})}")
    asked = "imageUri=https://c.example/&languageCode=en&offset=0&pageSize=1"
    yield Call("GET", f"{IMAGES}?{asked}&{SYSTEM}")
    yield Call("GET", f"{IMAGES}?pageToken=x")


SEARCH: Final = "/v1alpha1/claims:search"
IMAGES: Final = "/v1alpha1/claims:imageSearch"
SYSTEM: Final = urlencode(
    {
        "alt": "json",
        "fields": "*",
        "prettyPrint": "false",
        "quotaUser": "me",
        "$.xgafv": "2",
        "uploadType": "media",
        "upload_protocol": "raw",
    }
)
"""What any request to Google's addresses may have."""


def told_match(answer: Answer) -> str:
    """Return which revision of the record is among the claims that match."""
    claims = [one["claim"] for one in answer.json()["items"]]
    return next((str(one["revision"]) for one in claims if one["id"] == ID), "absent")


MATCHED: Final = {"draft", "in_review", "published"}
"""Statuses of claims that are matched for whom they are shown to."""


def pages_of(*paths: str, every: int = 1) -> Callable[[Visit], Calls]:
    """Return the calls of the service's own pages, the long ones at some steps only."""

    def calls(visit: Visit) -> Calls:
        for path in paths if visit.life.now % every == 0 else ():
            yield Call("GET", path)

    return calls


READS: Final[dict[str, Callable[[Visit], Calls]]] = {
    "GET /v1/{c}": lists,
    "GET /v1/{c}/{id}": items,
    "GET /v1/{c}/{id}/revisions": histories,
    "GET /v1/{c}/{id}/revisions/{n}": revisions,
    "GET /v1/{c}/{id}/revisions/{n}/diff": diffs,
    "GET /v1/changes": changes,
    "GET /v1/corrections": corrections,
    "GET /v1/export": exports,
    "GET /v1/match": matches,
    "POST /v1/match": orders_to_match,
    "GET /v1alpha1/claims:search": fact_checks,
    "GET /v1alpha1/claims:imageSearch": pictures,
    "GET /": pages_of("/", "/?format=html"),
    "GET /search": searches,
    "GET /corrections": register,
    "GET /at/claims/{id}": moments("claims"),
    "GET /at/verdicts/{id}": moments("verdicts"),
    "GET /embed/verdicts/{id}": cards,
    "GET /oembed": oembed,
    "GET /assets/{name}": pages_of("/assets/embed.js", "/assets/none"),
    "GET /openapi.yaml": pages_of("/openapi.yaml", every=4),
    "GET /openapi.json": pages_of("/openapi.json", every=4),
    "GET /docs": pages_of("/docs"),
    "GET /docs/{path}": pages_of("/docs/start.js", "/docs/none"),
    "GET /problems": pages_of("/problems"),
    "GET /problems/{code}": pages_of("/problems/gone", "/problems/none"),
    "GET /livez": pages_of("/livez"),
    "GET /readyz": pages_of("/readyz"),
    "GET /metrics": pages_of("/metrics", every=4),
    "GET /.well-known/api-catalog": pages_of("/.well-known/api-catalog"),
    "GET /.well-known/security.txt": pages_of("/.well-known/security.txt"),
}
"""What reads, by operation."""
