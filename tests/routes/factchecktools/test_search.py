"""Google's client searches claims by text and by site, through all pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.records.rows import Found
from service.storage.database import Database
from tests.newsroom import Newsroom
from tests.routes.factchecktools.archive import publish, put, texts
from tests.routes.factchecktools.client import Google, Json
from tests.routes.factchecktools.conftest import Pointed

TOWNS = ("Kyiv", "Lviv", "Odesa", "Sumy", "Lutsk")


@pytest.fixture
def towns(http: Newsroom) -> None:
    """Publish a claim and a verdict of each of five towns."""
    for name in TOWNS:
        publish(http, name)


def said(*names: str) -> list[str]:
    """Return what the claims of these towns say."""
    return [f"It rained in {name}" for name in names]


def test_a_claim_comes_with_its_review(google: Google, http: Newsroom) -> None:
    claimant = {"claimant": {"name": "The mayor"}, "claimed_at": "2022-02"}
    publish(http, "Kyiv", claim=claimant)
    [found] = google("claims", "search", query="rain in Kyiv")["claims"]
    [review] = found.pop("claimReview")
    assert found == {
        "text": "It rained in Kyiv",
        "claimant": "The mayor",
        "claimDate": "2022-02-01T00:00:00Z",
    }
    assert review == {
        "publisher": {"name": "The Desk", "site": "desk.example"},
        "url": "https://www.desk.example/Kyiv",
        "title": "No rain in Kyiv",
        "reviewDate": "2022-02-17T00:00:00Z",
        "textualRating": "False",
        "languageCode": "en-GB",
    }


@pytest.mark.usefixtures("towns")
def test_a_search_is_answered_in_the_order_of_match(google: Google, http: Newsroom) -> None:
    items = http.get("/v1/match?text=Did+it+rain+in+Sumy%3F&limit=50").json()["items"]
    matched = [item["claim"]["text"] for item in items if item["score"] >= 0.3]
    assert matched[0] == "It rained in Sumy"
    assert texts(google.walk("claims", "search", query="Did it rain in Sumy?")) == matched


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    "how", [{"query": "It rained"}, {"reviewPublisherSiteFilter": "desk.example"}]
)
def test_the_client_finds_its_way_through_all_pages(google: Google, how: dict[str, str]) -> None:
    pages = google.walk("claims", "search", pageSize=2, **how)
    assert [len(page.get("claims", [])) for page in pages][:3] == [2, 2, 1]
    assert sorted(texts(pages)) == sorted(said(*TOWNS))
    assert texts(google.walk("claims", "search", **how)) == texts(pages)


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    "how", [{"query": "It rained"}, {"reviewPublisherSiteFilter": "desk.example"}]
)
def test_an_offset_passes_over_results(google: Google, how: dict[str, str]) -> None:
    whole = texts(google.walk("claims", "search", **how))
    assert texts(google.walk("claims", "search", offset=2, pageSize=2, **how)) == whole[2:]
    assert texts(google.walk("claims", "search", offset=99, **how)) == []


@pytest.mark.usefixtures("towns")
def test_an_offset_is_passed_over_beside_a_token(google: Google) -> None:
    first = google("claims", "search", query="It rained", pageSize=2)
    token = {"query": "It rained", "pageSize": 2, "pageToken": first["nextPageToken"]}
    assert google("claims", "search", **token) == google("claims", "search", offset=4, **token)


@pytest.mark.usefixtures("towns")
def test_a_site_is_listed_from_its_newest_claim_on(google: Google) -> None:
    found = google("claims", "search", reviewPublisherSiteFilter="https://www.desk.example/")
    assert texts([found]) == said(*reversed(TOWNS))


def test_the_pages_of_a_site_show_one_moment(google: Google, http: Newsroom) -> None:
    for name in TOWNS:
        publish(http, name)
    asked = {"reviewPublisherSiteFilter": "desk.example", "pageSize": 2}
    first = google("claims", "search", **asked)
    publish(http, "Uman")
    following = google("claims", "search", pageToken=first["nextPageToken"], **asked)
    assert texts([first, following]) == said("Lutsk", "Sumy", "Odesa", "Lviv")


def test_a_page_is_filled_from_beyond_what_is_passed_over(google: Google, http: Newsroom) -> None:
    for number, name in enumerate(("A", "B", "C", "D", "E", "F", "G", "H")):
        publish(http, name, url=f"https://{('other', 'desk')[number % 2]}.example/{name}")
    asked = {"reviewPublisherSiteFilter": "desk.example", "pageSize": 2}
    pages = google.walk("claims", "search", **asked)
    assert [texts([page]) for page in pages] == [
        said("H", "F"),
        said("D", "B"),
        *[[]] * (len(pages) - 2),
    ]


def test_what_few_are_of_is_found_over_several_requests(
    google: Google, http: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.interop.factchecktools.walks.CHUNK", 2)
    monkeypatch.setattr("service.interop.factchecktools.walks.CHUNKS", 2)
    publish(http, "Kyiv", url="https://rare.example/Kyiv")
    for name in ("A", "B", "C", "D", "E"):
        publish(http, name)
    pages = google.walk("claims", "search", reviewPublisherSiteFilter="rare.example")
    assert [texts([page]) for page in pages] == [[], said("Kyiv")]


def test_a_site_below_another_belongs_to_it(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv", url="https://uk.desk.example/Kyiv")
    publish(http, "Lviv", url="https://notdesk.example/Lviv")
    found = google("claims", "search", reviewPublisherSiteFilter="DESK.example")
    assert texts([found]) == said("Kyiv")


def test_a_site_that_is_none_has_nothing(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv")
    assert google("claims", "search", reviewPublisherSiteFilter="[desk.example") == {}


def test_a_review_without_an_address_is_of_its_publishers_site(
    google: Google, http: Newsroom
) -> None:
    publish(http, "Kyiv")
    publisher = {"name": "The Desk", "url": "https://desk.example/"}
    sent = {"claim_id": "Kyiv", "scale_id": "truth", "rating": "true", "status": "published"}
    put(http, "/v1/verdicts/Kyiv", sent | {"publisher": publisher})
    [found] = google("claims", "search", reviewPublisherSiteFilter="desk.example")["claims"]
    assert found["claimReview"][0]["publisher"] == {"name": "The Desk", "site": "desk.example"}
    assert "url" not in found["claimReview"][0]


@pytest.mark.parametrize(("language", "count"), [("en", 1), ("en-US", 1), ("EN", 1), ("de", 0)])
def test_reviews_are_chosen_by_the_first_part_of_their_language(
    google: Google, http: Newsroom, language: str, count: int
) -> None:
    publish(http, "Kyiv", language="en-GB")
    found = google("claims", "search", query="It rained in Kyiv", languageCode=language)
    assert len(found.get("claims", [])) == count


def test_a_review_that_says_no_language_has_that_of_its_claim(
    google: Google, http: Newsroom
) -> None:
    put(http, "/v1/claims/Kyiv", {"text": "Es regnet", "language": "de", "status": "published"})
    sent = {"claim_id": "Kyiv", "scale_id": "truth", "rating": "true", "status": "published"}
    put(http, "/v1/verdicts/Kyiv", sent)
    [found] = google("claims", "search", query="Es regnet", languageCode="de")["claims"]
    assert found["claimReview"][0]["languageCode"] == "de"


def test_reviews_are_chosen_by_age_of_claim_or_review(google: Google, http: Newsroom) -> None:
    lately = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    publish(http, "Kyiv")
    publish(http, "Lviv", published_at=lately)
    publish(http, "Sumy", claim={"claimed_at": f"{lately}T00:00:00Z"})
    for days, names in ((10, {"Lviv", "Sumy"}), (1, set()), (0, {"Kyiv", "Lviv", "Sumy"})):
        found = google("claims", "search", query="It rained", maxAgeDays=days)
        assert {text.split()[-1] for text in texts([found])} == names


def test_a_claim_nobody_has_checked_is_left_out(google: Google, http: Newsroom) -> None:
    put(http, "/v1/claims/Kyiv", {"text": "It rained in Kyiv", "status": "published"})
    assert google("claims", "search", query="It rained in Kyiv") == {}


def test_what_is_not_public_is_found_by_nobody(pointed: Pointed, http: Newsroom) -> None:
    publish(http, "Kyiv", status="draft")
    publish(http, "Lviv")
    publish(http, "Lviv", status="withheld")
    publish(http, "Sumy")
    put(http, "/v1/verdicts/Sumy", {"claim_id": "Sumy", "title": "secret", "status": "draft"})
    for how in ({"query": "It rained"}, {"reviewPublisherSiteFilter": "desk.example"}):
        [found] = pointed(http.admin)("claims", "search", **how)["claims"]
        assert [review["title"] for review in found["claimReview"]] == ["No rain in Sumy"]


def test_the_rating_is_what_the_publisher_called_it(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv", original_rating={"label": "Pants on fire"})
    [found] = google("claims", "search", query="It rained in Kyiv")["claims"]
    assert found["claimReview"][0]["textualRating"] == "Pants on fire"


def test_the_rating_of_a_scale_that_is_withheld_is_its_key(google: Google, http: Newsroom) -> None:
    scale = {"name": "Stars", "ratings": [{"key": "one", "labels": {"en": "One star"}}]}
    put(http, "/v1/scales/stars", scale | {"status": "published"})
    publish(http, "Kyiv", scale_id="stars", rating="one")
    publish(http, "Lviv", scale_id="stars", rating="one")
    put(http, "/v1/scales/stars", scale | {"status": "withheld"})
    found = google("claims", "search", query="It rained")["claims"]
    assert {one["claimReview"][0]["textualRating"] for one in found} == {"one"}


def test_the_pages_of_a_site_call_ratings_as_at_their_moment(
    google: Google, http: Newsroom
) -> None:
    star: Json = {"key": "one", "labels": {"en": "One star"}}
    put(http, "/v1/scales/stars", {"name": "S", "ratings": [star], "status": "published"})
    for name in ("Kyiv", "Lviv"):
        publish(http, name, scale_id="stars", rating="one")
    asked = {"reviewPublisherSiteFilter": "desk.example", "pageSize": 1}
    token = google("claims", "search", **asked)["nextPageToken"]
    for status, ratings, told in (
        ("published", [star | {"labels": {"en": "A star"}}], "One star"),
        ("withheld", [star], "one"),
    ):
        put(http, "/v1/scales/stars", {"name": "S", "ratings": ratings, "status": status})
        [found] = google("claims", "search", pageToken=token, **asked)["claims"]
        assert found["claimReview"][0]["textualRating"] == told


@pytest.mark.parametrize(
    "how", [{"query": "It rained"}, {"reviewPublisherSiteFilter": "desk.example"}]
)
def test_scales_are_read_together(
    google: Google, http: Newsroom, monkeypatch: pytest.MonkeyPatch, how: Json
) -> None:
    for name in ("A", "B", "C"):
        scale = {"name": name, "ratings": [{"key": "one", "labels": {"en": f"One {name}"}}]}
        put(http, f"/v1/scales/{name}", scale | {"status": "published"})
        publish(http, name, scale_id=name, rating="one")
    asked, run = list[type](), Database.all

    def all_rows(door: Database, row: type, *rest: Any, **named: Any) -> list[Any]:  # noqa: ANN401
        asked.append(row)
        return run(door, row, *rest, **named)

    monkeypatch.setattr(Database, "all", all_rows)
    claims = google("claims", "search", **how)["claims"]
    labels = {one["claimReview"][0]["textualRating"] for one in claims}
    assert labels == {"One A", "One B", "One C"}
    assert Found not in asked


def test_what_shares_a_word_in_passing_is_no_answer(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv")
    text = "Did the governor of Kyiv sell the grain silos to his brother's company in December?"
    assert google("claims", "search", query=text) == {}
