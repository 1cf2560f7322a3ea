"""The changes feed over HTTP: where it starts, how it goes on, what it leaves out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import psycopg
import pytest
from werkzeug.test import Client

from service.app import close, create_app
from service.feed import changes as feed
from service.records import keys
from service.running.observation import Observed
from service.settings import Settings
from service.storage.database import Database
from tests.kinds.smallest import SAMPLES
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, draft, publish, refused, revise
from tests.routes.conftest import Variant

CLAIM = SAMPLES[2]
LATE = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT kind, 'late', 1, status, true, body, clock_timestamp(), 1, clock_timestamp(),
    key_name, sha256, salt, refs, terms
FROM revision WHERE id = 'truth'
"""
STREAM = {"Accept": "text/event-stream"}
OF_THE_CLAIM = ["1 claim.published", "2 claim.corrected", "3 claim.updated"]
LINES = {"Accept": "application/x-ndjson"}


def happened(answer: Answer) -> list[str]:
    """Return revision and type of each event of a page."""
    assert answer.status == 200, answer.text
    return [f"{event['revision']} {event['type']}" for event in answer.json()["items"]]


def start(http: Newsroom) -> str:
    """Return the cursor of what is newest."""
    return since(http.get("/v1/changes?since=now"))


def since(answer: Answer) -> str:
    """Return the cursor with which the feed goes on after a page."""
    return parse_qs(urlsplit(answer.json()["next"]).query)["since"][0]


@pytest.fixture
def cursor(http: Newsroom) -> str:
    """Write four changes and return the cursor before them."""
    before = start(http)
    publish(http, CLAIM)
    revise(http, CLAIM.path, text="Corrected", **WHY)
    revise(http, CLAIM.path, text="Drafted", status="draft")
    publish(http, SAMPLES[1])
    return before


def test_without_a_start_it_begins_with_the_first_change(http: Newsroom) -> None:
    for empty in ("", "?since="):
        first = http.get(f"/v1/changes{empty}").json()["items"][0]
        assert (first["type"], first["subject"]) == ("scale.published", "/v1/scales/truth")


def test_now_is_after_all_there_is_and_before_what_comes(http: Newsroom, cursor: str) -> None:
    page = http.get("/v1/changes?since=now")
    assert happened(page) == []
    draft(http, SAMPLES[0])
    assert happened(http.get(page.json()["next"], key=http.desk)) == ["1 scale.created"]


def test_pages_follow_each_other_to_the_end_and_stay_there(http: Newsroom, cursor: str) -> None:
    seen: list[str] = []
    path = f"/v1/changes?since={cursor}&limit=1"
    for _ in range(5):
        page = http.get(path, key=http.desk)
        seen, path = seen + happened(page), page.json()["next"]
        assert page.headers["Link"] == f'<{path}>; rel="next"'
    assert seen == [
        "1 claim.published",
        "2 claim.corrected",
        "3 claim.updated",
        "1 source.published",
    ]
    assert http.get(path, key=http.desk).json() == {"items": [], "next": path}


def test_the_public_is_told_what_is_public(http: Newsroom, cursor: str) -> None:
    page = http.get(f"/v1/changes?since={cursor}")
    assert happened(page) == ["1 claim.published", "2 claim.corrected", "1 source.published"]
    assert "Drafted" not in page.text


def test_the_id_of_a_change_is_a_cursor(http: Newsroom, cursor: str) -> None:
    first = http.get(f"/v1/changes?since={cursor}").json()["items"][0]
    page = http.get(f"/v1/changes?since={first['id']}")
    assert happened(page) == ["2 claim.corrected", "1 source.published"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("type=claim.*", OF_THE_CLAIM),
        ("type=*.published", ["1 claim.published", "1 source.published"]),
        ("type=source.*,*.corrected", ["2 claim.corrected", "1 source.published"]),
        ("type=verdict.*", []),
        ("reason=correction,typo", ["2 claim.corrected"]),
        ("until=2022-01-01T00:00:00Z", []),
    ],
)
def test_filters_leave_out_what_is_not_asked_for(
    http: Newsroom, cursor: str, filters: str, expected: list[str]
) -> None:
    assert happened(http.get(f"/v1/changes?since={cursor}&{filters}", key=http.desk)) == expected


