"""What goes out as ClaimReview comes in again as it was."""

from typing import Any, Final

from tests.interop.archive import AS_JSONLD, VERDICT, keep
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.test_reviews import bring

OF_HERE: Final = {"@id", "identifier", "dateModified", "license"}
"""What a record has from where it is kept; an imported review has no license of ours."""


def told(value: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    """Return what a document says of the world, wherever it is kept."""
    if isinstance(value, list):
        return [told(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: told(one) for name, one in value.items() if name not in OF_HERE}
    if kept.get("@type") == "Rating":
        kept.pop("description", None)  # it is said of the scale
    return kept


def back(http: Newsroom) -> tuple[Json, Json]:
    """Return the review of the verdict, and that of what it becomes when it is taken in."""
    out = http.get(AS_JSONLD).json()
    answer = bring(http, out, query="?status=published")
    assert answer.json()["report"][0]["findings"] == []
    name = answer.json()["report"][0]["records"]["verdict"]
    return out, http.get(f"/v1/verdicts/{name}?format=jsonld").json()


def test_a_review_that_went_out_comes_in_as_it_was(http: Newsroom) -> None:
    keep(http)
    first, second = map(told, back(http))
    works = [[one for one in review.pop("citation") if "url" in one] for review in (first, second)]
    assert works[0] == works[1]
    assert first == second


def test_of_a_work_without_an_address_the_name_is_left(http: Newsroom) -> None:
    keep(http)
    first, second = back(http)
    assert [one["name"] for one in first["citation"]] == [one["name"] for one in second["citation"]]


def test_other_ids_are_kept_beside_that_of_the_first_newsroom(http: Newsroom) -> None:
    keep(http)
    _, second = back(http)
    values = {one["propertyID"]: one["value"] for one in second["identifier"][1:]}
    assert values == {"cms": "4711", "desk.example": VERDICT.rpartition("/")[2]}
