"""Public reads can be switched off: then every read under /v1 takes a key."""

from pathlib import Path
from typing import Final

import pytest

from tests.contract import Contract
from tests.newsroom import Newsroom
from tests.routes.acts import put, refused
from tests.routes.conftest import Variant

CONTRACT: Final = Contract.load(Path(__file__).parents[2] / "openapi.yaml")
PLACES: Final = {"id": "truth", "n": 1, "code": "gone", "path": "start.js", "name": "embed.js"}
READS: Final = [
    operation.path.format(**PLACES, page_id="Lw")
    for operation in CONTRACT.operations
    if operation.method == "GET"
]
RECORDS: Final = [path for path in READS if path.startswith("/v1/")]
OF_PEOPLE: Final = ["/search", "/corrections", "/embed/verdicts/truth", "/oembed"]
OF_GOOGLE: Final = [path for path in READS if path.startswith("/v1alpha1/")]
TO_THE_PAST: Final = [path for path in READS if path.startswith("/at/")]
OTHERS: Final = {*RECORDS, *OF_PEOPLE, *OF_GOOGLE, *TO_THE_PAST}
PAGES: Final = [path for path in READS if path not in OTHERS]


@pytest.fixture
def closed(variant: Variant) -> Newsroom:
    """Return a service whose public reads are switched off."""
    return variant(public_reads=False, security_contact="mailto:desk@example.org")


def test_every_read_of_records_takes_a_key(closed: Newsroom) -> None:
    for path in RECORDS:
        answer = closed.get(path)
        assert refused(answer) == (401, "unauthorized"), path
        assert "curl -u fck_…" in answer.json()["detail"]


def test_what_people_and_clients_of_google_read_takes_a_key_too(closed: Newsroom) -> None:
    assert [refused(closed.get(path)) for path in OF_PEOPLE] == [(401, "unauthorized")] * 4
    errors = [closed.get(path) for path in OF_GOOGLE]
    assert {one.json()["error"]["status"] for one in errors} == {"UNAUTHENTICATED"}
    assert closed.get("/", headers={"Accept": "text/html"}).status == 401


def test_a_key_that_is_not_in_force_is_none(closed: Newsroom) -> None:
    assert [refused(closed.get(path, key="fck_x"))[0] for path in RECORDS] == [401] * len(RECORDS)


def test_what_the_service_says_about_itself_stays_open(closed: Newsroom) -> None:
    assert [path for path in PAGES if closed.get(path).status != 200] == []


def test_a_key_without_scopes_reads_as_the_public_does(closed: Newsroom, visitor: str) -> None:
    put(closed, "/v1/claims/drafted", {"text": "x"})
    assert closed.get("/v1/scales/truth", key=visitor).status == 200
    assert refused(closed.get("/v1/claims/drafted", key=visitor)) == (404, "not-found")


def test_a_write_is_told_which_scope_it_takes(closed: Newsroom) -> None:
    answer = closed.post("/v1/claims", json={"text": "x"})
    assert refused(answer) == (401, "unauthorized")
    assert "the scope write" in answer.json()["detail"]


def test_the_reads_of_records_are_open_otherwise(http: Newsroom) -> None:
    told = {path: http.get(path).status for path in RECORDS}
    assert [path for path in told if told[path] == 401] == [
        path for path in RECORDS if "/keys" in path or "/webhooks" in path
    ]
