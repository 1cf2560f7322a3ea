"""Sheets: claims and sources from a spreadsheet, and records as one."""

import csv
import io
from typing import Any, Final

import orjson
import pytest

from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, put, refused, revise
from tests.routes.bulk import counted, outcomes, send, told

CSV: Final = {"Content-Type": "text/csv"}
IMPORT: Final = "/v1/import?type=claim"


def bring(http: Newsroom, *rows: str, query: str = "", kind: str = "claim") -> Answer:
    """Import a sheet as the editor."""
    data = "\r\n".join(rows).encode()
    path = f"/v1/import?type={kind}{query}"
    return http.post(path, data=data, key=http.editor, headers=CSV)


def sheet(http: Newsroom, kind: str = "claim", query: str = "") -> list[dict[str, str]]:
    """Export a sheet and return its rows by the names of their cells."""
    answer = http.get(f"/v1/export?format=csv&type={kind}{query}", key=http.editor)
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def claim(http: Newsroom, name: str = "c") -> Any:  # noqa: ANN401 -- JSON
    """Return what a claim says."""
    return http.get(f"/v1/claims/{name}", key=http.editor).json()


def test_rows_are_records(http: Newsroom) -> None:
    head = "id,text,claimant.name,about.from,quantity.low,topics,external_ids.wikidata,status"
    row = 'c,"More than 148,000",Kyiv,2022-02,148000,Ukraine|Russia,Q212,published'
    assert counted(bring(http, head, row, ",Another,,,,,,", "")) == {"created": 2}
    found = claim(http)
    assert found["quantity"] == {"low": 148000}
    assert found["topics"] == ["Ukraine", "Russia"]
    assert (found["claimant"], found["about"]) == ({"name": "Kyiv"}, {"from": "2022-02"})
    assert found["external_ids"] == {"wikidata": "Q212"}


def test_sources_come_as_rows_too(http: Newsroom) -> None:
    rows = ("id;title;authors;derived_from", "a;A report;A. B.|C. D.;b", "b;Another;;")
    assert counted(bring(http, *rows, kind="source")) == {"created": 2}
    found = http.get("/v1/sources/a", key=http.editor).json()
    assert (found["authors"], found["derived_from"]) == (["A. B.", "C. D."], ["b"])


def test_a_sheet_that_was_exported_changes_nothing(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "=cmd|' /C calc'!A0", "topics": ["a|b", "\\"],
        "quantity": {"value": -5.5}, "external_ids": {"x": "1", "y": "a:b|c"}})  # fmt: skip
    put(http, "/v1/claims/d", {"text": "'=1", "context": "one\ntwo", "status": "published"})
    whole = http.get("/v1/export?format=csv&type=claim", key=http.editor).body
    answer = http.post(IMPORT, data=whole, key=http.editor, headers=CSV)
    assert counted(answer) == {"unchanged": 2}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "'=", "''-"])
def test_no_cell_is_a_formula_and_all_come_back(http: Newsroom, first: str) -> None:
    put(http, "/v1/claims/c", {"text": f"{first}1+1"})
    [row] = sheet(http)
    assert row["text"] == f"'{first}1+1"
    rows = ("id,text", f'd,"{row["text"]}"')
    assert counted(bring(http, *rows)) == {"created": 1}
    assert claim(http, "d")["text"] == f"{first}1+1"


