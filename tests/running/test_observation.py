"""Every request has an id, a line in the log and a place in the metrics."""

import json
import logging
from uuid import UUID

import pytest

from service.running.logs import JsonLines, loggable_path, loggable_query
from service.running.request_id import instance, request_id
from tests.running.client import Program, until


def test_an_id_that_was_sent_is_kept(server: Program) -> None:
    answer = server.get("/refuse", **{"X-Request-Id": "desk-7/42"})
    assert answer.fields["X-Request-Id"] == "desk-7/42"
    assert answer.problem()["instance"] == instance("desk-7/42")
    assert server.lines(request_id="desk-7/42", route="/refuse")


def test_a_uuid_is_its_own_instance() -> None:
    identifier = request_id(None)
    assert instance(identifier) == f"urn:uuid:{identifier}"


@pytest.mark.parametrize("sent", ["", "a b", "a" * 129, "é", "a\n", "\x7f"])
def test_an_id_that_could_break_a_log_is_passed_over(sent: str) -> None:
    assert UUID(request_id(sent)).version == 4


def test_a_request_is_one_line(server: Program) -> None:
    server.get("/key?limit=3", **{"X-Request-Id": "one-line"})
    [line] = until(lambda: server.lines(request_id="one-line"))
    measured = {"time", "pid", "duration_ms"}
    assert {name: value for name, value in line.items() if name not in measured} == {
        "level": "info", "event": "request", "logger": "factcheck.requests",
        "request_id": "one-line", "method": "GET", "path": "/key", "route": "/key",
        "status": 200, "bytes": 5, "query": "limit=3", "key": "k1",
    }  # fmt: skip
    assert line["duration_ms"] > 0


def test_secrets_and_prose_stay_out_of_the_log(server: Program) -> None:
    query = "note=SECRET&text=SECRET&q=SECRET&key=SECRET&%6Eote=SECRET&SECRET=1;&a%0a=SECRET"
    server.get(f"/hello?{query}", **{"Authorization": "Bearer SECRET", "X-Request-Id": "quiet"})
    assert until(lambda: server.lines(request_id="quiet"))
    assert "=SECRET" not in server.log.read_text()
    assert "Bearer" not in server.log.read_text()


def test_names_without_a_harmless_value_are_starred() -> None:
    query = "status=draft&q=dam&note=it%20was&&é=1&%C3%A9=1&a-b=2&sort=-created_at"
    assert loggable_query(query) == "status=draft&q=*&note=*&*&*&*&sort=-created_at"


def test_an_api_key_in_an_address_is_starred() -> None:
    secret = f"fck_{'aB3_-' * 8}xyz"
    query = f"cursor={secret}&{secret}=1&fck_AB_12=1&status=draft,{secret}"
    assert loggable_query(query) == "cursor=*&*&*=*&status=draft,*"
    assert loggable_path(f"/v1/keys/{secret}/{secret}") == "/v1/keys/*/*"
    assert loggable_path("/v1alpha1/pages/Ly9kZXNr") == "/v1alpha1/pages/*"


def test_a_strange_path_is_one_line_too(server: Program) -> None:
    server.get("/a%0a%22%ff" + "b" * 900, **{"X-Request-Id": "strange"})
    [line] = until(lambda: server.lines(request_id="strange"))
    assert line["path"].startswith('/a\n"\ufffdbbb')
    assert len(line["path"]) == 500


def test_whatever_is_logged_is_json() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 0, "%s", (object,), None)
    record.fields = {"set": {1}}
    assert json.loads(JsonLines().format(record))["set"] == "{1}"


def test_gunicorns_own_lines_are_json_and_debug_lines_never_written(server: Program) -> None:
    assert server.lines(logger="gunicorn.error", level="info")
    assert not server.lines(level="debug")


def test_requests_are_counted_by_route_template_and_status(server: Program) -> None:
    for path in ("/hello/1", "/hello/2", "/nowhere/1", "/nowhere/2"):
        server.get(path, method="BREW")
    text = server.get("/metrics").data.decode()
    name = "factcheck_http_request_duration_seconds_count"
    assert f'{name}{{method="other",route="/hello",status="200"}} 2.0' in text
    assert f'{name}{{method="other",route="unrouted",status="200"}} 2.0' in text
    assert "BREW" not in text


def test_refusals_are_counted(server: Program) -> None:
    server.send(b"nonsense\r\n\r\n")
    text = server.get("/metrics").data.decode()
    assert '_count{method="other",route="unreadable",status="400"}' in text
