"""A cell of CSV is shown by a spreadsheet, and never run."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.cells import defused, row


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_might_be_run_begins_with_an_apostrophe(first: str) -> None:
    assert defused(f"{first}1+1") == f"'{first}1+1"


def test_other_text_is_left_as_it_is() -> None:
    assert row(["It rained", None, 3, ""]) == "It rained,,3,\r\n"


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=2))
def test_a_row_gives_back_what_went_in_but_for_apostrophes(cells: list[str]) -> None:
    (found,) = csv.reader([row(cells)])
    assert found == [defused(cell) for cell in cells]
