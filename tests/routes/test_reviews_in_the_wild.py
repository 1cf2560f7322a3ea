"""A file with the faults of real ones comes in whole, and once."""

from typing import Final

from tests.interop.claimreview.wild import ITEMS
from tests.newsroom import Newsroom
from tests.routes.test_reviews import bring, came

FILE: Final = [item for item, _, _ in ITEMS]


def test_every_item_goes_in_rated_as_people_would_and_mends_are_told(http: Newsroom) -> None:
    answer = bring(http, *FILE).json()
    assert (answer["items"], answer["understood"]) == (len(ITEMS), len(ITEMS))
    for entry, (_, rating, codes) in zip(answer["report"], ITEMS, strict=True):
        assert entry["rating"] == rating, entry
        assert codes <= {one["code"] for one in entry["findings"]}, entry


def test_a_second_run_leaves_every_record_unchanged(http: Newsroom) -> None:
    first = came(bring(http, *FILE))
    assert first.keys() == {"created"}
    assert came(bring(http, *FILE)) == {"unchanged": first["created"]}
