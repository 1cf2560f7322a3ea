"""What a rating is called, and where it stands on its scale."""

import pytest

from service.interop.scales import called, label, place, spoken
from service.records.surroundings import Surroundings
from tests.kinds.smallest import Json

SCALE: Json = {
    "id": "scale",
    "ratings": [
        {"key": "yes", "labels": {"pt-BR": "Sim", "en": "Yes", "de": "Ja"}, "number": 3},
        {"key": "half", "number": 2.5},
        {"key": "no", "labels": {"ru": "Нет"}, "number": 1},
        {"key": "who", "number": None},
    ],
}


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("pt", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("fr", "en"),
        (None, "en"),
    ],
)
def test_a_label_is_in_the_language_asked_for_or_in_english(language: str, tag: str) -> None:
    assert spoken(SCALE["ratings"][0]["labels"], language) == tag


def test_where_there_is_no_english_label_any_will_do() -> None:
    assert label(SCALE, {"rating": "no", "language": "fr"}) == "Нет"


def test_a_rating_without_labels_or_scale_is_called_by_its_key() -> None:
    assert label(SCALE, {"rating": "half"}) == label(None, {"rating": "half"}) == "half"
    assert called({"scale_id": "gone", "rating": "half"}, Surroundings()) == "half"
    assert label(None, {}) is None


def test_what_an_imported_review_called_its_rating_goes_first() -> None:
    verdict = {"rating": "no", "original_rating": {"label": "Pants on fire"}}
    assert label(SCALE, verdict) == "Pants on fire"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("half", {"value": 2.5, "best": 3, "worst": 1}),
        ("who", {}),
        ("unknown", {}),
        (None, {}),
    ],
)
def test_a_rating_with_a_number_stands_between_worst_and_best(key: str, expected: Json) -> None:
    assert place(SCALE, key) == expected
