"""A clock turned back: a machine whose battery is empty begins in 1970, and packages know no day before 1980."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fatf_kit import template
from tests.samples import take_sample

CLOCK = """
import datetime as d, sys, time
year, real, day = int(sys.argv[1]), d.datetime, d.date
class Moment(real):
    @classmethod
    def now(cls, tz=None):
        return cls(year, 1, 2, 3, 4, 5, tzinfo=real.now(tz).tzinfo)
class Day(day):
    @classmethod
    def today(cls):
        return cls(year, 1, 2)
d.datetime, d.date = Moment, Day
time.time = lambda: (real(year, 1, 2) - real(1970, 1, 1)).total_seconds()
from fatf_kit.cli.main import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize("year", take_sample(["1970", "2099"], ["1970"]))
def test_reports_are_written_whatever_the_clock_says(tmp_path: Path, year: str) -> None:
    """In every format; Word documents could not be."""
    blank = template(tmp_path / "blank.xlsx", only=("R.36",))
    command = ["score", str(blank), "-o", str(tmp_path / "out"), "--format", "html,docx,xlsx,json"]
    done = subprocess.run(
        [sys.executable, "-c", CLOCK, year, *command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, "fault of its own" in done.stderr) == (0, False), done.stderr
    assert {"report.html", "report.docx", "report.xlsx"} <= {path.name for path in (tmp_path / "out").iterdir()}
