"""The README's tables of who sees what, as expectations."""

import re
from typing import Final, NamedTuple

from tests.newsroom import Answer
from tests.test_readme import rows


class Row(NamedTuple):
    """What one class of readers gets while the record is at one revision."""

    item: str
    etag: str
    revisions: str
    drafts: str
    third: str
    diff: str
    before: str
    then: str
    listed: str

    @property
    def shown(self) -> int | None:
        """Return the revision that lists show, None where the record is absent."""
        return int(self.listed) if self.listed.isdecimal() else None

    @property
    def with_body(self) -> set[int]:
        """Return the revisions whose text is to be seen."""
        return numbers(re.sub(r"[^;]*without body", "", self.revisions))

    @property
    def lines(self) -> set[int]:
        """Return the revisions of which the history has a line."""
        return numbers(self.revisions)


def numbers(cell: str) -> set[int]:
    """Return the revisions that a cell lists; a status is none."""
    return {int(word) for word in re.findall(r"\b\d{1,2}\b", cell)}


def plain(cell: str) -> str:
    """Return a cell without marks, each number of a range written out."""

    def spread(found: re.Match[str]) -> str:
        return ", ".join(map(str, range(int(found[1]), int(found[2]) + 1)))

    return re.sub(r"(\d+)\u2013(\d+)", spread, re.sub(r'[`"]', "", cell))


def table(heading: str) -> dict[int, Row]:
    """Return the rows of a table by the revision that the record is at."""
    found: dict[int, Row] = {}
    for states, _, *cells in rows(heading):
        found |= dict.fromkeys(numbers(states), Row(*map(plain, cells)))
    return found


TABLES: Final = {"public": table("the public, at"), "keyed": table("a key that reads, at")}


def status(answer: Answer) -> str:
    """Return the status as a cell has it."""
    return str(answer.status)


def etag(answer: Answer) -> str:
    """Return the number in the ETag."""
    return answer.headers.get("ETag", "none").strip('"')


def at_an_instant(answer: Answer) -> str:
    """Return the revision, or how it was refused."""
    if answer.status == 404:
        return f"404 {answer.json()['code']}"
    return str(answer.json()["revision"]) if answer.status == 200 else status(answer)


def history(answer: Answer) -> str:
    """Return the numbers of the lines with and without body."""
    if answer.status != 200:
        return status(answer)
    lines = answer.json()["items"]
    whole, bare = (
        ", ".join(str(line["revision"]) for line in lines if (line["body"] is None) == empty)
        for empty in (False, True)
    )
    return "; ".join(filter(None, [whole, bare and f"{bare} without body"]))
