"""Numbers of a review, and what stands against them."""

import pytest

from service.interop.ratings import normalised

SANE = [
    ((1, 5, 1), "false"), ((2, 5, 1), "mostly_false"), ((3, 5, 1), "mixed"), ((4, 5, 1), "mostly_true"),
    ((5, 5, 1), "true"), ((1, 2, 1), "false"), ((2, 2, 1), "true"), ((1, 6, 1), "false"),
    ((2, 6, 1), "mostly_false"), ((3, 6, 1), "mixed"), ((4, 6, 1), "mixed"), ((5, 6, 1), "mostly_true"),
    ((6, 6, 1), "true"), ((1, 10, 1), "false"), ((10, 10, 1), "true"), ((2.5, 5, 1), "mixed"),
    ((3.5, 5, 1), "mixed"), ((4.5, 5, 1), "true"),
]  # fmt: skip

INSANE = [
    (None, 5, 1), (1, None, 1), (1, 5, None), (1, 1, 5), (1, 1, 1), (-1, -1, -1), (0, 5, 0), (0, 5, 1),
    (6, 5, 1), (1, 5, 0), (1, 5, -1), (2, 2, 2), (None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("numbers", "rating"), SANE)
def test_numbers_of_a_sane_scale_rate(numbers: tuple[float, float, float], rating: str) -> None:
    found = normalised(None, *numbers)
    assert (found.rating, found.conflict) == (rating, None)
    assert found.rule.startswith("numbers: ")


@pytest.mark.parametrize("numbers", INSANE)
def test_numbers_of_no_scale_do_not(numbers: tuple[float | None, float, float]) -> None:
    found = normalised("Nobody knows this label", *numbers)
    assert found.rating is None
    assert found.rule.startswith("none: no table knows the label, and ")


def test_the_label_counts_where_the_numbers_say_something_else() -> None:
    found = normalised("Misleading", 1, 5, 1)
    assert found.rating == "mostly_false"
    assert found.conflict == "numbers: 1 of 1 to 5 would be false"


def test_the_numbers_count_where_no_table_knows_the_label() -> None:
    assert normalised("Four shovels of it", 2, 5, 1).rating == "mostly_false"


def test_no_conflict_is_told_where_both_agree() -> None:
    assert normalised("Mostly false", 2, 5, 1, "en").conflict is None


def test_a_label_is_named_in_the_language_of_the_review() -> None:
    assert normalised("Falso", language="it-IT").rule == 'label: "Falso" (it)'
    assert normalised("Falso", language="ja").rule == 'label: "Falso" (es)'
