"""Cells of CSV (RFC 4180) that a spreadsheet shows and does not run."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text begins with that some spreadsheet takes for a formula."""


def defused(text: str) -> str:
    """Return a text with an apostrophe before it where it might be run."""
    return f"'{text}" if text.startswith(RUN) else text


def row(cells: Iterable[object]) -> str:
    """Return cells as a line of CSV; None is an empty cell."""
    buffer = StringIO()
    csv.writer(buffer).writerow("" if cell is None else defused(str(cell)) for cell in cells)
    return buffer.getvalue()
