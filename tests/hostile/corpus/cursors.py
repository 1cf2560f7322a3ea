"""What goes on: cursors that were changed, made up, or given to another list."""

from collections.abc import Callable
from typing import Final

CURSORS: Final[list[tuple[str, Callable[[str], str]]]] = [
    ("nothing is left of it", lambda _cursor: ""),
    ("a letter", lambda _cursor: "x"),
    ("a word", lambda _cursor: "nonsense"),
    ("its last letter is missing", lambda cursor: cursor[:-1]),
    ("its first letter is missing", lambda cursor: cursor[1:]),
    ("half of it is missing", lambda cursor: cursor[: len(cursor) // 2]),
    ("only its signature is left", lambda cursor: cursor[:16]),
    ("its signature is missing", lambda cursor: cursor[16:]),
    ("a letter of its signature is another", lambda cursor: flipped(cursor, 3)),
    ("a letter of its content is another", lambda cursor: flipped(cursor, len(cursor) // 2)),
    ("it is there twice", lambda cursor: cursor * 2),
    ("it is turned round", lambda cursor: cursor[::-1]),
    ("its letters are in other capitals", str.swapcase),
    ("it has padding", lambda cursor: cursor + "===="),
    ("it has a blank behind it", lambda cursor: cursor + "%20x"),
    ("it has a NUL behind it", lambda cursor: cursor + "%00"),
    ("it has a letter beyond ASCII", lambda cursor: cursor + "%C3%A9"),
    ("it is of zeros", lambda cursor: "A" * len(cursor)),
    ("it has the other alphabet of base64", lambda _cursor: "++//++//" * 4),
    ("it is of 2,001 letters", lambda _cursor: "A" * 2001),
    ("it is JSON", lambda _cursor: "%5B0,0%5D"),
    ("it is a negative number", lambda _cursor: "-1"),
    ("it is 0", lambda _cursor: "0"),
    ("it is a number with an exponent", lambda _cursor: "1e3"),
    ("it is a number in Arabic digits", lambda _cursor: "%D9%A3"),
    ("it is a number of 19 digits", lambda _cursor: "9" * 19),
]

FOREIGN: Final = [
    ("of another kind", "/v1/sources?limit=1"),
    ("without its filter", "/v1/claims?limit=1"),
    ("with another filter", "/v1/claims?limit=1&status=draft"),
    ("with one filter more", "/v1/claims?limit=1&status=draft,published&topic=a"),
    ("in another order", "/v1/claims?limit=1&status=draft,published&sort=updated_at"),
]


def flipped(cursor: str, place: int) -> str:
    """Return the cursor with another letter at a place."""
    other = "A" if cursor[place] != "A" else "B"
    return cursor[:place] + other + cursor[place + 1 :]
