"""Statements on their way: sent on a connection, prepared once they come often, read into rows.

psycopg's cursors do this and much beside: to read one record they take 75 µs, this takes 20.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Final, TypeVar

from psycopg import generators
from psycopg.abc import Buffer, PQGen, Transformer
from psycopg.adapt import PyFormat
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName, error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

from service.storage.statements import Statement

Row = TypeVar("Row")
Key = tuple[bytes, tuple[int, ...]]
"""The text of a statement and the types of its values."""

Wait = Callable[[PQGen[list[PGresult]]], list[PGresult]]

OFTEN: Final = 5
"""How often a connection is sent a statement before it is prepared on it."""

MOST: Final = 200
"""Statements that are prepared on one connection: each takes its memory there. Lists have 48."""


class Sender:
    """Send statements on a connection that is in no transaction and no pipeline."""

    def __init__(self, connection: PGconn, adapts: Transformer, wait: Wait) -> None:
        """Take the connection, what knows how it writes values, and how to wait for it."""
        self._connection = connection
        self._adapts = adapts
        self._wait = wait
        self._seen: Counter[Key] = Counter()
        self._numbers = count()
        self._names: dict[Key, bytes] = {}

    def rows(
        self,
        row: type[Row],
        statement: Statement,
        values: Mapping[str, object],
        *,
        prepare: bool,
    ) -> list[Row]:
        """Return every row of the statement; raises what psycopg raises."""
        wire, adapts = statement.wire, self._adapts
        given: list[Any] = [values[name] for name in wire.names]
        sent = adapts.dump_sequence(given, [PyFormat.AUTO] * len(given))
        types, formats = adapts.types or (), adapts.formats
        key, result = (wire.text, types), None
        if prepare and self._is_prepared(key):
            result = self._prepared(key, sent, formats)
        if result is None:
            self._connection.send_query_params(wire.text, sent, types, formats)
            result = self._result()
        _ = adapts.set_pgresult(result)
        rows = adapts.load_rows(0, result.ntuples, lambda found: row(*found))
        _ = adapts.set_pgresult(None)  # or it would be kept until the next comes
        return rows

    def _is_prepared(self, key: Key) -> bool:
        """Tell whether a statement is prepared; prepare it if it comes often."""
        if key in self._names:
            return True
        self._seen[key] += 1
        if self._seen[key] <= OFTEN or len(self._names) == MOST:
            return False
        name = b"often_%d" % next(self._numbers)
        self._connection.send_prepare(name, *key)
        _ = self._result()
        self._names[key] = name
        return True

    def _prepared(
        self, key: Key, sent: Sequence[Buffer | None], formats: list[Format] | None
    ) -> PGresult | None:
        """Return the answer to a statement that is prepared, None where it is no longer."""
        try:
            self._connection.send_query_prepared(self._names[key], sent, formats)
            return self._result()
        except InvalidSqlStatementName:
            # A cursor on this connection met a ROLLBACK, and had all forgotten that was prepared.
            self._names.clear()
        except FeatureNotSupported:
            # An upgrade may have given another type to what it returns.
            del self._seen[key]
            self._connection.send_query_params(b"DEALLOCATE " + self._names.pop(key), None)
            _ = self._result()
        return None

    def _result(self) -> PGresult:
        """Wait for the answer to what was sent."""
        result = self._wait(generators.execute(self._connection))[-1]
        if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            raise error_from_result(result)
        return result
