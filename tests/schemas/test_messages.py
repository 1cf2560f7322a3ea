"""A fault names its code, its place and what to do."""

from typing import Any, Final

import pytest

from schemas.claim import ClaimSchema
from schemas.restore import RestoreSchema
from schemas.scale import ScaleSchema
from schemas.source import SourceSchema
from schemas.verdict import VerdictSchema
from tests.schemas.faults import faults
from tests.schemas.payloads import KINDS, PAYLOADS

CLAIM: Final = ClaimSchema()
TEXT: Final = {"text": "The forces grew"}


def claim(**members: Any) -> list[str]:  # noqa: ANN401 (JSON)
    """Return the faults of a claim that is otherwise sound."""
    return faults(CLAIM, TEXT | members)


def test_all_faults_come_at_once() -> None:
    payload = {"cliamant": {}, "topics": [1, "a", ""], "quantity": {"value": "5"}}
    assert faults(CLAIM, payload) == [
        '/cliamant unknown-field: there is no field "cliamant"; did you mean "claimant"?',
        "/quantity/value invalid: expected a number (of JSON, without quotation marks)",
        "/text required: this field must be given",
        "/topics/0 invalid: expected a text (a JSON string)",
        "/topics/2 too-short: at least 1 character; or leave the member out",
    ]


def test_an_unknown_field_deep_inside_names_the_nearest_of_its_own_object() -> None:
    (fault,) = claim(appearances=[{}, {"ulr": "https://a.example"}])
    expected = 'unknown-field: there is no field "ulr"; did you mean "url"?'
    assert fault == f"/appearances/1/ulr {expected}"


def test_an_unknown_field_like_no_other_gets_the_list_of_those_there_are() -> None:
    (fault,) = claim(about={"from": "2022", "qqq": 1})
    expected = 'unknown-field: there is no field "qqq"; the fields here are from, to'
    assert fault == f"/about/qqq {expected}"


def test_a_field_called_like_marshmallows_own_key_is_unknown() -> None:
    (fault,) = claim(_schema=1)
    assert fault.startswith(' unknown-field: there is no field "_schema"')


def test_a_long_unknown_name_is_shown_in_part() -> None:
    (fault,) = claim(claimant={"n" * 5_000: 1})
    assert f'"{"n" * 60}…"' in fault
    assert "n" * 61 not in fault.partition(" ")[2]


def test_of_very_many_unknown_fields_some_are_named_and_the_rest_counted() -> None:
    found = claim(claimed=1, language=5, **{f"txet{number:05}": 1 for number in range(20_000)})
    assert len(found) == 21
    assert found[0].startswith('/claimed unknown-field: there is no field "claimed"; did you mean')
    assert found[-1].endswith("(there is no field for 19981 more members either)")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("payload", [None, 1, "{}", [], [{}], True])
def test_what_is_no_object_is_refused_as_such(name: str, payload: object) -> None:
    expected = " invalid: expected an object (in JSON, braces around members)"
    assert faults(PAYLOADS[name][0], payload) == [expected]


def test_null_is_not_a_value() -> None:
    null = "invalid: null is not a value here; leave the member out"
    assert claim(language=None, topics=[None], claimant=None, about={"to": None}) == [
        f"/about/to {null}",
        f"/claimant {null}",
        f"/language {null}",
        f"/topics/0 {null}",
    ]


def test_the_number_and_the_truth_of_a_rating_may_be_null() -> None:
    ratings = [{"key": "unproven", "number": None, "truth": None}]
    assert faults(ScaleSchema(), {"name": "truth", "ratings": ratings}) == []


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"text": "x" * 5_001}, "/text too-long: at most 5000 characters, these are 5001"),
        ({"text": ""}, "/text too-short: at least 1 character; or leave the member out"),
        ({"text": " \n"}, "/text too-short: at least 1 character that is not white space"),
        (
            {"text": "\x1f\x85\ufeff"},
            "/text too-short: at least 1 character that is not white space",
        ),
        ({"topics": ["x"] * 51}, "/topics too-long: at most 50 items, these are 51"),
        ({"topics": "x"}, "/topics invalid: expected a list (in JSON, brackets around items)"),
        ({"id": "a/b"}, "/id invalid: expected an id: letters, digits and . _ ~ -, the first a "),
        ({"quantity": {"value": 2**53}}, "/quantity/value out-of-range: expected a number -90071"),
        ({"quantity": {"value": True}}, "/quantity/value invalid: expected a number"),
        ({"quantity": {"value": float("nan")}}, "/quantity/value out-of-range: expected a number "),
        ({"appearances": [{"first": 1}]}, "/appearances/0/first invalid: expected true or false"),
        ({"status": "in_review"}, "/status not-a-choice: expected one of draft, published, retra"),
        ({"status": 1}, "/status invalid: expected a text, one of draft, published, retracted, wi"),
        ({"external_ids": []}, "/external_ids invalid: expected an object (in JSON, braces aroun"),
        ({"external_ids": {"a b": "1"}}, "/external_ids/a b invalid: its name: expected a key: l"),
        ({"external_ids": {"a": 1}}, "/external_ids/a invalid: expected a text (a JSON string)"),
        ({"note": "x" * 1_001}, "/note too-long: at most 1000 characters, these are 1001"),
        ({"reason": "whim"}, "/reason not-a-choice: expected one of correction, clarification, "),
    ],
)
def test_a_fault_says_what_is_expected(members: dict[str, Any], fault: str) -> None:
    (found,) = claim(**members)
    assert found.startswith(fault)


def test_an_object_with_too_many_members_is_refused() -> None:
    (fault,) = claim(external_ids={f"s{number}": "1" for number in range(51)})
    assert fault == "/external_ids too-long: at most 50 members, these are 51"


def test_a_scale_has_a_rating() -> None:
    (fault,) = faults(ScaleSchema(), {"name": "truth", "ratings": []})
    assert fault == "/ratings too-short: at least 1 item"


def test_a_verdict_may_be_in_review() -> None:
    assert faults(VerdictSchema(), {"claim_id": "c", "status": "in_review"}) == []


def test_a_source_of_another_grade_is_refused() -> None:
    (fault,) = faults(SourceSchema(), {"title": "Report", "reliability": "a"})
    assert fault == "/reliability not-a-choice: expected one of A, B, C, D, E, F"


@pytest.mark.parametrize("number", [0, -1, 2.5, "2", True, 2**31])
def test_only_a_revision_number_can_be_restored(number: object) -> None:
    assert len(faults(RestoreSchema(), {"restore": number})) == 1


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert faults(RestoreSchema(), {"restore": 2.0}) == []
