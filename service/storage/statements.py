"""SQL statements: one a file in ``service/sql``, whose first line says what it does."""

import functools
from importlib import resources
from typing import LiteralString, cast

from psycopg import sql

Statement = sql.Composed


@functools.cache
def statement(name: str, **identifiers: str) -> Statement:
    """Return the statement of a file; ``{until}`` in it is replaced by that identifier.

    Comments and indents are left out: psycopg keeps its reading of a query only up to
    4,096 characters, and reads longer ones anew at every call.
    """
    text = resources.files("service").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    code = "\n".join(line for line in lines if not line.startswith("--"))
    # The file is ours and as good as a literal; identifiers are quoted by psycopg.
    template = sql.SQL(cast("LiteralString", code))
    return template.format(**{key: sql.Identifier(value) for key, value in identifiers.items()})