def test_a_sheet_says_what_it_has_no_cells_for(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x"})
    put(http, "/v1/claims/c", {"text": "x", "attribution": [{"source_id": "s"}], "internal": {}})
    [row] = sheet(http)
    assert row["left_out"] == "internal|attribution"
    rows = [",".join(row), ",".join(cell if name != "text" else "y" for name, cell in row.items())]
    assert told(bring(http, *rows, query="&overwrite=true")) == [(2, "#/left_out", "invalid")]
    patch = [f"op,{rows[0]}", f"patch,{rows[1]}"]
    assert counted(bring(http, *patch, query="&overwrite=true")) == {"revised": 1}
    assert (claim(http)["text"], len(claim(http)["attribution"])) == ("y", 1)


def test_what_a_row_cannot_give_is_told_by_column(http: Newsroom) -> None:
    head = "id,text,quantity.value,external_ids,if_revision"
    answer = bring(http, head, "a,x,many,,", "b,x,,Q1,", "c,x,,,,,surplus", "d,,1,,x", "e,x,true,,")
    assert told(answer) == [
        (2, "#/quantity/value", "invalid"),
        (3, "#/external_ids", "invalid"),
        (4, "#", "invalid"),
        (5, "#/if_revision", "invalid"),
        (6, "#/quantity/value", "invalid"),
    ]
    assert 'column "quantity.value": expected a number' in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("txt", "unknown-field", 'did you mean "text"?'),
        ("zzz", "unknown-field", "known are"),
        ("appearances", "unknown-field", "no cell can hold this"),
        ("appearances.url", "unknown-field", "no cell can hold this"),
        ("external_ids.", "unknown-field", "external_ids"),
        ("text", "given-twice", "once"),
    ],
)
def test_a_column_that_is_none_is_named(http: Newsroom, name: str, code: str, hint: str) -> None:
    answer = bring(http, f"text,{name}", "x,y")
    assert [one[::2] for one in told(answer)] == [(1, code)]
    assert hint in answer.json()["errors"][0]["detail"]


def test_lines_are_counted_where_cells_have_lines_of_their_own(http: Newsroom) -> None:
    rows = ("id,text,language", 'a,"one\ntwo",en', "b,x,!", "", "c,x,!")
    assert told(bring(http, *rows)) == [(4, "#/language", "invalid"), (6, "#/language", "invalid")]


@pytest.mark.parametrize(
    "data",
    [
        b'id,text\na,"never closed',
        b"id,text\na,\xff",
        b"id,text\na,\0",
        b"id,text\n" + b"a" * 2**22,
    ],
    ids=["quote", "latin", "null", "long"],
)
def test_what_is_no_csv_is_refused(http: Newsroom, data: bytes) -> None:
    answer = http.post(IMPORT, data=data, key=http.editor, headers=CSV)
    assert told(answer) == [(2, "#", "invalid")]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"id,te\xffxt", "this is not UTF-8"),
        (b"id,te\0xt", "U+0000"),
        ("id,text".encode("utf-16"), "this is not UTF-8"),
        (b"id," + b"x" * 3_000_000, "more than 2097152 bytes"),
    ],
    ids=["no UTF-8", "U+0000", "UTF-16", "too long"],
)
def test_a_first_row_that_cannot_be_read_is_refused(http: Newsroom, head: bytes, why: str) -> None:
    answer = http.post(IMPORT, data=head + b"\na,b\n", key=http.editor, headers=CSV)
    assert told(answer) == [(1, "#", "invalid")]
    assert why in answer.json()["errors"][0]["detail"]


def test_a_first_row_is_bounded_and_so_is_what_is_told_of_it(http: Newsroom) -> None:
    many = ",".join(f"external_ids.{number}" for number in range(501))
    assert told(bring(http, many)) == [(1, "#", "too-long")]
    assert len(told(bring(http, "text," * 400))) == 20


def test_a_backslash_stands_for_nothing_alone(http: Newsroom) -> None:
    cell = "a" * 100_000 + "\\"
    answer = bring(http, "text,topics", f"x,{cell}", "x,\\")
    assert told(answer) == [(2, "#/topics", "invalid"), (3, "#/topics", "invalid")]
    assert "alone at the end" in answer.json()["errors"][0]["detail"]
    assert counted(bring(http, "id,text,topics", r"c,x,\\|\|")) == {"created": 1}
    assert claim(http)["topics"] == ["\\", "|"]


def test_what_is_named_twice_in_a_row_is_refused(http: Newsroom) -> None:
    head = "text,external_ids,external_ids.wikidata"
    answer = bring(http, head, "x,wikidata:Q1,Q2", "x,a:1|a:2,", "x,a:1,Q2")
    assert told(answer) == [
        (2, "#/external_ids/wikidata", "given-twice"),
        (3, "#/external_ids", "given-twice"),
    ]
    head = "id,text,external_ids.wikidata,external_ids"
    assert counted(bring(http, head, "c,x,Q2,a:1")) == {"created": 1}
    assert claim(http)["external_ids"] == {"wikidata": "Q2", "a": "1"}


