"""Parameters, errors and keys, as Google's clients send and read them."""

import json
import logging
from urllib.parse import urlencode

import pytest
from googleapiclient.errors import HttpError

from service.interop.factchecktools.pages import name_of, term_of
from tests.newsroom import Newsroom
from tests.routes.conftest import Variant
from tests.routes.factchecktools.archive import PAGE, publish
from tests.routes.factchecktools.client import Google
from tests.routes.factchecktools.conftest import Pointed

SEARCH = "/v1alpha1/claims:search"
RAIN = f"{SEARCH}?query=It+rained"
NO_PARAMETERS = (
    *("alt=proto", "alt=media", "callback=f", "$.xgafv=3", "prettyPrint=yes", "pagesize=3"),
    *("pageSize=x", "pageSize=2147483648", "pageSize=", "offset=-1", "maxAgeDays=1.5"),
    *("languageCode=e", "pageToken=x", "pageToken=%C3%A9", "pageToken=eA", "fields=a-b"),
    *(
        "fields=claims(",
        "fields=claims(text",
        "fields=claims)",
        "fields=,",
        "fields=(a)",
        "fields=a//b",
        f"fields={'a/' * 9}a",
    ),
    "query=one&query=two",
)


def test_the_clients_error_shows_our_message(google: Google) -> None:
    with pytest.raises(HttpError) as caught:
        google("claims", "search", pageSize=-1, query="x")
    assert "pageSize: expected a whole number from 0 to 2147483647" in str(caught.value)
    assert caught.value.reason.startswith("Mend: pageSize.")
    assert "INVALID_QUERY" in str(caught.value.error_details)


def test_a_key_in_the_address_is_a_key_here_alone(http: Newsroom) -> None:
    for name in ("key", "access_token", "oauth_token"):
        assert http.get(f"/v1alpha1/pages?{name}={http.desk}").status == 200
    assert http.get(f"/v1/claims?key={http.desk}").status == 400


def test_a_key_in_a_field_goes_before_one_in_the_address(http: Newsroom) -> None:
    assert http.get("/v1alpha1/pages?key=fck_none", key=http.desk).status == 200
    assert http.get("/v1alpha1/pages?key=fck_none").status == 401


def test_nobody_needs_a_key_to_search_where_the_public_reads(
    http: Newsroom, variant: Variant
) -> None:
    publish(http, "Kyiv")
    assert http.get(RAIN).json()["claims"]
    closed = variant(public_reads=False)
    assert closed.get(RAIN).json()["error"]["status"] == "UNAUTHENTICATED"
    assert closed.get(f"{RAIN}&key={http.desk}").status == 200


