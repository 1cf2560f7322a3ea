"""A post is taken apart into what it says, its tags and its signature; links say nothing."""

import pytest

from service.search.posts import DAY, HANDLE, parts, split

POST = (
    "Who put out #AustralianFires water? Ask @JulieFavell https://t.co/abc pic.twitter.com/0eJtw"
    " — Center for Bio Div (@CenterForBioDiv) January 14, 2020"
)


def test_a_post_has_a_body_tags_and_a_signature() -> None:
    body, tags, day, handle = parts(POST)
    assert (body[0].split(), body[1]) == (["Who", "put", "out", "water?", "Ask"], 1.0)
    assert tags == ("Australian Fires Julie Favell Center for Bio Div", 1.0)
    assert day == ("January 14, 2020", DAY)
    assert handle == ("Center For Bio Div", HANDLE)


def test_a_sentence_is_its_own_body() -> None:
    assert parts("It rains more - they say.") == [("It rains more - they say.", 1.0)]


def test_a_post_of_links_alone_says_nothing() -> None:
    assert parts("https://example.org/a www.example.org") == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("BBCNews", "BBC News"),
        ("bus_fares", "bus fares"),
        ("Covid19", "Covid 19"),
        ("brexit", "brexit"),
        ("Дамба", "Дамба"),
    ],
)
def test_a_tag_is_split_into_words(tag: str, words: str) -> None:
    assert split(tag) == words
