"""What stands around records: all of one moment, and as much as a reader may see."""

from datetime import datetime

import pytest
from psycopg import sql

from service.kinds import BY_NAME
from service.records.people import Reader
from service.records.place import Place
from service.records.surroundings import (
    NEWEST,
    Extent,
    Shown,
    Surroundings,
    one_moment,
    shown,
    surroundings,
)
from service.storage.database import Database
from service.storage.statements import Statement
from tests.interop import archive
from tests.interop.archive import CLAIM, VERDICT
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, purge, put, revise

SNAPSHOT = Statement([sql.SQL("SELECT pg_current_snapshot()::text")])
PUBLIC, KEYED = Reader(keyed=False), Reader(keyed=True)
FINDING = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}
AROUND_VERDICT = {
    ("claim", "c"),
    ("scale", "truth"),
    *(("source", name) for name in archive.SOURCES),
}


def look(
    database: Database,
    path: str = VERDICT,
    reader: Reader = PUBLIC,
    as_of: datetime | None = None,
) -> Shown:
    """Return a record with all around it."""
    _, _, collection, identifier = path.split("/")
    place = Place(BY_NAME[collection.removesuffix("s")], identifier)
    with shown(database, place, reader, as_of) as found:
        return found


def instant(http: Newsroom, path: str) -> datetime:
    """Return when a record was last written."""
    return datetime.fromisoformat(http.get(path, key=http.desk).json()["updated_at"])


