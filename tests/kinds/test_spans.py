"""Half-known dates become the stretches of time that they may mean."""

from datetime import date

import pytest

from service.kinds.spans import day_after, first_day, tstzrange
from tests.kinds.smallest import Json

ZERO = "T00:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2022", date(2022, 1, 1), date(2023, 1, 1)),
        ("2022-02", date(2022, 2, 1), date(2022, 3, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2022-12", date(2022, 12, 1), date(2023, 1, 1)),
        ("2024-02-28", date(2024, 2, 28), date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
        ("2022-02-28", date(2022, 2, 28), date(2022, 3, 1)),
        ("9999", date(9999, 1, 1), None),
        ("9999-12", date(9999, 12, 1), None),
        ("9999-12-31", date(9999, 12, 31), None),
        ("9999-11", date(9999, 11, 1), date(9999, 12, 1)),
        ("0001", date(1, 1, 1), date(2, 1, 1)),
    ],
)
def test_a_date_lasts_as_long_as_what_is_known_of_it(
    text: str, first: date, after: date | None
) -> None:
    assert (first_day(text), day_after(text)) == (first, after)


def test_the_first_day_of_an_instant_is_the_day_written_in_it() -> None:
    assert first_day("2022-02-16T23:30:00-05:00") == date(2022, 2, 16)


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ({"from": "2022-02", "to": "2022"}, f"[2022-02-01{ZERO},2023-01-01{ZERO})"),
        ({"from": "2022-02-16"}, f"[2022-02-16{ZERO},)"),
        ({"to": "2022-02-16"}, f"[,2022-02-17{ZERO})"),
        ({"to": "9999"}, "[,)"),
        ({"from": "2022-02-16T18:00:00Z", "to": "2022-02-16T18:00:00Z"},
         "[2022-02-16T18:00:00Z,2022-02-16T18:00:00Z]"),
        ({"from": "2022-02-16T18:00:00.1234566Z", "to": "2022-02-16T18:00:00.123456499Z"},
         "[2022-02-16T18:00:00.123456Z,2022-02-16T18:00:00.123456Z]"),
        ({"from": "2022-02-16T18:00:00Z", "to": "2022-02-16"},
         f"[2022-02-16T18:00:00Z,2022-02-17{ZERO})"),
    ],
)  # fmt: skip
def test_both_ends_of_a_period_belong_to_it_as_far_as_they_are_known(
    period: Json, span: str
) -> None:
    assert tstzrange(period) == span


def test_a_period_upside_down_only_by_its_offsets_is_the_instant_it_begins_with() -> None:
    period: Json = {"from": "2022-02-16T23:00:00-05:00", "to": "2022-02-16"}
    assert tstzrange(period) == "[2022-02-16T23:00:00-05:00,2022-02-16T23:00:00-05:00]"


@pytest.mark.parametrize("value", [None, "2022", 5, []])
def test_what_is_no_object_is_no_period(value: object) -> None:
    assert tstzrange(value) is None  # pyright: ignore[reportArgumentType] -- the point
