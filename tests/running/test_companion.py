"""A process beside the workers: started, started again, stopped one way or another."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.running.companion import Companion
from tests.running.client import until

SLEEP = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return the file in which each process writes its id."""
    return tmp_path / "notes"


@pytest.fixture
def beside(notes: Path, request: pytest.FixtureRequest) -> Iterator[Companion]:
    """Return a companion that writes its id and then does what the test says."""
    write = f"import os; open({str(notes)!r}, 'a').write(f'{{os.getpid()}}\\n'); "
    companion = Companion([sys.executable, "-c", getattr(request, "param", "") + write + SLEEP], {})
    yield companion
    companion.stop()


def pids(notes: Path) -> list[int]:
    """Return the ids of the processes so far."""
    return [int(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def test_nothing_is_started_before_it_is_watched(beside: Companion, notes: Path) -> None:
    beside.stop()
    assert pids(notes) == []


def test_what_lives_is_left_alone(beside: Companion, notes: Path) -> None:
    beside.watch()
    until(lambda: pids(notes))
    beside.watch()
    assert len(pids(notes)) == 1


def test_what_died_is_started_again_after_a_pause(beside: Companion, notes: Path) -> None:
    beside.watch()
    [first] = until(lambda: pids(notes))
    os.kill(first, signal.SIGKILL)
    until(lambda: beside.watch() or len(pids(notes)) == 2)


@pytest.mark.parametrize("beside", [STUBBORN], indirect=True)
def test_what_does_not_end_by_itself_is_ended(
    beside: Companion, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Companion, "grace", 0.05)
    beside.watch()
    [pid] = until(lambda: pids(notes))
    beside.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_a_forked_worker_does_not_stop_it(beside: Companion, notes: Path) -> None:
    beside.watch()
    [pid] = until(lambda: pids(notes))
    if (child := os.fork()) == 0:
        beside.stop()
        os._exit(0)
    os.waitpid(child, 0)
    assert Path(f"/proc/{pid}/cmdline").read_bytes()


def test_what_cannot_be_started_is_told_and_tried_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Companion, "shortest", 0.0)
    companion = Companion(["/no/such/program"], {})
    companion.watch()
    companion.watch()
    companion.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "the process beside the workers cannot be started"
    ] * 2
