"""Trails lead from a record to every value that the service has a use for."""

from typing import Any

import pytest

from service.documents.values import JsonValue
from service.kinds import BY_NAME
from service.kinds.trails import EACH, Trail

CLAIM = BY_NAME["claim"]


def trail(*steps: str | None) -> Trail:
    """Return the trail of the claim that has these steps."""
    return next(found for found in CLAIM.trails if found.steps == steps)


def test_a_trail_goes_through_every_item_of_a_list() -> None:
    record: Any = {"attribution": [{"source_id": "a"}, {"verb": "said"}, {"source_id": "b"}]}
    found = list(trail("attribution", EACH, "source_id").follow(record))
    assert found == [(("attribution", 0, "source_id"), "a"), (("attribution", 2, "source_id"), "b")]


def test_a_list_of_texts_has_a_trail_to_each() -> None:
    found = list(trail("topics", EACH).follow({"topics": ["war", "weather"]}))
    assert found == [(("topics", 0), "war"), (("topics", 1), "weather")]


@pytest.mark.parametrize(
    "record", [{}, {"attribution": None}, {"attribution": "said"}, {"attribution": [5]}, [], None]
)
def test_a_trail_ends_where_the_record_has_another_shape(record: JsonValue) -> None:
    assert list(trail("attribution", EACH, "source_id").follow(record)) == []


def test_only_fields_with_a_use_have_a_trail() -> None:
    assert ("locations",) not in {found.steps for found in CLAIM.trails}
    assert trail("claimant", "source_id").metadata == {"refers_to": "source"}
