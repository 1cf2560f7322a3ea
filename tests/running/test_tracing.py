"""Traces: what a real collector gets of a real server, and that nobody waits for it."""

import json
import socket
from collections.abc import Generator
from pathlib import Path

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from service.running.spans import Fields
from service.running.tracing import wanted
from tests.docs.service import UNLIMITED, Service, folder
from tests.running.client import Program, until
from tests.running.collector import Collector, collecting, told

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PROTOBUF = "_upb"
"""What the memory of a process has mapped that speaks protobuf."""


@pytest.fixture(scope="module")
def collector() -> Generator[Collector]:
    """Run a collector."""
    with collecting() as found:
        yield found


@pytest.fixture(scope="module")
def service(collector: Collector) -> Generator[Service]:
    """Run a server that sends its traces there."""
    named = {"OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=desk"}
    ways = {"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip", "OTEL_EXPORTER_OTLP_HEADERS": "x-team=desk"}
    changes = {**UNLIMITED, **collector.variables, **named, **ways}
    with folder() as place, Service(place / "data", **changes) as found:
        yield found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Generator[Program]:
    """Run a server without a database that sends its traces there."""
    home = tmp_path_factory.mktemp("plain")
    with Program(home, FACTCHECK_WORKERS="1", **collector.variables) as program:
        yield program


def closed_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_request_is_a_span_named_by_its_route(service: Service, collector: Collector) -> None:
    service.curl("/v1/claims/nobody-knows", "-H", "X-Request-Id: t-1")
    span = collector.named("GET /v1/claims/{id}", factcheck__request_id="t-1")
    assert span.kind == Span.SPAN_KIND_SERVER
    assert told(span.attributes) == {
        "http.request.method": "GET",
        "url.scheme": "http",
        "http.route": "/v1/claims/{id}",
        "http.response.status_code": 404,
        "factcheck.request_id": "t-1",
    }
    assert span.end_time_unix_nano > span.start_time_unix_nano
    assert span.status.code == Status.STATUS_CODE_UNSET


def test_it_belongs_to_the_trace_that_the_client_names(
    service: Service, collector: Collector
) -> None:
    service.curl("/v1/claims?q=SECRET", "-H", f"traceparent: 00-{TRACE}-{PARENT}-01")
    [span] = until(lambda: [s for s in collector.spans if s.parent_span_id.hex() == PARENT])
    assert (span.name, span.trace_id.hex()) == ("GET /v1/claims", TRACE)
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert [line["route"] for line in lines if line.get("trace_id") == TRACE] == ["/v1/claims"]


def test_what_the_client_does_not_want_sampled_is_not(
    service: Service, collector: Collector
) -> None:
    for path in ("/livez", "/v1/claims", "/nowhere"):
        service.curl(path, "-H", f"traceparent: 00-{'ab' * 16}-{PARENT}-00")
    service.curl("/livez", "-H", "X-Request-Id: t-2", "-H", "traceparent: 00-nonsense")
    collector.named("GET /livez", factcheck__request_id="t-2")
    assert "ab" * 16 not in {span.trace_id.hex() for span in collector.spans}


def test_statements_are_spans_below_it_and_their_values_stay_here(
    service: Service, collector: Collector
) -> None:
    claim = {"text": "CONFIDENTIAL words", "status": "published"}
    headers = {"X-Request-Id": "t-3", "Idempotency-Key": "k-1"}
    words = [word for field in headers.items() for word in ("-H", ": ".join(field))]
    body = ["-H", "Content-Type: application/json", "-d", json.dumps(claim)]
    made = service.curl("/v1/claims", *words, *body, key=service.key)
    assert made.status == 201
    span = collector.named("POST /v1/claims", factcheck__request_id="t-3")
    below = collector.below(span)
    assert {"claim_retry", "create", "commit"} <= {one.name for one in below}
    assert all(one.trace_id == span.trace_id for one in below)
    assert all(one.kind == Span.SPAN_KIND_CLIENT for one in below)
    create = next(one for one in below if one.name == "create")
    assert told(create.attributes) == {
        "db.system.name": "postgresql",
        "db.query.summary": "create",
    }
    assert span.start_time_unix_nano <= create.start_time_unix_nano < create.end_time_unix_nano
    sent = b"".join(post.SerializeToString() for post in collector.posts)
    assert not [
        word
        for word in ("CONFIDENTIAL", "SECRET", "nobody-knows", service.key)
        if word.encode() in sent
    ]


def test_fields_are_read_as_wsgi_has_them() -> None:
    environ = {"HTTP_TRACEPARENT": "00", "HTTP_X_B3": "1", "PATH_INFO": "/"}
    fields = Fields()
    assert fields.keys(environ) == ["traceparent", "x-b3"]
    assert [fields.get(environ, name) for name in ("x-b3", "tracestate")] == [["1"], None]


def test_the_collector_is_told_who_sends(service: Service, collector: Collector) -> None:
    service.curl("/livez", "-H", "X-Request-Id: t-4")
    collector.named("GET /livez", factcheck__request_id="t-4")
    sent = [
        post
        for post, fields in zip(collector.posts, collector.headers, strict=False)
        if fields.get("x-team") == "desk" and fields.get("Content-Encoding") == "gzip"
    ]
    resource = told(sent[0].resource_spans[0].resource.attributes)
    assert resource["service.name"] == "factcheck-records"
    assert resource["deployment.environment.name"] == "desk"
    assert resource["service.version"]


