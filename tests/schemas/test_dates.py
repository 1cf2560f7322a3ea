"""Dates are kept as they were written, if there are such dates."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas.claim import ClaimSchema
from schemas.dates import check_to_come, in_order, is_to_come
from schemas.key import NewKeySchema
from schemas.source import SourceSchema
from tests.schemas.faults import faults

NEW_YEAR: Final = datetime(2022, 1, 1, tzinfo=UTC)
OFFSETS: Final = st.timezones()


def claimed(at: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a claim that was made at that time."""
    return faults(ClaimSchema(), {"text": "The forces grew", "claimed_at": at})


@pytest.mark.parametrize(
    "written",
    [
        "2022",
        "0001",
        "2022-02",
        "2022-02-16",
        "2024-02-29",
        "2022-02-16T18:00:00Z",
        "2022-02-16T18:00:00.5Z",
        "2022-02-16T18:00:00.123456789+14:00",
        "0001-01-01T00:00:00+14:59",
        "9999-12-31T23:59:59.999999-14:59",
    ],
)
def test_a_date_is_taken_as_far_as_it_is_known(written: str) -> None:
    payload = {"text": "The forces grew", "claimed_at": written}
    assert ClaimSchema().load(payload) == payload


@pytest.mark.parametrize("written", ["2022-02-30", "2023-02-29", "2022-04-31T00:00:00Z"])
def test_a_day_that_the_calendar_has_not_is_refused(written: str) -> None:
    assert claimed(written) == ["/claimed_at invalid: the calendar has no such day"]


@pytest.mark.parametrize(
    "written",
    [
        "0000",
        "22",
        "2022-2",
        "2022-13",
        "2022-00",
        "2022-02-00",
        "2022-02-16 18:00",
        "2022-02-16T18:00:00",
        "2022-02-16T18:00Z",
        "2022-02-16T24:00:00Z",
        "2022-02-16T23:59:60Z",
        "2022-02-16T18:00:00+16:00",
        "2022-02-16t18:00:00z",
        "2022-W07",
        "20220216",
        "2022\n",
        "२०२२",
        "February 2022",
    ],
)
def test_what_is_written_otherwise_is_refused(written: str) -> None:
    (fault,) = claimed(written)
    assert fault.startswith('/claimed_at invalid: expected a date: "2022", "2022-02", "2022-02-16"')


def test_an_instant_is_wholly_known() -> None:
    (fault,) = faults(SourceSchema(), {"title": "Report", "origin": {"fetched_at": "2022-02-16"}})
    assert fault.startswith("/origin/fetched_at invalid: expected an instant as in RFC 3339")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2022", "2022"),
        ("2022-02", "2022-02-16"),
        ("2022-02-16", "2022-02"),
        ("2022-02-16", "2022-02-16T00:00:00+14:00"),
        ("2022-02-16T23:00:00Z", "2022-02-17T00:30:00+01:00"),
    ],
)
def test_dates_in_order(first: str, last: str) -> None:
    assert in_order(first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2023", "2022-12-31"),
        ("2022-03", "2022-02-16"),
        ("2022-02-17", "2022-02-16T23:59:59Z"),
        ("2022-02-17T00:30:00+00:00", "2022-02-17T01:00:00+01:00"),
    ],
)
def test_dates_out_of_order(first: str, last: str) -> None:
    assert not in_order(first, last)


@given(*[st.datetimes(timezones=OFFSETS, allow_imaginary=False)] * 2)
def test_instants_are_ordered_as_they_happen(one: datetime, other: datetime) -> None:
    assert in_order(one.astimezone(UTC).isoformat(), one.astimezone(UTC).isoformat())
    assert in_order(one.isoformat(), other.isoformat()) == (one <= other)


@pytest.mark.parametrize(
    ("written", "to_come"),
    [
        ("2022", False),
        ("2022-01-01", False),
        ("2022-01-02", True),
        ("2022-02", True),
        ("2023", True),
        ("2022-01-01T00:00:00Z", False),
        ("2022-01-01T00:00:01Z", True),
        ("2022-01-01T13:00:00+14:00", False),
    ],
)
def test_a_date_is_to_come_when_it_has_begun_nowhere(written: str, to_come: bool) -> None:  # noqa: FBT001
    assert is_to_come(written, NEW_YEAR) == to_come


def test_a_day_that_has_begun_in_the_east_has_come() -> None:
    assert not is_to_come("2022-01-02", NEW_YEAR.replace(hour=10))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2021-12-31T23:59:59Z", "in-the-past"),
        ("2022-01-01T00:00:00Z", "in-the-past"),
        ("2022-01-01T13:00:00+14:00", "in-the-past"),
        ("0001-01-01T00:00:00+14:00", "in-the-past"),
        ("9999-12-31T23:59:59-14:00", "invalid"),
    ],
)
def test_what_must_be_to_come_is_after_now_and_of_a_year_that_utc_can_write(
    written: str, code: str
) -> None:
    with pytest.raises(ValidationError, match=code):
        check_to_come(datetime.fromisoformat(written), NEW_YEAR)


@pytest.mark.parametrize("written", ["2022-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.9Z"])
def test_what_is_to_come_is_taken(written: str) -> None:
    assert check_to_come(datetime.fromisoformat(written), NEW_YEAR) is None
    assert faults(NewKeySchema(), {"name": "a", "expires_at": "2999-01-01T00:00:00Z"}) == []
