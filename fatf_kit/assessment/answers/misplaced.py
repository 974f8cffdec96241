"""Filled workbooks that lie where nothing reads them: beside responses/ instead of in it, or still in templates/."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import WORKBOOK_SUFFIXES
from fatf_kit.assessment.folder.model import TEMPLATES
from fatf_kit.assessment.folder.stray_copies import is_sibling
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.files import is_litter
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.stamp import is_as_written


def misplaced(home: Path, read: Collection[str]) -> Iterator[Problem]:
    """A Problem for each workbook with answers in an assessment folder itself or in its templates/.

    `read` are fingerprints of files that were read from where they belong: a copy of one of them holds nothing new. A
    template that nobody has saved since it was written is not even opened.
    """
    for folder, inside in ((home, ""), (home / TEMPLATES, f"{TEMPLATES}/")):
        for path in _workbooks(folder):
            if inside and is_as_written(path):
                continue
            found, _ = read_workbook(path)
            if found is not None and found.sha256 not in read and (rows := len(found.rows)):
                yield make_problem("workbook-misplaced", CellRef(file=f"{inside}{path.name}"), count=rows)


def _workbooks(folder: Path) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:  # there is none, or nobody may look into it
        return
    for path in inside:
        ours = path.suffix.lower() in WORKBOOK_SUFFIXES and not is_litter(path)
        if ours and path.is_file() and not is_sibling(path):
            yield path
