"""Workbooks of figures saved by LibreOffice: the same figures, still from right to left, still with their lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.statistics.reader import read_return
from fatf_kit.statistics.template import WorkbookContents, make_plan, render_template

Convert = Callable[[Path, str], Path]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_an_arabic_workbook_comes_back(convert: Convert, tmp_path: Path, suffix: str) -> None:
    """Every figure, word, case and field, from both formats of the program."""
    path = tmp_path / "ar.xlsx"
    line = "disseminations/police/received-here"
    given = WorkbookContents(
        cover={"country": "روريتانيا", "currency": "RUC", "multiple": 1000, "year_kind": "hijri", "year_starts": 8},
        figures={(line, 2021): 0, (line, 2022): 12, (line, 2023): "not available"},
        notes={line: "=تُحسب الملفات"},
        cases=[{"case": "1", "outcome": "IO.7", "predicate": "fraud", "done": "أ", "result": "ب", "shows": "ج"}],
    )
    path.write_bytes(render_template(make_plan(["police"], years=(2021, 2022, 2023), language="ar"), given))
    ours, problems = read_return(path)
    theirs, more = read_return(convert(path, suffix))
    assert ours is not None
    assert theirs is not None
    assert () == problems == more
    assert [(f.line, f.year, f.value, f.none) for f in ours.figures] == [
        (f.line, f.year, f.value, f.none) for f in theirs.figures
    ]
    assert (ours.calendar, ours.currency, ours.notes, ours.requested) == (
        theirs.calendar,
        theirs.currency,
        theirs.notes,
        theirs.requested,
    )
    assert [(c.outcome, c.predicate, c.shows) for c in ours.cases] == [
        (c.outcome, c.predicate, c.shows) for c in theirs.cases
    ]


def test_a_saved_copy_is_still_a_template(convert: Convert, tmp_path: Path) -> None:
    """Drop-downs, filters and direction are kept; nothing is protected, so that rows can be sorted."""
    path = tmp_path / "ar.xlsx"
    path.write_bytes(render_template(make_plan(["npo_regulator"], years=(2024, 2025), language="ar")))
    book = openpyxl.load_workbook(convert(path, "xlsx"))
    sheet = book["الإشراف على المنظمات"]
    assert sheet.sheet_view.rightToLeft
    assert not sheet.protection.sheet
    assert "A3:" in (sheet.auto_filter.ref or "")
    assert any("E5" in rule.sqref for rule in sheet.data_validations.dataValidation)
    assert len([rule for one in book for rule in one.data_validations.dataValidation if rule.type == "list"]) >= 6