def test_nothing_else_makes_spans(service: Service, collector: Collector) -> None:
    service.curl("/livez", "-H", "X-Request-Id: t-5")
    collector.named("GET /livez", factcheck__request_id="t-5")

    def orphans() -> list[str]:
        spans = collector.spans
        known = {span.span_id for span in spans if span.kind == Span.SPAN_KIND_SERVER}
        found = [span for span in spans if span.kind == Span.SPAN_KIND_CLIENT]
        return [span.name for span in found if span.parent_span_id not in known]

    until(lambda: orphans() == [])


@pytest.mark.parametrize(
    ("route", "status", "code"),
    [
        ("/fail", 500, Status.STATUS_CODE_ERROR),
        ("/fail_late", 500, Status.STATUS_CODE_ERROR),
        ("/fail_in_body", 200, Status.STATUS_CODE_ERROR),
        ("/refuse", 404, Status.STATUS_CODE_UNSET),
    ],
)
def test_a_fault_is_told_and_a_refusal_is_none(
    plain: Program, collector: Collector, route: str, status: int, code: int
) -> None:
    plain.send(f"GET {route} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    span = collector.named(f"GET {route}", http__response__status_code=status)
    assert span.status.code == code
    assert told(span.attributes).get("error.type") == ("500" if status == 500 else None)


def test_a_request_that_met_no_route_is_named_by_its_method(
    service: Service, collector: Collector
) -> None:
    service.curl("/nowhere", "-H", "X-Request-Id: t-6")
    span = collector.named("GET", factcheck__request_id="t-6")
    assert "http.route" not in told(span.attributes)


def test_a_method_that_nobody_knows_is_one_with_all_others(
    plain: Program, collector: Collector
) -> None:
    plain.get("/hello", method="BREW")
    assert collector.named("_OTHER /hello", http__request__method="_OTHER")
    assert "BREW" not in {span.name for span in collector.spans}


def test_the_last_spans_are_sent_when_the_server_stops(
    tmp_path: Path, collector: Collector
) -> None:
    late = {**collector.variables, "OTEL_BSP_SCHEDULE_DELAY": "60000"}
    with Program(tmp_path, FACTCHECK_WORKERS="1", **late) as program:
        program.get("/hello", **{"X-Request-Id": "last"})
        assert program.stop() == 0
    assert collector.named("GET /hello", factcheck__request_id="last")


def test_a_collector_that_is_away_costs_no_request_and_no_stop(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    away = {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_BSP_SCHEDULE_DELAY": "10"}
    with Program(tmp_path, FACTCHECK_WORKERS="1", **away) as program:
        assert {program.get("/hello").status for _ in range(50)} == {200}
        until(lambda: program.lines(logger="opentelemetry.exporter.otlp.proto.http.trace_exporter"))
        assert program.get("/hello").status == 200
        assert program.stop() == 0


def test_a_collector_that_hangs_costs_no_request_and_no_stop(tmp_path: Path) -> None:
    with collecting() as hanging:
        hanging.answers.clear()
        with Program(tmp_path, FACTCHECK_WORKERS="1", **hanging.variables) as program:
            program.get("/hello")
            until(lambda: hanging.posts)
            assert {program.get("/hello").status for _ in range(50)} == {200}
            assert program.stop() == 0


def mapped(program: Program) -> str:
    """Return what the memory of the worker has mapped."""
    return Path(f"/proc/{program.get('/pid').body.split()[1].decode()}/maps").read_text()


def test_nothing_of_it_is_imported_unless_it_is_asked_for(server: Program, plain: Program) -> None:
    assert PROTOBUF not in mapped(server)
    assert PROTOBUF in mapped(plain)


def missing(folder: Path) -> dict[str, str]:
    """Return the variables under which the packages of OpenTelemetry are not found."""
    (folder / "opentelemetry").mkdir()
    (folder / "opentelemetry/__init__.py").write_text("raise ModuleNotFoundError(__name__)")
    return {"PYTHONPATH": str(folder), "OTEL_TRACES_EXPORTER": "otlp"}


def test_without_the_extra_a_server_serves_and_says_what_it_lacks(tmp_path: Path) -> None:
    with Program(tmp_path, FACTCHECK_WORKERS="1", **missing(tmp_path)) as program:
        assert program.get("/hello").status == 200
        [line] = program.lines(logger="factcheck.traces")
    assert "factcheck-records[otel]" in line["reason"]


@pytest.mark.parametrize(
    "variables",
    [
        {"OTEL_TRACES_EXPORTER": "zipkin"},
        {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
        {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_BSP_MAX_QUEUE_SIZE": "-1"},
    ],
)
def test_what_cannot_be_done_is_said_and_a_server_serves(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    with Program(tmp_path, FACTCHECK_WORKERS="1", **variables) as program:
        assert program.get("/hello").status == 200
        [line] = program.lines(logger="factcheck.traces")
    assert line["event"] == "requests are not traced"
    assert line["reason"]


@pytest.mark.parametrize(
    ("variables", "asked"),
    [
        ({}, False),
        ({"OTEL_SERVICE_NAME": "desk"}, False),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_SDK_DISABLED": "TRUE"}, False),
        ({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_the_standard_variables_say_whether_requests_are_traced(
    variables: dict[str, str], *, asked: bool
) -> None:
    assert wanted(variables) is asked
