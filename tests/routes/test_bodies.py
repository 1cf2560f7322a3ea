"""Bodies: their media type, their size, their JSON; and the form in which answers go out."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.kinds.smallest import Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, draft, publish, refused
from tests.routes.conftest import Variant

FORM = "application/x-www-form-urlencoded"


def send(http: Newsroom, sample: Sample, data: bytes, **headers: str) -> Answer:
    """POST bytes as the desk."""
    fields = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return http.post(sample.collection, data=data, key=http.desk, headers=fields)


@pytest.mark.parametrize("media_type", [FORM, "text/json", "application/xml", "", "nonsense"])
def test_a_body_of_another_type_is_told_how_to_call_itself(
    http: Newsroom, sample: Sample, media_type: str
) -> None:
    answer = send(http, sample, b'{"text": "x"}', Content_Type=media_type)
    assert refused(answer) == (415, "unsupported-media-type")
    assert "curl" in answer.json()["detail"]
    assert "--json" in answer.json()["detail"]
    assert answer.headers["Accept-Post"] == "application/json"


@pytest.mark.parametrize("media_type", [FORM, "application/x-ndjson"])
def test_a_patch_of_another_type_is_told_which_patches_there_are(
    http: Newsroom, sample: Sample, media_type: str
) -> None:
    draft(http, sample)
    headers = ANY | {"Content-Type": media_type}
    answer = http.patch(sample.path, data=b"{}", key=http.desk, headers=headers)
    assert refused(answer) == (415, "unsupported-media-type")
    options = http.request("OPTIONS", sample.path).headers
    assert answer.headers["Accept-Patch"] == options["Accept-Patch"]


def test_a_patch_is_no_body_of_a_new_record(http: Newsroom, sample: Sample) -> None:
    answer = send(http, sample, b"{}", Content_Type="application/merge-patch+json")
    assert refused(answer) == (415, "unsupported-media-type")


def test_a_parameter_of_the_type_makes_no_difference(http: Newsroom) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8", "Content-Encoding": "identity"}
    data = b'{"text": "x"}'
    assert http.post("/v1/claims", data=data, key=http.desk, headers=headers).status == 201


def test_a_compressed_body_is_not_read(http: Newsroom, sample: Sample) -> None:
    answer = send(http, sample, b"\x1f\x8b", Content_Encoding="gzip")
    assert refused(answer) == (415, "unsupported-media-type")
    assert "in a content coding" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST"])
def test_a_body_that_is_too_large_is_refused(http: Newsroom, variant: Variant, method: str) -> None:
    small = variant(max_body=100)
    path = "/v1/claims" if method == "POST" else "/v1/claims/c"
    headers = ANY | {"Content-Type": "application/json"}
    draft_of = http.put("/v1/claims/c", json={"text": "x"}, key=http.desk)
    assert draft_of.status == 201
    answer = small.request(method, path, data=b" " * 101, key=http.desk, headers=headers)
    assert refused(answer) == (413, "body-too-large")
    assert "100 bytes" in answer.json()["detail"]


def test_a_body_without_a_length_is_not_cut_to_the_limit(http: Newsroom, variant: Variant) -> None:
    headers = Headers({"Authorization": f"Bearer {http.admin}"})
    app = variant(max_body=100).client.application
    for size, expected in ((100, "201"), (101, "413"), (100_000, "413")):
        data = BytesIO(b'{"text": "x"}'.ljust(size))
        builder = EnvironBuilder(
            "/v1/claims", method="POST", headers=headers, content_type="application/json"
        )
        environ = builder.get_environ() | {"wsgi.input": data, "wsgi.input_terminated": True}
        environ.pop("CONTENT_LENGTH", None)
        assert run_wsgi_app(app, environ)[1].startswith(expected)


def test_a_body_as_large_as_it_may_be_is_read(http: Newsroom, variant: Variant) -> None:
    data = b'{"text": "x"}'.ljust(100)
    headers = {"Content-Type": "application/json"}
    small = variant(max_body=100)
    assert small.post("/v1/claims", data=data, key=http.desk, headers=headers).status == 201


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[1,]", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b"[" * 33 + b"]" * 33, b'{"a": 12345678901234567890}', b"\xff", b"{} {}", b"'a'",
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_kept_is_refused(http: Newsroom, sample: Sample, data: bytes) -> None:
    answer = send(http, sample, data)
    assert refused(answer) == (400, "malformed-json")
    assert answer.json()["errors"]


@pytest.mark.parametrize("data", [b"[]", b"5", b'"text"', b"null", b"true"])
def test_a_record_is_an_object(http: Newsroom, sample: Sample, data: bytes) -> None:
    draft(http, sample)
    headers = ANY | {"Content-Type": "application/json"}
    answers = [
        send(http, sample, data),
        http.put(sample.path, data=data, key=http.desk, headers=headers),
        http.post(f"{sample.path}/revisions", data=data, key=http.desk, headers=headers),
    ]
    for answer in answers:
        assert refused(answer) == (400, "malformed-json")
        assert answer.codes == {"#": "invalid"}


def test_a_body_that_ends_too_early_is_refused(http: Newsroom, app: Flask) -> None:
    kinds = {"/v1/claims": "json", "/v1/import?history=true": "x-ndjson"}
    for path, kind in kinds.items():
        headers = Headers({"Authorization": f"Bearer {http.admin}"})
        headers["Content-Type"] = f"application/{kind}"
        builder = EnvironBuilder(path, method="POST", data=b'{"tex', headers=headers)
        environ = builder.get_environ() | {"CONTENT_LENGTH": "100"}
        chunks, status, _ = run_wsgi_app(app, environ)
        assert status.startswith("400")
        assert b'"code":"bad-request"' in b"".join(chunks)


@pytest.mark.parametrize(
    "accept", ["image/png", "application/xml", "image/*", "application/json;q=0"]
)
def test_what_cannot_be_given_is_not_promised(http: Newsroom, sample: Sample, accept: str) -> None:
    publish(http, sample)
    paths = ("", "/revisions", "/revisions/1")
    answers = [http.get(sample.path + path, headers={"Accept": accept}) for path in paths]
    answers.append(http.get(sample.collection, headers={"Accept": accept}))
    answers.append(
        http.post(sample.collection, json=sample.sent, key=http.desk, headers={"Accept": accept})
    )
    for answer in answers:
        assert refused(answer) == (406, "not-acceptable")
        assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "application/json", "text/plain, application/json;q=0.1", ""]
)
def test_json_is_given_to_who_takes_it(http: Newsroom, sample: Sample, accept: str) -> None:
    publish(http, sample)
    answer = http.get(sample.path, headers={"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("prefer", ["return=representation", "return=minimalist", "minimal", ""])
def test_other_preferences_are_passed_over(http: Newsroom, sample: Sample, prefer: str) -> None:
    headers = {"Prefer": prefer}
    answer = http.post(sample.collection, json=sample.sent, key=http.desk, headers=headers)
    assert answer.json()["revision"] == 1
    assert "Preference-Applied" not in answer.headers
