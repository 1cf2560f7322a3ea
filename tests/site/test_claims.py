"""The page of a claim that has been checked again and again."""

import re

import pytest

from service.records.surroundings import HANDFUL, NEWEST
from tests.interop.archive import CLAIM, SUBJECT
from tests.newsroom import Newsroom
from tests.routes.acts import put
from tests.routes.bulk import counted, send

REVIEWS = '"@type":"ClaimReview"'


@pytest.fixture
def total(http: Newsroom) -> int:
    """Publish a claim with one verdict more than its page shows, and one that responds to it."""
    plain = {name: one for name, one in SUBJECT.items() if name != "appearances"}
    put(http, CLAIM, plain | {"status": "published"})
    relations = [{"type": "responds_to", "claim_id": "c"}]
    other = {"text": "It did not rain", "relations": relations, "status": "published"}
    put(http, "/v1/claims/other", other)
    finding = {"type": "verdict", "claim_id": "c", "scale_id": "truth", "rating": "false"}
    lines = [
        {"id": f"n{one}", "title": f"Check {one:03}", "status": "published", **finding}
        for one in range(NEWEST + 1)
    ]
    assert counted(send(http, *lines))["created"] == len(lines)
    return len(lines)


def told(page: str) -> list[tuple[str, ...]]:
    """Return how many verdicts a page says that it shows, of how many, and where all are."""
    said = r'newest (\d+) of (\d+) verdicts\. <a href="([^"]+)"'
    return [found.groups() for found in re.finditer(said, page)]


def test_it_shows_the_newest_verdicts_and_leads_to_all(http: Newsroom, total: int) -> None:
    page = http.get(f"{CLAIM}?format=html").text
    ((shown, of, path),) = told(page)
    assert (int(shown), int(of)) == (NEWEST, total)
    assert page.count(REVIEWS) == page.count('<div class="judged">') == NEWEST
    assert len(http.get(f"{path}&limit=200").json()["items"]) == total


def test_of_an_instant_it_leads_to_all_of_that_instant(http: Newsroom, total: int) -> None:
    at = http.get("/v1/verdicts/n0").json()["updated_at"]
    ((_, of, path),) = told(http.get(f"{CLAIM}?format=html&as_of={at}").text)
    assert (int(of), path) == (total, f"/v1/verdicts?claim_id=c&amp;as_of={at}")


@pytest.mark.parametrize("path", ["/v1/claims/other?format=html", "/search?q=rained+forty+days"])
def test_beside_other_claims_a_handful_is_shown(http: Newsroom, total: int, path: str) -> None:
    ((shown, of, where),) = told(http.get(path).text)
    assert (int(shown), int(of), where) == (HANDFUL, total, f"{CLAIM}?format=html")


def test_a_claim_with_fewer_says_nothing_of_others(http: Newsroom) -> None:
    put(http, "/v1/claims/other", {"text": "It did not rain", "status": "published"})
    assert told(http.get("/v1/claims/other?format=html").text) == []


def test_a_sheet_has_a_row_for_every_verdict(http: Newsroom, total: int) -> None:
    assert http.get("/v1/claims?format=csv").text.count("Check ") == total
