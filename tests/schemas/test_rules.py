"""What the members of one record must be to each other."""

from typing import Any

import pytest

from schemas.claim import ClaimSchema
from schemas.key import NewKeySchema
from schemas.scale import ScaleSchema
from schemas.verdict import VerdictSchema
from tests.schemas.faults import faults

Json = dict[str, Any]


def claim(**members: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a claim that is otherwise sound."""
    return faults(ClaimSchema(), {"text": "The forces grew"} | members)


def verdict(**members: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a verdict that is otherwise sound."""
    return faults(VerdictSchema(), {"claim_id": "plus-7000"} | members)


@pytest.mark.parametrize(
    "quantity",
    [{"value": 7000}, {"low": 5}, {"high": 5}, {"low": 5, "high": 5}, {"low": -1.5, "high": 0}],
)
def test_a_quantity_is_a_value_or_a_range(quantity: Json) -> None:
    assert claim(quantity=quantity) == []


@pytest.mark.parametrize(
    ("quantity", "fault"),
    [
        ({"value": 1, "low": 1}, "value invalid: give either value, or low and high; not both"),
        ({"value": 1, "high": 1}, "value invalid: give either value, or low and high; not both"),
        ({"unit": "men"}, "value required: give value, or low, or high, or both of these"),
        ({"low": 2, "high": 1}, "low out-of-range: low is above high; expected high or less"),
    ],
)
def test_a_quantity_of_anything_else_is_refused(quantity: Json, fault: str) -> None:
    assert claim(quantity=quantity) == [f"/quantity/{fault}"]


def test_a_broken_rule_shows_beside_a_broken_member() -> None:
    assert claim(quantity={"value": "1", "low": 2, "high": 1, "unti": "men"}) == [
        "/quantity/low out-of-range: low is above high; expected high or less",
        '/quantity/unti unknown-field: there is no field "unti"; did you mean "unit"?',
        "/quantity/value invalid: expected a number (of JSON, without quotation marks)",
        "/quantity/value invalid: give either value, or low and high; not both",
    ]


def test_a_part_that_is_no_object_breaks_no_rule_besides() -> None:
    (fault,) = claim(quantity=5)
    assert fault == "/quantity invalid: expected an object (in JSON, braces around members)"


def test_a_reversed_period_is_refused() -> None:
    (fault,) = verdict(valid={"from": "2022-02-17", "to": "2022-02-16"})
    assert fault == "/valid/to invalid: to lies before from; expected the same or later"


def test_a_period_may_be_open_at_one_end_and_not_at_both() -> None:
    assert claim(about={"from": "2022"}) == claim(about={"to": "2022"}) == []
    assert claim(about={}) == ["/about/from required: give from, or to, or both"]


def test_evidence_is_from_somewhere() -> None:
    (fault,) = verdict(evidence=[{"described_as": "satellite images"}, {"stance": "refutes"}])
    detail = "give source_id, or described_as for what cannot be shown"
    assert fault == f"/evidence/1/source_id required: {detail}"


def test_a_translation_of_a_verdict_translates_something() -> None:
    (fault,) = verdict(translations=[{"language": "uk"}, {"language": "fr", "summary": "Vrai"}])
    assert fault == "/translations/0/title required: give title, or summary, or both"


def test_a_language_is_translated_into_once() -> None:
    german = {"language": "de", "text": "Die Truppen wuchsen"}
    (fault,) = claim(translations=[german, german | {"language": "fr"}, german])
    detail = "item 0 has this language already; each may have its own only"
    assert fault == f"/translations/2/language invalid: {detail}"


def test_keys_of_ratings_are_unique_and_other_faults_show_beside() -> None:
    ratings = [{"key": "a"}, 5, {"key": "a"}, {"key": 5}]
    assert faults(ScaleSchema(), {"name": "n", "ratings": ratings}) == [
        "/ratings/1 invalid: expected an object (in JSON, braces around members)",
        "/ratings/2/key invalid: item 0 has this key already; each may have its own only",
        "/ratings/3/key invalid: expected a text (a JSON string)",
    ]


def test_an_item_with_a_fault_of_its_own_and_a_repetition_shows_both() -> None:
    ratings = [{"key": "a"}, {"key": "a", "truth": 2}]
    found = faults(ScaleSchema(), {"name": "n", "ratings": ratings})
    assert [fault.split()[0] for fault in found] == ["/ratings/1/key", "/ratings/1/truth"]


@pytest.mark.parametrize("published_at", ["2999", "2999-01", "2999-01-01", "2999-01-01T00:00:00Z"])
def test_a_verdict_cannot_have_been_published_in_the_future(published_at: str) -> None:
    (fault,) = verdict(published_at=published_at)
    detail = "this has not come yet; expected now or before"
    assert fault == f"/published_at in-the-future: {detail}"


def test_what_the_service_sets_may_come_back_changed_and_is_left_to_it() -> None:
    assert claim(type="source", revision="?", self=None, recorded_by=5, created_at="long ago") == []


def test_a_scope_is_named_once_and_other_faults_show_beside() -> None:
    scopes = ["read", "root", "read", "root"]
    assert faults(NewKeySchema(), {"name": "desk", "scopes": scopes}) == [
        "/scopes/1 not-a-choice: expected one of read, write, publish, admin",
        "/scopes/2 invalid: item 0 is the same; name each once",
        "/scopes/3 invalid: item 1 is the same; name each once",
        "/scopes/3 not-a-choice: expected one of read, write, publish, admin",
    ]
