"""Files as other programs show them: the text and the facts of a PDF, and workbooks that LibreOffice saved."""

from __future__ import annotations

import io
import re
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.conftest import program

Convert = Callable[[Path, str], Path]
"""The type of the fixture that saves a file in another format with LibreOffice."""


def run_poppler(name: str, *arguments: object) -> str:
    """Return what a program of Poppler prints; skips the test without it."""
    command = [program((name,), "FATF_KIT_REQUIRE_OFFICE"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()


def read_text(path: Path, *options: str) -> str:
    """Return the text of a PDF, a form feed after each page, without marks of direction."""
    return strip_marks(run_poppler("pdftotext", *options, path, "-"))


def strip_marks(text: str) -> str:
    """Return a text without marks of direction."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def read_info(path: Path) -> dict[str, str]:
    """Return the facts that a PDF has about itself."""
    lines = (line.partition(":") for line in run_poppler("pdfinfo", path).splitlines())
    return {name: value.strip() for name, _, value in lines}


def count_pages(path: Path) -> int:
    """Return the number of pages of a PDF."""
    return int(read_info(path)["Pages"])


def open_saved(path: Path) -> openpyxl.Workbook:
    """Return a workbook as it is on the disk; openpyxl warns of extensions that it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
