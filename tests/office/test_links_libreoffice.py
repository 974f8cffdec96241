"""Addresses behind texts in the evidence register, saved by LibreOffice as .xlsx and .ods."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.framework import load_framework
from tests.rows import values_in

PAGE = "https://example.org/law?a=1"
BEHIND = {
    "E-1": f'=HYPERLINK("{PAGE}","the law")',
    "E-2": f'=HYPERLINK("{PAGE}/قانون", "law")',
    "E-3": "=HYPERLINK(A1)",
}


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_addresses_behind_texts_are_the_links(
    tmp_path: Path, convert: Callable[[Path, str], Path], suffix: str
) -> None:
    """Those laid over a text and those that a formula makes; one that is worked out is told."""
    path = tmp_path / "a.xlsx"
    items = [{"id": f"E-{number}", "title": "Law"} for number in range(1, 6)]
    write_template(build_layout(load_framework("fatf-2022"), only=["R.9"]), path, evidence=items)
    book = openpyxl.load_workbook(path)
    sheet = book["Evidence"]
    for row, (_, formula) in enumerate(BEHIND.items(), start=3):
        sheet.cell(row, 6).value = formula
    for row, address in ((6, f"{PAGE}#part"), (7, r"\\office\laws\a.pdf")):
        sheet.cell(row, 6).value = "see here"
        sheet.cell(row, 6).hyperlink = address
        sheet.cell(row, 6).value = "see here"
    book.save(path)
    workbook, problems = read_workbook(convert(path, suffix))
    assert workbook is not None
    links = {row.id: str(values_in(row).get("link")) for row in workbook.evidence}
    assert [links["E-1"], links["E-2"]] == [f"the law ({PAGE})", f"law ({PAGE}/قانون)"]
    assert links["E-4"] == f"see here ({PAGE}#part)"
    assert links["E-5"].replace("\\", "/").endswith("//office/laws/a.pdf)")
    assert {(p.code, p.ref.cell if p.ref else None) for p in problems} == {("cell-link", "F5")}
