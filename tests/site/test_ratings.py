"""A rating and the scale it is on."""

from service.site.ratings import chosen, steps
from tests.kinds.smallest import Json

STARS: Json = {
    "id": "stars",
    "ratings": [
        {"key": "unproven", "number": None, "labels": {"en": "Unproven"}},
        {"key": "two", "number": 2, "labels": {"de-AT": "Zwei", "en": "Two"}, "color": "#00ff00"},
        {"key": "mostly_one", "number": 1, "color": "url(x)"},
        {"key": "trois", "number": 3, "labels": {"fr": "Trois"}},
    ],
}


def test_steps_without_a_number_come_last() -> None:
    assert [one.key for one in steps(STARS, "two")] == ["two", "mostly_one", "trois", "unproven"]
    assert [one.key for one in steps(STARS, "two") if one.chosen] == ["two"]


def test_a_label_is_in_the_language_of_the_verdict_or_in_english_or_as_it_is() -> None:
    labels = {one.key: (one.label, one.language) for one in steps(STARS, "two", "de")}
    assert labels["two"] == ("Zwei", "de-AT")
    assert labels["unproven"] == ("Unproven", "en")
    assert labels["trois"] == ("Trois", "fr")
    assert labels["mostly_one"] == ("mostly one", "en")


def test_a_colour_is_one_or_none() -> None:
    colours = {one.key: one.color for one in steps(STARS, "two")}
    assert (colours["two"], colours["mostly_one"]) == ("#00ff00", None)


def test_a_rating_stands_alone_without_its_scale() -> None:
    found = chosen(None, "mostly_false")
    assert found
    assert (found.label, found.chosen) == ("mostly false", True)
    assert chosen(None, None) is None
    assert len(steps(STARS, "gone")) == 5
