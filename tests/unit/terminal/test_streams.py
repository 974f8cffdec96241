"""Streams that are closed or full: one message where it can be written, the right exit code, and files all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fatf_kit import template
from fatf_kit.cli.main import _COMMANDS
from fatf_kit.core.resources import data_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such devices there")

REGISTER = str(data_folder("examples") / "npo" / "register.csv")
WAYS: dict[str, Callable[[], None]] = {
    "output closed": lambda: os.close(1),
    "messages closed": lambda: os.close(2),
    "all closed": lambda: os.closerange(0, 3),
    "output full": lambda: _full(1),
    "messages full": lambda: _full(2),
}
WITHOUT_OUTPUT = ("output closed", "all closed", "output full")
USUAL = ("all closed", "output full")
EVERY_WAY = [pytest.param(way, marks=[] if way in USUAL else [pytest.mark.full]) for way in WAYS]
"""All ways, of which a usual run tries a closed and a full one; each command needs a process of its own."""


def _full(number: int) -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), number)


def run(way: str, *args: str, folder: Path) -> tuple[int, str]:
    """Exit code and messages of a command; what it takes too long for is a failure."""
    done = subprocess.run(
        [sys.executable, "-c", "from fatf_kit.cli.main import main; main()", *args],
        preexec_fn=WAYS[way],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        timeout=120,
        check=False,
    )
    assert "fault of its own" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("way", EVERY_WAY)
def test_score_writes_its_reports_whatever_is_closed(tmp_path: Path, way: str) -> None:
    """A service or a scheduled task has no streams at all."""
    blank = template(tmp_path / "blank.xlsx", only=("R.36",))
    code, _ = run(way, "score", str(blank), "-o", "out", "--format", "json,html", folder=tmp_path)
    assert code == 0
    assert {"assessment.json", "report.html"} <= {path.name for path in (tmp_path / "out").iterdir()}


@pytest.mark.full(keep_every=5)
@pytest.mark.parametrize("way", EVERY_WAY)
@pytest.mark.parametrize(
    ("args", "code", "written"),
    [
        (("frameworks", "list"), 0, True),
        (("npo", "check", REGISTER), 0, False),
        (("npo", "check", REGISTER, "--json"), 0, True),
        (("check", "no-such-folder"), 3, False),
        (("nonsense",), 2, False),
        (("published", "show", "Ruritania"), 3, False),
    ],
    ids=lambda given: " ".join(Path(one).name for one in given) if isinstance(given, tuple) else str(given),
)
def test_a_result_that_cannot_be_written_stops(
    tmp_path: Path, way: str, args: tuple[str, ...], code: int, written: bool
) -> None:
    """With 3 and one message; a command that writes no result there ends as it does else."""
    code_found, messages = run(way, *args, folder=tmp_path)
    lost = written and way in WITHOUT_OUTPUT
    assert (3 if lost else code) == code_found
    if lost and way != "all closed":
        assert sum(line.startswith("fatf-kit: Cannot continue") for line in messages.splitlines()) == 1


@pytest.mark.full
@pytest.mark.parametrize(
    "command",
    [pytest.param(name, marks=[pytest.mark.sample] if name in ("score", "doctor") else []) for name in _COMMANDS],
)
@pytest.mark.parametrize("way", WITHOUT_OUTPUT)
def test_every_command_ends_in_words(tmp_path: Path, command: str, way: str) -> None:
    """Its help is a result too."""
    assert run(way, command, "--help", folder=tmp_path)[0] == 3


def test_a_file_never_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    """A library that writes to number 2 would otherwise write into a report."""
    code = (
        "from fatf_kit.terminal.streams import open_closed_streams; open_closed_streams(); import os\n"
        "file = open('report', 'w'); os.write(2, b'warning'); assert file.fileno() > 2"
    )
    done = subprocess.run([sys.executable, "-c", code], preexec_fn=WAYS["all closed"], cwd=tmp_path, check=False)
    assert (done.returncode, (tmp_path / "report").read_bytes()) == (0, b"")
