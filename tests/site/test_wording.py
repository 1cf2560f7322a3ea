"""Words for what machines write."""

import pytest

from schemas.claim import RelationSchema
from schemas.source import SourceSchema
from schemas.structures import Object
from schemas.verdict import EvidenceSchema
from service.kinds.trails import fields_of
from service.site.wording import CREDIBILITY, RELATIONS, RELIABILITY, STANCES, quantity, words


def choices(schema: type[Object], name: str) -> set[str]:
    """Return what can be chosen in a member of a schema."""
    return set(getattr(fields_of(schema())[name], "choices", ()))


def test_every_grade_stance_and_relation_has_words() -> None:
    assert STANCES.keys() == choices(EvidenceSchema, "stance")
    assert RELATIONS.keys() == choices(RelationSchema, "type")
    assert RELIABILITY.keys() == choices(SourceSchema, "reliability")
    assert CREDIBILITY.keys() == set(range(1, 7))


def test_a_key_without_words_is_said_plainly() -> None:
    assert words("never_heard", "status") == "never heard"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"value": 148000, "unit": "persons", "measure": "total"}, "148,000 persons in total"),
        ({"low": 7, "comparison": "more_than"}, "more than 7"),
        ({"low": 1, "high": 2.5}, "1 to 2.5"),
        ({"high": 7, "comparison": "at_most", "measure": "change"}, "at most 7 of change"),
        (None, ""),
    ],
)
def test_a_quantity_is_said_in_words(found: object, told: str) -> None:
    assert quantity(found) == told
