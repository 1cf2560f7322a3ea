"""The same records in other forms: lines, sheets, reviews and feeds, each asked by each reader."""

from collections.abc import Callable
from typing import Final

import orjson

from tests.newsroom import Answer
from tests.visibility import calls, tables
from tests.visibility.calls import Call, Calls, Visit, get, listed
from tests.visibility.life import ID, Life

JSONLD: Final = {"Accept": "application/ld+json"}
ATOM: Final = {"Accept": "application/atom+xml"}


def lists(visit: Visit) -> Calls:
    """Look for the record in the list of its kind in every form that this has."""
    base, row, life = visit.life.collection, visit.row, visit.life
    yield get(f"{base}?format=ndjson&limit=200", listed, row.listed)
    yield Call("GET", f"{base}?format=ndjson&fields=internal,recorded_by,origin")
    yield Call("GET", f"{base}?format=none")
    if life.kind == "verdict":
        yield get(f"{base}?format=jsonld&limit=200", reviewed(life), row.listed)
        yield get(f"{base}?format=atom&limit=200", fed(life), row.listed)
        for headers in (JSONLD, ATOM):
            yield Call("GET", f"{base}?limit=2", headers)
        yield Call("GET", f"{base}?format=atom", {"If-None-Match": "*"})
        if row.then != "none":
            for form in ("jsonld", "atom"):
                yield Call("GET", f"{base}?format={form}&as_of={visit.at(4)}")
    if life.kind == "claim":
        yield get(f"{base}?format=csv", sheeted, "there" if row.shown else "absent")
        yield Call("GET", f"{base}?format=csv&bom=true&sort=updated_at")
        yield Call("GET", f"{base}?bom=true")
        if row.then != "none":
            yield Call("GET", f"{base}?format=csv&as_of={visit.at(4)}")
    yield from drawn_on()


def drawn_on() -> Calls:
    """Ask for what draws on records of other kinds: a gone one is not to be seen through it."""
    for path in (
        "/v1/claims?format=csv",
        "/v1/verdicts?format=jsonld&limit=200",
        "/v1/verdicts?format=atom&limit=200",
        "/v1/verdicts/referrer?format=jsonld",
    ):
        yield Call("GET", path)


def items(visit: Visit) -> Calls:
    """Look at a verdict as a review: now, as of instants, conditionally."""
    if visit.life.kind != "verdict":
        return
    path, row = f"{visit.path}?format=jsonld", visit.row
    yield get(path, tables.status, row.item)
    yield get(path, etag, row.etag)
    yield Call("GET", visit.path, JSONLD)
    yield get(path, tables.status, "304" if row.item == "200" else row.item, If_None_Match="*")
    yield get(f"{path}&as_of={visit.at(2)}", at_an_instant, row.before.partition(" ")[0])
    if row.then != "none":
        yield get(f"{path}&as_of={visit.at(4)}", at_an_instant, row.then.partition(" ")[0])
    yield get(f"{visit.path}?format=json", tables.status, row.item)
    yield Call("GET", f"{path}&fields=internal")


def exports(visit: Visit) -> Calls:
    """Export reviews: to everyone what the public may see."""
    life = visit.life
    yield Call("GET", "/v1/export", JSONLD)
    yield Call("GET", f"/v1/export?format=jsonld&as_of={visit.at(life.now)}")
    public = tables.TABLES["public"][life.now]
    told = reviewed(life) if life.kind == "verdict" else tables.status
    expected = public.listed if life.kind == "verdict" else "200"
    yield get("/v1/export?format=jsonld", told, expected)


def corrections(visit: Visit) -> Calls:
    """Read the register as a feed, whole and page by page."""
    yield get("/v1/corrections?format=atom&limit=200", tables.status, "200")
    yield Call("GET", "/v1/corrections?format=atom&limit=2")
    yield Call("GET", "/v1/corrections", ATOM)
    yield Call("GET", "/v1/corrections?format=atom", {"If-None-Match": "*"})


def etag(answer: Answer) -> str:
    """Return the number in the ETag."""
    return tables.etag(answer).partition("-")[0]


def at_an_instant(answer: Answer) -> str:
    """Return the revision, or the status of the refusal."""
    if answer.status != 200:
        return tables.status(answer)
    return answer.headers["Content-Location"].rpartition("/")[2]


def reviewed(life: Life) -> Callable[[Answer], str]:
    """Return a reading of a feed of reviews: which revision of the record it has."""

    def told(answer: Answer) -> str:
        elements = orjson.loads(answer.body)["dataFeedElement"]
        instants = {one.get("dateDeleted") or one["dateModified"] for one in elements}
        return at(life, instants)

    return told


def fed(life: Life) -> Callable[[Answer], str]:
    """Return a reading of an Atom feed: which revision of the record it has."""

    def told(answer: Answer) -> str:
        entries = answer.text.split("<entry")[1:]
        own = [one for one in entries if f"/v1/verdicts/{ID}</id>" in one]
        return at(life, {one.partition("<updated>")[2].partition("<")[0] for one in own})

    return told


def sheeted(answer: Answer) -> str:
    """Return whether a sheet has the record."""
    return "there" if f"\n{ID}," in answer.text.replace("\r", "") else "absent"


def at(life: Life, instants: set[str]) -> str:
    """Return the revision that was written at one of some instants."""
    found = [number for number, one in enumerate(life.instants, 1) if one in instants]
    return str(found[0]) if found else "absent"


def in_turn(*asked: Callable[[Visit], Calls]) -> Callable[[Visit], Calls]:
    """Return the calls of one after those of the other."""

    def calls(visit: Visit) -> Calls:
        for each in asked:
            yield from each(visit)

    return calls


READS: Final = calls.READS | {
    "GET /v1/{c}": in_turn(calls.lists, lists),
    "GET /v1/{c}/{id}": in_turn(calls.items, items),
    "GET /v1/corrections": in_turn(calls.corrections, corrections),
    "GET /v1/export": in_turn(calls.exports, exports),
}
"""What reads, by operation, in every form."""
