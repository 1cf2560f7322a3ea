"""Labels of fact-checkers: what they come to, and what is never made of them."""

import tomllib
from collections import defaultdict

import pytest

from service import resources
from service.interop.ratings import labels, normalised
from service.kinds import BY_NAME

RATINGS = {"true", "mostly_true", "mixed", "mostly_false", "false", "unproven", "not_checkable"}

KNOWN = [
    ("en", "Half True", "mixed"), ("en", "Pants on Fire!", "false"),
    ("en", "Four Pinocchios", "false"), ("en", "Misleading", "mostly_false"),
    ("en", "Missing context", "mixed"), ("en", "Mostly True", "mostly_true"),
    ("en", "No evidence", "unproven"), ("en", "Opinion", "not_checkable"),
    ("es", "Falso", "false"), ("es", "Engañoso", "mostly_false"), ("pt", "Enganoso", "mostly_false"),
    ("pt", "Não é bem assim", "mixed"), ("fr", "Faux", "false"), ("fr", "Trompeur", "mostly_false"),
    ("de", "Falsch", "false"), ("de", "Irreführend", "mostly_false"), ("it", "Bufala", "false"),
    ("nl", "Onwaar", "false"), ("pl", "Fałsz", "false"), ("ru", "Ложь", "false"),
    ("uk", "Маніпуляція", "mostly_false"), ("tr", "Yanlış", "false"), ("ar", "مضلل", "mostly_false"),
    ("fa", "نادرست", "false"), ("ur", "جھوٹ", "false"), ("hi", "भ्रामक", "mostly_false"),
    ("bn", "মিথ্যা", "false"), ("id", "Menyesatkan", "mostly_false"), ("zh-Hant", "錯誤", "false"),
    ("zh-Hans", "错误", "false"), ("ja", "誤り", "false"), ("ko", "대체로 사실", "mostly_true"),
    ("sv", "Delvis sant", "mixed"), ("el", "Ψευδές", "false"), ("ro", "Parțial adevărat", "mixed"),
    ("he", "מטעה", "mostly_false"), ("sw", "Si kweli", "false"), ("tl", "Kulang sa konteksto", "mixed"),
]  # fmt: skip

DECORATED = [
    ("Falso.", "false"), ("Rating: False", "false"), ("really_false", "false"),
    ("não_é_bem_assim", "mixed"), ("FALSE!!!", "false"), ("«Faux»", "false"), ("❌ False", "false"), ("✅ True", "true"),
    ("False. Who said so?", "false"), ("Half true ❌", "mixed"),
    ("Verdict: Mostly True", "mostly_true"), ("This claim is false", "false"),
    ("False | ग़लत", "false"), ("सच / True", "true"), ("#FAKE", "false"), ("  half   TRUE ", "mixed"),
    ("Veredicto: Engañoso", "mostly_false"), ("Partly true, partly false", "mixed"),
    ("Mostly false: the photograph is old", "mostly_false"), ("False. The law says so", "false"),
    ("ＦＡＬＳＥ", "false"), ("Doğru Değil", "false"), ("YANLIŞ", "false"), ("ENGAÑOSO", "mostly_false"),
]  # fmt: skip

UNKNOWN = [
    "", "?", "...", "The Health Desk says it depends", "Nothing of the kind", "5", "True, but late",
    "Correct. Though the year is another", "Not false", "False? No, true", "true/false", "Photo: Fake",
    "True?", "True ❌", "❌ True", "✅ False", "True / ❌", "True. ?", "False?", "صحيح؟", "True\uff1f",
    "Mostly true 👎", "True ✅ ❌", "Rating: True?",
    "False / Misleading / True", "It is not a fake", "a" * 10_000, ":" * 10_000, "\U0001f937",
]  # fmt: skip

NOT_ABOUT_TRUTH = [
    "Satire",
    "Altered photo",
    "Miscaptioned",
    "Sátira",
    "Montage",
    "Outdated",
    "Scam",
]


@pytest.mark.parametrize(("language", "label", "rating"), KNOWN)
def test_a_label_of_the_field_is_known(language: str, label: str, rating: str) -> None:
    found = labels.meaning(label)
    assert found
    assert (found.rating, found.language(language)) == (rating, language)


@pytest.mark.parametrize(("label", "rating"), DECORATED)
def test_a_label_is_known_under_what_decorates_it(label: str, rating: str) -> None:
    assert normalised(label).rating == rating


@pytest.mark.parametrize("label", UNKNOWN)
def test_no_rating_is_guessed_from_a_label(label: str) -> None:
    found = normalised(label)
    assert (found.rating, found.label) == (None, None)
    assert found.rule.startswith("none: ")


@pytest.mark.parametrize("label", NOT_ABOUT_TRUTH)
def test_what_is_not_about_truth_is_known_and_gives_no_rating(label: str) -> None:
    found = normalised(label, 1, 5, 1)
    assert found.rating is None
    assert "says nothing about truth" in found.rule
    assert found.conflict == "numbers: 1 of 1 to 5 would be false"


def test_every_label_of_the_table_means_what_the_table_says() -> None:
    table = tomllib.loads(resources.text("interop/ratings/labels.toml"))
    assert len(table) - 1 >= 30
    del table["decorations"]
    for language, ratings in table.items():
        assert ratings.keys() <= RATINGS | {labels.NOT_ABOUT_TRUTH}, language
        for rating, names in ratings.items():
            for name in names:
                found = labels.meaning(name)
                assert found, name
                assert (found.rating or "none") == rating, name
                assert language in found.languages


def test_no_label_means_one_thing_here_and_another_there() -> None:
    table = tomllib.loads(resources.text("interop/ratings/labels.toml"))
    del table["decorations"]
    meanings = defaultdict[str, set[str]](set)
    for ratings in table.values():
        for rating, names in ratings.items():
            for name in names:
                meanings[labels.folded(name)].add(rating)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}
    assert "" not in meanings


def test_every_rule_fits_the_field_that_keeps_it() -> None:
    rule = normalised("x" * 10_000, 2**53, -(2**53), 1e300).rule
    fault = BY_NAME["verdict"].check({"claim_id": "c", "original_rating": {"rule": rule}})
    assert fault == []