def test_around_a_verdict_is_its_claim_with_all_that_these_refer_to(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    found = look(database)
    assert found.around.records.keys() - {("verdict", "v")} == AROUND_VERDICT
    assert found.around.get("claim", "c") == http.get(CLAIM).json()


def test_around_a_claim_are_its_verdicts_in_order_with_their_scales(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    put(http, "/v1/verdicts/a", FINDING)
    found = look(database, CLAIM)
    assert [one["id"] for one in found.around.verdicts_on("c")] == ["v", "a"]
    assert found.around.get("scale", "truth")


def test_another_claim_comes_alone(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    related = {"relations": [{"type": "repeats", "claim_id": "c"}], "status": "published"}
    put(http, "/v1/claims/other", {"text": "It rained", **related})
    found = look(database, "/v1/claims/other")
    assert found.around.records.keys() == {("claim", "c")}


def test_records_that_refer_to_each_other_come_to_an_end(
    http: Newsroom, database: Database
) -> None:
    for one in "ab":
        put(http, f"/v1/claims/{one}", {"text": one, "status": "published"})
    for one, other in ("ab", "ba"):
        relations = [{"type": "repeats", "claim_id": other}]
        revise(http, f"/v1/claims/{one}", relations=relations, **WHY)
    assert look(database, "/v1/claims/a").around.get("claim", "b")


def test_it_goes_four_steps_and_no_further(http: Newsroom, database: Database) -> None:
    leaning: list[str] = []
    for name in "edcba":
        path = f"/v1/sources/{name}"
        put(http, path, {"title": name, "derived_from": leaning, "status": "published"})
        leaning = [name]
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    put(http, VERDICT, FINDING | {"evidence": [{"source_id": "a"}]})
    assert [one["id"] for one in look(database).around.of("source")] == [*"abcd"]


def test_the_public_sees_no_draft_and_nothing_internal(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    revise(http, CLAIM, text="A draft", status="draft", internal={"tip": "x"})
    put(http, "/v1/verdicts/draft", FINDING | {"status": "draft"})
    found = look(database, CLAIM)
    assert found.record["text"] == archive.SUBJECT["text"]
    assert [one["id"] for one in found.around.verdicts_on("c")] == ["v"]
    claim = look(database).around.get("claim", "c") or {}
    assert claim["revision"] == 1
    assert not claim.keys() & {"internal", "recorded_by"}


def test_who_reads_drafts_sees_them(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    put(http, "/v1/verdicts/draft", FINDING | {"status": "draft"})
    revise(http, CLAIM, text="A draft", status="draft")
    found = look(database, CLAIM, KEYED)
    assert [one["id"] for one in found.around.verdicts_on("c")] == ["v", "draft"]
    assert found.record["text"] == "A draft"


@pytest.mark.parametrize("status", ["withheld", "deleted", "purged"])
def test_what_is_gone_now_is_gone_at_every_instant(
    http: Newsroom, database: Database, status: str
) -> None:
    archive.keep(http)
    at, path = instant(http, VERDICT), "/v1/sources/tally"
    if status == "withheld":
        revise(http, path, status=status, **WHY)
    else:
        _ = purge(http, path) if status == "purged" else delete(http, path)
    for as_of in (None, at):
        found = look(database, as_of=as_of)
        assert ("source", "tally") in found.around.records
        assert found.around.get("source", "tally") is None
        assert "tally" not in [one["id"] for one in found.around.of("source")]


def test_as_of_an_instant_all_is_as_it_was(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    at = instant(http, VERDICT)
    revise(http, CLAIM, text="Later", **WHY)
    archive.correct(http)
    found = look(database, as_of=at)
    assert (found.found.revision, found.as_of, found.settled) == (1, at, True)
    assert (found.around.get("claim", "c") or {})["revision"] == 1
    assert found.around.notices_of(found.record) == ()
    assert (look(database).as_of, look(database).settled) == (None, None)


def test_notices_are_those_of_what_is_shown(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    archive.correct(http)
    revise(http, VERDICT, title="Slip", note="A slip.", reason="typo")
    revise(http, VERDICT, status="retracted", note="Forged.", reason="new_evidence")
    found = look(database)
    assert [one.note for one in found.around.notices_of(found.record)] == [WHY["note"], "Forged."]
    claim = look(database, CLAIM)
    [verdict] = claim.around.verdicts_on("c")
    assert len(claim.around.notices_of(verdict)) == 2


def test_a_claim_has_notices_of_its_own(http: Newsroom, database: Database) -> None:
    put(http, "/v1/claims/v", {"text": "It rained", "status": "published"})
    put(http, VERDICT, FINDING | {"claim_id": "v"})
    revise(http, "/v1/claims/v", text="It poured", **WHY)
    claim, verdict = look(database, "/v1/claims/v"), look(database)
    assert [one.note for one in claim.around.notices_of(claim.record)] == [WHY["note"]]
    assert verdict.around.notices_of(verdict.record) == ()


def test_a_purge_takes_the_notice_with_it(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    archive.correct(http)
    archive.correct(http, summary="Eleven.")
    assert purge(http, VERDICT, 2).status == 204
    found = look(database)
    assert [one.revision for one in found.around.notices_of(found.record)] == [3]


def test_all_is_of_one_moment_whatever_is_written_meanwhile(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    with one_moment(database) as door:
        [root] = [look(database).record]
        before = surroundings(door, PUBLIC, [root])
        revise(http, CLAIM, text="Meanwhile", **WHY)
        assert surroundings(door, PUBLIC, [root]).records == before.records
    after = surroundings(database, PUBLIC, [root]).get("claim", "c") or {}
    assert after["text"] == "Meanwhile"


def test_a_snapshot_shows_what_was_there_in_it(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    root = look(database).record
    with one_moment(database) as door:
        snapshot = door.all(str, SNAPSHOT)[0]
    revise(http, CLAIM, text="Later", **WHY)
    found = (
        surroundings(database, PUBLIC, [root], Extent(snapshot=snapshot)).get("claim", "c") or {}
    )
    assert found["revision"] == 1


def test_an_expansion_is_read_by_kind_and_id() -> None:
    expanded = '{"claims":{"c":{"id":"c"}},"sources":{"s":{"gone":true}}}'
    found = Surroundings.of_expanded(expanded).records
    assert found == {("claim", "c"): {"id": "c"}, ("source", "s"): None}
    assert not Surroundings.of_expanded(None).records


def test_the_mark_changes_with_what_stands_around_alone(http: Newsroom, database: Database) -> None:
    archive.keep(http)
    marks = [look(database).mark]
    assert look(database).mark == marks[0]
    revise(http, "/v1/sources/tally", title="Another tally", **WHY)
    marks.append(look(database).mark)
    delete(http, "/v1/sources/tally")
    marks.append(look(database).mark)
    assert len(set(marks)) == 3


def findings(http: Newsroom, count: int, **members: object) -> None:
    """Publish verdicts on the claim, the last of them the newest."""
    for one in range(count):
        put(http, f"/v1/verdicts/n{one}", FINDING | members)


def test_around_a_claim_are_its_newest_verdicts_and_how_many_there_are(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    findings(http, 4)
    root = look(database, CLAIM).record
    found = surroundings(database, PUBLIC, [root], Extent(newest=2))
    assert [one["id"] for one in found.newest_on("c", 2)] == ["n3", "n2"]
    assert ("verdict", "v") not in found.records
    assert found.total_on("c") == 5
    assert len(surroundings(database, PUBLIC, [root], Extent(newest=None)).verdicts_on("c")) == 5


def test_the_count_is_that_of_the_moment_and_of_what_the_reader_may_see(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    at = instant(http, VERDICT)
    findings(http, 2)
    put(http, "/v1/verdicts/draft", FINDING | {"status": "draft"})
    delete(http, "/v1/verdicts/n0")
    revise(http, "/v1/verdicts/n1", status="withheld", **WHY)
    assert look(database, CLAIM).around.total_on("c") == 1
    assert look(database, CLAIM, KEYED).around.total_on("c") == 3
    assert look(database, CLAIM, as_of=at).around.total_on("c") == 1


def test_around_a_verdict_are_those_that_take_its_place_however_many_others_there_are(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    findings(http, 1, supersedes="v")
    put(http, "/v1/verdicts/other", FINDING)
    root = look(database).record
    found = surroundings(database, PUBLIC, [root], Extent(newest=1))
    assert [one["id"] for one in found.verdicts_on("c")] == ["v", "n0"]
    assert list(surroundings(database, PUBLIC, [root], Extent(newest=0)).of("verdict")) == []


def test_the_mark_changes_with_a_verdict_that_is_not_among_the_newest(
    http: Newsroom, database: Database
) -> None:
    archive.keep(http)
    findings(http, NEWEST)
    before = look(database, CLAIM)
    delete(http, VERDICT)
    after = look(database, CLAIM)
    assert before.around.records == after.around.records
    assert before.mark != after.mark