def test_a_sheet_that_was_cut_within_a_letter_is_refused(http: Newsroom) -> None:
    data = b"id,text\nc,hello \xc3"
    answer = http.post(IMPORT, data=data, key=http.editor, headers=CSV)
    assert told(answer) == [(2, "#", "invalid")]


def test_another_sheet_is_not_taken_for_one_that_was_done(http: Newsroom) -> None:
    fields = CSV | {"Idempotency-Key": "k"}
    rows = [b"id,text\na,first\nb,\xff\nc,last\n", b"id,text\nd,other\ne,\0\n"]
    first, again, other = (
        http.post(f"{IMPORT}&partial=true", data=data, key=http.editor, headers=fields)
        for data in (rows[0], rows[0], rows[1])
    )
    assert outcomes(first) == ["created", "refused"]
    assert "Nothing that follows was looked at" in first.text
    assert again.body == first.body
    assert refused(other) == (422, "idempotency-key-reused")


def test_an_empty_sheet_is_an_import_of_nothing(http: Newsroom) -> None:
    assert counted(bring(http)) == {}
    assert counted(bring(http, "id,text")) == {}


def test_the_rules_of_lines_hold_for_rows(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    head, row = "id,text,status,note,reason,op", "c,y,published,Counted again,typo,"
    assert told(bring(http, head, row)) == [(2, "#/if_revision", "precondition-required")]
    assert counted(bring(http, head, row, query="&overwrite=true")) == {"revised": 1}
    gone = "c,,,Twice,duplicate,delete"
    assert counted(bring(http, head, gone, query="&overwrite=true")) == {"deleted": 1}


def test_only_a_sheet_says_its_type_in_the_query(http: Newsroom) -> None:
    answer = http.post("/v1/import", data=b"", key=http.editor, headers=CSV)
    assert (answer.status, answer.codes) == (400, {"type": "required"})
    answer = send(http, query="?type=claim")
    assert (answer.status, answer.codes) == (400, {"type": "invalid"})
    json = http.post("/v1/import?type=claim", json={}, key=http.editor)
    assert refused(json) == (415, "unsupported-media-type")
    answer = bring(http, kind="verdict")
    assert (answer.status, answer.codes) == (400, {"type": "not-a-choice"})


@pytest.mark.parametrize(
    "query", ["", "&type=scale", "&type=claim,source", "&type=claim&history=true"]
)
def test_a_sheet_is_of_one_type_without_history(http: Newsroom, query: str) -> None:
    answer = http.get(f"/v1/export?format=csv{query}")
    assert (answer.status, answer.codes) == (400, {"type": "required"})


def test_the_form_goes_by_what_is_accepted_too(http: Newsroom) -> None:
    accept = {"Accept": "text/csv"}
    assert http.get("/v1/export?type=claim", headers=accept).headers["Content-Type"] == "text/csv"
    ndjson = http.get("/v1/export?format=ndjson", headers=accept)
    assert ndjson.headers["Content-Type"] == "application/x-ndjson"


def test_a_sheet_of_verdicts_tells_what_was_retracted_and_why(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x", "status": "published"})
    rated = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}
    put(http, "/v1/verdicts/v", rated)
    revise(http, "/v1/verdicts/v", status="retracted", **WHY)
    [row] = sheet(http, "verdict")
    assert (row["status"], row["note"]) == ("retracted", WHY["note"])
    assert orjson.loads(http.get("/v1/export?type=verdict").body.splitlines()[1])["id"] == "v"


def test_a_sheet_may_show_another_time(http: Newsroom) -> None:
    first = put(http, "/v1/claims/c", {"text": "x"})
    revise(http, "/v1/claims/c", text="y")
    assert [row["text"] for row in sheet(http, query=f"&as_of={first['created_at']}")] == ["x"]
