"""The fields say what the service must know of them."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from marshmallow import Schema, fields

from schemas.structures import Many, Part
from tests.schemas.payloads import KINDS, PAYLOADS

TRAITS: Final = {
    "Claim": {
        ("about", "period", True),
        ("appearances.archived_url", "filter", "url"),
        ("appearances.quote", "searched", True),
        ("appearances.source_id", "filter", "source_id"),
        ("appearances.source_id", "refers_to", "source"),
        ("appearances.url", "filter", "url"),
        ("attribution.quote", "searched", True),
        ("attribution.source_id", "filter", "source_id"),
        ("attribution.source_id", "refers_to", "source"),
        ("claim_type", "filter", "claim_type"),
        ("claimant.name", "filter", "claimant"),
        ("claimant.source_id", "refers_to", "source"),
        ("context", "searched", True),
        ("language", "filter", "language"),
        ("media.archived_url", "filter", "url"),
        ("media.url", "filter", "url"),
        ("relations.claim_id", "filter", "claim_id"),
        ("relations.claim_id", "refers_to", "claim"),
        ("text", "searched", True),
        ("topics", "filter", "topic"),
        ("translations.text", "searched", True),
    },
    "Source": {
        ("archived_url", "filter", "url"),
        ("authors", "searched", True),
        ("derived_from", "filter", "source_id"),
        ("derived_from", "refers_to", "source"),
        ("language", "filter", "language"),
        ("publisher", "filter", "publisher"),
        ("publisher", "searched", True),
        ("title", "searched", True),
        ("translations.title", "searched", True),
        ("url", "filter", "url"),
    },
    "Verdict": {
        ("claim_id", "filter", "claim_id"),
        ("claim_id", "refers_to", "claim"),
        ("evidence.source_id", "filter", "source_id"),
        ("evidence.source_id", "refers_to", "source"),
        ("evidence.stance", "filter", "stance"),
        ("language", "filter", "language"),
        ("publisher.name", "filter", "publisher"),
        ("rating", "filter", "rating"),
        ("scale_id", "filter", "scale_id"),
        ("scale_id", "refers_to", "scale"),
        ("summary", "searched", True),
        ("supersedes", "refers_to", "verdict"),
        ("title", "searched", True),
        ("translations.summary", "searched", True),
        ("translations.title", "searched", True),
        ("url", "filter", "url"),
        ("valid", "period", True),
    },
    "Scale": {("name", "searched", True), ("ratings.key", "filter", "rating")},
}


def traits(schema: Schema, path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield path, name and value of all metadata in a schema."""
    for name, outer in schema.fields.items():
        for field in (outer, *([outer.inner] if isinstance(outer, Many) else [])):
            yield from ((path + name, trait, value) for trait, value in field.metadata.items())
            yield from traits(field.schema, f"{path}{name}.") if isinstance(field, Part) else ()


@pytest.mark.parametrize("name", KINDS)
def test_references_filters_and_periods_are_marked(name: str) -> None:
    assert set(traits(PAYLOADS[name][0])) == TRAITS[name]


@pytest.mark.parametrize("name", KINDS)
def test_metadata_of_a_list_stands_on_what_is_in_it(name: str) -> None:
    lists = [field for field in PAYLOADS[name][0].fields.values() if isinstance(field, fields.List)]
    assert not any(field.metadata for field in lists)
