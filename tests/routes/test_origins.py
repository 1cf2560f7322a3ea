"""Pages of other origins: what the service lets a browser do for them."""

import pytest

from service.routes import origins
from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import publish
from tests.routes.conftest import Variant

ALLOW, EXPOSE = "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"
PAGE = {"Origin": "https://reader.example"}
ASKED = {**PAGE, "Access-Control-Request-Method": "GET"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_page_may_read_and_see_the_fields_that_matter(
    http: Newsroom, sample: Sample, method: str
) -> None:
    publish(http, sample)
    for path in (sample.path, sample.collection, f"{sample.path}/revisions/1"):
        headers = http.request(method, path, headers=PAGE).headers
        assert headers[ALLOW] == "*"
        assert {name.strip() for name in headers[EXPOSE].split(",")} >= {
            *("ETag", "Link", "Last-Modified", "Location", "Content-Location", "Repr-Digest"),
            *("Memento-Datetime", "Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id"),
        }


@pytest.mark.parametrize(
    "path", ["/v1/claims/never", "/v1/claims?x=1", "/v1/never", "/v1alpha1/x", "/problems/x"]
)
def test_a_page_may_read_what_is_wrong_with_its_request(http: Newsroom, path: str) -> None:
    answer = http.get(path, headers=PAGE)
    assert answer.status in {400, 404}
    assert answer.headers[ALLOW] == "*"


@pytest.mark.parametrize("name", ["key", "access_token", "oauth_token"])
def test_no_page_may_read_what_a_key_in_the_address_may(http: Newsroom, name: str) -> None:
    for path in ("/v1alpha1/pages", "/v1/claims"):
        assert ALLOW not in http.get(f"{path}?{name}={http.editor}", headers=PAGE).headers


def test_what_is_answered_does_not_depend_on_who_asks(http: Newsroom) -> None:
    for headers in ({}, PAGE):
        answer = http.get("/v1/claims", headers=headers)
        assert (answer.headers[ALLOW], "Origin" in answer.headers["Vary"]) == ("*", False)


def test_a_page_may_ask_before_it_reads(http: Newsroom) -> None:
    answer = http.request("OPTIONS", "/v1/claims/never", headers=ASKED)
    assert answer.status == 200
    assert answer.headers[ALLOW] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert answer.headers["Access-Control-Max-Age"] == "3600"
    fields = answer.headers["Access-Control-Allow-Headers"].split(", ")
    conditions = {"If-None-Match", "If-Modified-Since"}
    assert {"Accept", "Accept-Datetime", "X-Request-Id", *conditions} <= {*fields}
    assert "Authorization" not in fields


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_page_may_read_the_answer_to_a_write(http: Newsroom, method: str) -> None:
    for key in (None, http.admin):
        answer = http.request(method, "/v1/claims/a", json={"text": "x"}, key=key, headers=PAGE)
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers)


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/livez", "/docs", "/"])
def test_no_page_may_read_what_is_the_operators(http: Newsroom, path: str) -> None:
    assert ALLOW not in http.get(path, headers=PAGE).headers


def test_nothing_is_shared_with_credentials(http: Newsroom) -> None:
    for answer in (http.get("/v1/claims", headers=PAGE), http.request("OPTIONS", "/v1/claims")):
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_of_several_origins_the_one_that_asks_is_named(variant: Variant) -> None:
    chosen = variant(cors_origins=("https://one.example", "http://two.example:8080"))
    for origin in ("https://one.example", "http://two.example:8080"):
        headers = chosen.get("/v1/claims", headers={"Origin": origin}).headers
        assert headers[ALLOW] == origin
        assert [part.strip() for part in headers["Vary"].split(",")].count("Origin") == 1
    for asked in ({}, PAGE, {"Origin": "null"}, {"Origin": "https://one.example.evil"}):
        headers = chosen.get("/v1/claims", headers=asked).headers
        assert ALLOW not in headers
        assert EXPOSE not in headers
        assert "Origin" in headers["Vary"]
    assert ALLOW not in chosen.request("OPTIONS", "/v1/claims", headers=ASKED).headers


def test_with_no_origin_chosen_no_page_reads(variant: Variant) -> None:
    closed = variant(cors_origins=())
    for method in ("GET", "OPTIONS"):
        headers = closed.request(method, "/v1/claims", headers=PAGE).headers
        assert ALLOW not in headers
        assert "Origin" not in headers.get("Vary", "")


def test_the_names_of_the_fields_are_in_order() -> None:
    for names in (origins.EXPOSED, origins.FIELDS):
        assert names.split(", ") == sorted(names.split(", "))
