"""Languages: which way their texts run, and what they are called."""

import pytest

from service.site.languages import direction, named, spoken


@pytest.mark.parametrize("tag", ["ar", "he", "fa-IR", "ur", "az-Arab", "yi", "dv", "AR-eg"])
def test_some_languages_run_from_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "ru", "zh-Hant", "ar-Latn", "he-Latn-IL", "pt-BR", "x"])
def test_other_languages_run_from_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_a_text_of_no_known_language_shows_by_itself_which_way_it_runs() -> None:
    assert spoken(None) == 'dir="auto"'
    assert spoken("he") == 'lang="he" dir="rtl"'


def test_a_language_has_its_english_name_if_it_is_known() -> None:
    assert (named("de"), named("pt-BR"), named("tlh")) == ("German", "Portuguese (pt-BR)", "tlh")
