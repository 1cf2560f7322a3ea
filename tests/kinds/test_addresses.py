"""Two spellings of one page are one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kinds.addresses import identity, taken_apart

PAGE = "https://news.example/story?b=2&a=1"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://news.example/story?b=2&a=1",
        "https://www.news.example/story?a=1&b=2",
        "https://NEWS.example/story?b=2&a=1",
        "https://news.example:443/story?b=2&a=1",
        "http://news.example:80/story?b=2&a=1",
        "https://news.example/story/?b=2&a=1",
        "https://news.example/story?b=2&a=1#top",
        "https://news.example/story?b=2&a=1&utm_source=mail&utm_medium=x",
        "https://news.example/story?fbclid=1&b=2&gclid=2&a=1&mc_cid=3&mc_eid=4&igshid=5",
    ],
)
def test_what_does_not_tell_pages_apart_is_left_out(spelling: str) -> None:
    assert identity(spelling) == identity(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example:8080/story?b=2&a=1",
        "https://news.example/Story?b=2&a=1",
        "https://news.example/story?b=2&a=2",
        "https://news.example/story",
        "https://old.news.example/story?b=2&a=1",
        "https://news.example/story?b=2&a=1&autumn=x",
    ],
)
def test_what_tells_pages_apart_is_kept(other: str) -> None:
    assert identity(other) != identity(PAGE)


def test_a_bare_host_is_the_same_with_a_slash_and_without() -> None:
    assert identity("https://news.example") == identity("http://www.news.example/")


def test_letters_of_any_script_are_one_with_their_escapes() -> None:
    escaped = "https://news.example/%D0%BF"
    assert identity("https://news.example/п") == identity(escaped)


@pytest.mark.parametrize("address", ["https://news.example:99999/", "http://[::1/"])
def test_what_cannot_be_taken_apart_is_its_own_identity(address: str) -> None:
    assert identity(address) == address


SIMPLE = r"https?://(www\.)?[a-z0-9]{1,9}(\.[a-z0-9]{1,9}){0,3}(/[A-Za-z0-9_~.-]{0,9}){0,4}/?"


@given(st.from_regex(SIMPLE, fullmatch=True))
def test_the_short_way_ends_where_the_long_one_does(url: str) -> None:
    assert identity(url) == taken_apart(url)
