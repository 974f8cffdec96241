"""Two sheets to find one's way: contents with links, and progress counted by formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from fatf_kit.assessment.workbook.model import Layout, SheetPlan
from fatf_kit.assessment.workbook.question_sheets import rating_cells, scale_of
from fatf_kit.assessment.workbook.schema import SCALES
from fatf_kit.core.languages import list_labels
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.marks import CONTENTS_MARK, SUMMARY_MARK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.styles import compute_height, count_lines

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


_NO_SHEETS: Mapping[str, str] = MappingProxyType({})
_TAB = "#5B6B79"
_BAR = "#8FA8BD"
_CHOICE_WIDTH, _NAMES_WIDTH = 13, 14


def write_contents(cell_writer: BookWriter, layout: Layout, extra: Mapping[str, str] = _NO_SHEETS) -> None:
    """Write every sheet with its title and a link, under the headings of the Methodology.

    `extra` names further sheets in front of those: the key of a sheet's name with the key of its heading.
    """
    fronts = {"sheet.cover": "book.title", "sheet.summary": "summary.heading", "sheet.evidence": "register.heading"}
    fronts |= extra
    names = max(_NAMES_WIDTH, *(len(cell_writer.words[name]) + 1 for name in fronts))
    sheet = start_page(
        cell_writer,
        cell_writer.words["sheet.contents"],
        CONTENTS_MARK,
        cell_writer.words["contents.heading"],
        (names, 78, 14),
    )
    row = 2
    for column, key in enumerate(("contents.id", "contents.title", "contents.rows"), start=1):
        cell_writer.put(
            sheet, row, column, cell_writer.words[key], "heading padded" if column < 3 else "heading centred"
        )
    sheet.set_row(row, compute_height(1.5))
    for name, heading in fronts.items():
        row += 1
        cell_writer.link(sheet, row, 1, cell_writer.words[name], cell_writer.words[name])
        cell_writer.put(sheet, row, 2, cell_writer.words[heading], "prose")
        cell_writer.put(sheet, row, 3, None, "count")
        sheet.set_row(row, compute_height(1))
    section = None
    for plan in layout.sheets:
        row += 1
        if plan.section != section:
            section = plan.section
            for column in (1, 2, 3):
                cell_writer.put(sheet, row, column, section if column == 1 else None, "band")
            sheet.set_row(row, 20)
            row += 1
        cell_writer.link(sheet, row, 1, plan.title, plan.title)
        cell_writer.put(sheet, row, 2, plan.heading, "prose")
        cell_writer.put(sheet, row, 3, _rated(plan), "count")
        sheet.set_row(row, compute_height(count_lines(plan.heading, 78)))
    sheet.freeze_panes(3, 0)
    cell_writer.print_setup(sheet, layout.edition_title, landscape=False, repeat=3)


def write_summary(cell_writer: BookWriter, layout: Layout, prefill: Mapping[str, Mapping[str, CellValue]]) -> None:
    """Write how many rows are rated, sheet by sheet, and how: counts only, never a rating of the whole."""
    widths = (9, 54, 9, 9, 16, *[_CHOICE_WIDTH] * 5)
    sheet = start_page(
        cell_writer, cell_writer.words["sheet.summary"], SUMMARY_MARK, cell_writer.words["summary.heading"], widths
    )
    cell_writer.put(sheet, 1, 1, cell_writer.words["summary.note"], "note")
    row = 3
    for scale, heading in (("criterion", "summary.recommendations"), ("achievement", "summary.outcomes")):
        plans = [plan for plan in layout.sheets if scale_of(plan) == scale]
        if plans:
            row = _block(cell_writer, sheet, row, scale, cell_writer.words[heading], plans, prefill) + 2
    cell_writer.print_setup(sheet, layout.edition_title, landscape=True)


def start_page(cell_writer: BookWriter, title: str, mark: str, heading: str, widths: tuple[float, ...]) -> Worksheet:
    """Make a new sheet of ours that holds no answers: its mark in a hidden first column, its heading on top."""
    sheet = cell_writer.sheet(title, (3, *widths), tab=_TAB, growing=False)
    sheet.set_column(0, 0, 3, None, {"hidden": True})
    cell_writer.put(sheet, 0, 0, mark, "key")
    cell_writer.put(sheet, 0, 1, heading, "title")
    sheet.set_row(0, 30)
    return sheet


def _block(
    cell_writer: BookWriter,
    sheet: Worksheet,
    top: int,
    scale: str,
    heading: str,
    plans: list[SheetPlan],
    prefill: Mapping[str, Mapping[str, CellValue]],
) -> int:
    """Write one table of counts; return its last row, that of the totals."""
    labels = list(list_labels(scale, cell_writer.language).values())
    first = _head(cell_writer, sheet, top, heading, labels)
    totals = [0] * len(labels)
    for row, plan in enumerate(plans, start=first):
        cells, given = rating_cells(plan), _given(cell_writer, plan, prefill)
        counts = [given.count(text) for text in labels]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        cell_writer.link(sheet, row, 1, plan.title, plan.title)
        cell_writer.put(sheet, row, 2, plan.heading, "prose")
        cell_writer.put(sheet, row, 3, _rated(plan), "count")
        cell_writer.formula(sheet, row, 4, f"=COUNTA({cells})", len(given), "count")
        _share(cell_writer, sheet, row, len(given), _rated(plan), "share")
        for n, count in enumerate(counts):
            cell_writer.formula(
                sheet, row, 6 + n, f"=COUNTIF({cells},INDEX({SCALES[scale].name},{n + 1}))", count, "count"
            )
        sheet.set_row(row, compute_height(count_lines(plan.heading, 54)))
    last = first + len(plans) - 1
    sheet.conditional_format(first, 5, last + 1, 5, {
        "type": "data_bar", "bar_solid": True, "bar_color": _BAR, "min_type": "num", "min_value": 0,
        "max_type": "num", "max_value": 1, "bar_direction": "right" if cell_writer.rtl else "left",
    })  # fmt: skip
    to_rate = sum(map(_rated, plans))
    answered = sum(len(_given(cell_writer, plan, prefill)) for plan in plans)
    _totals(cell_writer, sheet, (first, last), to_rate, answered, totals)
    return last + 1


def _head(cell_writer: BookWriter, sheet: Worksheet, row: int, heading: str, labels: list[str]) -> int:
    """Write the heading of a table and those of its columns; return the row after them."""
    cell_writer.put(sheet, row, 1, heading, "section")
    for column in range(2, 6 + len(labels)):
        cell_writer.put(sheet, row, column, None, "section")
    sheet.set_row(row, 22)
    names = ("summary.id", "summary.title", "summary.asked", "summary.answered", "summary.progress")
    for column, text in enumerate([*(cell_writer.words[name] for name in names), *labels], start=1):
        cell_writer.put(sheet, row + 1, column, text, "heading padded" if column < 3 else "heading centred")
    sheet.set_row(row + 1, compute_height(max(1.5, *(count_lines(text, _CHOICE_WIDTH - 2) for text in labels))))
    return row + 2


def _totals(
    cell_writer: BookWriter,
    sheet: Worksheet,
    rows: tuple[int, int],
    to_rate: int,
    answered: int,
    by_label: Sequence[int],
) -> None:
    """Write the row of totals under the sheets' rows, which go from the first to the last of `rows`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    first, last = rows
    row = last + 1
    sheet.set_row(row, compute_height(1))
    cell_writer.put(sheet, row, 1, cell_writer.words["summary.total"], "total")
    cell_writer.put(sheet, row, 2, None, "total")
    for column, value in ((3, to_rate), (4, answered), *((6 + n, total) for n, total in enumerate(by_label))):
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        cell_writer.formula(sheet, row, column, f"=SUM({span})", value, "total count")
    _share(cell_writer, sheet, row, answered, to_rate, "total share")


def _share(cell_writer: BookWriter, sheet: Worksheet, row: int, answered: int, to_rate: int, style: str) -> None:
    cell_writer.formula(sheet, row, 5, f"=E{row + 1}/D{row + 1}", answered / to_rate, style)


def _rated(plan: SheetPlan) -> int:
    return sum(row.scale is not None for row in plan.rows)


def _given(cell_writer: BookWriter, plan: SheetPlan, prefill: Mapping[str, Mapping[str, CellValue]]) -> list[CellValue]:
    ratings = (cell_writer.shown(row.scale, prefill.get(row.requirement, {}).get("rating")) for row in plan.rows)
    return [rating for rating in ratings if rating is not None and rating != ""]
