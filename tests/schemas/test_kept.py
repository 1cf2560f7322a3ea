"""JSON of any shape is kept within bounds of size, depth and numbers."""

from typing import Any, Final

import pytest

from schemas import bounds
from schemas.claim import ClaimSchema
from tests.schemas.faults import faults

SCHEMA: Final = ClaimSchema()


def internal(members: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a claim with these members in `internal`."""
    return faults(SCHEMA, {"text": "The forces grew", "internal": members})


def raw(item: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a claim that was found as this item."""
    return faults(SCHEMA, {"text": "The forces grew", "origin": {"raw": item}})


def test_what_just_fits_is_kept() -> None:
    assert internal({"tip": "x" * (bounds.INTERNAL_BYTES - len('{"tip":""}'))}) == []


def test_bytes_are_counted_and_not_characters() -> None:
    (fault,) = internal({"tip": "є" * (bounds.INTERNAL_BYTES // 2)})
    assert fault == "/internal too-long: at most 32768 bytes as JSON, these are 32778"


def test_a_lone_surrogate_is_counted_without_a_fuss() -> None:
    assert internal({"tip": "\ud800"}) == []


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**400, 1e300, float("nan"), float("inf")])
def test_a_number_that_readers_differ_over_is_refused(number: float) -> None:
    (fault,) = internal({"a": [{"b": number}]})
    assert fault.startswith("/internal out-of-range: a number is not within ±9007199254740991")


def test_thirty_two_levels_are_kept_and_no_more() -> None:
    deep: list[Any] = []
    for _ in range(bounds.DEPTH - 2):
        deep = [deep]
    assert internal({"a": deep}) == []
    (fault,) = internal({"a": [deep]})
    assert fault == "/internal invalid: at most 32 levels inside one another"


@pytest.mark.parametrize("item", [{"@type": "ClaimReview", "url": None}, [1], "<p>"])
def test_an_item_is_kept_as_it_was_found(item: object) -> None:
    assert raw(item) == []


@pytest.mark.parametrize("item", [5, True, None])
def test_an_item_that_says_nothing_is_refused(item: object) -> None:
    assert len(raw(item)) == 1


@pytest.mark.parametrize("members", [[], "x", 5, None])
def test_internal_is_an_object(members: object) -> None:
    assert len(internal(members)) == 1
