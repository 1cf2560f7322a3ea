"""Progress: one line at a terminal, and nothing elsewhere."""

import io
from itertools import count

import pytest

from service.bulk.progress import Progress, amount


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_sees_how_far_it_is() -> None:
    stream, clock = Terminal(), count()
    chunks = Progress(8, stream, lambda: float(next(clock))).over([b"a\nb\n", b"c\nd\n"])
    assert list(chunks) == [b"a\nb\n", b"c\nd\n"]
    shown = stream.getvalue().split("\r\x1b[K")
    assert shown[1] == f"[{'#' * 15}{'.' * 15}]  50%  4 B  2 lines"
    assert shown[2] == f"[{'#' * 30}] 100%  8 B  4 lines"
    assert shown[3] == ""


def test_what_has_no_known_size_shows_no_bar() -> None:
    stream = Terminal()
    assert list(Progress(None, stream).over([b"a\n"] * 3)) == [b"a\n"] * 3
    assert stream.getvalue() == "\r\x1b[K2 B  1 lines\r\x1b[K"


def test_who_is_no_terminal_sees_nothing() -> None:
    stream = io.StringIO()
    assert list(Progress(1, stream).over([b"a"])) == [b"a"]
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (3 * 10**16, "30000.0 TB")]
)
def test_an_amount_has_the_unit_that_suits_it(size: int, text: str) -> None:
    assert amount(size) == text
