"""What is wrong with many lines costs as much as there are, however they hang together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from psycopg import sql

from service.bulk.lines import Order
from service.bulk.staging import Staging
from service.bulk.taking import Taking
from service.records.people import Caller
from service.storage.database import Database, Transaction
from service.storage.statements import Statement
from tests.kinds.smallest import Json

Row = TypeVar("Row")

LINES = 1_500
EXPLAIN = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) ").format()
ORDER = Order(Caller("editor", frozenset({"publish"})), partial=True, dry_run=True)


@dataclass(frozen=True)
class Explained:
    """How a statement was executed."""

    plans: list[Any]


def walked(plan: Json) -> float:
    """Return how many rows a plan went through, at each of its steps."""
    removed = sum(count for name, count in plan.items() if name.startswith("Rows Removed"))
    below = sum(walked(step) for step in plan.get("Plans", []))
    return (plan["Actual Rows"] + removed) * plan["Actual Loops"] + below


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list that takes up how many rows each statement of a transaction goes through."""
    found: list[float] = []
    ask = Transaction.all

    def run(
        door: Transaction, query: Statement, values: Mapping[str, object] | None = None
    ) -> None:
        explained = ask(door, Explained, Statement([*EXPLAIN, *query]), values, prepare=False)
        found.append(walked(explained[0].plans[0]["Plan"]))

    def asked(
        door: Transaction,
        row: type[Row],
        query: Statement,
        values: Mapping[str, object] | None = None,
        *,
        prepare: bool | None = None,
    ) -> list[Row]:
        run(door, query, values)
        return ask(door, row, query, values, prepare=prepare)

    monkeypatch.setattr(Transaction, "run", run)
    monkeypatch.setattr(Transaction, "all", asked)
    return found


def twice() -> Iterator[Json]:
    """Yield one source many times and as many claims that name it."""
    for number in range(LINES // 2):
        yield {"type": "source", "id": "s", "title": f"x{number}"}
    for number in range(LINES // 2):
        at = [{"source_id": "s", "verb": "said"}]
        yield {"type": "claim", "id": f"c{number}", "text": "x", "attribution": at}


def twice_of_kin() -> Iterator[Json]:
    """Yield one source many times and as many that are derived from it."""
    for number in range(LINES // 2):
        yield {"type": "source", "id": "s", "title": f"x{number}"}
    for number in range(LINES // 2):
        yield {"type": "source", "id": f"s{number}", "title": "x", "derived_from": ["s"]}


def chain() -> Iterator[Json]:
    """Yield sources, each derived from the next; the last is faulty."""
    for number in range(LINES - 1):
        after = [f"s{number + 1}"]
        yield {"type": "source", "id": f"s{number}", "title": "x", "derived_from": after}
    yield {"type": "source", "id": f"s{LINES - 1}", "title": 5}


@pytest.mark.parametrize(
    ("lines", "refused"),
    [(twice, LINES // 2 - 1), (twice_of_kin, LINES // 2 - 1), (chain, LINES)],
)
@pytest.mark.parametrize("before", ["database", "emptied"])
def test_no_line_is_a_walk_through_all(
    request: pytest.FixtureRequest,
    before: str,
    steps: list[float],
    lines: Callable[[], Iterator[Json]],
    refused: int,
) -> None:
    database: Database = request.getfixturevalue(before)
    staging = Staging(database)
    steps.clear()
    taking = Taking(staging, ORDER)
    taking.stage(enumerate(lines(), 1))
    _ = taking.finish(lambda act: act(database))
    assert sum(steps) < 100 * LINES
    assert staging.counts(database)["refused"] == refused
    staging.remove()
