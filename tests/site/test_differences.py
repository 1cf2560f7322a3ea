"""What changed, in parts that stayed, went and came."""

from service.documents.sequences import Effort
from service.site.differences import LONGEST, Difference, differences
from tests.kinds.smallest import Json


def told(before: Json, after: Json) -> list[Difference]:
    """Return the differences of two records."""
    return differences(before, after, Effort(), {"mostly_true": "Mostly true"})


def parts(found: Difference) -> list[tuple[str, str]]:
    """Return signs and texts of the parts of a difference."""
    return [(part.sign, part.text) for part in found.parts]


def test_a_text_is_told_by_its_words() -> None:
    [found] = told({"summary": "It rained on Monday"}, {"summary": "It snowed on Monday"})
    assert found.place == "Summary"
    signs = [sign for sign, _ in parts(found)]
    assert signs == ["stayed", "went", "came", "stayed"]
    assert "".join(text for sign, text in parts(found) if sign != "went") == "It snowed on Monday"


def test_places_are_counted_as_people_count() -> None:
    before = {"evidence": [{"quote": "a"}, {"quote": "b", "credibility": 2}]}
    after = {"evidence": [{"quote": "a"}, {"quote": "b", "credibility": 3}]}
    [found] = told(before, after)
    assert (found.place, parts(found)) == (
        "Evidence 2, credibility",
        [("went", "2"), ("came", "3")],
    )


def test_what_came_and_what_went_is_told_whole() -> None:
    found = told({"topics": ["a"]}, {"topics": ["a"], "valid": {"from": "2022", "to": None}})
    assert parts(found[0]) == [("came", "from: 2022; to: null")]
    found = told({"authors": ["a", "b"]}, {})
    assert (found[0].place, parts(found[0])) == ("Authors", [("went", "a; b")])


def test_a_rating_goes_by_its_label() -> None:
    [found] = told({"rating": "mostly_true"}, {"rating": "false"})
    assert {text for _, text in parts(found)} == {"Mostly true", "false"}


def test_what_no_page_shows_is_no_difference() -> None:
    before = {"internal": {"a": 1}, "recorded_by": {"key": "a"}, "origin": {"raw": {"a": 1}}}
    after = {"internal": {"a": 2}, "recorded_by": {"key": "b"}, "origin": {"raw": {"a": 2}}}
    assert told(before, {**after, "revision": 2, "status": "retracted"}) == []


def test_a_long_text_is_cut() -> None:
    [found] = told({}, {"explanation": "x" * 10_000})
    assert len(found.parts[0].text) == LONGEST + 2
