"""The benchmark's records are the same for everyone, and like a newsroom's."""

from itertools import count, islice

import orjson
import pytest

from tests.bench.records import LONG, TOPICS, Records, is_long, is_public

WORDS = 40_000
"""Of the vocabulary: fewer are sooner made."""


@pytest.fixture(scope="module")
def records() -> Records:
    """Return the records."""
    return Records(vocabulary=WORDS)


def test_a_record_is_a_function_of_seed_and_number(records: Records) -> None:
    again = Records(vocabulary=WORDS)
    # Neither the order in which they are asked for nor what was asked before matters.
    backwards = [again.claim(number) for number in reversed(range(20))]
    assert [records.claim(number) for number in range(20)] == backwards[::-1]
    assert records.verdict(11) == again.verdict(11)
    assert records.source(4) == again.source(4)
    assert Records(8, WORDS).claim(1) != records.claim(1)


def test_fewer_claims_are_the_first_of_more(records: Records) -> None:
    more = list(records.lines(0, 40))
    assert list(records.lines(0, 20)) == more[: len(more) // 2]
    assert len(more) == 40 + 40 + 10


def test_the_words_too_are_a_function_of_seed_and_number(records: Records) -> None:
    told = list(islice(records.prose.claims(), 30))
    assert [records.prose.claim(number) for number in range(30)] == told
    assert records.prose.post(told[3]) == records.prose.post(told[3])


def test_a_claim_has_one_to_two_kilobytes(records: Records) -> None:
    sizes = [len(orjson.dumps(records.claim(number))) for number in range(500)]
    assert min(sizes) > 1_000
    assert max(sizes) < 2_000


def test_a_revision_is_another_text_of_the_same_claim(records: Records) -> None:
    first, later = records.claim(7), records.claim(7, LONG)
    assert {name for name in first if first[name] != later[name]} == {"context"}


def test_one_in_a_hundred_is_long_and_a_topic_has_fifty_public_of_ten_thousand() -> None:
    assert sum(map(is_long, range(10_000))) == 100
    of_one = filter(is_public, range(3, 10_000, TOPICS))
    assert sum(1 for _ in of_one) >= 50


def test_what_is_new_refers_to_what_is_there(records: Records) -> None:
    numbers = islice(count(10**8), 20)
    said = [step["source_id"] for n in numbers for step in records.fresh(n, 5)["attribution"]]
    assert set(said) == {f"s{number:07}" for number in range(5)}
