"""What follows from a kind's schema: its statuses, filters, references and terms."""

from datetime import date

from service.kinds import BY_COLLECTION, BY_NAME, KINDS
from service.kinds.faults import fault_of
from service.kinds.kind import LONGEST, term
from tests.kinds.smallest import Json

CLAIM, SOURCE, VERDICT, SCALE = (BY_NAME[name] for name in ("claim", "source", "verdict", "scale"))


def targets(kind: str, body: Json) -> list[tuple[str, str | None]]:
    """Return target and term of each reference."""
    return [(found.target, found.term) for found in BY_NAME[kind].facts(body).references]


def test_no_kind_comes_before_one_that_it_refers_to() -> None:
    order = [kind.name for kind in KINDS]
    for kind in KINDS:
        named = {trail.metadata.get("refers_to") for trail in kind.trails} - {None, kind.name}
        assert all(order.index(str(name)) < order.index(kind.name) for name in named)


def test_a_kind_is_found_by_its_name_and_by_its_collection() -> None:
    assert [BY_NAME[kind.name] for kind in KINDS] == list(KINDS)
    assert [BY_COLLECTION[f"{kind.name}s"] for kind in KINDS] == list(KINDS)


def test_only_verdicts_are_reviewed() -> None:
    assert [kind.name for kind in KINDS if "in_review" in kind.statuses] == ["verdict"]


def test_claims_and_verdicts_speak_of_a_time_in_the_world() -> None:
    assert {kind.name for kind in KINDS if kind.has_period} == {"claim", "verdict"}


def test_a_claim_refers_to_sources_and_claims() -> None:
    body = {
        "claimant": {"source_id": "a"},
        "appearances": [{"source_id": "b"}],
        "attribution": [{"source_id": "c"}],
        "relations": [{"type": "repeats", "claim_id": "d"}],
    }
    expected = {("source/a", None), ("source/b", None), ("source/c", None), ("claim/d", None)}
    assert set(targets("claim", body)) == expected


def test_a_verdict_needs_the_rating_of_its_scale() -> None:
    body = {"claim_id": "a", "scale_id": "b", "rating": "c", "supersedes": "d"}
    expected = {("claim/a", None), ("scale/b", "rating=c"), ("verdict/d", None)}
    assert set(targets("verdict", body)) == expected


def test_a_verdict_without_rating_needs_only_the_scale() -> None:
    assert ("scale/b", None) in targets("verdict", {"claim_id": "a", "scale_id": "b"})


def test_a_source_refers_to_what_it_leans_on() -> None:
    assert targets("source", {"derived_from": ["a", "b"]}) == [
        ("source/a", None),
        ("source/b", None),
    ]


def test_the_same_term_is_kept_once() -> None:
    evidence = [{"source_id": "a", "stance": "supports"}, {"source_id": "a"}]
    body: Json = {"claim_id": "c", "evidence": evidence}
    terms = VERDICT.facts(body).terms
    assert sorted(terms) == ["claim_id=c", "source_id=a", "stance=supports"]


def test_an_external_id_is_a_term_with_its_system() -> None:
    facts = CLAIM.facts({"text": "x", "external_ids": {"wikidata": "Q1"}})
    assert facts.terms == ("external_id=wikidata:Q1",)


def test_a_review_is_due_on_the_first_day_that_may_be_meant() -> None:
    assert VERDICT.facts({"claim_id": "c", "review_by": "2022-03"}).review_by == date(2022, 3, 1)
    assert VERDICT.facts({"claim_id": "c"}).review_by is None


def test_names_of_people_and_languages_are_compared_without_case() -> None:
    assert term("claimant", "Straße AG") == term("claimant", "STRASSE ag")
    assert term("language", "en-GB") == term("language", "en-gb")
    assert term("rating", "True") != term("rating", "true")


def test_a_long_value_is_found_by_its_hash() -> None:
    long = "a" * (LONGEST + 1)
    assert term("url", f"https://x.example/{long}") != term("url", f"https://x.example/{long}b")
    assert len(term("claimant", long)) < len(long)
    assert term("claimant", "a" * LONGEST) == "claimant=" + "a" * LONGEST


def test_a_record_without_faults_has_none() -> None:
    assert SCALE.check({"name": "Stars", "ratings": [{"key": "five"}]}) == []


def test_every_fault_of_a_record_is_found_at_its_place() -> None:
    sent: Json = {"authors": [5], "reliability": "Z", "nonsense": 1, "translations": [{}]}
    found = {fault.pointer: fault.code for fault in SOURCE.check(sent)}
    assert found == {
        "#/title": "required",
        "#/authors/0": "invalid",
        "#/reliability": "not-a-choice",
        "#/nonsense": "unknown-field",
        "#/translations/0/language": "required",
        "#/translations/0/title": "required",
    }


def test_a_name_with_a_slash_is_escaped_in_a_pointer() -> None:
    sent: Json = {"text": "x", "external_ids": {"a/b~": "1"}}
    assert [fault.pointer for fault in CLAIM.check(sent)] == ["#/external_ids/a~1b~0"]


def test_a_body_that_is_no_object_has_one_fault_at_the_top() -> None:
    found = CLAIM.check(5)  # pyright: ignore[reportArgumentType] -- the point
    assert [(fault.pointer, fault.code) for fault in found] == [("#", "invalid")]


def test_a_single_value_is_checked_by_its_field() -> None:
    field = VERDICT.filters["stance"]
    assert fault_of(field, "supports") is None
    assert getattr(fault_of(field, "maybe"), "code", None) == "not-a-choice"
