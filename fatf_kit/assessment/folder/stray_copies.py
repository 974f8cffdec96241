"""Copies beside the tables of an assessment folder: saved from Excel as a workbook, renamed, kept from last time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, DECISIONS
from fatf_kit.core.problems import CellRef, Problem, make_problem

_READ = {Path(name).stem: name for name in (AGENCIES, ASSIGNMENT, DECISIONS)}
_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".tsv", ".txt", ".numbers")


def is_sibling(path: Path) -> bool:
    """Whether a file is a table of the folder by its name, or a copy of one in any format.

    >>> is_sibling(Path("Agencies (1).xlsx")), is_sibling(Path("fiu.xlsx"))
    (True, False)
    """
    return path.suffix.lower() in _ENDINGS and _meant(path) is not None


def _meant(path: Path) -> str | None:
    stem = path.stem.casefold()
    return next((name for own, name in _READ.items() if stem.startswith(own)), None)


def siblings(home: Path) -> Iterator[Problem]:
    """A Problem for each copy, with the name of the file that is read."""
    try:
        inside = sorted(home.iterdir(), key=lambda path: path.name)
    except OSError:  # whoever reads the tables says so
        return
    for path in inside:
        if is_sibling(path) and path.name not in _READ.values() and path.is_file():
            yield make_problem("table-beside", CellRef(file=path.name), used=_meant(path))
