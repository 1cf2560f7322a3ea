"""A document is cut into sentences, each of which stands where it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.search.sentences import sentences

DOCUMENT = """Mr. Smith said 1.5 million came. "It rained all day!" he added.

The U.S. sent troops. Yes.
俄罗斯开始撤军。北约秘书长说没有看到撤军。"""


def test_sentences_end_where_people_end_them() -> None:
    assert [one.text for one in sentences(DOCUMENT)] == [
        "Mr. Smith said 1.5 million came.",
        '"It rained all day!" he added.',
        "The U.S. sent troops.",
        "俄罗斯开始撤军。",
        "北约秘书长说没有看到撤军。",
    ]


@given(st.text(st.sampled_from("aB .!?\n\"'。雨U"), max_size=60))
def test_a_sentence_stands_where_it_says(document: str) -> None:
    end = 0
    for one in sentences(document):
        assert document[one.start : one.end] == one.text == one.text.strip()
        assert one.start >= end
        end = one.end


@pytest.mark.parametrize("document", ["", " ", "Yes.", "\n\n\n", "\u3000\n"])
def test_what_says_nothing_has_no_sentences(document: str) -> None:
    assert list(sentences(document)) == []
