"""Words that are written a little differently share most of their letters."""

from typing import Final

import pytest

from service.search.letters import Likeness

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
