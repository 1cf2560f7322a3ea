"""Where CI is set, a test that skips has failed: nothing is left out of the gate unseen."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
HERE_ONLY = "skipped where CI=true, which installs what a test may lack elsewhere"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the report of a skipped test into a failure; an expected failure stays one."""
    return in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a module that skips as a whole."""
    return in_ci((yield))


def in_ci(report: Report) -> Report:
    """Return the report, failed if it says skipped and CI is set."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{HERE_ONLY}: {report.longrepr}"
    return report
