"""Which programs are followed through their greenlets, where lines are counted."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pytest_configure(config: pytest.Config) -> None:
    """Have what the tests start followed as pyproject.toml says: the service switches greenlets.

    The tests themselves have none, and to look for them at each call would double what it takes
    to count their lines (see the Makefile).
    """
    in_worker = hasattr(config, "workerinput")
    if in_worker and os.environ.pop("COVERAGE_PROCESS_CONFIG", None):
        os.environ["COVERAGE_PROCESS_START"] = str(ROOT / "pyproject.toml")
        os.environ["COVERAGE_FILE"] = str(ROOT / ".coverage")
