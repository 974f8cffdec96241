"""Lines and tables in a terminal: broken between words, never inside one; elsewhere as they are."""

from __future__ import annotations

import os
import struct
import subprocess
import sys

import pytest

from fatf_kit.terminal.wrapping import TableLine, lay_out, measure, wrap_line
from tests.samples import take_sample

fcntl, pty, termios = map(pytest.importorskip, ("fcntl", "pty", "termios"))  # Windows has none of them

ROWS = (("Unit", "Distance"), ("R.10", "three above the threshold"), ("R.40", "at it"))


def in_terminal(columns: int, *args: str) -> list[str]:
    """The lines that a command prints in a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    command = [sys.executable, "-m", "fatf_kit", *args]
    running = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    found = b""
    try:
        while more := os.read(ours, 65_536):
            found += more
    except OSError:  # Linux ends so when the command closes the terminal
        pass
    running.wait(timeout=60)
    os.close(ours)
    return found.decode().splitlines()


def test_a_line_is_broken_between_words_and_goes_on_under_its_text() -> None:
    """A long word stays whole; without a terminal nothing is broken."""
    assert wrap_line("  - alpha beta gamma", 12).split("\n") == ["  - alpha", "    beta", "    gamma"]
    assert wrap_line("see https://example.org/a/long/address now", 12).split("\n") == [
        "see",
        "https://example.org/a/long/address",
        "now",
    ]
    assert wrap_line("alpha beta gamma", None) == "alpha beta gamma"
    assert wrap_line(TableLine("alpha beta gamma"), 8) == "alpha beta gamma"


def test_marks_of_direction_take_no_width() -> None:
    """Else columns with Arabic text would not align."""
    first, second = lay_out((("\u2066R.10\u2069", "x"), ("R.10", "x")), None)
    assert measure(first) == len(second) == 7


def test_a_table_narrows_its_widest_column() -> None:
    """One item for each row, each line within the width."""
    made = list(lay_out(ROWS, 24))
    assert made == ["Unit  Distance", "R.10  three above the\n      threshold", "R.40  at it"]
    assert list(lay_out(ROWS, 24, kept=(1,))) == list(lay_out(ROWS, None))


@pytest.mark.parametrize("columns", [80, pytest.param(100, marks=pytest.mark.full)])
@pytest.mark.parametrize("language", take_sample(["en", "ar"], ["ar"]))
@pytest.mark.parametrize(
    "args", [("frameworks", "list"), ("outlook", "--published", "IRQ"), ("published", "list")], ids=lambda args: args[0]
)
def test_no_line_is_wider_than_the_terminal(args: tuple[str, ...], language: str, columns: int) -> None:
    """The terminal would break it in the middle of a word."""
    lines = in_terminal(columns, *args, "--lang", language)
    assert len(lines) > 5
    assert [line for line in lines if measure(line) > columns] == []
