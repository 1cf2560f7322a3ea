"""`?fields=` gives what it names, in the record's order."""

import pytest

from service.documents.trimming import trim
from tests.documents.strategies import Json

RECORD: Json = {
    "id": "troops-148k",
    "text": "148,000",
    "claimant": {"name": "Intelligence", "kind": "government"},
    "evidence": [{"source_id": "a", "stance": "supports"}, {"stance": "refutes"}, 7],
}


@pytest.mark.parametrize(
    ("fields", "trimmed"),
    [
        (["text", "id"], {"id": "troops-148k", "text": "148,000"}),
        (["claimant.name"], {"claimant": {"name": "Intelligence"}}),
        (["claimant.kind", "claimant"], {"claimant": RECORD["claimant"]}),
        (["claimant", "claimant.kind"], {"claimant": RECORD["claimant"]}),
        (["claimant.kind", "claimant.name"], {"claimant": RECORD["claimant"]}),
        (["evidence.source_id"], {"evidence": [{"source_id": "a"}, {}]}),
        (["claimant.name.first", "claimant.unknown"], {"claimant": {}}),
        (["text.length", "unknown", "unknown.too", "", "."], {}),
        ([], {}),
    ],
)
def test_only_what_is_named_is_given(fields: list[str], trimmed: Json) -> None:
    assert trim(RECORD, fields) == trimmed


def test_the_order_is_that_of_the_record() -> None:
    assert list(trim(RECORD, ["evidence", "text", "claimant.name", "id"])) == list(RECORD)


def test_a_very_deep_path_is_harmless() -> None:
    assert trim(RECORD, [".".join(["claimant"] * 5_000)]) == {"claimant": {}}
