"""However many reviews a file has, what finds them again is all that stays in memory."""

import tracemalloc
from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import BodyTooLarge
from service.interop.claimreview.importing import joining, shelf
from service.interop.claimreview.importing.gathering import Reviews
from service.interop.claimreview.importing.shelf import Index, Shelf
from tests.interop.claimreview.reader import read, review

FEW, MANY = 100, 400
EACH = 600
"""Bytes of memory for a review with its claim and source, which are some 1,500 as JSON."""


def lines(count: int) -> Iterator[bytes]:
    """Yield reviews that have nothing in common."""
    for n in range(count):
        work = {"@type": "Claim", "author": {"name": f"B {n}"}, "url": f"https://a.example/{n}"}
        one = review(url=f"https://c.example/{n}", claimReviewed=f"{n} rains", itemReviewed=work)
        yield orjson.dumps(one | {"description": "word " * 100}) + b"\n"


def held_after(count: int) -> int:
    """Return the bytes that are held once so many reviews are read."""
    file = Reviews(lambda _: {}, "published")
    assert sum(1 for _ in file.read(lines(count))) == 3 * count
    held, _ = tracemalloc.get_traced_memory()
    file.close()
    return held


def test_memory_for_each_review_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "IN_MEMORY", 1)
    tracemalloc.start()
    try:
        few = held_after(FEW)
        many = held_after(MANY)
    finally:
        tracemalloc.stop()
    assert many - few < EACH * (MANY - FEW)


def test_sources_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    cited = review(citation=[f"https://s.example/{n}" for n in range(4)])
    monkeypatch.setattr(joining, "SOURCES", 4)
    assert len(read(cited).of("source")) == 4
    monkeypatch.setattr(joining, "SOURCES", 3)
    with pytest.raises(BodyTooLarge, match="at most 3 sources"):
        _ = read(cited)


KEYS = st.integers(0, 3000).map(lambda one: one.to_bytes(shelf.KEY))


@settings(max_examples=20)
@given(st.lists(KEYS, max_size=50), st.integers(0, 3000))
def test_an_index_is_a_dict(some: list[bytes], more: int) -> None:
    index, known = Index(), dict[bytes, int]()
    keys = [*some, *(one.to_bytes(shelf.KEY) for one in range(more)), *some]
    for number, key in enumerate(keys):
        assert index.setdefault(key, number) == known.setdefault(key, number)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 9), st.text(st.characters(codec="utf-8"))), max_size=50))
def test_a_shelf_is_a_list(writes: list[tuple[int, str]]) -> None:
    kept, known = Shelf(), list[str]()
    for place, text in writes:
        if place < len(known):
            known[place] = text
            kept.put(place, text)
        else:
            known.append(text)
            assert kept.add(text) == len(known) - 1
    assert [kept.get(number) for number in range(len(kept))] == known
    kept.close()
