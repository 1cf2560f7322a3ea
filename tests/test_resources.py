"""Files that ship with the program are found in the checkout and in an installed package."""

import pytest

from service import resources


@pytest.mark.parametrize("name", ["openapi.yaml", "migrations", "docs", "docs/index.html"])
def test_what_ships_with_the_program_is_found(name: str) -> None:
    found = resources.place(name)
    assert found.is_file() or found.is_dir()


def test_a_file_of_the_package_comes_before_one_of_the_checkout() -> None:
    assert "service" in str(resources.place("docs"))


def test_the_text_of_a_file_is_read_as_utf_8() -> None:
    assert resources.text("openapi.yaml").startswith("openapi: 3.1")


def test_what_is_nowhere_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        resources.text("never")
