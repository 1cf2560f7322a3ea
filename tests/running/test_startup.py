"""`serve` from the first start to the last stop, with the embedded PostgreSQL."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from service.running.banner import banner
from service.running.startup import in_child
from tests.running.client import Program, postmaster, until

CLUSTER = "data/cluster"


@pytest.fixture(scope="module")
def used() -> Iterator[Path]:
    """Make a folder whose database is made by the first test that asks, and kept for the next."""
    with TemporaryDirectory(prefix="factcheck-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_the_first_start_says_the_key_and_the_second_does_not(home: Path) -> None:
    for said in (True, False):
        with Program(home, DATABASE_URL="") as program:
            assert postmaster(home / CLUSTER)
            assert program.process.stdout
            text = "".join(program.process.stdout.readline() for _ in range(4))
            assert ("    fck_secret\n" in text) is said
        assert not postmaster(home / CLUSTER)


def test_a_killed_database_is_started_again_and_stopped_at_the_end(used: Path) -> None:
    with Program(used, DATABASE_URL="") as program:
        assert program.get("/sleep").status == 200
        first = postmaster(used / CLUSTER)
        os.kill(first, signal.SIGKILL)
        until(lambda: postmaster(used / CLUSTER) not in {0, first})
        until(lambda: program.get("/sleep").status == 200)
        assert program.stop() == 0
        assert not postmaster(used / CLUSTER)


def test_a_worker_that_leaves_does_not_stop_the_database(used: Path) -> None:
    with Program(used, DATABASE_URL="") as program:
        server = postmaster(used / CLUSTER)
        worker = int(program.get("/pid").body.split()[1])
        os.kill(worker, signal.SIGTERM)
        until(lambda: f"(pid: {worker})" in program.log.read_text())
        assert program.get("/sleep").status == 200
        assert postmaster(used / CLUSTER) == server


def test_a_failed_preparation_says_why_and_ends(home: Path) -> None:
    program = Program(home, SPOILT="1")
    assert program.process.wait(20) == 1
    assert program.log.read_text() == "the schema is from the future\n"
    program.stop()


def test_the_parent_never_loads_the_database_driver(used: Path) -> None:
    with Program(used, DATABASE_URL="") as program:
        assert program.get("/sleep").status == 200
        # It decides at its import how to wait, and a worker would inherit that.
        assert "psycopg" not in Path(f"/proc/{program.process.pid}/maps").read_text()


def test_a_home_that_cannot_be_is_said_in_a_line(home: Path) -> None:
    program = Program(home, DATABASE_URL="", FACTCHECK_HOME="/dev/null/data")
    assert program.process.wait(20) == 1
    assert "/dev/null" in program.log.read_text()
    assert "Traceback" not in program.log.read_text()
    program.stop()


def test_a_stop_while_the_database_is_prepared_is_clean(used: Path) -> None:
    program = Program(used, DATABASE_URL="", DALLYING=str(used / "file"))
    until((used / "file").exists)
    assert postmaster(used / CLUSTER)
    assert program.stop() == 0
    assert not postmaster(used / CLUSTER)
    assert program.log.read_text() == ""


def test_work_in_a_child_leaves_nothing_behind_but_its_result() -> None:
    assert in_child(lambda: os.environ.setdefault("LEFT", "behind")) == "behind"
    assert "LEFT" not in os.environ


def test_a_child_that_fails_ends_the_start(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        in_child(lambda: 1 // 0)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_the_banner_has_three_lines_to_paste(tmp_path: Path) -> None:
    key_file = tmp_path / "a key"
    key_file.write_text("fck_1")
    text = banner("http://0.0.0.0:8000", key_file, None)
    assert (
        len(re.findall(r"^    curl .*http://127\.0\.0\.1:8000/v1/claims", text, re.MULTILINE)) == 3
    )
    assert f"$(cat '{key_file}')" in text
    assert "fck_1" not in text


def test_a_key_kept_elsewhere_has_a_place_in_the_banner(tmp_path: Path) -> None:
    text = banner("http://[::]:80", tmp_path / "none", None)
    assert '-u "YOUR_KEY:"' in text
    assert "http://[::1]:80/v1/claims" in text
