"""The cursor of a change gives back its place, in the database that it was made for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.seals import Seal
from service.errors import CursorExpired, ForeignCursor, InvalidCursor
from service.feed.marks import BEGINNING, Mark, Marks

OURS = Marks(Seal(b"secret"), 7)
numbers = st.integers(0, 2**63 - 1)


@given(numbers, numbers)
def test_a_cursor_gives_back_the_place_of_its_change(position: int, seq: int) -> None:
    assert OURS.read(OURS.make(Mark(position, seq))) == Mark(position, seq)


def test_places_are_in_the_order_of_transactions_and_then_of_writing() -> None:
    assert BEGINNING < Mark(1, 2) < Mark(1, 3) < Mark(2, 1)


def test_a_cursor_that_was_made_up_is_invalid() -> None:
    with pytest.raises(InvalidCursor):
        OURS.read(Marks(Seal(b"other"), 7).make(BEGINNING))


def test_the_cursor_of_a_list_is_foreign() -> None:
    with pytest.raises(ForeignCursor):
        OURS.read(OURS.seal.close(b"L"))


def test_a_cursor_from_before_a_restore_is_expired() -> None:
    with pytest.raises(CursorExpired):
        OURS.read(Marks(OURS.seal, 8).make(BEGINNING))
