"""A snapshot is carried in few bytes, and claims nothing that a crash could take back."""

from datetime import UTC, datetime, timedelta

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from service.records.moments import EPOCH, Moment, Numbers, Snapshot, packed
from tests.records.office import Office

DONE = """
SELECT n FROM generate_series(1, 9) AS n WHERE pg_visible_in_snapshot(n::text::xid8, %s)
"""
INSTANT = datetime(2022, 2, 16, 18, tzinfo=UTC)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Make a snapshot as PostgreSQL might."""
    xmin = draw(st.integers(3, 2**62))
    running = sorted(xmin + gap for gap in draw(st.sets(st.integers(0, 5_000), max_size=50)))
    return Snapshot(xmin, xmin + draw(st.integers(5_001, 10_000)), tuple(running))


@given(snapshots())
def test_a_snapshot_is_written_as_postgresql_reads_it(snapshot: Snapshot) -> None:
    assert Snapshot.of(str(snapshot)) == snapshot


@given(snapshots(), st.integers(-(2**55), 2**55), st.binary(max_size=9))
def test_a_moment_comes_out_as_it_went_in(snapshot: Snapshot, micros: int, rest: bytes) -> None:
    moment = Moment(snapshot, EPOCH + timedelta(microseconds=micros))
    assert Moment.unpack(moment.pack() + rest) == (moment, rest)


def test_a_hundred_running_writers_take_few_bytes() -> None:
    running = tuple(range(10_000_000, 10_000_000 + 1_000, 10))
    assert len(Moment(Snapshot(running[0], running[-1] + 5, running), INSTANT).pack()) < 250


@given(snapshots(), st.integers(-20_000, 20_000))
def test_what_need_not_be_on_disk_is_not_in_a_durable_snapshot(
    snapshot: Snapshot, beyond: int
) -> None:
    newest = snapshot.xmax + beyond
    durable = snapshot.durable(newest)
    assert durable.xmin <= durable.xmax <= newest + 1
    assert all(durable.xmin <= number < durable.xmax for number in durable.running)


def test_of_a_settled_snapshot_nothing_runs(office: Office) -> None:
    settled = Snapshot(5, 9, (5, 7)).settled()
    with psycopg.connect(office.owner_url) as connection:
        rows = connection.execute(DONE, [str(settled)]).fetchall()
    assert rows == [(1,), (2,), (3,), (4,)]


def test_a_number_that_was_cut_off_is_none() -> None:
    assert list(Numbers(packed(5) + packed(300)[:1])) == [5]
