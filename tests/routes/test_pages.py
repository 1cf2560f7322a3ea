"""Pages about the service: the start, the contract, the codes, its health."""

import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import yaml
from flask import Flask
from werkzeug.test import Client

from service.errors import FAULTS, Problem
from tests.newsroom import Newsroom
from tests.routes.acts import put, refused
from tests.routes.conftest import Variant

CODES = [*Problem.catalogue, *FAULTS]


def test_the_start_leads_to_every_part(http: Newsroom) -> None:
    links = http.get("/").json()["links"]
    assert {"claims", "sources", "verdicts", "scales", "export", "docs", "problems"} <= set(links)
    for path in links.values():
        assert http.get(path, key=http.admin).status == 200


def test_the_contract_is_served_in_two_forms(http: Newsroom) -> None:
    written = http.get("/openapi.yaml")
    assert written.headers["Content-Type"] == "application/yaml"
    assert yaml.safe_load(written.body) == http.get("/openapi.json").json()


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(http: Newsroom, code: str) -> None:
    found = http.get(f"/problems/{code}").json()
    assert (found["type"], found["code"]) == (f"/problems/{code}", code)
    assert len(found["description"]) > 20
    assert ("status" in found) == (code in Problem.catalogue)


def test_all_codes_are_listed(http: Newsroom) -> None:
    items = http.get("/problems").json()["items"]
    assert [item["code"] for item in items] == CODES
    assert items == [http.get(f"/problems/{code}").json() for code in CODES]


def test_no_code_means_two_things() -> None:
    assert Problem.catalogue.keys().isdisjoint(FAULTS)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in CODES)


@pytest.mark.parametrize("code", ["never", "%00", "é", "x" * 300])
def test_another_code_is_not_found(http: Newsroom, code: str) -> None:
    assert refused(http.get(f"/problems/{code}")) == (404, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/never"),
        ("PUT", "/v1/claims"),
        ("GET", "/v1/claims/never"),
        ("GET", "/v1/claims?nonsense=1"),
        ("GET", "/v1/claims?cursor=x"),
        ("POST", "/v1/claims"),
        ("POST", "/v1/import"),
    ],
)
def test_the_type_of_a_refusal_leads_to_its_meaning(http: Newsroom, method: str, path: str) -> None:
    problem = http.request(method, path).json()
    meaning = http.get(problem["type"]).json()
    assert (meaning["title"], meaning["status"]) == (problem["title"], problem["status"])
    for fault in problem.get("errors", ()):
        assert http.get(f"/problems/{fault['code']}").status == 200


def test_a_refusal_is_a_problem_with_the_id_of_its_request(http: Newsroom) -> None:
    request_id = "0a7d5e2c-3b1f-4c68-9d27-6b8f1e4a5c93"
    answer = http.get("/never", headers={"X-Request-Id": request_id})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Request-Id"] == request_id
    assert answer.json()["instance"] == f"urn:uuid:{request_id}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refusal_outside_the_observed_server_has_an_id_too(app: Flask) -> None:
    problem = Client(app).get("/never").get_json()
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", problem["instance"])


def test_the_documentation_is_served_whole_and_from_here(http: Newsroom) -> None:
    page = http.get("/docs")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    parts = re.findall(r'(?:src|href)="(/?docs/[^"]+|[^":/]+)"', page.text)
    assert parts
    for part in parts:
        assert http.get("/docs/" + part.removeprefix("/").removeprefix("docs/")).status == 200
    assert "http://" not in page.text
    assert "https://" not in page.text


@pytest.mark.parametrize("name", ["never.js", "%00", "..", "index.html%00", "x" * 300])
def test_the_documentation_has_no_other_file(http: Newsroom, name: str) -> None:
    assert refused(http.get(f"/docs/{name}")) == (404, "not-found")


def test_a_part_of_the_documentation_may_be_kept(http: Newsroom) -> None:
    answer = http.get("/docs/swagger-ui.css")
    assert "max-age=3600" in answer.headers["Cache-Control"]
    for has, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = http.get("/docs/swagger-ui.css", headers={has: answer.headers[name]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]


def test_the_service_lives(http: Newsroom) -> None:
    assert http.get("/livez").json() == {"status": "ok"}


def test_the_service_is_ready(http: Newsroom) -> None:
    found = http.get("/readyz").json()
    assert found["status"] == "ok"
    assert found["database"].startswith("PostgreSQL ")
    assert found["protection"] == "grants and triggers"


def test_the_service_is_not_ready_before_its_migrations_ran(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    owner.execute("UPDATE migration SET name = 'x' || name")
    try:
        answer = http.get("/readyz")
    finally:
        owner.execute("UPDATE migration SET name = substr(name, 2)")
    assert refused(answer) == (503, "unavailable")
    assert "0001_records.sql" in answer.json()["detail"]
    assert answer.headers["Retry-After"] == "5"


def test_metrics_count_requests_by_route(http: Newsroom) -> None:
    put(http, "/v1/claims/c", {"text": "x"})
    text = http.get("/metrics").text
    assert 'route="/v1/claims/{id}"' in text
    assert "/v1/claims/c" not in text


def test_metrics_are_empty_outside_the_observed_server(app: Flask) -> None:
    answer = Client(app).get("/metrics")
    assert (answer.status_code, answer.data) == (200, b"")


def test_the_catalog_leads_to_what_describes_the_interface(variant: Variant) -> None:
    http = variant(public_url="https://checks.example.org/facts")
    answer = http.get("/.well-known/api-catalog")
    media_type, _, parameter = answer.headers["Content-Type"].partition("; ")
    assert media_type == "application/linkset+json"
    assert parameter == 'profile="https://www.rfc-editor.org/info/rfc9727"'
    head = http.request("HEAD", "/.well-known/api-catalog")
    assert head.headers["Link"] == '</.well-known/api-catalog>; rel="api-catalog"'
    [links] = answer.json()["linkset"]
    assert links.pop("anchor") == "https://checks.example.org/facts/"
    for link in (one for ones in links.values() for one in ones):
        where = link["href"].removeprefix("https://checks.example.org/facts")
        assert http.get(where).headers["Content-Type"].partition(";")[0] == link["type"]


@pytest.mark.parametrize("contact", ["mailto:desk@example.org", "https://example.org/report?a=1"])
def test_it_says_where_to_report_a_weakness(variant: Variant, contact: str) -> None:
    answer = variant(security_contact=contact).get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == contact
    ahead = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=300) < ahead < timedelta(days=365)


def test_without_a_contact_it_says_what_the_operator_may_do(http: Newsroom) -> None:
    answer = http.get("/.well-known/security.txt")
    assert refused(answer) == (404, "not-found")
    assert "FACTCHECK_SECURITY_CONTACT" in answer.json()["detail"]
