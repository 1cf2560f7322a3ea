"""The whole benchmark, small: it measures all that it says, and nothing goes wrong on the way."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.bench.bench import Bench
from tests.bench.comparing import Side, compare
from tests.bench.filling import Filler
from tests.bench.measuring import Idle, Run
from tests.bench.records import Records
from tests.bench.report import COLUMNS, as_json, comparison, table
from tests.bench.revisions import factcheck_of, short
from tests.bench.subjects import Built, bare
from tests.bench.work import Asking
from tests.docs.service import folder

CLAIMS = 120
DEEPEST = 12
SECONDS = 0.05

Filled = tuple[Built, Asking]


def ignore(line: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def filled() -> Iterator[Filled]:
    """Fill in a service, and copy it, which is what runs then."""
    with folder() as place:
        records = Records(vocabulary=40_000)
        filler = Filler(records, ignore, DEEPEST, workers=1, kept=place / "kept")
        with filler.service(CLAIMS, "now") as found:
            yield found


def test_the_table_has_all_figures_and_no_errors(filled: Filled) -> None:
    service, asking = filled
    with bare(1) as empty, bare(1, "--plain") as plain:
        found = Bench(empty, plain, 1, SECONDS, ignore).measure(service.subject, asking.work())
    assert [(one.work.name, run.errors) for one in found for run in one.runs if run.errors] == []
    assert {len(one.runs) for one in found[2:]} == {1}
    assert all(run.rate and run.p50 and run.resident for one in found for run in one.runs)
    rows = list(table(found))
    assert {row.count(" |") for row in rows} == {len(COLUMNS)}
    assert len(rows) == 2 + 2 + len(asking.work())
    assert set(as_json(found[1])["runs"][0]) == {field.name for field in fields(Run)}


def test_the_claims_have_their_histories(filled: Filled) -> None:
    service, _ = filled
    for name, revisions in {"c0000003": DEEPEST, "c0000007": 10, "c0000002": 1}.items():
        assert f'ETag: "{revisions}"' in service.curl(f"/v1/claims/{name}").data.decode()


def test_sides_are_measured_in_turn_and_compared_pair_by_pair(filled: Filled) -> None:
    service, asking = filled
    sides = [Side(name, service.subject, asking.work()[:2]) for name in ("old", "new")]
    found = list(compare(sides, 2, SECONDS, ignore))
    assert [len(one.ratios(lambda run: run.p50)) for one in found] == [2, 2]
    assert "old → new" in list(comparison(found))[2]
    assert set(as_json(found[0])["sides"]) == {"old", "new"}


def test_what_is_taken_while_nobody_asks_is_measured(filled: Filled) -> None:
    service, _ = filled
    assert all(0 <= each < 1000 for each in Idle.of(service.subject, SECONDS))


def test_a_revision_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no-such-revision"), factcheck_of("no-such-revision"):
        pass


def test_a_revision_has_a_name_that_does_not_move() -> None:
    assert short("HEAD") == short(short("HEAD"))
    assert short("HEAD") != "HEAD"
