"""SQL statements: one a file in ``service/sql``, whose first line says what it does."""

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import LiteralString, cast

from psycopg import sql

_VALUE = re.compile(r"%\((\w+)\)s")
_PART = re.compile(r"(?<!\{)\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wire:
    """A statement as PostgreSQL reads it, with ``$1`` for the first of the values `names`."""

    text: bytes
    names: tuple[str, ...]


class Statement(sql.Composed):
    """The text of a statement, and the name of its file if it has one."""

    name = "unnamed"

    @functools.cached_property
    def wire(self) -> Wire:
        """Return what is sent of it."""
        text = self.as_string(None)
        names = tuple(dict.fromkeys(_VALUE.findall(text)))
        numbers = {name: f"${number}" for number, name in enumerate(names, 1)}
        return Wire(_VALUE.sub(lambda found: numbers[found[1]], text).encode(), names)


PARTS = ("sought", "is_sought", "likeness")
"""What several statements have in common; each is a file in ``service/sql/parts``."""

FILTERS = {
    "status": "r.status = ANY ({listed})",
    "posted": "",
    "has_posted": "true",
    "term_filters": "true",
    "column_filters": "true",
    "after_ascending": "true",
    "after_descending": "true",
    "total": "NULL::bigint",
    "expanded": "NULL::text",
}
"""Parts of which a statement has those lines alone that are asked for; and what else if none is."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that PostgreSQL is to plan with, even where it plans for any: written as it is."""

    held: str | int | tuple[str, ...]

    def written(self) -> sql.Literal:
        """Return it as a part of a statement."""
        return sql.Literal(list(self.held) if isinstance(self.held, tuple) else self.held)


@functools.lru_cache(maxsize=1_000)  # there are half a million ways to filter
def statement(name: str, given: frozenset[str] | None = None, **told: str | Value) -> Statement:
    """Return the statement of a file; ``{until}`` in it is replaced by that name or `Value`.

    The name of one of `PARTS` is replaced by that part, and that of one of `FILTERS` by its
    lines for the values `given` alone, if these are told. PostgreSQL plans each list anew, and
    lines that filter nothing took it 300 of 3,300 µs.
    """
    named = {
        key: sql.Identifier(value) if isinstance(value, str) else value.written()
        for key, value in told.items()
    }
    parts = {part: _code("parts", part) for part in PARTS}
    parts |= {part: _filters(part, given) or absent for part, absent in FILTERS.items()}
    code = _PART.sub(lambda found: parts.get(found[1], found[0]), _code(name))
    # The files are ours and as good as literals; identifiers are quoted by psycopg.
    found = Statement([*sql.SQL(cast("LiteralString", code)).format(**named)])
    found.name = name
    return found


def _filters(part: str, given: frozenset[str] | None) -> str:
    """Return the filters of a part, which are one a line."""
    lines = _code("parts", part).splitlines()
    kept = [line for line in lines if given is None or given.intersection(_VALUE.findall(line))]
    return "\n".join(kept).removeprefix("AND ")


@functools.cache  # a statement looks at all parts, and there are as many statements as filters
def _code(*place: str) -> str:
    """Return the text of a file without comments and indents.

    psycopg keeps its reading of a query only up to 4,096 characters, and reads longer ones
    anew at every call.
    """
    file = resources.files("service").joinpath("sql", *place[:-1], f"{place[-1]}.sql")
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if not line.startswith("--"))
