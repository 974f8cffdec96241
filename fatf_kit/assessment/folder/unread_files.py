"""Files of an assessment folder that nothing reads: copies of its tables, and filled workbooks in the wrong place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import WORKBOOK_SUFFIXES
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    CONTROL,
    DECISIONS,
    LAWS,
    PLAN_ITEMS,
    SETTINGS,
    TEMPLATES,
)
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.files import is_litter, list_inside
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.stamp import is_as_written

_READ = {Path(name).stem: name for name in (AGENCIES, ASSIGNMENT, DECISIONS, LAWS, PLAN_ITEMS)}
_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".tsv", ".txt", ".numbers")


def is_unread_copy(path: Path) -> bool:
    """Return whether a file is a table of the folder by its name, or a copy of one in any format.

    >>> is_unread_copy(Path("Agencies (1).xlsx")), is_unread_copy(Path("fiu.xlsx"))
    (True, False)
    """
    return path.suffix.lower() in _ENDINGS and _meant(path) is not None


def _meant(path: Path) -> str | None:
    stem = path.stem.casefold()
    return next((name for own, name in _READ.items() if stem.startswith(own)), None)


def find_unread_copies(home: Path) -> Iterator[Problem]:
    """Yield a Problem for each copy, with the name of the file that is read."""
    inside = list_inside(home)
    has_workbook = any(path.name == CONTROL and path.is_file() for path in inside)
    for path in inside:
        if has_workbook and path.name in (SETTINGS, AGENCIES, ASSIGNMENT):
            yield make_problem("table-copy", CellRef(file=path.name), used=CONTROL)
        elif is_unread_copy(path) and path.name not in _READ.values() and path.is_file():
            yield make_problem("table-copy", CellRef(file=path.name), used=_meant(path))


def find_misplaced_workbooks(home: Path, read: Collection[str]) -> Iterator[Problem]:
    """Yield a Problem for each workbook with answers in an assessment folder itself or in its templates/.

    `read` are fingerprints of files that were read from where they belong: a copy of one of them holds nothing new. A
    template that was not saved since it was written is not even opened.
    """
    for folder, inside in ((home, ""), (home / TEMPLATES, f"{TEMPLATES}/")):
        for path in _workbooks(folder):
            if inside and is_as_written(path):
                continue
            found, _ = read_workbook(path)
            if found is not None and found.sha256 not in read and (rows := len(found.rows)):
                yield make_problem("workbook-misplaced", CellRef(file=f"{inside}{path.name}"), count=rows)


def _workbooks(folder: Path) -> Iterator[Path]:
    for path in list_inside(folder):
        ours = path.suffix.lower() in WORKBOOK_SUFFIXES and not is_litter(path) and path.name != CONTROL
        if ours and path.is_file() and not is_unread_copy(path):
            yield path
