"""What goes out as ClaimReview comes in again as it was; here stands what does not, and why."""

from typing import Any, Final

import pytest

from tests.interop.archive import AS_JSONLD, FINDING, VERDICT, correct, keep
from tests.kinds.smallest import Json
from tests.newsroom import Newsroom
from tests.routes.acts import revise
from tests.routes.test_reviews import PUBLISHED, bring

OF_HERE: Final = ("identifier", "dateModified", "license")
"""What a review has from where it is kept; one that came from elsewhere has no license of ours."""


def told(review: Json) -> Json:
    """Return what a review says of the world, wherever it is kept and rated on whatever scale."""
    said = {name: one for name, one in review.items() if name not in OF_HERE}
    said["reviewRating"] = dict(review["reviewRating"])
    said["reviewRating"].pop("description", None)  # the scale says it
    return without_addresses(said)


def without_addresses(value: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    """Return a document without where its things are kept, and the id of its claim."""
    if isinstance(value, list):
        return [without_addresses(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = ("@id", "identifier") if value["@type"] == "Claim" else ("@id",)
    return {name: without_addresses(one) for name, one in value.items() if name not in own}


def others(review: Json) -> dict[str, str]:
    """Return the ids that a review has elsewhere."""
    return {one["propertyID"]: one["value"] for one in review["identifier"][1:]}


def again(http: Newsroom, out: Json, **query: str) -> tuple[list[str], Json]:
    """Take a review in; return the codes of what was found in it, and what goes out again."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    answer = bring(http, out, query=PUBLISHED + more)
    (entry,) = answer.json()["report"]
    name = entry["records"]["verdict"]
    review = http.get(f"/v1/verdicts/{name}?format=jsonld", key=http.desk).json()
    return [one["code"] for one in entry["findings"]], review


def out(http: Newsroom, **members: object) -> Json:
    """Publish the verdict with further members, and return it as a ClaimReview."""
    keep(http, **members)
    return http.get(AS_JSONLD).json()


def page_of(http: Newsroom, review: Json) -> str:
    """Return the page of a verdict for people."""
    return http.get(f"/v1/verdicts/{review['identifier'][0]}?format=html").text


def test_a_review_that_went_out_comes_in_as_it_was(http: Newsroom) -> None:
    first = out(http)
    codes, second = again(http, first)
    assert codes == []
    assert told(second) == told(first)


def test_other_ids_are_kept_beside_that_of_the_first_newsroom(http: Newsroom) -> None:
    _, second = again(http, out(http))
    assert others(second) == {"cms": "4711", "desk.example": VERDICT.rpartition("/")[2]}


def test_its_corrections_are_told_again_each_as_of_its_day_and_on_its_page(http: Newsroom) -> None:
    keep(http)
    correct(http)
    revise(http, VERDICT, title="No", note="Two lines:\nthe title.", reason="clarification")
    first = http.get(AS_JSONLD).json()
    _, second = again(http, first)
    assert len(second["correction"]) == 2
    assert second["correction"] == first["correction"]
    page = page_of(http, second)
    assert "<strong>Corrected</strong>" in page
    assert all(f'datetime="{one["datePublished"]}"' in page for one in first["correction"])


def test_a_correction_that_comes_a_second_time_is_told_once(http: Newsroom) -> None:
    keep(http)
    correct(http, summary="Ten.")
    _ = again(http, http.get(AS_JSONLD).json())
    correct(http, summary="Eleven.")
    first = http.get(AS_JSONLD).json()
    _, second = again(http, first, overwrite="true")
    assert len(second["correction"]) == 2
    assert told(second) == told(first)


def test_what_was_corrected_elsewhere_is_no_entry_of_our_register(http: Newsroom) -> None:
    keep(http)
    correct(http)
    _ = again(http, http.get(AS_JSONLD).json())
    (entry,) = http.get("/v1/corrections").json()["items"]
    assert entry["record"]["self"] == VERDICT


@pytest.mark.parametrize(
    ("left_out", "code", "member", "made"),
    [
        ("publisher", "publisher-from-address", "publisher", {"name": "desk.example"}),
        ("published_at", "date-of-change", "datePublished", None),
    ],
)
def test_what_every_review_has_is_filled_in_and_told(
    http: Newsroom, left_out: str, code: str, member: str, made: Json | None
) -> None:
    first = out(http, **{left_out: None})
    codes, second = again(http, first)
    assert codes == [code]
    assert second[member] == ({"@type": "Organization", **made} if made else first["dateModified"])


def test_a_claim_speaks_the_language_of_its_review(http: Newsroom) -> None:
    first = out(http)
    del first["itemReviewed"]["inLanguage"]
    assert again(http, first)[1]["itemReviewed"]["inLanguage"] == "en"


def test_markup_and_indents_in_a_text_are_cleared_out_and_told(http: Newsroom) -> None:
    codes, second = again(http, out(http, explanation="<b>Nine</b>\n  - days", summary=None))
    assert codes == ["text-mended"]
    assert second["reviewBody"] == "Nine\n- days"


def test_corrections_of_more_than_a_note_takes_stay_whole(http: Newsroom) -> None:
    keep(http)
    for number in range(2):
        revise(http, VERDICT, title=f"{number}", note=f"{number}" * 900, reason="correction")
    first = http.get(AS_JSONLD).json()
    codes, second = again(http, first)
    assert codes == []
    assert second["correction"] == first["correction"]


def test_a_correction_of_no_day_gets_none(http: Newsroom) -> None:
    first = out(http)
    first["correction"] = {"@type": "CorrectionComment", "text": "It was Monday."}
    assert again(http, first)[1]["correction"] == first["correction"]


def test_the_corrections_of_a_draft_are_told_when_somebody_publishes_it(http: Newsroom) -> None:
    keep(http)
    correct(http)
    first = http.get(AS_JSONLD).json()
    made = bring(http, first).json()["report"][0]["records"]
    verdict = f"/v1/verdicts/{made['verdict']}"
    for path in (*(f"/v1/sources/{one}" for one in made["sources"]), f"/v1/claims/{made['claim']}"):
        revise(http, path, status="published")
    revise(http, verdict, status="published", note="Read again.", reason="clarification")
    assert http.get(f"{verdict}?format=jsonld").json()["correction"] == first["correction"]


def test_a_retracted_review_comes_in_as_a_draft_without_a_rating_and_that_is_told(
    http: Newsroom,
) -> None:
    keep(http)
    revise(http, VERDICT, status="retracted", note="Forged.", reason="new_evidence")
    codes, second = again(http, http.get(AS_JSONLD).json())
    assert codes == ["rating-unknown", "stays-draft"]
    assert second["creativeWorkStatus"] == "Draft"
    assert "reviewRating" not in second


def test_a_label_that_no_table_knows_is_kept_on_a_draft_and_that_is_told(http: Newsroom) -> None:
    first = out(http, original_rating={"label": "Wobbly"}, rating=FINDING["rating"])
    codes, second = again(http, first)
    assert codes == ["label-unknown", "rating-unknown", "stays-draft"]
    assert second["reviewRating"]["alternateName"] == "Wobbly"


def test_what_nobody_named_is_called_by_its_address(http: Newsroom) -> None:
    first = out(http, evidence=None)
    first["itemReviewed"]["appearance"] = {"@type": "CreativeWork", "url": "https://p.example/1"}
    codes, second = again(http, first)
    assert codes == []
    assert second["itemReviewed"]["appearance"]["name"] == "p.example/1"
