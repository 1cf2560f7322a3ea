"""A cell of CSV is shown by a spreadsheet, and never run."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.cells import defused, restored, row

FIRST = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "'=", "''@"]


@pytest.mark.parametrize("first", FIRST)
def test_what_might_be_run_begins_with_an_apostrophe(first: str) -> None:
    assert defused(f"{first}1+1") == f"'{first}1+1"


@given(st.sampled_from(["", *FIRST]), st.text())
def test_what_was_kept_from_running_comes_back(first: str, rest: str) -> None:
    assert restored(defused(first + rest)) == first + rest


@pytest.mark.parametrize("text", ["-5", "-5.5", "'n Beetje", "a=b"])
def test_numbers_and_other_text_are_left_as_they_are(text: str) -> None:
    assert defused(text) == restored(text) == text


def test_nothing_is_an_empty_cell() -> None:
    assert row(["It rained", None, 3, ""]) == "It rained,,3,\r\n"


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=2))
def test_a_row_gives_back_what_went_in_but_for_apostrophes(cells: list[str]) -> None:
    (found,) = csv.reader([row(cells)])
    assert found == [defused(cell) for cell in cells]
