"""Words struck out in LibreOffice are told in each of its formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from fatf_kit.framework import load_framework
from fatf_kit.safety.guard import CheckedFile, check_file
from fatf_kit.workbook.layout import build_layout
from fatf_kit.workbook.reader import read_workbook
from fatf_kit.workbook.template import write_template
from tests.rows import values_in
from tests.unit.workbook.reading import codes_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
STRUCK = Font(strike=True)


def struck_in(path: Path) -> list[tuple[int, int]]:
    """The cells in which words are struck out."""
    checked = check_file(path)
    assert isinstance(checked, CheckedFile), checked
    return sorted(checked.sheets["R.9"].struck)


def words_in(text: str, *, strike: bool = True) -> CellRichText:
    """Some words between others."""
    return CellRichText("We ", TextBlock(InlineFont(strike=strike, b=True), f"{text} "), "comply")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts, numbers side by side, a formula and a truth; two columns; long texts in many alphabets, some struck."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "R.9"
    sheet.append(["plain", "whole", words_in("do not"), words_in("must", strike=False), None])
    sheet.append([5, 6, 7, "=1+1", True])
    for cell in ("B1", "E1", "B2", "C2", "D2", "E2"):
        sheet[cell].font = STRUCK
    for row in range(4, 40):
        long = f"{row} " + ("Straße, " * 400 if row % 3 else "قانون المصارف " * 300)
        sheet.cell(row, 1, words_in(long, strike=row % 2 == 0))
        sheet.cell(row, 2, long).font = STRUCK if row > 30 else Font()
    path = tmp_path_factory.mktemp("drawn") / "drawn.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_words_struck_out_are_seen_in_every_format(
    drawn: Path, convert: Callable[[Path, str], Path], suffix: str
) -> None:
    """The same cells as in the workbook that it was saved from, and no others."""
    texts = {(row - 1, 0) for row in range(4, 40, 2)} | {(row - 1, 1) for row in range(31, 40)}
    expected = sorted({(0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (1, 4), *texts})
    assert expected == struck_in(drawn)
    assert expected == struck_in(convert(drawn, suffix))


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_words_struck_out_in_an_answer_are_told(
    tmp_path: Path, convert: Callable[[Path, str], Path], suffix: str
) -> None:
    """They are read like any others. A blank cell may be struck out as it likes."""
    path = tmp_path / "filled.xlsx"
    answers = {"R.9/9.1": {"rating": "met", "explanation": "-"}}
    write_template(build_layout(load_framework("fatf-2022"), only=["R.9", "R.2"]), path, prefill=answers)
    book = openpyxl.load_workbook(path)
    book["R.9"]["C3"].font = book["R.9"]["E3"].font = book["R.2"]["D4"].font = STRUCK
    book["R.9"]["D3"] = words_in("do not")
    book.save(path)
    workbook, problems = read_workbook(convert(path, suffix))
    assert workbook is not None
    assert [("cell-struck", "R.9", "C3"), ("cell-struck", "R.9", "D3")] == codes_of(problems)
    assert ["We do not comply"] == [values_in(row)["explanation"] for row in workbook.rows]
