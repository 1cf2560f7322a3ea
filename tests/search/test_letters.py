"""Words that are written a little differently share most of their letters."""

from datetime import UTC, datetime
from typing import Final

import pytest

from service.search.asked import Word
from service.search.letters import Likeness
from service.search.scoring import MOST_LETTERS, Candidate, Scoring

MERKEL: Final = Likeness(dict.fromkeys(["_mer", "merk", "erke", "rkel", "kel_"], 2.0), usual=5)


def test_a_text_of_the_usual_length_that_has_all_is_as_alike_as_can_be() -> None:
    assert MERKEL.of("merkel") == pytest.approx(MERKEL.most)
    assert 0 < MERKEL.of("merkl") < MERKEL.most
    assert MERKEL.of("putin") == 0


def test_letters_are_those_of_one_word() -> None:
    assert 0 < MERKEL.of("mer kel") < MERKEL.of("merkel")
    assert MERKEL.of("xme rkx") == 0


def test_more_of_the_same_counts_ever_less() -> None:
    known = Likeness({"rain": 1.0}, usual=10)
    once, twice, often = (known.of(" ".join(["rain"] * times)) for times in (1, 2, 50))
    assert once < twice < often
    assert often - twice < once


def test_of_many_letters_those_that_tell_most_are_looked_for() -> None:
    letters = [f"a{number:03}" for number in range(MOST_LETTERS + 1)]
    rarities = [float(1000 - number) for number in range(len(letters))]
    scoring = Scoring([Word("x", 1, 1, 5, 1, True, letters, rarities, 10, 5)])  # noqa: FBT003
    found = [
        Candidate(spelled, "x", spelled, 1, datetime(2022, 2, 17, tzinfo=UTC))
        for spelled in letters[-2:]
    ]
    *_, told, least = letters
    shares = {one.claim: one.letters for one in scoring.best(found, 2)}
    assert shares[told] > 0
    assert shares[least] == 0
