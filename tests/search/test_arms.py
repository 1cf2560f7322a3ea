"""What is looked at first is what tells most for what it costs."""

from typing import Final

from service.records.wording import quoted
from service.search.arms import arms
from service.search.asked import Word

MILLION: Final = 1_000_000.0


def words(**records: float) -> list[Word]:
    """Return words, each in so many records of a million."""
    return [
        Word(
            word=name,
            weight=1.0,
            records=number,
            worth=1.0,
            token=place,
            missed=True,
            letters=[],
            rarities=[],
            of_all=MILLION,
            usual=20.0,
        )
        for place, (name, number) in enumerate(records.items())
    ]


def test_rare_words_are_looked_for_by_themselves() -> None:
    assert arms(words(frog=3, toad=0, newt=200), 5000) == ["'toad'", "'frog'", "'newt'"]


def test_what_is_left_is_for_more_words_by_themselves() -> None:
    asked = words(frog=3, rain=200, snow=300, hail=20_000)
    assert arms(asked, 4000) == ["'frog'", "'rain'", "'snow'"]
    assert arms(asked, 2000) == ["'frog'", "'rain'", "'snow' & ('hail')"]
    assert arms(asked, 150) == ["'frog'", "'rain' & ('snow')"]


def test_of_other_words_two_at_once() -> None:
    asked = words(rain=5_000, frog=3, snow=8_000, hail=20_000)
    assert arms(asked, 5000) == ["'frog'", "'rain' & ('snow'|'hail')", "'snow' & ('hail')"]


def test_the_fewest_expected_come_first_until_the_budget_is_spent() -> None:
    asked = words(rain=5_000, snow=8_000, hail=20_000)
    assert arms(asked, 700) == ["'rain' & ('snow')"]


def test_at_least_one_is_looked_for_whatever_it_costs() -> None:
    assert arms(words(rain=500_000), 1) == ["'rain'"]
    assert arms(words(rain=500_000, snow=600_000), 1) == ["'rain' & ('snow')"]
    assert arms(words(frog=1, rain=500_000, snow=600_000), 1) == ["'frog'"]


def test_a_word_may_have_any_letters() -> None:
    assert quoted("o'neill\\") == "'o''neill\\\\'"