def test_the_log_holds_no_key_and_no_query(
    http: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    asked = {"query": "sesame", "key": http.desk, "quotaUser": "sesame", "imageUri": "sesame"}
    http.get(f"{SEARCH}?{urlencode(asked)}")
    http.get(
        f"/v1alpha1/pages?{urlencode({'access_token': http.desk, 'url': 'https://sesame.example'})}"
    )
    http.get(f"/v1alpha1/{name_of(term_of('https://sesame.example'))}", key=http.desk)
    lines = [str(vars(record)) for record in caplog.records]
    assert any("claims:search" in line for line in lines)
    secrets = ("sesame", "Ly9zZXNhbWU", http.desk)
    assert not [line for line in lines if any(one in line for one in secrets)]


def test_the_parameters_of_every_request_are_taken(http: Newsroom) -> None:
    system = {
        "$.xgafv": "2",
        "alt": "json",
        "prettyPrint": "false",
        "quotaUser": "me",
        "uploadType": "media",
        "upload_protocol": "raw",
    }
    assert http.get(f"{RAIN}&{urlencode(system)}").text == "{}\n"
    assert http.get(f"{RAIN}&pageToken=&fields=&key=&quotaUser=").status == 200


@pytest.mark.parametrize("query", NO_PARAMETERS)
def test_what_is_no_parameter_is_an_invalid_argument(http: Newsroom, query: str) -> None:
    answer = http.get(f"{RAIN}&{query}")
    error = answer.json()["error"]
    assert (answer.status, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    [violation] = error["details"][1]["fieldViolations"]
    assert violation["field"] == query.partition("=")[0]


def test_a_search_is_for_a_text_or_a_site(http: Newsroom) -> None:
    for query in ("", "?query=", "?maxAgeDays=3"):
        assert http.get(f"{SEARCH}{query}").json()["error"]["status"] == "INVALID_ARGUMENT"


def test_a_token_belongs_to_its_search(google: Google, http: Newsroom) -> None:
    for name in ("A", "B"):
        publish(http, name)
    for how in ({"query": "It rained"}, {"reviewPublisherSiteFilter": "desk.example"}):
        token = google("claims", "search", pageSize=1, **how)["nextPageToken"]
        _, error = google.refused("claims", "search", pageToken=token, maxAgeDays=3, **how)
        assert error["details"][1]["fieldViolations"][0]["field"] == "pageToken"


def test_an_answer_is_trimmed_to_the_fields_asked_for(http: Newsroom) -> None:
    publish(http, "Kyiv")
    for fields in ("claims(text,claimReview/url)", "claims/text,claims/claimReview(url),none"):
        [found] = http.get(f"{RAIN}&fields={fields}").json()["claims"]
        assert found == {
            "text": "It rained in Kyiv",
            "claimReview": [{"url": "https://www.desk.example/Kyiv"}],
        }
    assert http.get(f"{RAIN}&fields=*/text").json() == {"claims": [{"text": "It rained in Kyiv"}]}
    for fields in ("claims,claims/text", "claims(text,claimReview),claims/claimReview/url"):
        [found] = http.get(f"{RAIN}&fields={fields}").json()["claims"]
        assert "title" in found["claimReview"][0]
    assert http.get(f"{RAIN}&fields=claims/text/x").json()["claims"][0]["text"]


def test_an_answer_has_a_line_for_each_member_unless_asked(http: Newsroom) -> None:
    publish(http, "Kyiv")
    assert http.get(RAIN).text.startswith('{\n  "claims": [\n')
    assert http.get(f"{RAIN}&prettyPrint=false").text.count("\n") == 1


def test_what_the_server_refuses_is_an_error_of_googles(http: Newsroom) -> None:
    form = {"Content-Type": "text/plain"}
    pages = "/v1alpha1/pages"
    large = json.dumps(PAGE | {"name": "x" * 1_100_000}).encode()
    typed = {"Content-Type": "application/json"}
    for status, name, answer in (
        (404, "NOT_FOUND", http.get("/v1alpha1/nothing")),
        (405, "UNIMPLEMENTED", http.patch("/v1alpha1/pages/x", json={})),
        (405, "UNIMPLEMENTED", http.post(SEARCH, json={})),
        (
            415,
            "INVALID_ARGUMENT",
            http.post(pages, key=http.desk, data=b"{}", headers=form),
        ),
        (
            413,
            "INVALID_ARGUMENT",
            http.post(pages, key=http.desk, data=large, headers=typed),
        ),
        (
            400,
            "INVALID_ARGUMENT",
            http.post(pages, key=http.desk, data=b"{", headers=typed),
        ),
        (400, "INVALID_ARGUMENT", http.post(pages, key=http.desk, json=[])),
    ):
        error = answer.json()["error"]
        assert (answer.status, error["code"], error["status"]) == (status, status, name)


def test_a_header_that_is_none_is_named(http: Newsroom) -> None:
    headers = {"Idempotency-Key": "\x7f"}
    answer = http.post("/v1alpha1/pages", json=PAGE, key=http.desk, headers=headers)
    violations = answer.json()["error"]["details"][1]["fieldViolations"]
    assert violations[0]["field"] == "Idempotency-Key"


def test_too_many_searches_are_too_many_writes(http: Newsroom, variant: Variant) -> None:
    limited = variant(write_limit=1)
    while (answer := limited.get(RAIN)).status == 200:
        pass
    assert answer.json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert int(answer.headers["Retry-After"]) > 0


def test_the_client_sends_its_key_and_nothing_of_it_comes_back(
    pointed: Pointed, http: Newsroom
) -> None:
    status, error = pointed("fck_unknown").refused("claims", "search", query="x")
    assert (status, error["status"]) == (401, "UNAUTHENTICATED")
    assert "fck_unknown" not in json.dumps(error)
    _ = pointed(http.desk)("claims", "search", query="x")


def test_a_whole_number_goes_as_far_as_32_bits(http: Newsroom) -> None:
    assert http.get(f"{RAIN}&maxAgeDays=2147483647").status == 200
    error = http.get(f"{RAIN}&maxAgeDays=2147483648").json()["error"]
    assert error["message"].endswith("maxAgeDays: expected a whole number from 0 to 2147483647")
