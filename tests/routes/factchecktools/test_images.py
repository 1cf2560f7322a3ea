"""Google's client searches claims by a picture."""

from tests.newsroom import Newsroom
from tests.routes.factchecktools.archive import publish
from tests.routes.factchecktools.client import Google, Json

COLUMN = "https://desk.example/pictures/column.jpg?size=2"


def found(answer: Json) -> list[str]:
    """Return what the claims of an answer say."""
    return [result["claim"]["text"] for result in answer.get("results", [])]


def test_a_claim_is_found_by_its_picture_however_that_is_spelled(
    google: Google, http: Newsroom
) -> None:
    publish(http, "Kyiv", claim={"media": [{"url": COLUMN}]})
    for spelling in (COLUMN, "http://www.desk.example/pictures/column.jpg?size=2&utm_source=x#top"):
        assert found(google("claims", "imageSearch", imageUri=spelling)) == ["It rained in Kyiv"]


def test_a_claim_is_found_by_the_archived_picture(google: Google, http: Newsroom) -> None:
    media = {"url": "https://desk.example/1.jpg", "archived_url": COLUMN}
    publish(http, "Kyiv", claim={"media": [media]})
    assert found(google("claims", "imageSearch", imageUri=COLUMN)) == ["It rained in Kyiv"]


def test_an_address_where_the_claim_was_made_is_no_picture(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv", claim={"appearances": [{"url": COLUMN}]})
    assert google("claims", "imageSearch", imageUri=COLUMN) == {}


def test_the_client_finds_its_way_through_all_pictures(google: Google, http: Newsroom) -> None:
    for name in ("A", "B", "C"):
        publish(http, name, claim={"media": [{"url": COLUMN}]})
    pages = google.walk("claims", "imageSearch", imageUri=COLUMN, pageSize=2, languageCode="en")
    assert [found(page) for page in pages] == [
        ["It rained in C", "It rained in B"],
        ["It rained in A"],
    ]
    beyond = google("claims", "imageSearch", imageUri=COLUMN, offset=2)
    assert found(beyond) == ["It rained in A"]


def test_pictures_are_chosen_by_the_language_of_the_review(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv", claim={"media": [{"url": COLUMN}]})
    assert google("claims", "imageSearch", imageUri=COLUMN, languageCode="uk") == {}


def test_a_picture_has_to_be_named(google: Google) -> None:
    status, error = google.refused("claims", "imageSearch")
    assert (status, error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["details"][1]["fieldViolations"][0]["field"] == "imageUri"
