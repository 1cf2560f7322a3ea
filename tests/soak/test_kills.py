"""Kill -9 of workers, database backends and the database server while clients write."""

from collections import Counter

from tests.docs.service import folder
from tests.soak.soak import soak


def test_kills_lose_nothing_double_nothing_and_leave_no_gap() -> None:
    with folder() as place:
        soaked = soak(place / "data", kills=3)
    assert soaked.flaws == []
    sorts = Counter(kill.sort for kill in soaked.kills)
    assert sorts == {"worker": 3, "backend": 3, "postmaster": 3}