def test_an_empty_page_goes_on_after_what_it_passed_over(
    http: Newsroom, cursor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "FEWEST", 1)
    monkeypatch.setattr(feed, "MOST", 2)
    page = http.get(f"/v1/changes?since={cursor}&type=source.*&limit=1", key=http.desk)
    assert happened(page) == []
    assert since(page) != cursor
    assert happened(http.get(page.json()["next"], key=http.desk)) == ["1 source.published"]


def test_an_instant_leaves_out_what_was_recorded_before_it_on_later_pages_too(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    with psycopg.connect(owner.info.dsn) as late:
        # With an early number and a late instant: the feed is not in the order of instants.
        late.execute("SELECT pg_current_xact_id()")
        publish(http, CLAIM)
        instant = revise(http, CLAIM.path, text="Corrected", **WHY)["updated_at"]
        late.execute(LATE)
    page = http.get(f"/v1/changes?since={instant}&limit=1")
    assert happened(page) == ["1 scale.published"]
    assert happened(http.get(page.json()["next"])) == ["2 claim.corrected"]


def test_an_instant_to_come_waits_for_it(http: Newsroom, cursor: str) -> None:
    page = http.get("/v1/changes?since=2999-01-01T00:00:00Z")
    publish(http, SAMPLES[0])
    assert happened(http.get(page.json()["next"])) == []


def test_lines_are_the_events_of_the_page(http: Newsroom, cursor: str) -> None:
    page = http.get(f"/v1/changes?since={cursor}")
    for lines in (
        http.get(f"/v1/changes?since={cursor}", headers=LINES),
        http.get(f"/v1/changes?since={cursor}&format=ndjson", headers={"Accept": "text/html"}),
    ):
        assert [orjson.loads(line) for line in lines.body.splitlines()] == page.json()["items"]
        assert since(page) in lines.headers["Link"]


def test_a_request_that_waits_is_answered_when_something_comes(http: Newsroom, cursor: str) -> None:
    now = start(http)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(http.get, f"/v1/changes?since={now}&wait=30&type=verdict.*,scale.*")
        revise(http, SAMPLES[1].path, title="Another", status="draft")
        publish(http, SAMPLES[0])
        assert happened(answer.result()) == ["1 scale.published"]


def test_a_request_that_waits_for_nothing_gives_the_cursor_back(
    http: Newsroom, cursor: str
) -> None:
    now = start(http)
    page = http.get(f"/v1/changes?since={now}&wait=1")
    assert (happened(page), since(page)) == ([], now)
    assert http.request("HEAD", f"/v1/changes?since={now}&wait=30").status == 200


def test_a_key_that_is_revoked_while_it_waits_is_told_nothing(
    http: Newsroom, database: Database
) -> None:
    secret = str(keys.create(database, "leaver", ["read"]))
    now = start(http)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(http.get, f"/v1/changes?since={now}&wait=30", key=secret)
        revoke(http, "leaver")
        draft(http, SAMPLES[0])
        assert refused(answer.result()) == (401, "unauthorized")


def revoke(http: Newsroom, name: str) -> None:
    """Revoke a key."""
    found = http.get("/v1/keys?limit=200", key=http.admin).json()["items"]
    path = next(key["self"] for key in found if key["name"] == name)
    assert http.delete(path, key=http.admin).status == 204


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("since=yesterday", {"since": "invalid"}),
        ("since=2022-02-17", {"since": "invalid"}),
        ("until=later", {"until": "invalid"}),
        ("type=verdict", {"type": "not-a-choice"}),
        ("type=verdict.publshed", {"type": "not-a-choice"}),
        ("type=,", {"type": "invalid"}),
        ("reason=whim", {"reason": "not-a-choice"}),
        ("wait=soon", {"wait": "invalid"}),
        ("format=xml", {"format": "not-a-choice"}),
        ("cursor=1", {"cursor": "unknown-parameter"}),
    ],
)
def test_what_is_not_understood_is_refused(
    http: Newsroom, query: str, faults: dict[str, str]
) -> None:
    answer = http.get(f"/v1/changes?{query}")
    assert (answer.status, answer.codes) == (400, faults)


