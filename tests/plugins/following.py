"""Which programs are followed through their greenlets, where lines are counted, and what is not."""

import os
import sys
from collections.abc import Generator

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Have what the tests start followed as pyproject.toml says: the service switches greenlets.

    The tests themselves have none, and to look for them at each call would double what it takes
    to count their lines (see the Makefile).
    """
    in_worker = hasattr(config, "workerinput")
    if in_worker and os.environ.pop("COVERAGE_PROCESS_CONFIG", None):
        os.environ["COVERAGE_PROCESS_START"] = str(config.inipath)
        os.environ["COVERAGE_FILE"] = str(config.rootpath / ".coverage")


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Do not count lines, here or in what is started: for what comes by the same ones for minutes.

    Other tests come by all of them, as the report tells; to count them doubles the time.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_START", raising=False)
    counts = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(counts)
