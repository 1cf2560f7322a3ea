"""Instants as text: what is written is read again, at both ends of the calendar too."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import http_date

from service.documents import instants

INSTANTS = st.datetimes(timezones=st.just(UTC))


@given(INSTANTS)
def test_what_is_written_is_read_again(instant: datetime) -> None:
    text = instants.written(instant)
    assert (len(text), instants.read(text)) == (27, instant)


@given(INSTANTS)
def test_a_date_of_http_is_read_again_to_the_second(instant: datetime) -> None:
    text = instants.http_date(instant)
    assert text == http_date(instant)
    assert instants.read_http_date(text) == instant.replace(microsecond=0)


def test_what_is_written_is_in_utc() -> None:
    east = datetime(2022, 2, 16, 1, tzinfo=timezone(timedelta(hours=2)))
    assert instants.written(east) == "2022-02-15T23:00:00.000000Z"
    assert instants.http_date(east) == "Tue, 15 Feb 2022 23:00:00 GMT"


@pytest.mark.parametrize("text", ["Thu, 16 Feb 2022 18:00:00 GMT", "Wed, 16 Feb 2022 18:00:00", ""])
def test_a_date_of_another_form_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        instants.read_http_date(text)
