"""SECURITY.md names only what is there."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from service.settings import Settings
from tests.test_contract import CONTRACT
from tests.test_readme import variable

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text()
NAMED = re.findall(r"`([^`]+)`", TEXT)
FILES = sorted({name for name in NAMED if re.search(r"\w/.*\.\w+$", name) and name[0] != "/"})
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| (?!who \||-)", line)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_it_names_exists(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_a_mechanism_is_code_and_is_held_by_tests(row: str) -> None:
    *_, by, shown = row.removesuffix(" |").split(" | ")
    assert [name for name in FILES if f"`{name}`" in by]
    tests = re.findall(r"`([^`]+)`", shown)
    assert tests
    assert [name for name in tests if not re.search(r"(?m)^def test_", read(name))] == []


def read(name: str) -> str:
    """Return the text of a file of the repository."""
    return (ROOT / name).read_text()


def test_the_settings_that_it_names_exist() -> None:
    settings = {variable(field.name) for field in fields(Settings)}
    assert set(re.findall(r"FACTCHECK_[A-Z_]+|DATABASE_URL", TEXT)) <= settings


def test_the_addresses_that_it_names_exist() -> None:
    named = [name for name in NAMED if name.startswith("/")]
    assert named
    assert [name for name in named if name not in CONTRACT.document["paths"]] == []


def test_it_is_one_page() -> None:
    assert len(TEXT.split()) < 1_200
