"""Cells of CSV (RFC 4180) that a spreadsheet shows and does not run."""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Final

FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 -- the wide ones run too
"""How a text begins that some spreadsheet takes for a formula, or that was kept from being one."""

NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def defused(text: str) -> str:
    """Return a text with an apostrophe before it where it might be run; a number never is."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def restored(cell: str) -> str:
    """Return the text that `defused` made a cell of."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def row(cells: Iterable[object]) -> str:
    """Return cells as a line of CSV; None is an empty cell."""
    buffer = StringIO()
    csv.writer(buffer).writerow("" if cell is None else defused(str(cell)) for cell in cells)
    return buffer.getvalue()
