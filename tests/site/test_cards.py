"""How other sites show a card."""

import xml.etree.ElementTree as ET

import pytest

from service.kinds import BY_NAME
from service.records.place import Place
from service.site import cards
from service.site.rendering import Site

SITE = Site("The Courier", "https://facts.example")
ONE = Place(BY_NAME["verdict"], "one")
HUGE = (100_000, 100_000)


@pytest.mark.parametrize(
    "url",
    [
        "https://facts.example/v1/verdicts/one",
        "http://FACTS.example/v1/verdicts/one?format=html#history",
        "https://facts.example/embed/verdicts/one/",
    ],
)
def test_the_address_of_a_page_names_its_verdict(url: str) -> None:
    assert cards.named(url, SITE.base) == "one"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v1/verdicts/one",
        "https://facts.example.evil/v1/verdicts/one",
        "https://facts.example@evil.example/v1/verdicts/one",
        "ftp://facts.example/v1/verdicts/one",
        "https://facts.example/v1/claims/one",
        "/v1/verdicts/one",
        "https://[/v1/verdicts/one",
    ],
)
def test_another_address_names_none(url: str) -> None:
    assert cards.named(url, SITE.base) is None


def test_no_title_leaves_its_attribute() -> None:
    lines = cards.snippet(SITE, ONE, '"><script>alert(1)</script>', 600, 360)
    assert lines.count("<script") == 1
    assert 'title="&#34;&gt;&lt;script&gt;' in lines


def test_a_card_is_as_wide_as_it_may_be() -> None:
    found = cards.described(SITE, ONE, {"id": "one", "title": "A"}, (480, 100))
    assert (found["width"], found["height"]) == (480, 100)
    assert 'width="480" height="100"' in str(found["html"])
    assert cards.described(SITE, ONE, {"id": "one"}, HUGE)["width"] == cards.WIDTH


def test_xml_leaves_out_what_it_cannot_write() -> None:
    verdict = {"id": "one", "title": "a\x01<b>&\ufffe", "authors": ["Ann", "Bo"]}
    text = cards.as_xml(cards.described(SITE, ONE, verdict, HUGE))
    found = ET.fromstring(text)  # noqa: S314 -- it is our own
    assert found.findtext("title") == "a<b>&"
    assert found.findtext("author_name") == "Ann, Bo"
    assert str(found.findtext("html")).startswith("<iframe")
