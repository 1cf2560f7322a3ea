"""Dates as people read them."""

import pytest

from service.site.dates import period, said, when


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2022", "2022"),
        ("2022-02", "February 2022"),
        ("2022-02-06", "6 February 2022"),
        ("2022-02-16T12:05:00.000000Z", "16 February 2022, 12:05 UTC"),
        ("2022-02-16T23:05:00-02:00", "17 February 2022, 01:05 UTC"),
        ("soon", "soon"),
        ("2022-13", "2022-13"),
        ("in a few weeks", "in a few weeks"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(date: str, told: str) -> None:
    assert said(date) == told


def test_a_date_says_itself_to_programs_too() -> None:
    assert when("2022-02") == '<time datetime="2022-02">February 2022</time>'
    assert when(None) == ""
    assert when('"><b>') == '<time datetime="&#34;&gt;&lt;b&gt;">&#34;&gt;&lt;b&gt;</time>'


def test_a_period_has_the_ends_that_it_has() -> None:
    assert str(period({"from": "2022", "to": "2023"})).startswith("from <time")
    assert " to <time" in period({"from": "2022", "to": "2023"})
    assert period({"to": "2022"}) == 'to <time datetime="2022">2022</time>'
    assert period({"from": "2022", "to": "2022"}) == when("2022")
    assert period(None) == ""