def test_cursors_that_are_not_of_the_feed_are_refused(http: Newsroom, cursor: str) -> None:
    http.post("/v1/claims", json={"text": "Another"}, key=http.desk)
    listed = http.get("/v1/claims?limit=1", key=http.desk).json()["next"].partition("cursor=")[2]
    assert refused(http.get(f"/v1/changes?since={'x' * 60}")) == (400, "invalid-cursor")
    assert refused(http.get(f"/v1/changes?since={listed}")) == (400, "foreign-cursor")
    last = {**STREAM, "Last-Event-ID": "x"}
    assert refused(http.get("/v1/changes", headers=last)) == (400, "invalid-cursor")


def test_a_stream_takes_no_end(http: Newsroom) -> None:
    answer = http.get("/v1/changes?until=2022-01-01T00:00:00Z", headers=STREAM)
    assert (answer.status, answer.codes) == (400, {"until": "invalid"})


def events(answer: Answer) -> list[Any]:
    """Return the events of a stream."""
    lines = answer.text.split("\n")
    return [orjson.loads(line[6:]) for line in lines if line.startswith("data: ")]


def ids(answer: Answer) -> list[str]:
    """Return all ids that a stream told."""
    return [line[4:] for line in answer.text.split("\n") if line.startswith("id: ")]


def test_a_stream_tells_the_same_events(http: Newsroom, cursor: str) -> None:
    page = http.get(f"/v1/changes?since={cursor}&type=claim.*").json()["items"]
    stream = http.get(f"/v1/changes?since={cursor}&type=claim.*&wait=0", headers=STREAM)
    assert stream.headers["Content-Type"] == "text/event-stream"
    assert events(stream) == page
    assert ids(stream) == [cursor, *(event["id"] for event in page)]


def test_a_stream_goes_on_after_the_last_event(http: Newsroom, cursor: str) -> None:
    first, second, third = http.get(f"/v1/changes?since={cursor}").json()["items"]
    headers = {**STREAM, "Last-Event-ID": first["id"]}
    stream = http.get(f"/v1/changes?since={cursor}&wait=0", headers=headers)
    assert events(stream) == [second, third]
    recorded = http.get(f"/v1/changes?since={third['time']}&wait=0", headers=headers)
    assert events(recorded) == [third]


def test_a_stream_tells_what_comes_and_where_it_is(http: Newsroom, cursor: str) -> None:
    now = start(http)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(http.get, f"/v1/changes?since={now}&wait=2", headers=STREAM)
        publish(http, SAMPLES[0])
        stream = answer.result()
    assert [event["type"] for event in events(stream)] == ["scale.published"]
    assert ids(stream)[0] == now


def test_the_head_of_a_stream_takes_no_place(variant: Variant) -> None:
    http = variant(max_streams=0)
    assert http.request("HEAD", "/v1/changes", headers=STREAM).status == 200


@pytest.mark.parametrize("headers", [STREAM, {}], ids=["stream", "wait"])
def test_one_stream_too_many_is_refused_and_pages_are_not(
    variant: Variant, headers: dict[str, str]
) -> None:
    http = variant(max_streams=0)
    answer = http.get("/v1/changes?since=now&wait=30", headers=headers)
    assert refused(answer) == (503, "too-many-streams")
    assert answer.headers["Retry-After"] == "5"
    assert http.get("/v1/changes?since=now").status == 200


def test_metrics_tell_how_late_the_feed_is(http: Newsroom, owner: psycopg.Connection) -> None:
    def lag() -> float:
        text = http.get("/metrics").text
        return float(text.partition("\nfactcheck_feed_lag_seconds ")[2].split()[0])

    assert lag() == 0
    with psycopg.connect(owner.info.dsn) as writer:
        writer.execute("SELECT pg_current_xact_id()")
        assert lag() > 0


def test_metrics_say_nothing_of_the_feed_while_the_database_is_away(settings: Settings) -> None:
    app = create_app(replace(settings, database_url="host=/nowhere dbname=none"))
    answer = Client(Observed(app)).get("/metrics")
    close(app)
    assert answer.status_code == 200
    assert "factcheck_http_request_duration_seconds" in answer.text
    assert "factcheck_feed_lag_seconds" not in answer.text
