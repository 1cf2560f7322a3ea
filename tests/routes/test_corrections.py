"""The register of corrections: what we had wrong, what is right, when and why."""

import csv
from typing import Any

import orjson
import pytest

from tests.kinds.smallest import SAMPLES, Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, draft, publish, purge, revise

CLAIM = SAMPLES[2]
REASONS = (
    *("correction", "clarification", "new_evidence", "world_changed"),
    *("typo", "duplicate", "legal"),
)


def items(http: Newsroom, query: str = "") -> list[Any]:
    """Return the entries of a page."""
    answer = http.get(f"/v1/corrections{query}")
    assert answer.status == 200, answer.text
    return answer.json()["items"]


def why(reason: str) -> dict[str, str]:
    """Return a note and a reason."""
    return {"note": f"It was a {reason}.", "reason": reason}


@pytest.fixture
def path(http: Newsroom) -> str:
    """Publish a claim and revise it for every reason there is; return its path."""
    publish(http, CLAIM, text="first")
    for reason in REASONS:
        revise(http, CLAIM.path, text=reason, **why(reason))
    return CLAIM.path


def test_an_entry_tells_what_was_wrong_what_is_right_when_and_why(
    http: Newsroom, sample: Sample
) -> None:
    before = publish(http, sample, **{sample.member: "Wrong"})
    after = revise(http, sample.path, **{sample.member: "Right"}, **WHY)
    (entry,) = items(http)
    del before["recorded_by"], after["recorded_by"]
    assert (entry["before"], entry["after"]) == (before, after)
    assert (entry["recorded_at"], entry["note"]) == (after["updated_at"], WHY["note"])
    assert entry["record"]["title"] == "Right"
    assert http.get(entry["links"]["before"]).json() == before
    assert http.get(entry["links"]["after"]).json() == after
    assert http.get(entry["links"]["diff"]).status == 200


def test_typos_duplicates_and_courts_are_not_listed(http: Newsroom, path: str) -> None:
    assert [entry["reason"] for entry in items(http)] == list(reversed(REASONS[:4]))


@pytest.mark.parametrize(
    ("category", "reasons"), [("correction", REASONS[1::-1]), ("update", REASONS[3:1:-1])]
)
def test_corrections_and_updates_are_told_apart(
    http: Newsroom, path: str, category: str, reasons: tuple[str, ...]
) -> None:
    found = items(http, f"?category={category}")
    assert [entry["reason"] for entry in found] == list(reasons)
    assert {entry["category"] for entry in found} == {category}


def test_pages_follow_each_other_from_the_newest_on(http: Newsroom, path: str) -> None:
    seen: list[str] = []
    following = "/v1/corrections?limit=3"
    while following:
        page = http.get(following).json()
        seen += [entry["reason"] for entry in page["items"]]
        following = page["next"]
    assert seen == list(reversed(REASONS[:4]))


def test_a_year_has_what_was_recorded_in_it(http: Newsroom, path: str) -> None:
    year = items(http)[0]["recorded_at"][:4]
    assert len(items(http, f"?year={year}")) == 4
    assert items(http, "?year=2021") == items(http, "?year=9999") == []


def test_a_retraction_and_a_deletion_are_listed_and_their_content_goes(
    http: Newsroom, path: str
) -> None:
    revise(http, path, status="retracted", **WHY)
    assert items(http)[0]["type"] == "claim.retracted"
    delete(http, path)
    found = items(http)
    assert [entry["type"] for entry in found][:2] == ["claim.deleted", "claim.retracted"]
    assert {(entry["before"], entry["after"]) for entry in found} == {(None, None)}
    assert [entry["note"] for entry in found][:2] == [WHY["note"], None]


def test_what_is_withheld_or_purged_has_no_content(http: Newsroom, path: str) -> None:
    purge(http, path, 3)
    assert items(http)[2]["note"] is items(http)[2]["before"] is items(http)[2]["after"] is None
    revise(http, path, status="withheld", **why("legal"))
    assert {entry["record"]["title"] for entry in items(http)} == {None}


def test_drafts_and_first_publications_are_no_corrections(http: Newsroom) -> None:
    draft(http, CLAIM, **WHY)
    revise(http, CLAIM.path, status="published", **WHY)
    revise(http, CLAIM.path, text="Drafted", status="draft", **WHY)
    assert items(http) == []


def test_everyone_sees_the_same(http: Newsroom, path: str) -> None:
    assert http.get("/v1/corrections", key=http.admin).body == http.get("/v1/corrections").body


def sheet(answer: Answer) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(answer.text.splitlines()))


def test_as_a_table_it_comes_whole_with_what_differs(http: Newsroom, path: str) -> None:
    for answer in (
        http.get("/v1/corrections?format=csv&limit=1"),
        http.get("/v1/corrections", headers={"Accept": "text/csv"}),
    ):
        rows = sheet(answer)
        assert [row["reason"] for row in rows] == list(reversed(REASONS[:4]))
        assert orjson.loads(rows[3]["before"]) == {"text": "first"}
        assert orjson.loads(rows[3]["after"]) == {"text": "correction"}


def test_a_table_has_no_content_of_what_is_withheld(http: Newsroom, path: str) -> None:
    revise(http, path, status="withheld", **why("legal"))
    rows = sheet(http.get("/v1/corrections?format=csv"))
    assert {(row["title"], row["before"], row["after"]) for row in rows} == {("", "", "")}


def test_a_table_of_nothing_has_its_header_row(http: Newsroom) -> None:
    assert http.get("/v1/corrections?format=csv").text.startswith("recorded_at,category,")


def test_no_cell_of_a_table_is_run(http: Newsroom) -> None:
    publish(http, CLAIM)
    change = {"note": "+1 we had it wrong", "reason": "correction"}
    revise(http, CLAIM.path, text='=HYPERLINK("https://a.example")', **change)
    (row,) = sheet(http.get("/v1/corrections?format=csv"))
    assert row["title"].startswith("'=HYPERLINK(")
    assert row["note"].startswith("'+1")


@pytest.mark.parametrize(
    "query", ["year=22", "year=0000", "category=typo", "cursor=x", "format=xml", "since=now"]
)
def test_what_is_not_understood_is_refused(http: Newsroom, query: str) -> None:
    answer = http.get(f"/v1/corrections?{query}")
    assert (answer.status, list(answer.codes)) == (400, [query.partition("=")[0]])
