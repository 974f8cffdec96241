"""Charts that Excel draws itself: from the numbers of the document, in its colours and direction."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from fatf_kit import ScoringResult
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.formats.xlsx_charts import select_native_charts
from fatf_kit.report.model import DataColumn, DataTable
from tests.examples import score_example


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The made-up country."""
    return score_example("ruritania/workbook")


@pytest.mark.parametrize(("language", "title"), [("en", "Charts"), ("ar", "الرسوم البيانية")])
def test_every_number_is_next_to_its_chart(scored: ScoringResult, language: str, title: str) -> None:
    """One chart for each that is made of bars, drawn from the table beside it, right to left in Arabic."""
    report = scored.report(generated_at="2026-11-24", language=language)
    data = render_xlsx(report)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[title]
    charts = select_native_charts(report.document)
    assert len(charts) == len(sheet._charts) > 1  # type: ignore[attr-defined]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value]
    for chart in charts:
        start = next(n for n, row in enumerate(rows) if row[0] == chart.title)
        assert list(chart.keys) == rows[start][1 : len(chart.keys) + 1]
        for number, series in enumerate(chart.series, start + 1):
            assert rows[number][: len(chart.keys) + 1] == [series.label, *series.values]
    assert (language == "ar") == bool(sheet.sheet_view.rightToLeft)


def test_colours_are_those_of_the_pictures(scored: ScoringResult) -> None:
    """The worst severity is as dark in Excel as in the report."""
    parts = zipfile.ZipFile(io.BytesIO(render_xlsx(scored.report(generated_at="2026-11-24"))))
    first = next(parts.read(name) for name in sorted(parts.namelist()) if name.startswith("xl/charts/chart"))
    assert b"8C2318" in first


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_chart_is_printed_on_one_page(scored: ScoringResult, language: str) -> None:
    """A page ends before the chart of 51 rows, which is no taller than a page at the scale that is as wide as one."""
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(scored.report(generated_at="2026-11-24", language=language))))
    sheet = book.worksheets[1]
    last = sheet.max_row
    starts = [row for row in range(2, last + 1) if sheet.cell(row, 1).font.b and sheet.cell(row, 1).value]
    assert starts == [one.id + 1 for one in sheet.row_breaks.brk]
    assert not sheet.print_title_rows
    scale = int(sheet.page_setup.scale or 100)
    heights = [sheet.row_dimensions[row].height or 13.5 for row in range(starts[-1], last + 1)]
    assert sum(heights) * scale / 100 < 8.27 * 72 - 72


def test_parts_of_a_whole_are_cut_to_what_is_read(scored: ScoringResult) -> None:
    """A share is no row of sixteen figures."""
    table = DataTable(key="x", title="X", columns=(DataColumn(key="a", title="A"),), rows=((0.9285714285,), (1.0,)))
    report = replace(scored.report(generated_at="2026-11-24"), tables=(table,))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(report)))["X"]
    assert [sheet["A2"].number_format, sheet["A3"].number_format] == ["0.0###", "0.0###"]


def test_every_name_is_next_to_its_bar(scored: ScoringResult) -> None:
    """A program leaves out every other name of two lines unless a setting forbids it."""
    parts = zipfile.ZipFile(io.BytesIO(render_xlsx(scored.report(generated_at="2026-11-24"))))
    charts = [parts.read(name) for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) > 1
    assert all(b'<c:tickLblSkip val="1"/>' in chart for chart in charts)
