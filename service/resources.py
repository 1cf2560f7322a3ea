"""Files that ship with the program: in the installed package, else in the checkout."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def place(name: str) -> Traversable:
    """Return the file or folder of this name."""
    packaged = resources.files("service").joinpath(name)
    if packaged.is_file() or packaged.is_dir():
        return packaged
    return Path(__file__).parents[1] / name


def text(name: str) -> str:
    """Return the text of a file."""
    return place(name).read_text(encoding="utf-8")
