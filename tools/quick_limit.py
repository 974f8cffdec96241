"""A plugin of pytest: after a moment no further test begins, and those left out are listed; `make quick` loads it."""

from __future__ import annotations

import time
from collections import Counter

import pytest

REASON = "the time of `make quick` is over"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option with the moment, in seconds since 1970; 0 is never."""
    parser.addoption("--last-start", type=float, default=0.0, help="no test begins after this moment (epoch seconds)")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test before its fixtures are made when the moment has passed."""
    last_start = item.config.getoption("--last-start")
    if last_start and time.time() > last_start:
        pytest.skip(REASON)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the files of the tests that were left out, and the command that runs them."""
    skipped = (report for report in terminalreporter.stats.get("skipped", ()) if REASON in str(report.longrepr))
    left_out = Counter(report.nodeid.partition("::")[0] for report in skipped)
    if left_out:
        terminalreporter.section("left out")
        for path, tests in left_out.items():
            terminalreporter.line(f"{path}: {tests} tests")
        terminalreporter.line(f"Not run, because {REASON}. Run: .venv/bin/pytest -n auto {' '.join(left_out)}")
