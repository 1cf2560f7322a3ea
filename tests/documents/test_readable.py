"""Differences in plain text say what changed, shortly."""

import pytest
from hypothesis import given

from service.documents.readable import label, readable
from service.documents.sequences import Effort
from service.documents.values import equal
from tests.documents.strategies import Json, alike, values

LONG = "More than 148,000 Russian troops are at the border of Ukraine and more are on the way"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({"rating": "mixed"}, {"rating": "false"}, 'rating: "mixed" → "false"\n'),
        ({"quantity": {"low": 1}}, {"quantity": {"low": 2}}, "quantity.low: 1 → 2\n"),
        ({"topics": ["navy"]}, {"topics": ["navy", "army"]}, '+ topics[1]: "army"\n'),
        ({"topics": ["navy", "army"]}, {"topics": ["army"]}, '- topics[0]: "navy"\n'),
        ({"a": [1, 2], "b": 1}, {"a": [3]}, "a[0]: 1 → 3\n- a[1]: 2\n- b: 1\n"),
        ({}, {"about": {"from": "2022"}}, '+ about: {"from":"2022"}\n'),
        (1, 2, "record: 1 → 2\n"),
        ({"a": 1}, {"a": 1.0}, ""),
    ],
)
def test_short_changes_take_a_line(before: Json, after: Json, text: str) -> None:
    assert readable(before, after) == text


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (
            LONG,
            LONG.replace("148", "149"),
            "More than [-148,000-] {+149,000+} Russian troops are at the …",
        ),
        (LONG, f"{LONG} soon", "… more are on the way {+soon+}"),
        (
            LONG,
            LONG.replace("Russian ", ""),
            "More than 148,000 [-Russian-] troops are at the border …",
        ),
        (
            LONG,
            LONG.replace("at ", "at  "),
            "148,000 Russian troops are at [-the-]  {+the+} border",
        ),
        (f"{LONG} ", LONG, "… more are on the way[- -]"),
        ("俄" * 61 + "军", "俄" * 61 + "国", "…俄俄俄俄俄[-军-]{+国+}"),
    ],
    ids=["replaced", "added", "removed", "space inside", "space at the end", "no spaces"],
)
def test_a_long_text_shows_the_words_around_a_change(before: str, after: str, text: str) -> None:
    assert text in readable({"text": before}, {"text": after})


def test_stretches_between_two_changes_are_cut() -> None:
    words = " ".join(f"w{number}" for number in range(30))
    after = words.replace("w2 ", "x ").replace("w27", "y")
    expected = "w0 w1 [-w2-] {+x+} w3 w4 w5 w6 w7 … w22 w23 w24 w25 w26 [-w27-] {+y+} w28 w29"
    assert readable({"text": words}, {"text": after}) == f"text:\n  {expected}\n"


def test_a_text_of_lines_shows_the_lines_around_a_change() -> None:
    lines = [f"Paragraph {number} of the explanation." for number in range(9)]
    after = [*lines[:4], "Another.", *lines[5:], ""]
    text = readable({"text": "\n".join(lines)}, {"text": "\n".join(after)})
    kept, gone = [f"    {line}" for line in lines], f"  - {lines[4]}"
    block = ["text:", "    …", kept[3], gone, "  + Another.", kept[5], "    …", kept[8], "  +", ""]
    assert text == "\n".join(block)


def test_long_values_that_are_not_texts_stand_below_each_other() -> None:
    text = readable({"text": LONG}, {"text": [LONG]})
    assert text == f'text:\n  - "{LONG}"\n  + ["{LONG}"]\n'


@given(alike, alike)
def test_there_is_text_exactly_when_documents_differ(before: Json, after: Json) -> None:
    assert (readable(before, after) == "") == equal(before, after)


@given(values, values)
def test_any_two_values_can_be_compared(before: Json, after: Json) -> None:
    text = readable({"a": before}, {"a": after})
    assert text == "" or text.endswith("\n")


def test_a_path_is_written_as_people_do() -> None:
    assert label(("evidence", 0, "source_id")) == "evidence[0].source_id"


def test_differences_grow_coarse_when_the_effort_that_they_share_is_used_up() -> None:
    words = [f"word{number}" for number in range(60)]
    others = [f"{word}!" if number % 20 == 5 else word for number, word in enumerate(words)]
    effort = Effort(60)
    fine, coarse = (readable(" ".join(words), " ".join(others), effort) for _ in range(2))
    assert (fine.count("[-"), coarse.count("[-")) == (3, 1)
