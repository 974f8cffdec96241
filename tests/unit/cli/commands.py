"""Ways to run a command, and the example files that several tests of the command line read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fatf_kit.cli.main import cli, main
from fatf_kit.core.resources import data_folder

RURITANIA = data_folder("examples") / "ruritania"
LATER = data_folder("examples") / "ruritania-plan"
WORKBOOK = RURITANIA / "workbook"
LEFT_OUT = ("council.xlsx", "justice.xlsx", "securities.xlsx", "revenue_(1).xlsx")
"""Workbooks of agencies without which the example still has conflicts, copies, restricted answers and figures."""


def invoke(*args: object) -> Result:
    """Run a command in this process; what it returns or raises is in the result."""
    return CliRunner().invoke(cli, [*map(str, args)], standalone_mode=False)


def json_of(*args: object) -> Any:
    """Return the one JSON document that a command prints on standard output."""
    return json.loads(invoke(*args, "--json").stdout)


def cells_of(out: str, start: str) -> list[str]:
    """Return the cells of the line of a table that begins so."""
    (line,) = (line for line in out.splitlines() if line.startswith(f"{start}  "))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def end_of(*args: object) -> int:
    """Run a command as from a terminal and return its exit code."""
    with pytest.raises(SystemExit) as stop:
        main([*map(str, args)])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def run(*args: object) -> tuple[int, str, str]:
    """Run a command in a process of its own; return exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "fatf_kit", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


def python_output(code: str) -> str:
    """Run a piece of Python in a process of its own and return the last line of its standard output."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def copy_small_country(target: Path) -> Path:
    """Copy the folder of the example with few workbooks of agencies, so that it is read in half the time."""
    left = shutil.ignore_patterns("workbook", "libreoffice", "history", "build*", "ar", "fr", *LEFT_OUT)
    return Path(shutil.copytree(RURITANIA, target, ignore=left))


def copy_edition(edition: str, target: Path) -> Path:
    """Copy the English pages of an edition, so that a test may damage them."""
    source = data_folder("frameworks") / edition
    for page in source.rglob("*.json"):
        if "locale" not in page.parts:
            copy = target / page.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(page.read_bytes())
    return target


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
