"""From files and folders to one set of answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl

from fatf_kit.responses.intake import read_responses


def test_a_folder_is_read_whatever_its_workbooks_are_called(filled: Path, tmp_path: Path) -> None:
    """A workbook under another name is one all the same; other files are left alone."""
    shutil.copy(filled, tmp_path / "إجابات (2).bak")
    (tmp_path / "notes.txt").write_text("not ours", encoding="utf-8")
    (tmp_path / "~$answers.xlsx").write_bytes(b"lock")
    _, responses, problems = read_responses([tmp_path])
    assert ("إجابات (2).bak", 3) == (responses.inputs[0].name, len(responses.answers))
    assert [] == [problem.message for problem in problems]


def test_a_damaged_file_with_the_name_of_a_workbook_is_told(filled: Path, tmp_path: Path) -> None:
    """And stops nobody else's."""
    shutil.copy(filled, tmp_path / "a.xlsx")
    for name in ("b.xlsx", "c.numbers", "d.xlsb"):
        (tmp_path / name).write_bytes(b"PK\3\4 cut short")
    _, responses, problems = read_responses([tmp_path])
    assert 3 == len(responses.answers)
    assert ["file-broken"] * 3 == [problem.code for problem in problems]


def test_an_edition_that_nobody_knows_stops_no_other_file(
    changed: Callable[[Callable[[openpyxl.Workbook], object]], Path], filled: Path
) -> None:
    """A stamp may be damaged, or of a newer kit."""

    def change(book: openpyxl.Workbook) -> None:
        for row in book["_stamp"].iter_rows():
            if row[0].value == "edition":
                row[1].value = "fatf-2099"

    framework, responses, problems = read_responses([changed(change), filled])
    assert ("fatf-2022", 3) == (framework.id, len(responses.answers))
    assert ["edition-other"] == [problem.code for problem in problems]
